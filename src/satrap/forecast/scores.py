"""How good forecasts were: proper scores, skill against a reference, and whether probabilities mean what they
say.

Scores are losses, lower is better. Of probabilities p of a question's options and the answer o (one of them):

- Brier (1950), halved so that with two options it is (p[yes] - o)²: ½ Σ (p - o)², 0 to 1.
- log (Good 1952): -ln p[answer]. A probability below ``LEAST`` counts as ``LEAST``.
- CRPS (Matheson & Winkler 1976): of numbers, from samples.

Gneiting & Raftery 2007 (J. Am. Stat. Assoc. 102:359) on why no other forecast than what one believes does
better by them.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
import polars as pl
import scoringrules as sr
from numpy.typing import NDArray

from satrap.forecast.forecasters import Forecast
from satrap.forecast.questions import YES, Question
from satrap.forecast.resolution import Outcome, State

Array = NDArray[np.float64]

LEAST = 1e-3
DRAWS = 2_000  # of the bootstrap
SCHEMA = {
    "forecaster": pl.String,
    "question": pl.String,
    "text": pl.String,
    "kind": pl.String,
    "institution": pl.String,
    "place": pl.String,
    "source": pl.String,
    "asked": pl.Date,
    "months": pl.Int64,
    "binary": pl.Boolean,
    "p": pl.Float64,
    "came": pl.Boolean,
    "brier": pl.Float64,
    "log": pl.Float64,
    "crps": pl.Float64,
}

_MONTH = 30.44  # days
_STATE = "whole state"


def table(
    forecasts: Iterable[tuple[Question, Forecast]],
    outcomes: Mapping[str, Outcome],
    sources: Mapping[str, str] | None = None,
) -> pl.DataFrame:
    """A row for each forecast whose question (by id in ``outcomes``) was answered.

    ``p`` is the probability of yes and ``came`` whether it came so; of a question with named options, the
    probability of the likeliest and whether it was that one. ``source`` is the kind of voice (by claim id in
    ``sources``) that the first claim among the reasons has, "" where there is none; ``institution`` is the
    first that the question is about, ``place`` the province or "whole state".
    """
    rows = [
        _row(question, forecast, outcomes[question.id], sources or {})
        for question, forecast in forecasts
        if question.id in outcomes and outcomes[question.id].state is State.ANSWERED
    ]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row")


def _row(
    question: Question, forecast: Forecast, outcome: Outcome, sources: Mapping[str, str]
) -> tuple[object, ...]:
    assert outcome.answer is not None
    binary = YES in forecast.options
    chosen = YES if binary else forecast.options[int(np.argmax(forecast.probabilities))]
    cited = [sources[claim] for reason in forecast.reasons for claim in reason.claims if claim in sources]
    return (
        forecast.forecaster,
        question.id,
        question.text,
        type(question).__name__.lower(),
        next(iter(question.institutions), ""),
        next(iter(question.places), _STATE),
        cited[0] if cited else "",
        question.asked,
        round((question.closes - question.asked).days / _MONTH),
        binary,
        forecast.of(chosen),
        outcome.answer == chosen,
        brier(forecast, outcome.answer),
        log(forecast, outcome.answer),
        crps(forecast, outcome.number),
    )


def brier(forecast: Forecast, answer: str) -> float:
    """Half the sum of the options' Brier scores."""
    came = np.array([one == answer for one in forecast.options], dtype=np.float64)
    return float(np.sum(sr.brier_score(came, np.array(forecast.probabilities).clip(0.0, 1.0)))) / 2


def log(forecast: Forecast, answer: str) -> float:
    """Surprise at the answer in nats."""
    return float(sr.log_score(1.0, max(forecast.of(answer), LEAST)))


def crps(forecast: Forecast, number: int | None) -> float | None:
    """Of the samples of a number that was counted; None where there are none."""
    if number is None or not forecast.samples:
        return None
    return float(sr.crps_ensemble(float(number), np.array(forecast.samples)))


def summary(scored: pl.DataFrame, by: Sequence[str] = ()) -> pl.DataFrame:
    """Mean scores of each forecaster, in groups ``by`` columns of :func:`table`, of how many questions."""
    keys = ["forecaster", *by]
    return (
        scored.group_by(keys)
        .agg(
            pl.len().alias("questions"),
            pl.col("p").mean().alias("mean_p"),
            pl.col("came").mean().alias("came"),
            pl.col("brier", "log", "crps").mean(),
        )
        .sort(keys)
    )


def skill(
    scored: pl.DataFrame,
    forecaster: str,
    reference: str,
    *,
    score: str = "brier",
    level: float = 0.9,
    block_months: int = 12,
    seed: int = 0,
) -> dict[str, float | int]:
    """1 - score / reference's score on the questions that both answered, with a bootstrap interval.

    Questions asked within a span of ``block_months`` go together, for they share events and overlap in time:
    blocks are drawn with replacement (Künsch 1989, Ann. Stat. 17:1217). With few blocks the interval is too
    short. Without a common question everything is NaN; ``n`` and ``blocks`` say on how much it rests.
    """
    both = _common(scored, forecaster, reference, score)
    nan = float("nan")
    if both.is_empty():
        return {"skill": nan, "low": nan, "high": nan, "n": 0, "blocks": 0}
    blocks = blocks_of(both["asked"].to_list(), block_months)
    count = int(blocks.max()) + 1
    sums = [np.bincount(blocks, both[name].to_numpy(), count) for name in ("own", "reference")]
    drawn = np.random.default_rng(seed).integers(count, size=(DRAWS, count))
    own, other = (one[drawn].sum(axis=1) for one in sums)
    with np.errstate(divide="ignore", invalid="ignore"):
        found = 1.0 - own / other
    low, high = np.nanquantile(found, [(1 - level) / 2, (1 + level) / 2])
    return {
        "skill": float(1.0 - sums[0].sum() / sums[1].sum()),
        "low": float(low),
        "high": float(high),
        "n": both.height,
        "blocks": count,
    }


def _common(scored: pl.DataFrame, forecaster: str, reference: str, score: str) -> pl.DataFrame:
    own = scored.filter(pl.col("forecaster") == forecaster).select("question", "asked", own=score)
    other = scored.filter(pl.col("forecaster") == reference).select("question", reference=score)
    return own.join(other, on="question").drop_nulls().sort("asked", "question")


def blocks_of(asked: Sequence[date], months: int) -> NDArray[np.int64]:
    """The number of each day's block, from 0, without gaps."""
    spans = np.array([(day.year * 12 + day.month - 1) // months for day in asked])
    return np.unique(spans, return_inverse=True)[1].astype(np.int64)
