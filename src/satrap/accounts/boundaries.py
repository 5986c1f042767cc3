"""When something began or ended, as far as claims bound it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from satrap.claims import Certainty, RecordedClaim


@dataclass(frozen=True)
class Window:
    """A claim with the first and last day on which what it tells may have happened.

    ``earliest`` is None where nothing bounds it: a report without a date of its own says only that something
    had happened by its publication, never since when. ``refuted`` is True of a death that a later appearance
    settles.
    """

    recorded: RecordedClaim
    earliest: date | None
    latest: date
    refuted: bool = False

    @property
    def kind(self) -> str:
        return self.recorded.claim.kind

    @property
    def id(self) -> str:
        return self.recorded.id


@dataclass(frozen=True)
class Boundary:
    """``earliest`` and ``latest`` bound the day; None where no claim does. ``agreed`` is False where the
    claims name times that do not meet: the bounds then take in all of them."""

    earliest: date | None
    latest: date
    agreed: bool
    claims: tuple[str, ...]


def window_of(recorded: RecordedClaim, *, refuted: bool = False) -> Window | None:
    """None for a claim that names no day by which it had happened."""
    when, published = recorded.claim.when, recorded.published
    if when is None:
        return Window(recorded, None, published, refuted) if published else None
    latest = min(when.latest, published) if published and published >= when.earliest else when.latest
    if latest == date.max:
        return None
    earliest = None if when.earliest == date.min else when.earliest
    return Window(recorded, earliest, latest, refuted)


def boundary(told: Sequence[Window]) -> Boundary | None:
    """What several claims about one boundary bound together; None without any.

    Doubtful claims count only where there are no others.
    """
    if not told:
        return None
    surer = [one for one in told if one.recorded.claim.certainty is not Certainty.DOUBTFUL] or told
    known = [one.earliest for one in surer if one.earliest is not None]
    earliest, latest = max(known, default=None), min(one.latest for one in surer)
    agreed = earliest is None or earliest <= latest
    if not agreed:
        earliest, latest = min(known), max(one.latest for one in surer)
    ordered = sorted(told, key=lambda one: (one.latest, one.recorded.claim.quote.exact, one.id))
    return Boundary(earliest, latest, agreed, tuple(dict.fromkeys(one.id for one in ordered)))
