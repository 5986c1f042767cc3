"""A claim as it is on record: its words in their report, who told whom, how sure, what became of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import msgspec

from satrap.claims import Argument, Claim, RecordedClaim, Source, family
from satrap.country import Pack
from satrap.errors import LedgerError
from satrap.ledger import EntryKind
from satrap.publish.words import percent
from satrap.web.cells import Cell, Voice, entity
from satrap.web.desk import Desk
from satrap.web.page import Page
from satrap.web.pages.conflicts import ShownConflict, shown_conflicts
from satrap.web.pages.report import Segment, segments
from satrap.web.view import View

AROUND = 400  # characters of the report on each side of the quote

_DECISIONS = {
    EntryKind.CLAIM_READ: "read",
    EntryKind.CLAIM_ACCEPTED: "accepted",
    EntryKind.CLAIM_CORRECTED: "corrected",
    EntryKind.CLAIM_REJECTED: "rejected",
    EntryKind.NOTE_ADDED: "noted",
}


@dataclass(frozen=True)
class Decision:
    """What somebody decided about a claim, and said about it."""

    at: str
    author: str
    what: str
    words: str


@dataclass(frozen=True)
class Confidences:
    """How sure the text sounds, how reliable the source is, how sure the reader is: three things."""

    text: str
    source: str
    reader: str


@dataclass(frozen=True, kw_only=True)
class ClaimPage(Page):
    """``orphaned`` where the words no longer stand in the report at their place."""

    template = "claim.html"
    inside = True
    id: str
    claim: Claim
    family: str
    status: str
    publisher: str
    published: str
    report: str
    context: Sequence[Segment]
    orphaned: bool
    chain: Sequence[Voice]
    confidences: Confidences
    facts: Sequence[tuple[str, Sequence[Cell]]]
    because: Sequence[Cell]
    history: Sequence[Decision]
    used: str
    conflicts: Sequence[ShownConflict]
    story: Sequence[Cell]


def claim(desk: Desk, view: View, begun: str) -> ClaimPage:
    """The page of a claim, by its id or the beginning of it."""
    ledger, pack = desk.project.ledger, desk.project.pack
    one = ledger.claim(begun, known_at=view.moment)
    said, text = one.claim, ledger.report(one.claim.report).text
    stands = said.quote.holds_in(text)
    held = desk.newest
    others = [each for each in ledger.claims(story=one.story) if each.claim.report != said.report]
    mates = {each.claim.report: each for each in others}
    return ClaimPage(
        title=f"{said.kind}, as told by {one.publisher}",
        id=one.id,
        claim=said,
        family=family(said.kind),
        status=one.status.value,
        publisher=one.publisher,
        published=one.published.isoformat() if one.published else "an unknown day",
        report=said.report,
        context=context(one, text) if stands else [],
        orphaned=not stands,
        chain=[_voice(each, pack) for each in said.said_by],
        confidences=confidences(one, desk),
        facts=_facts(said, pack),
        because=[_cause(each, desk) for each in said.because],
        history=history(desk, one.id, view),
        used=_used(one, desk),
        conflicts=shown_conflicts(held.conflicts_of.get(one.id, []), held, desk.gate) if held else [],
        story=[
            Cell(f"{each.publisher}, {each.published or 'undated'}", f"/report/{report}")
            for report, each in mates.items()
        ],
    )


def context(one: RecordedClaim, text: str) -> list[Segment]:
    """The quote with what stands around it; it must stand in the text."""
    quote = one.claim.quote
    first, last = max(0, quote.start - AROUND), min(len(text), quote.end + AROUND)
    cut = segments(text, [one])
    kept = []
    at = 0
    for each in cut:
        begin, at = at, at + len(each.text)
        if at > first and begin < last:
            shown = text[max(begin, first) : min(at, last)]
            kept.append(replace(each, text=shown))
    return kept


def confidences(one: RecordedClaim, desk: Desk) -> Confidences:
    """The three, in words, each on its own."""
    said, reading = one.claim, one.claim.reading
    cues = f" (“{'”, “'.join(said.cues)}”)" if said.cues else ""
    rules = ", ".join(reading.rules) or reading.reader
    return Confidences(
        said.certainty.value + cues,
        f"{said.voice.kind.value}, how it knows: {said.access.value}{_learned(one, desk)}",
        f"{percent(reading.score)} sure that it read rightly ({rules})",
    )


def _learned(one: RecordedClaim, desk: Desk) -> str:
    """What the estimate learned of the source's noise, where it did."""
    if desk.newest is None:
        return ""
    noises = desk.newest.noises
    names = (f"source {one.claim.voice.kind.value}", f"publisher {one.publisher}")
    told = [
        f"{name}: noise ×{noises[name][0]:.2f} (sd {noises[name][1]:.2f})" for name in names if name in noises
    ]
    return f"; {'; '.join(told)} of that declared" if told else ""


def history(desk: Desk, id: str, view: View) -> list[Decision]:
    """All that happened to a claim, the oldest first."""
    found = []
    for entry in desk.project.ledger.entries(subject=id, known_at=view.moment):
        body = msgspec.json.decode(entry.body)
        words = body.get("text") or body.get("reason") or body.get("note") or ""
        if entry.kind == EntryKind.CLAIM_CORRECTED:
            words = f"{', '.join(body.get('fields', ()))}{f': {words}' if words else ''}"
        found.append(
            Decision(
                entry.at[:16].replace("T", " "),
                entry.author,
                _DECISIONS.get(entry.kind, entry.kind.value),
                words,
            )
        )
    return found


def _used(one: RecordedClaim, desk: Desk) -> str:
    held = desk.newest
    if held is None:
        return ""
    if one.id in held.unused:
        return f"The estimate does not use it: {held.unused[one.id]}."
    return "The estimate uses it." if one.id in held.used else ""


def _facts(said: Claim, pack: Pack) -> list[tuple[str, Sequence[Cell]]]:
    told: list[tuple[str, Sequence[Cell]]] = [
        (role, [_argument(each, pack) for each in filled]) for role, filled in said.roles.items()
    ]
    told += [
        ("where", [entity(each, _named(each, pack), pack) for each in said.places]),
        ("when", [Cell(said.when.edtf)] if said.when else []),
        ("seen from its telling", [Cell(said.horizon.value)]),
    ]
    return [(name, cells) for name, cells in told if cells]


def _argument(one: Argument, pack: Pack) -> Cell:
    details = [
        *one.tiers,
        *(["its people"] if one.staff else []),
        *(_named(each, pack) for each in one.places),
    ]
    more = f" ({', '.join(map(str, details))})" if details else ""
    cell = entity(one.id, one.name, pack)
    return Cell(cell.text + more, cell.href)


def _named(place: str, pack: Pack) -> str:
    return pack.places[place].name if place in pack.places else place


def _voice(one: Source, pack: Pack) -> Voice:
    number = f"{one.number} together" if one.number and one.number > 1 else ""
    place = _named(one.place, pack) if one.place else ""
    kind = one.kind.value if one.name else ""
    href = f"/place/{one.place}" if one.place in pack.places else ""
    return Voice(one.name or one.kind.value, ", ".join(filter(None, (kind, place, number))), href)


def _cause(id: str, desk: Desk) -> Cell:
    try:
        cause = desk.project.ledger.claim(id)
    except LedgerError:
        return Cell(f"a claim that the record no longer shows ({id[:8]})")
    return Cell(f"{cause.claim.kind}: {cause.claim.quote.exact}", f"/claim/{cause.id}#quote")
