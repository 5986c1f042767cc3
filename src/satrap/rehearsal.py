"""A rehearsal: claims on a simulated world, so that the estimator can be tried where the truth is known."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time

from satrap.claims import (
    Argument,
    Certainty,
    Claim,
    Direction,
    Horizon,
    Quote,
    Reading,
    RecordedClaim,
    Source,
    SourceKind,
    When,
)
from satrap.simulate.telling import Print, Telling, Told

_KIND = {
    Told.CHANGE: "authority",
    Told.RANK: "authority",
    Told.FALL: "dismissal",
    Told.FATE: "execution",
    Told.SEEN: "appearance",
}


def recorded(told: Iterable[Telling], *, stories: bool = True) -> list[RecordedClaim]:
    """The claims of every print of every telling, as a ledger would hand them out.

    Prints of one telling are one story. Without `stories` each passes for a telling of its own, as where
    nobody has grouped reprints.
    """
    found: list[RecordedClaim] = []
    for number, telling in enumerate(told):
        for copy, printed in enumerate(telling.prints):
            story = f"telling {number}" if stories else f"telling {number}, print {copy}"
            found.append(_recorded(telling, printed, number, story, len(found)))
    return found


def _recorded(telling: Telling, printed: Print, number: int, story: str, position: int) -> RecordedClaim:
    outlet = f"Outlet {printed.outlet + 1}"
    claim = _claim(telling, outlet, f"telling {number} in {outlet}")
    known = datetime.combine(printed.published, time(), UTC)
    return RecordedClaim(
        claim.id, claim, outlet, outlet, printed.published, story, known, position=position, version=position
    )


def _claim(telling: Telling, outlet: str, report: str) -> Claim:
    kind = _KIND[telling.told]
    above, below = telling.institution, telling.over
    if telling.told is Told.RANK and below is not None and not telling.up:
        above, below = below, above
    if kind == "authority":
        roles = {"holder": _named(above)} | ({"over": _named(below)} if below else {})
    else:
        roles = {"institution": _named(above), "person": (Argument("an officer", telling.who),)}
    direction = None
    if telling.told is Told.CHANGE:
        direction = Direction.UP if telling.up else Direction.DOWN
    words = " ".join(part for part in (telling.told, above, below, direction) if part)
    return Claim(
        report=report,
        quote=Quote.at(words, 0, len(words)),
        kind=kind,
        said_by=(
            Source(SourceKind.PUBLISHER, name=outlet),
            Source(SourceKind(telling.voice), place=telling.place),
        ),
        reading=Reading("rehearsal", "1", 1.0),
        roles=roles,
        direction=direction,
        certainty=Certainty(telling.hedge),
        horizon=Horizon.PAST,
        when=_when(telling.since, telling.until),
        places=(telling.place,) if telling.place else (),
    )


def _named(institution: str) -> tuple[Argument, ...]:
    return (Argument(institution, institution),)


def _when(since: date, until: date) -> When:
    return When.day(until) if since == until else When(f"{since}/{until}", since, until)
