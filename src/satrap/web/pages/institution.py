"""An institution: its names, its place in the state on the day, and what it holds at the centre and below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from satrap.country import Pack, names
from satrap.country.names import Name
from satrap.web.bands import bands_figure
from satrap.web.cells import Cell
from satrap.web.desk import Desk
from satrap.web.figure import Column, Figure
from satrap.web.held import Days
from satrap.web.office import Office
from satrap.web.page import Page
from satrap.web.pages.conflicts import ShownConflict
from satrap.web.pages.office import Conduct, Reason, Standing, conduct, figures_of, reasons, standing
from satrap.web.pages.overview import changes, map_figure
from satrap.web.tenure import Holders, holders
from satrap.web.told import ClaimList, claims_about, conflicts_about
from satrap.web.view import View


@dataclass(frozen=True, kw_only=True)
class Institution(Page):
    """``counted`` is the institution whose share counts this one's power, where it has none of its own;
    without any, ``outside`` says why."""

    template = "institution.html"
    here = "who"
    id: str
    name: Name
    as_of: date
    since: date
    called: Sequence[tuple[str, Name]]
    facts: Sequence[tuple[str, Sequence[Cell]]]
    powers: Sequence[str]
    counted: Cell | None
    outside: str
    standing: Standing | None
    reasons: Sequence[Reason]
    holders: Holders
    conduct: Sequence[Conduct]
    conflicts: Sequence[ShownConflict]
    told: ClaimList


def institution(desk: Desk, view: View, id: str) -> Institution:
    """The page of an institution of the pack."""
    pack = desk.project.pack
    declared = pack.institution(id)
    held = desk.held(view)
    days = held.days(view)
    share = pack.share_institution(id)
    own = share == id
    held_by = holders(held, [post.id for post in pack.posts.values() if post.institution == id], days)
    asked = Office(id)
    figures = [org_figure(id, pack, days), *figures_of(held_by)]
    if own:
        moved = changes(held, days)
        figures += [bands_figure(held, None, days, id), map_figure(moved, held, id)]
    return Institution(
        title=declared.name,
        id=id,
        name=names.institution(id, pack, days.as_of),
        as_of=days.as_of,
        since=days.since,
        called=_called(id, pack),
        facts=_facts(id, pack, days.as_of),
        powers=declared.powers,
        counted=None if own or share is None else Cell(pack.institution(share).name, f"/institution/{share}"),
        outside=""
        if share
        else next(
            (one.reason for one in pack.header.outside if one.institution == id),
            "it takes no part in the shares",
        ),
        standing=standing(asked, changes(held, days), held) if own else None,
        reasons=reasons(asked, held, days, desk) if own else [],
        holders=held_by,
        conduct=conduct(asked, held, days, desk) if own else [],
        conflicts=conflicts_about(desk, held, id),
        told=claims_about(desk, view, f"/institution/{id}", institution=id),
        figures=figures,
    )


def _called(id: str, pack: Pack) -> list[tuple[str, Name]]:
    """What it was called, and when."""
    found = []
    for one in pack.institution(id).names:
        if one.start or one.end:
            period = f"{one.start or '…'} to {one.end or 'now'}"
            en = one.terms["en"][0].text if "en" in one.terms else ""
            found.append((period, Name.of(en, one.terms)))
    return found


def _facts(id: str, pack: Pack, on: date) -> list[tuple[str, Sequence[Cell]]]:
    """Its relations on the day, as the country pack declares them."""

    def cells(ids: Sequence[str]) -> list[Cell]:
        return [Cell(pack.institution(one).name, f"/institution/{one}") for one in dict.fromkeys(ids)]

    rules = [one for one in pack.oversight if one.may_cover(on)]
    told = [
        ("Answers to", cells(pack.parents_at(id, on))),
        ("Over it, and able to act on it", cells([one.by for one in rules if id in one.over])),
        ("May act on", cells([over for one in rules if one.by == id for over in one.over])),
        ("Bodies of its own", cells([one for one in pack.institutions if id in pack.parents_at(one, on)])),
        (
            "Posts",
            [Cell(post.title, f"/post/{post.id}") for post in pack.posts.values() if post.institution == id],
        ),
        (
            "People on record",
            [
                Cell(f"{one.people:,} {one.what}{f' ({one.date})' if one.date else ''}")
                for one in pack.institution(id).staff
            ],
        ),
    ]
    return [(name, found) for name, found in told if found]


def org_figure(id: str, pack: Pack, days: Days) -> Figure:
    """Who commands, oversees and inspects around an institution on the day."""
    on = days.as_of
    near = {
        id,
        *pack.parents_at(id, on),
        *(one for one in pack.institutions if id in pack.parents_at(one, on)),
    }
    rules = [one for one in pack.oversight if one.may_cover(on)]
    for one in rules:
        if one.by == id or id in one.over:
            near |= {one.by, *(one.over if one.by == id else ())}
    rows = []
    for body in pack.institutions:
        if body in near:
            parents = [each for each in pack.parents_at(body, on) if each in near]
            kinds = {each.of: each.kind for each in pack.institution(body).parents if each.may_cover(on)}
            head = pack.head_of(body, on)
            person = pack.people.get(head.person) if head and head.person else None
            name = names.institution(body, pack, on)
            rows.append(
                {
                    "id": body,
                    "name": name.en,
                    "name_href": f"/institution/{body}",
                    "own": name.own,
                    "parent": parents[0] if parents else None,
                    "parent_name": pack.institution(parents[0]).name if parents else "",
                    "parent_kind": kinds[parents[0]] if parents else None,
                    "holder": person.name if person else "",
                    "href": f"/institution/{body}",
                }
            )
    edges = [
        {"by": one.by, "over": over, "kind": one.kind}
        for one in rules
        for over in one.over
        if {one.by, over} <= near
    ]
    return Figure(
        "org",
        "org",
        "Who is over whom",
        "Who answers to whom, who may act on whom and who leads on the day.",
        (
            Column("name", "Institution"),
            Column("parent_name", "Answers to"),
            Column("parent_kind", "How"),
            Column("holder", "Led by"),
        ),
        rows,
        options={"oversight": edges},
        source="the country pack, what is known of the state apart from the reports",
    )
