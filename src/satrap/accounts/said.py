"""A claim with the days it may speak of."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from satrap.claims import Claim, Horizon, Polarity, RecordedClaim, Status, family

RECENT = timedelta(days=60)
"""An undated claim about the past or present is taken to speak of the 60 days before its publication."""

_BEFORE_ALL, _AFTER_ALL = date(1000, 1, 1), date(9000, 1, 1)  # open ends, with room to count days beyond


@dataclass(frozen=True)
class Said:
    """``first`` and ``last`` are the days between which what is claimed was true, or happened."""

    recorded: RecordedClaim
    first: date
    last: date

    @property
    def claim(self) -> Claim:
        return self.recorded.claim

    @property
    def affirmed(self) -> bool:
        return self.claim.polarity is Polarity.AFFIRMED

    def overlaps(self, other: "Said") -> bool:
        return self.first <= other.last and other.first <= self.last


def meeting(some: Sequence[Said], others: Sequence[Said], within: timedelta = timedelta()) -> list[Said]:
    """Those of some that overlap at least one of others, in their order; without comparing all pairs."""
    begun = sorted(one.first for one in others)
    over = sorted(one.last for one in others)
    return [
        one for one in some if bisect_right(begun, one.last + within) > bisect_left(over, one.first - within)
    ]


def dated(claims: Iterable[RecordedClaim]) -> list[Said]:
    """Claims about past and present with their days; forecasts, explanations, rejected claims and those
    without any date are left out."""
    return [said for one in claims if takes_part(one) and (said := _dated(one)) is not None]


def takes_part(recorded: RecordedClaim) -> bool:
    """Whether a claim can contradict, or bound, anything."""
    claim = recorded.claim
    rejected = Status.REJECTED in (recorded.status, claim.status)
    return claim.horizon is not Horizon.FUTURE and not rejected and family(claim.kind) != "explanation"


def _dated(recorded: RecordedClaim) -> Said | None:
    claim, published = recorded.claim, recorded.published
    if claim.when:
        # What was told as past lies before its telling, however wide the window
        last = min(claim.when.latest, published) if published else claim.when.latest
        first = claim.when.earliest
        return Said(recorded, max(first, _BEFORE_ALL), min(max(last, first), _AFTER_ALL))
    return Said(recorded, published - RECENT, published) if published else None
