"""Invented reports and claims about a real pack's institutions, made one line each."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from satrap.claims import (
    Argument,
    Claim,
    Direction,
    Quote,
    Reading,
    RecordedClaim,
    Source,
    SourceKind,
    When,
)
from satrap.country import Pack, load_pack
from satrap.reports import Report

KP: Pack = load_pack("kp")
INSIDER = Source(SourceKind.INSIDE_SOURCE, place="KP-09")
ANALYST = Source(SourceKind.ANALYST)
UP, DOWN = Direction.UP, Direction.DOWN

Told = tuple[RecordedClaim, Report]


def told(
    kind: str,
    roles: Mapping[str, str | tuple[str, ...]],
    published: str | None = "2017-03-10",
    *,
    text: str = "",
    publisher: str = "The Weekly Observer",
    voice: Source | None = INSIDER,
    story: str = "",
    when: str | None = None,
    title: str | None = "A report",
    url: str | None = "https://example.org/report",
    **fields: Any,
) -> Told:
    """One report with one claim; the roles' values are ids of the pack, or names it does not know."""
    words = text or f"{kind} of {roles} is told on {published} {sorted(fields.items(), key=str)}"
    day = When.parse(published) if published else None
    report = Report(text=words, publisher=publisher, title=title, url=url, published=day)
    outermost = Source(SourceKind.PUBLISHER, name=publisher)
    claim = Claim(
        report=report.hash,
        quote=Quote.at(words, 0, len(words)),
        kind=kind,
        roles={role: tuple(Argument(one, one) for one in _many(ids)) for role, ids in roles.items()},
        said_by=(outermost, voice) if voice else (outermost,),
        reading=Reading("rules", "1", 0.9, ("rule-1",)),
        when=When.parse(when) if when else None,
        **fields,
    )
    recorded = RecordedClaim(
        id=claim.id,
        claim=claim,
        publisher=publisher,
        outlet=publisher,
        published=day.earliest if day else None,
        story=story or report.hash,
        known_at=datetime(2026, 1, 1, tzinfo=UTC),
    )
    return recorded, report


def _many(ids: str | tuple[str, ...]) -> tuple[str, ...]:
    return (ids,) if isinstance(ids, str) else ids


def split(pairs: Iterable[Told]) -> tuple[list[RecordedClaim], dict[str, Report]]:
    """What the ledger would hand out: the claims, and the reports by hash."""
    kept = list(pairs)
    return [claim for claim, _ in kept], {report.hash: report for _, report in kept}


def sample() -> list[Told]:
    """Some twenty claims: security loses to the party, police are bribed, a general is not dead."""
    fall = [
        told("authority", {"holder": "MSS"}, f"2017-0{month}-12", direction=DOWN, places=places, voice=voice)
        for month, places, voice in (
            (1, (), ANALYST),
            (2, ("KP-10",), Source(SourceKind.INSIDE_SOURCE, place="KP-10")),
            (3, ("KP-09",), INSIDER),
            (4, ("KP-05",), Source(SourceKind.INSIDE_SOURCE, place="KP-05")),
            (5, ("KP-05",), Source(SourceKind.RESIDENT, place="KP-05")),
        )
    ]
    return [
        *fall,
        told("authority", {"holder": "MSS"}, "2016-08-01", direction=UP, voice=None),
        told(
            "authority",
            {"holder": "MSS"},
            "2017-04-20",
            direction=UP,
            voice=ANALYST,
            publisher="Harbour Post",
        ),
        told("authority", {"holder": "WPK"}, "2017-05-30", direction=UP, places=("KP-05",)),
        told("transfer", {"from": "MSS", "to": "WPK"}, "2017-06-01", places=("KP-05",)),
        told("transfer", {"from": "MSS", "to": "MPS"}, "2017-03-28", publisher="Harbour Post"),
        told("capacity", {"holder": "MSS"}, "2017-06-02", direction=DOWN),
        told("dismissal", {"person": "kim-won-hong", "institution": "MSS"}, "2017-02-03", voice=ANALYST),
        told("execution", {"person": "ri-yong-gil"}, "2016-02-10", when="2016-02", voice=ANALYST),
        told("appearance", {"person": "ri-yong-gil"}, "2016-05-10", when="2016-05-08", voice=None),
        *(
            told("extortion", {"by": "MSS", "on": "residents"}, day, places=(place,))
            for day, place in (("2016-09-01", "KP-09"), ("2017-01-20", "KP-10"), ("2017-05-05", "KP-09"))
        ),
        told("bribery", {"by": "MPS", "on": "residents"}, "2017-04-01", places=("KP-01",), direction=UP),
        told("sentiment", {"of": "residents", "toward": "MSS"}, "2017-06-10", direction=DOWN),
    ]
