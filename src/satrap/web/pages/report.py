"""A report's text with the quotes of its claims, each where it was read or, where the text changed, apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from satrap.claims import RecordedClaim, family
from satrap.protect.coarse import link
from satrap.web.desk import Desk
from satrap.web.page import Page
from satrap.web.view import View

FAMILIES = ("authority", "personnel", "command", "conduct", "public", "explanation")


@dataclass(frozen=True)
class Segment:
    """A run of text under the same quotes: ``claims`` are the ids of these, ``begins`` of those that begin
    here; ``family`` is that of the shortest quote."""

    text: str
    claims: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    family: str = ""
    kinds: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportPage(Page):
    """``orphaned`` are claims whose words no longer stand in the text at their place."""

    template = "report.html"
    inside = True
    hash: str
    publisher: str
    outlet: str
    published: str
    language: str
    url: str
    segments: Sequence[Segment]
    claims: Sequence[RecordedClaim]
    orphaned: Sequence[RecordedClaim]
    families: Sequence[str]
    mates: Sequence[tuple[str, str]]


def report(desk: Desk, view: View, begun: str) -> ReportPage:
    """The page of a report, by its hash or the beginning of it."""
    ledger = desk.project.ledger
    found = ledger.report(begun)
    hash = found.hash
    told = ledger.claims(report=hash, known_at=view.moment)
    standing = [one for one in told if one.claim.quote.holds_in(found.text)]
    story = next((one.story for one in told), hash)
    mates = {
        one.claim.report: f"{one.publisher}, {one.published or 'undated'}"
        for one in ledger.claims(story=story)
    }
    kinds = {family(one.claim.kind) for one in standing}
    return ReportPage(
        title=found.title or f"A report of {found.publisher}",
        hash=hash,
        publisher=found.publisher,
        outlet=found.outlet or "",
        published=found.published.edtf if found.published else "on an unknown day",
        language=found.language,
        url=link(found.url),
        segments=segments(found.text, standing),
        claims=standing,
        orphaned=[one for one in told if one not in standing],
        families=[one for one in FAMILIES if one in kinds],
        mates=[(other, label) for other, label in mates.items() if other != hash],
    )


def segments(text: str, claims: Iterable[RecordedClaim]) -> list[Segment]:
    """The text cut wherever a quote begins or ends; quotes must stand in it."""
    quotes = sorted(
        ((one.claim.quote.start, one.claim.quote.end, one) for one in claims),
        key=lambda each: (each[1] - each[0], each[0]),
    )
    cuts = sorted({0, len(text), *(at for start, end, _ in quotes for at in (start, end))})
    found = []
    for first, last in pairwise(cuts):
        over = [(start, one) for start, end, one in quotes if start <= first and last <= end]
        found.append(
            Segment(
                text[first:last],
                tuple(one.id for _, one in over),
                tuple(one.id for start, one in over if start == first),
                family(over[0][1].claim.kind) if over else "",
                ", ".join(dict.fromkeys(one.claim.kind for _, one in over)),
            )
        )
    return found
