"""Draws of a place's offices as rows: mean shares and their bands."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import softmax


def place_table(
    surfaces: NDArray[np.float32],
    prior_dominated: NDArray[np.bool_],
    mondays: Sequence[date],
    place: tuple[str, str],
    institutions: Sequence[tuple[str, str]],
    probs: Sequence[float],
) -> pl.DataFrame:
    """One row per week and institution from log-ratio draws (S, T, I); ``place`` and ``institutions`` are
    (id, name). A place at a time, because the shares of all would double the memory.
    """
    shares = softmax(surfaces, axis=2)
    rows = len(mondays) * len(institutions)
    columns: dict[str, object] = {
        "week": np.repeat(np.array(mondays, dtype="datetime64[D]"), len(institutions)),
        "place": [place[0]] * rows,
        "place_name": [place[1]] * rows,
        "institution": [one for one, _ in institutions] * len(mondays),
        "institution_name": [name for _, name in institutions] * len(mondays),
        "share": shares.mean(axis=0, dtype=np.float64).ravel(),
    }
    if probs:
        shares.sort(axis=0)
        for prob in probs:
            low, high = quantiles(shares, ((1 - prob) / 2, (1 + prob) / 2))
            columns[f"low_{round(100 * prob)}"] = low.ravel()
            columns[f"high_{round(100 * prob)}"] = high.ravel()
        columns["prior_dominated"] = prior_dominated.ravel()
    return pl.DataFrame(columns)


def quantiles(ordered: NDArray[np.float32], levels: Sequence[float]) -> list[NDArray[np.float64]]:
    """Quantiles of sorted draws (S, ...), linear between order statistics, of which the k-th stands at
    k / (S + 1): what a further draw would exceed with that chance (Weibull 1939; Hyndman & Fan 1996, type 6).
    """
    found = []
    for level in levels:
        at = min(max(level * (len(ordered) + 1) - 1, 0.0), len(ordered) - 1.0)
        below = int(at)
        above = min(below + 1, len(ordered) - 1)
        low, high = ordered[below].astype(np.float64), ordered[above].astype(np.float64)
        found.append(np.asarray(low + (at - below) * (high - low)))
    return found


def band_columns(draws: NDArray[np.float64], probs: Sequence[float]) -> dict[str, NDArray[np.float64]]:
    """Columns ``low_50``, ``high_50`` … of draws (S, rows)."""
    columns = {}
    for prob in probs:
        low, high = np.quantile(draws, ((1 - prob) / 2, (1 + prob) / 2), axis=0, method="weibull")
        columns[f"low_{round(100 * prob)}"], columns[f"high_{round(100 * prob)}"] = low, high
    return columns
