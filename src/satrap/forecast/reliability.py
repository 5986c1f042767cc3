"""Whether probabilities mean what they say: of all that was given 70%, did 70% come?"""

import numpy as np
import polars as pl
from numpy.typing import NDArray

from satrap.forecast.scores import DRAWS, LEAST, blocks_of

Array = NDArray[np.float64]

BINS = 10
_STEPS, _SETTLED, _STEEPEST = 100, 1e-10, 50.0  # of the logistic regression


def curve(scored: pl.DataFrame, *, bins: int = BINS, level: float = 0.9, seed: int = 0) -> pl.DataFrame:
    """A row for each bin of probabilities of equal width that is not empty, over yes-or-no questions.

    ``p`` is the mean probability, ``came`` the part that came, ``n`` how many; ``low`` and ``high`` bound
    what ``came`` would be by chance were the forecasts right: Bröcker & Smith's consistency bars (2007,
    Weather and Forecasting 22:651), forecasts drawn with replacement and outcomes from their probabilities.
    """
    asked = scored.filter("binary")
    p, came = asked["p"].to_numpy(), asked["came"].to_numpy().astype(np.float64)
    if not len(p):
        return pl.DataFrame(schema=dict.fromkeys(("p", "came", "low", "high"), pl.Float64) | {"n": pl.Int64})
    rng = np.random.default_rng(seed)
    drawn = p[rng.integers(len(p), size=(DRAWS, len(p)))]
    happened = rng.random(drawn.shape) < drawn
    into, drawn_into = _bin(p, bins), _bin(drawn, bins)
    rows = []
    for at in np.unique(into):
        mine, there = into == at, drawn_into == at
        counts = there.sum(axis=1)
        shares = (happened & there).sum(axis=1)[counts > 0] / counts[counts > 0]
        low, high = np.quantile(shares, [(1 - level) / 2, (1 + level) / 2])
        rows.append((p[mine].mean(), came[mine].mean(), low, high, int(mine.sum())))
    return pl.DataFrame(rows, schema=["p", "came", "low", "high", "n"], orient="row")


def slope(
    scored: pl.DataFrame, *, level: float = 0.9, block_months: int = 12, seed: int = 0
) -> dict[str, float | int]:
    """Intercept and slope of the logistic regression of what came on the log-odds that were given (Cox 1958,
    Biometrika 45:562), with a block-bootstrap interval of the slope; over yes-or-no questions.

    Slope 1 and intercept 0 are right; below 1 forecasts are too bold, above too shy. NaN where all came, none
    did, or the probabilities part them wholly.
    """
    asked = scored.filter("binary").sort("asked", "question")
    nan = float("nan")
    if asked.is_empty():
        return {"slope": nan, "intercept": nan, "low": nan, "high": nan, "n": 0, "blocks": 0}
    p = asked["p"].to_numpy().clip(LEAST, 1 - LEAST)
    odds, came = np.log(p / (1 - p)), asked["came"].to_numpy().astype(np.float64)
    blocks = blocks_of(asked["asked"].to_list(), block_months)
    count = int(blocks.max()) + 1
    rng = np.random.default_rng(seed)
    weights = [np.bincount(rng.integers(count, size=count), minlength=count) for _ in range(DRAWS // 4)]
    drawn = np.array([_logistic(odds, came, one[blocks].astype(np.float64))[1] for one in weights])
    intercept, found = _logistic(odds, came, np.ones(len(odds)))
    ends = (nan, nan)
    if not np.isnan(drawn).all():
        ends = tuple(np.nanquantile(drawn, [(1 - level) / 2, (1 + level) / 2]))
    return {
        "slope": found,
        "intercept": intercept,
        "low": float(ends[0]),
        "high": float(ends[1]),
        "n": len(p),
        "blocks": count,
    }


def _bin(p: Array, bins: int) -> NDArray[np.int64]:
    return np.minimum((p * bins).astype(np.int64), bins - 1)


def _logistic(x: Array, y: Array, weight: Array) -> tuple[float, float]:
    """Intercept and slope by Newton's method; NaN where there is no maximum."""
    rows = np.column_stack([np.ones(len(x)), x])
    beta = np.array([0.0, 1.0])
    for _ in range(_STEPS):
        mean = 1.0 / (1.0 + np.exp(-np.clip(rows @ beta, -_STEEPEST, _STEEPEST)))
        information = rows.T @ ((weight * mean * (1 - mean))[:, None] * rows)
        if np.linalg.cond(information) > 1 / np.finfo(np.float64).eps:
            return float("nan"), float("nan")
        step = np.linalg.solve(information, rows.T @ (weight * (y - mean)))
        beta = beta + step * min(1.0, 2.0 / float(np.abs(step).max() or 1.0))
        if np.abs(beta).max() > _STEEPEST:
            return float("nan"), float("nan")
        if np.abs(step).max() < _SETTLED:
            return float(beta[0]), float(beta[1])
    return float("nan"), float("nan")
