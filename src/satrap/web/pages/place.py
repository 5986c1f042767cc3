"""A place: who holds how much there, what is heard from it, what is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from satrap.country import Pack, names
from satrap.country.model import Place as Declared
from satrap.country.names import Name
from satrap.web.bands import bands_figure
from satrap.web.cells import Cell
from satrap.web.desk import Desk
from satrap.web.page import Page
from satrap.web.pages.conflicts import ShownConflict
from satrap.web.pages.office import figures_of
from satrap.web.pages.overview import centre_figure, changes, coverage_figure
from satrap.web.tenure import Holders, holders
from satrap.web.told import ClaimList, claims_about, conflicts_about
from satrap.web.view import View


@dataclass(frozen=True, kw_only=True)
class Place(Page):
    """``heard`` is its row of the table of what is heard from where; empty for the whole state."""

    template = "place.html"
    here = "who"
    name: Name
    as_of: date
    since: date
    facts: Sequence[tuple[str, str]]
    heard: Sequence[tuple[str, str]]
    within: Sequence[Cell]
    holders: Holders
    conflicts: Sequence[ShownConflict]
    told: ClaimList


def place(desk: Desk, view: View, id: str) -> Place:
    """The page of the state, or of one of its provinces."""
    pack = desk.project.pack
    declared = pack.place(id)
    held = desk.held(view)
    days = held.days(view)
    offices = held.estimate.offices
    whole = id == pack.code
    at = offices.province(id) or 0
    moved = changes(held, days)
    posts = [post.id for post in pack.posts.values() if post.place == id]
    held_by = holders(held, posts, days)
    where = "at the centre" if whole else f"in {pack.place(offices.places[at]).name}"
    return Place(
        title=declared.name,
        name=names.place(id, pack),
        as_of=days.as_of,
        since=days.since,
        facts=_facts(declared, pack),
        heard=[
            (column.title, str(getattr(cell, "text", cell)))
            for row in coverage_figure(held, days).rows
            if row["place"] == id
            for column in coverage_figure(held, days).columns[1:]
            for cell in [column.cell(row)]
        ],
        within=[Cell(one.name, f"/place/{one.id}") for one in pack.places.values() if one.parent == id],
        holders=held_by,
        conflicts=conflicts_about(desk, held, id),
        told=claims_about(desk, view, f"/place/{id}", place=id),
        figures=(
            centre_figure(moved, held, at, where),
            bands_figure(held, offices.places[at] if at else None, days),
            *figures_of(held_by),
        ),
    )


def _facts(declared: Declared, pack: Pack) -> list[tuple[str, str]]:
    told = []
    if declared.population:
        told.append(("Residents", f"{declared.population.people:,} ({declared.population.year})"))
    if declared.capital:
        told.append(("Seat", declared.capital))
    if declared.borders:
        told.append(("Borders", ", ".join(declared.borders)))
    if declared.cities:
        told.append(("Towns and counties known", ", ".join(one.name for one in declared.cities)))
    if declared.parent and declared.parent in pack.places:
        told.append(("Part of", pack.place(declared.parent).name))
    return told
