"""In which order claims deserve a look: how far each moves the estimate, times how unsure the reader was."""

import heapq
from collections.abc import Iterable, Mapping

import msgspec
import numpy as np

from satrap.claims import Claim, RecordedClaim
from satrap.estimate import Estimate
from satrap.estimate.loadings import bundled
from satrap.ledger import Act

SAMPLED = 26  # weeks from one week in which moves are looked at to the next
BESIDE = 0.1  # weight of a kind that the estimate ignores, relative to authority: judgement, not measured


class Queued(msgspec.Struct, frozen=True):
    """A claim in the queue. ``shown`` is what a reviewer is to judge; ``move`` is how far it moves any
    office's log-ratio in the estimate, where there is one, else the weight of its kind; ``unsure`` is 1 minus
    the reader's score."""

    recorded: RecordedClaim
    shown: Claim
    move: float
    unsure: float

    @property
    def priority(self) -> float:
        return self.move * self.unsure


def queue(
    claims: Iterable[RecordedClaim], moved: Mapping[str, float] | None = None, limit: int | None = None
) -> list[Queued]:
    """Claims by |move| × unsureness, the greatest first; equals by move, then as recorded.

    ``moved`` (claim id to log-ratio, see :func:`moves`) is from an estimate; what that did not use comes
    after all that it used. Without it, kinds weigh as the estimator's loadings say. ``claims`` may be larger
    than memory where ``limit`` is given.
    """
    return _ranked((_queued(one, one.claim, moved) for one in claims), moved, limit)


def second_opinions(
    claims: Iterable[RecordedClaim],
    acts: Iterable[Act],
    author: str,
    moved: Mapping[str, float] | None = None,
    limit: int | None = None,
) -> list[Queued]:
    """Claims that others have reviewed and ``author`` has not, in the same order, each as its reader read it:
    what others decided is not shown, so that two reviews are independent."""
    made = list(acts)
    own = {act.claim for act in made if act.author == author}
    read = {act.claim: act.read for act in made if act.claim not in own}
    found = (_queued(one, read[one.id], moved) for one in claims if one.id in read)
    return _ranked(found, moved, limit)


def moves(estimate: Estimate) -> dict[str, float]:
    """How far each claim that an estimate used moves it: the largest part it has in any office's mean
    log-ratio, anywhere, in any of the weeks looked at (every half year, and the last)."""
    posterior, weeks = estimate.posterior, estimate.weeks.count
    used = estimate.used
    largest = np.zeros(len(used))
    for place in range(len(estimate.offices.places)):
        for week in {*range(0, weeks, SAMPLED), weeks - 1}:
            parts = np.abs(posterior.influence(place, week)).max(axis=1, initial=0.0)
            largest = np.maximum(largest, parts)
    return dict(zip(used, largest.tolist(), strict=True))


def _queued(recorded: RecordedClaim, shown: Claim, moved: Mapping[str, float] | None) -> Queued:
    if moved is not None and recorded.id in moved:
        move = abs(moved[recorded.id])
    else:
        rule = bundled().kinds.get(shown.kind)
        move = rule.loading if rule else BESIDE
    return Queued(recorded, shown, move, 1.0 - shown.reading.score)


def _ranked(found: Iterable[Queued], moved: Mapping[str, float] | None, limit: int | None) -> list[Queued]:
    def rank(one: Queued) -> tuple[bool, float, float, int]:
        unused = moved is not None and one.recorded.id not in moved
        return unused, -one.priority, -one.move, one.recorded.position

    return sorted(found, key=rank) if limit is None else heapq.nsmallest(limit, found, key=rank)
