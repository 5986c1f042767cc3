"""What each story adds to the case for a hypothesis, in the order in which the stories came."""

from collections.abc import Mapping, Sequence
from datetime import date

import numpy as np
import polars as pl

from satrap.claims import RecordedClaim
from satrap.estimate.compare import Weighted, log_before, prior_settings
from satrap.estimate.hyper import Prior
from satrap.estimate.posed import Posed
from satrap.estimate.posterior import Posterior, Progress

_STEPS = 100  # stories, or batches of them, after which the case is weighed anew


def diagnosticity(
    posed: Posed,
    posterior: Posterior,
    priors: Mapping[str, Prior],
    observed: Sequence[RecordedClaim],
    progress: Progress,
) -> pl.DataFrame:
    """One row per story, or batch of stories where there are more than a hundred; see
    ``Estimate.diagnosticity``.

    At the hyperparameters that all claims taught, the log Bayes factor after the first n stories is that of
    the posterior refitted on these; increments are its differences. What the claims taught through the
    hyperparameters themselves comes first, so that the increments add up to the log Bayes factor.
    """
    weighted = Weighted.of(posterior)
    start = weighted.before(posed)
    rows: list[tuple[str | None, date | None, int, float]] = [
        (None, None, 0, start - log_before(posed, prior_settings(priors)))
    ]
    before, kept = start, np.zeros(len(posterior.seen), dtype=np.bool_)
    order = _in_order(observed)
    batches = np.array_split(np.arange(len(order)), min(_STEPS, len(order))) if order else []
    place = {claim: at for at, claim in enumerate(posterior.seen.claims)}
    for number, batch in enumerate(batches):
        told = [claim for at in batch for claim in order[at][2]]
        kept = kept.copy()
        kept[[place[claim] for claim in told]] = True
        now = Weighted.of(posterior.refitted(kept)).given(posed)
        story, published, _ = order[batch[-1]]
        rows.append((story, published, len(told), now - before))
        before = now
        progress("weighing stories", (number + 1) / len(batches))
    table = pl.DataFrame(
        rows,
        schema={"story": pl.String, "published": pl.Date, "claims": pl.Int64, "log_bf": pl.Float64},
        orient="row",
    )
    return table.with_columns(pl.col("log_bf").cum_sum().alias("so_far"))


def _in_order(observed: Sequence[RecordedClaim]) -> list[tuple[str, date | None, list[str]]]:
    """Stories by when they were first told, the undated last; each with its claims."""
    claims: dict[str, list[str]] = {}
    first: dict[str, date] = {}
    for one in observed:
        claims.setdefault(one.story, []).append(one.id)
        if one.published is not None:
            first[one.story] = min(one.published, first.get(one.story, one.published))
    stories = sorted(claims, key=lambda story: (first.get(story, date.max), story))
    return [(story, first.get(story), claims[story]) for story in stories]
