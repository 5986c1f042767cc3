"""A post and who held it, or a person and what posts that person held; and the list of all."""

from collections.abc import Sequence
from dataclasses import dataclass

from satrap.country import names
from satrap.country.names import Name
from satrap.web.cells import Cell
from satrap.web.desk import Desk
from satrap.web.gate import Shown
from satrap.web.page import Page
from satrap.web.pages.conflicts import ShownConflict
from satrap.web.pages.office import figures_of
from satrap.web.tenure import Holders, holders
from satrap.web.told import CLAIMS, ClaimList, claims_about, conflicts_about
from satrap.web.view import View


@dataclass(frozen=True, kw_only=True)
class Holding(Page):
    """A post or a person. ``told`` are the claims that name the person; of a post, those that its timeline
    rests on stand there."""

    template = "holding.html"
    here = "who"
    name: Name
    facts: Sequence[tuple[str, Cell]]
    holders: Holders
    behind: Sequence[Shown]
    told: ClaimList | None
    conflicts: Sequence[ShownConflict]


def post(desk: Desk, view: View, id: str) -> Holding:
    """Who held a post."""
    pack = desk.project.pack
    declared = pack.post(id)
    held = desk.held(view)
    days = held.days(view)
    held_by = holders(held, [id], days)
    rested = [claim for spell in held_by.spells for _, ids in spell.claims for claim in ids]
    facts = [
        ("Of", Cell(pack.institution(declared.institution).name, f"/institution/{declared.institution}"))
    ]
    if declared.place:
        facts.append(("At", Cell(pack.place(declared.place).name, f"/place/{declared.place}")))
    return Holding(
        title=declared.title,
        name=names.post(id, pack),
        facts=facts,
        holders=held_by,
        behind=desk.gate.shown(held.told(list(dict.fromkeys(rested))[:CLAIMS])),
        told=None,
        conflicts=conflicts_about(desk, held, id),
        figures=figures_of(held_by),
    )


def person(desk: Desk, view: View, id: str) -> Holding:
    """What posts somebody held and what became of them."""
    pack = desk.project.pack
    declared = pack.person(id)
    held = desk.held(view)
    held_by = holders(held, [id], held.days(view))
    return Holding(
        title=declared.name,
        name=names.person(id, pack),
        facts=[],
        holders=held_by,
        behind=[],
        told=claims_about(desk, view, f"/person/{id}", person=id),
        conflicts=conflicts_about(desk, held, id),
        figures=figures_of(held_by),
    )


@dataclass(frozen=True, kw_only=True)
class Who(Page):
    """All that the country pack declares, by name."""

    template = "who.html"
    here = "who"
    shares: Sequence[Cell]
    others: Sequence[Cell]
    places: Sequence[Cell]
    posts: Sequence[Cell]
    people: Sequence[Cell]


def who(desk: Desk, _view: View) -> Who:
    """The index of institutions, places, posts and people."""
    pack = desk.project.pack
    return Who(
        title=f"Who is who in {pack.name}",
        shares=[Cell(pack.institution(one).name, f"/institution/{one}") for one in pack.authority],
        others=[
            Cell(one.name, f"/institution/{one.id}")
            for one in sorted(pack.institutions.values(), key=lambda one: one.name)
            if one.id not in pack.authority
        ],
        places=[Cell(one.name, f"/place/{one.id}") for one in pack.places.values()],
        posts=[Cell(one.title, f"/post/{one.id}") for one in pack.posts.values()],
        people=[
            Cell(one.name, f"/person/{one.id}")
            for one in sorted(pack.people.values(), key=lambda one: one.name)
        ],
    )
