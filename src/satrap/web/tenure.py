"""Who held which post, as a timeline whose ends are as uncertain as the claims leave them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from satrap.accounts import Boundary, Spell, Timeline
from satrap.country import names
from satrap.protect.words import day
from satrap.publish.words import count
from satrap.web.cells import Cell
from satrap.web.figure import Column, Figure
from satrap.web.held import Days, Held

BEFORE = timedelta(days=365)  # room in the chart for a beginning that nobody told


@dataclass(frozen=True)
class Holding:
    """One person in one post; ``claims`` are the ids of all that say so, by what they say."""

    anchor: str
    post: Cell
    person: Cell
    began: str
    ended: str
    cited: str
    fate: str
    claims: Sequence[tuple[str, Sequence[str]]]


@dataclass(frozen=True)
class Happening:
    """What is told of somebody outside any known post, or of somebody without a name."""

    what: str
    when: str
    claim: str


@dataclass(frozen=True)
class Holders:
    """The spells in order, what lies between them, what else is told, and the chart."""

    spells: Sequence[Holding]
    between: Sequence[str]
    events: Sequence[Happening]
    figure: Figure


def holders(held: Held, subjects: Iterable[str], days: Days) -> Holders:
    """Of posts or people, by their ids."""
    found = [one for subject in subjects for one in held.careers.timelines(subject)]
    spells = [one for timeline in found for one in timeline.spells if one.first_cited <= days.as_of]
    return Holders(
        [_holding(number, one) for number, one in enumerate(spells, 1)],
        [
            f"{one.what}: {one.before} to {one.after}, {day(one.first)} to {day(one.last)}"
            for timeline in found
            for one in timeline.between
            if one.first <= days.as_of
        ],
        [_event(timeline, number) for timeline in found for number in range(len(timeline.events))],
        _figure(spells, held, days),
    )


def _holding(number: int, spell: Spell) -> Holding:
    told = {
        "began": spell.began.claims if spell.began else (),
        "ended": spell.ended.claims if spell.ended else (),
        "in the post": spell.cited,
        "denied": spell.denied,
        "a death refuted": spell.refuted,
    }
    return Holding(
        f"spell-{number}",
        Cell(f"{spell.title} ({spell.institution})", f"/post/{spell.seat.post}"),
        Cell(spell.name, f"/person/{spell.person}"),
        _bounds(spell.began),
        _bounds(spell.ended),
        _between(spell.first_cited, spell.last_cited),
        ", ".join(spell.fate),
        [(what, ids) for what, ids in told.items() if ids],
    )


def _event(timeline: Timeline, number: int) -> Happening:
    event = timeline.events[number]
    when = _between(event.earliest, event.latest)
    return Happening(f"{event.kind}{', denied' if event.denied else ''}", when, event.claim)


def _bounds(one: Boundary | None) -> str:
    if one is None:
        return "not told"
    return f"{_between(one.earliest, one.latest)}{'' if one.agreed else ' (claims disagree)'}"


def _between(earliest: date | None, latest: date) -> str:
    if earliest is None:
        return f"by {day(latest)}"
    return day(latest) if earliest == latest else f"between {day(earliest)} and {day(latest)}"


def _all(spell: Spell) -> list[str]:
    ends = [id for end in (spell.began, spell.ended) if end for id in end.claims]
    return [*ends, *spell.cited]


def _figure(spells: Sequence[Spell], held: Held, days: Days) -> Figure:
    known = [one.began.earliest if one.began and one.began.earliest else one.first_cited for one in spells]
    first = min(known, default=days.since) - BEFORE
    rows = [_row(number, one, held, first, days.as_of) for number, one in enumerate(spells, 1)]
    return Figure(
        "tenure",
        "tenure",
        "Who held it, from when to when",
        "What claims say of beginnings and ends; where they leave a day open, it lies within the faint part. "
        "No end: still there at the last word.",
        (
            Column("person", "Person"),
            Column("post", "Post"),
            Column("from_latest", "In the post by"),
            Column("to_latest", "Gone by"),
            Column("fate", "Fate"),
            Column("sources", "Claims"),
        ),
        rows,
        options={"first": first, "as_of": days.as_of},
        source="the claims listed below",
    )


def _row(number: int, spell: Spell, held: Held, first: date, as_of: date) -> dict[str, object]:
    began, ended = spell.began, spell.ended
    gone = ended is not None and ended.latest <= as_of
    return {
        "post": spell.title,
        "person": spell.name,
        "own": names.person(spell.person, held.pack).own,
        "from_earliest": began.earliest if began and began.earliest else first,
        "from_latest": min(began.latest, spell.first_cited) if began else spell.first_cited,
        "to_earliest": (ended.earliest or spell.last_cited) if ended and gone else None,
        "to_latest": ended.latest if ended and gone else None,
        "fate": ", ".join(spell.fate) if gone else "",
        "sources": count(len({*_all(spell)}), "claim"),
        "href": f"#spell-{number}",
    }
