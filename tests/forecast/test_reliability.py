"""Probabilities that mean what they say, and some that do not."""

from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from satrap.forecast.reliability import curve, slope

SCHEMA = {
    "question": pl.String,
    "asked": pl.Date,
    "binary": pl.Boolean,
    "p": pl.Float64,
    "came": pl.Boolean,
}


def asked(p: NDArray[np.float64], came: NDArray[np.bool_]) -> pl.DataFrame:
    days = [date(2009 + n % 12, 1, 1) for n in range(len(p))]
    names = [f"{n:04d}" for n in range(len(p))]
    return pl.DataFrame({"question": names, "asked": days, "binary": True, "p": p, "came": came}, SCHEMA)


def drawn(n: int, seed: int) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    rng = np.random.default_rng(seed)
    p = rng.uniform(0.02, 0.98, n)
    return p, rng.random(n) < p


def test_right_forecasts_lie_within_their_bars_about_as_often_as_the_bars_say() -> None:
    inside = [
        (row["low"] <= row["came"] <= row["high"])
        for seed in range(20)
        for row in curve(asked(*drawn(300, seed))).to_dicts()
    ]
    assert 0.85 <= np.mean(inside) <= 0.97


def test_wrong_forecasts_do_not() -> None:
    p, came = drawn(300, 0)
    found = curve(asked(p, ~came))
    assert not found.filter(pl.col("p") < 0.2)["came"].is_between(0, 0.5).any()
    outside = found.filter((pl.col("came") < pl.col("low")) | (pl.col("came") > pl.col("high")))
    assert outside.height >= 6


def test_bins_count_every_question_once() -> None:
    assert curve(asked(*drawn(300, 0)))["n"].sum() == 300


def test_the_slope_of_right_forecasts_is_one_and_of_bold_ones_less() -> None:
    p, came = drawn(2_000, 0)
    right = slope(asked(p, came))
    assert right["low"] <= 1.0 <= right["high"]
    odds = 2 * np.log(p / (1 - p))
    bold = slope(asked(1 / (1 + np.exp(-odds)), came))
    assert 0.4 < bold["slope"] < 0.6


def test_without_both_outcomes_there_is_no_slope() -> None:
    p, _ = drawn(20, 0)
    assert np.isnan(slope(asked(p, np.ones(20, dtype=np.bool_)))["slope"])
    assert slope(asked(p[:0], np.ones(0, dtype=np.bool_)))["n"] == 0


def test_no_question_has_no_curve() -> None:
    assert curve(asked(np.empty(0), np.empty(0, dtype=np.bool_))).is_empty()
