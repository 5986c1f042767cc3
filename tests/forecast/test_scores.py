"""Scores of forecasts: proper, and as published."""

from datetime import date
from math import isclose, log

import numpy as np
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.forecast.told import kp

from satrap.forecast import Forecast, Outcome, Reason, State, parse
from satrap.forecast import scores as scoring
from satrap.forecast.scores import brier, crps, skill, summary, table

chances = st.floats(0.01, 0.99)


def made(*probabilities: float, options: tuple[str, ...] = ("yes", "no"), **more: object) -> Forecast:
    return Forecast(
        question="q",
        forecaster="f",
        version="1",
        options=options,
        probabilities=probabilities,
        **more,  # type: ignore[arg-type]
    )


def test_brier_of_two_options_is_the_squared_miss() -> None:
    assert isclose(brier(made(0.3, 0.7), "yes"), 0.49)


def test_brier_of_three_options() -> None:
    assert isclose(brier(made(0.2, 0.3, 0.5, options=("a", "b", "c")), "b"), (0.04 + 0.49 + 0.25) / 2)


def test_log_is_the_surprise_and_finite_for_the_impossible() -> None:
    assert isclose(scoring.log(made(0.25, 0.75), "yes"), log(4))
    assert isclose(scoring.log(made(0.0, 1.0), "yes"), log(1000))


def test_crps_of_samples_of_a_count() -> None:
    assert crps(made(0.5, 0.5, samples=(1.0, 2.0, 3.0)), 2) == pytest.approx(2 / 3 - 4 / 9)
    assert crps(made(0.5, 0.5), 2) is None


@given(chances, chances)
def test_no_other_probability_does_better_than_the_true_one(true: float, other: float) -> None:
    def expected(score: object, p: float) -> float:
        one = made(p, 1 - p)
        return float(true * score(one, "yes") + (1 - true) * score(one, "no"))  # type: ignore[operator]

    for score in (brier, scoring.log):
        assert expected(score, true) <= expected(score, other) + 1e-12


QUESTION = parse("inspection of MSS by 2017-06-30", kp(), date(2016, 12, 1))


def outcome(state: State = State.ANSWERED, answer: str | None = "yes") -> dict[str, Outcome]:
    return {QUESTION.id: Outcome(question=QUESTION.id, state=state, reason="", answer=answer)}


def test_a_row_says_of_whom_from_whom_and_how_far_ahead() -> None:
    forecast = made(0.8, 0.2, reasons=(Reason("told so", ("c1",)),))
    [row] = table([(QUESTION, forecast)], outcome(), {"c1": "inside source"}).to_dicts()
    assert row["institution"] == "MSS"
    assert (row["place"], row["source"], row["months"], row["kind"]) == (
        "whole state",
        "inside source",
        7,
        "event",
    )
    assert (row["p"], row["came"]) == (0.8, True)


def test_what_cannot_be_told_is_not_scored() -> None:
    assert table([(QUESTION, made(0.8, 0.2))], outcome(State.UNRESOLVABLE, None)).is_empty()


def scored(p: list[float], came: list[bool], asked: list[date], forecaster: str) -> pl.DataFrame:
    rows = [
        {
            "forecaster": forecaster,
            "question": str(number),
            "asked": day,
            "binary": True,
            "p": each,
            "came": happened,
            "brier": (each - happened) ** 2,
        }
        for number, (each, happened, day) in enumerate(zip(p, came, asked, strict=True))
    ]
    return pl.DataFrame(rows, schema_overrides={"asked": pl.Date})


DAYS = [date(2009 + n % 12, 1 + n % 3, 1) for n in range(240)]


def test_skill_is_one_for_the_perfect_and_none_for_the_reference_itself() -> None:
    came = [n % 5 == 0 for n in range(240)]
    rows = pl.concat(
        [
            scored([float(one) for one in came], came, DAYS, "perfect"),
            scored([0.2] * 240, came, DAYS, "base"),
        ]
    )
    assert skill(rows, "perfect", "base")["skill"] == 1.0
    itself = skill(rows, "base", "base")
    assert (itself["skill"], itself["low"], itself["high"]) == (0.0, 0.0, 0.0)
    assert (itself["n"], itself["blocks"]) == (240, 12)


def test_the_interval_of_skill_holds_the_truth_about_as_often_as_it_says() -> None:
    rng = np.random.default_rng(1)
    held = 0
    true = 1 - (0.1 * 0.9 + 0.9 * 0.1) / 2 / 0.25  # forecasts of 0.1 and 0.9 against even odds
    for trial in range(100):
        p = rng.choice([0.1, 0.9], size=240)
        came = list(rng.random(240) < p)
        rows = pl.concat([scored(list(p), came, DAYS, "own"), scored([0.5] * 240, came, DAYS, "base")])
        found = skill(rows, "own", "base", seed=trial)
        held += found["low"] <= true <= found["high"]
    assert 75 <= held <= 99  # of 90; twelve blocks make it short


def test_only_questions_that_both_answered_count() -> None:
    came = [True, False]
    own = scored([0.9, 0.1], came, DAYS[:2], "own")
    base = scored([0.5], came[:1], DAYS[:1], "base")
    assert skill(pl.concat([own, base]), "own", "base")["n"] == 1
    assert np.isnan(skill(own, "own", "base")["skill"])


def test_a_summary_has_a_row_for_each_forecaster_and_group() -> None:
    forecasts = [(QUESTION, made(0.8, 0.2))]
    found = summary(table(forecasts, outcome()), ["institution"])
    assert found.select("forecaster", "institution", "questions").rows() == [("f", "MSS", 1)]
