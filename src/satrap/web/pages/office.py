"""An institution's body at a place: how much it holds, what moved it, who led it, what is told of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from satrap.country import Pack, names
from satrap.country.names import Name
from satrap.ledger import Filters
from satrap.publish.findings import of_conduct, of_shift
from satrap.publish.words import Sentence, points, share
from satrap.web.bands import bands_figure
from satrap.web.cells import Cell, Estimated
from satrap.web.changes import Changes
from satrap.web.desk import Desk
from satrap.web.figure import Figure
from satrap.web.gate import Shown
from satrap.web.held import Days, Held
from satrap.web.office import Office
from satrap.web.page import Page
from satrap.web.pages.conflicts import ShownConflict
from satrap.web.pages.overview import changes
from satrap.web.tenure import Holders, holders
from satrap.web.told import ClaimList, claims_about, conflicts_about
from satrap.web.view import View

REASONS = 5


@dataclass(frozen=True)
class Reason:
    """A claim and what it moved the share by."""

    claim: Shown
    moved: str


@dataclass(frozen=True)
class Standing:
    """How much an office holds on the day and how that changed, in numbers and in a sentence."""

    share: Estimated
    change: Estimated
    headline: Sentence
    caveat: Sentence
    why: str


@dataclass(frozen=True)
class Conduct:
    """What was told of its conduct toward residents: a count, never a measure."""

    headline: str
    numbers: str
    claims: Sequence[Shown]


@dataclass(frozen=True, kw_only=True)
class OfficePage(Page):
    template = "office.html"
    here = "who"
    name: Name
    institution: str
    where: Cell
    as_of: date
    since: date
    standing: Standing
    reasons: Sequence[Reason]
    holders: Holders
    conduct: Sequence[Conduct]
    conflicts: Sequence[ShownConflict]
    told: ClaimList


def office(desk: Desk, view: View, key: str) -> OfficePage:
    """The page of ``INSTITUTION@PLACE``."""
    asked = Office.parse(key, desk.project.pack)
    held = desk.held(view)
    pack, days = held.pack, held.days(view)
    moved = changes(held, days)
    held_by = holders(held, _posts(asked, pack), days)
    about = Filters(institution=asked.institution)
    if asked.place:
        about["place"] = asked.place
    return OfficePage(
        title=asked.title(pack),
        name=names.institution(asked.institution, pack, days.as_of),
        institution=asked.institution,
        where=Cell(pack.place(asked.place).name, f"/place/{asked.place}")
        if asked.place
        else Cell("the centre"),
        as_of=days.as_of,
        since=days.since,
        standing=standing(asked, moved, held),
        reasons=reasons(asked, held, days, desk),
        holders=held_by,
        conduct=conduct(asked, held, days, desk),
        conflicts=conflicts_about(desk, held, *[one for one in (asked.institution, asked.place) if one]),
        told=claims_about(desk, view, asked.href, **about),
        figures=(bands_figure(held, asked.place, days, asked.institution), *figures_of(held_by)),
    )


def figures_of(held_by: Holders) -> tuple[Figure, ...]:
    """The timeline of who held what, where anybody is told of."""
    return (held_by.figure,) if held_by.figure.rows else ()


def standing(asked: Office, moved: Changes, held: Held) -> Standing:
    """An office's share on the day and its change."""
    offices = held.estimate.offices
    place, institution = offices.place(asked.place), offices.institution(asked.institution)
    shift, ends = moved.at(place, institution), moved.after_ends[:, place, institution]
    on = held.estimate.narrowing[place, held.estimate.weeks.at(moved.as_of), institution]
    said = of_shift(shift, held.pack, held.named)
    return Standing(
        Estimated(
            share(shift.after), asked.why, f"(80% band {share(ends[1])} to {share(ends[4])})", bool(on > 0.9)
        ),
        Estimated(
            f"{points(shift.mean)} points",
            asked.why_change,
            f"(80% band {points(shift.low)} to {points(shift.high)})",
            shift.prior_only,
        ),
        said.headline,
        said.caveat,
        asked.why_change,
    )


def reasons(asked: Office, held: Held, days: Days, desk: Desk) -> list[Reason]:
    """The claims that moved the share most between the days."""
    if held.estimate.prior_only:
        return []
    most = held.why(asked.institution, asked.place, days.as_of, days.since)[:REASONS]
    told = [one for one in most if one.claim in held.by_id]
    shown = desk.gate.shown(held.by_id[one.claim] for one in told)
    return [Reason(claim, f"{points(one.share)} points") for one, claim in zip(told, shown, strict=True)]


def conduct(asked: Office, held: Held, days: Days, desk: Desk) -> list[Conduct]:
    """What was told between the days, by kind."""
    at = [
        one
        for one in held.conduct
        if asked.place is None
        or asked.place in one.claim.places
        or any(asked.place in by.places for by in one.claim.arguments("by"))
    ]
    found = [
        one
        for one in of_conduct(at, held.pack, days.since, days.as_of)
        if one.key.endswith(f"-{asked.institution}")
    ]
    return [
        Conduct(
            "".join(one.headline),
            "".join(one.numbers),
            desk.gate.shown(held.told(one.claims[:3])),
        )
        for one in sorted(found, key=lambda one: -one.weight)
    ]


def _posts(asked: Office, pack: Pack) -> list[str]:
    """The posts that lead the office, under whichever of its bodies."""
    return [
        post.id
        for post in pack.posts.values()
        if post.head
        and post.place == asked.place
        and (post.tier == "central") == (asked.place is None)
        and pack.share_institution(post.institution) == asked.institution
    ]
