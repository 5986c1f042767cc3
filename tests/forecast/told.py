"""Claims for these tests, told on a day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache

from satrap.claims import (
    Argument,
    Certainty,
    Claim,
    Horizon,
    Polarity,
    Quote,
    Reading,
    RecordedClaim,
    Source,
    SourceKind,
    When,
)
from satrap.country import Pack, load_pack
from satrap.forecast import Cut, cut

START = date(2016, 1, 4)  # of estimates: a short span is quick
LATER = datetime(2026, 1, 1, tzinfo=UTC)  # when the record was made


@cache
def kp() -> Pack:
    return load_pack("kp")


def told(
    kind: str,
    published: str,
    when: str | None = None,
    *,
    certainty: Certainty = Certainty.STATED,
    polarity: Polarity = Polarity.AFFIRMED,
    horizon: Horizon = Horizon.PAST,
    places: tuple[str, ...] = (),
    report: str | None = None,
    story: str | None = None,
    **roles: str,
) -> RecordedClaim:
    """A claim whose roles are ids of the pack (``of_`` and the like for words that Python keeps)."""
    filled: dict[str, tuple[Argument, ...]] = {
        role.rstrip("_"): (Argument(id, id),) for role, id in roles.items()
    }
    claim = Claim(
        report=report or f"report of {published}, {kind}, {sorted(roles.items())}, {when}",
        quote=Quote.at(kind, 0, len(kind)),
        kind=kind,
        said_by=(Source(SourceKind.PUBLISHER, name="Outlet"),),
        reading=Reading("test", "1", 1.0),
        roles=filled,
        certainty=certainty,
        polarity=polarity,
        horizon=horizon,
        places=places,
        when=When.parse(when) if when else None,
    )
    day = date.fromisoformat(published)
    return RecordedClaim(claim.id, claim, "Outlet", "Outlet", day, story or claim.report, LATER)


def known(*claims: RecordedClaim, on: str = "2021-12-31") -> Cut:
    """The cut at the end of a day, of claims that appeared when they were published."""
    appeared = {one.claim.report: one.published for one in claims if one.published}
    return replace(cut(claims, appeared, kp(), date.fromisoformat(on)), start=START)


def weekly(first: str, last: str) -> list[RecordedClaim]:
    """A report a week that names no place, of nothing in particular: so that silence is worth something."""
    day, end, made = date.fromisoformat(first), date.fromisoformat(last), []
    while day <= end:
        made.append(told("order", day.isoformat(), by="LEADER"))
        day += timedelta(days=7)
    return made
