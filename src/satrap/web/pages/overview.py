"""What changed, how sure, and where we are blind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from satrap.country import Pack
from satrap.protect.words import day
from satrap.publish.authority import Shift
from satrap.publish.findings import of_shift
from satrap.publish.words import EVEN, Sentence, count, likelihood, listed
from satrap.web.bands import bands_figure
from satrap.web.changes import Changes
from satrap.web.desk import Desk
from satrap.web.figure import ENDS, Column, Figure
from satrap.web.held import Days, Held
from satrap.web.office import Office
from satrap.web.outlines import outlines
from satrap.web.page import Page
from satrap.web.pages.conflicts import ShownConflict, shown_conflicts
from satrap.web.view import View

MOVERS, OF_EACH, CONFLICTS = 6, 2, 4
BLIND = 0.5  # chance of hearing anything below which a place is silent more often than not

CHANGE = (
    Column("share", "Share", "share", estimate=True, band=("low_80", "high_80")),
    Column("change", "Change, points", "points", estimate=True, band=("change_low_80", "change_high_80")),
    Column("fell", "Chance of a fall", "chance", estimate=True),
    Column("sources", "Claims"),
)


@dataclass(frozen=True)
class Mover:
    """An office that moved, in words, with the addresses of its page and of the claims behind it."""

    headline: Sentence
    numbers: Sentence
    caveat: Sentence
    institution: str
    office: str
    why: str


@dataclass(frozen=True, kw_only=True)
class Overview(Page):
    """``basis`` says what the numbers rest on; ``conflicts`` are the newest of ``all_conflicts``; ``blind``
    says from where hardly anything is heard."""

    template = "overview.html"
    here = "overview"
    since: date
    as_of: date
    basis: str
    movers: Sequence[Mover]
    conflicts: Sequence[ShownConflict]
    all_conflicts: int
    blind: str


def overview(desk: Desk, view: View) -> Overview:
    """The front page."""
    held = desk.held(view)
    days = held.days(view)
    moved = changes(held, days)
    until = [one for one in held.conflicts if one.latest <= days.as_of]
    newest = sorted(until, key=lambda one: one.latest, reverse=True)[:CONFLICTS]
    coverage = coverage_figure(held, days)
    return Overview(
        title=f"{held.pack.name}: {day(days.since)} to {day(days.as_of)}",
        since=days.since,
        as_of=days.as_of,
        basis=basis(held),
        movers=movers(moved, held),
        conflicts=shown_conflicts(newest, held, desk.gate),
        all_conflicts=len(until),
        blind=blind(coverage.rows),
        figures=(
            centre_figure(moved, held),
            bands_figure(held, None, days),
            map_figure(moved, held),
            coverage,
        ),
    )


def changes(held: Held, days: Days) -> Changes:
    """Every office's change between the days, kept."""
    return held.kept(("changes", days), lambda: Changes.between(held.estimate, days.since, days.as_of))


def basis(held: Held) -> str:
    """What the page rests on, in a sentence."""
    if not held.claims:
        return (
            "The ledger holds no claims yet. Every share below is the prior: what is assumed before anything "
            "is read. Read reports with `satrap read`, then make the estimate anew."
        )
    told = f"{count(len(held.claims), 'claim')} in {count(held.reports, 'report')} were recorded"
    if held.estimate.prior_only:
        return (
            f"{told}, none of which is an observation of authority: every share below is the prior, what is "
            "assumed before anything is read."
        )
    newest = day(held.newest) if held.newest else "an unknown day"
    return f"{told}; the estimate rests on {len(held.estimate.used):,}. The newest report is of {newest}."


def movers(moved: Changes, held: Held) -> list[Mover]:
    """The offices whose change claims tell of and matters most: how far, how surely, for how many people.

    Of each institution a few at most, and none that only follows the nation."""
    pack = held.pack
    residents = pack.residents()
    everybody = max(sum(residents.values()), 1)

    def weight(one: Shift) -> float:
        people = residents.get(one.place, 0) / everybody if one.place else 1.0
        return abs(one.mean) * abs(2 * one.down - 1) * people

    telling = [
        one
        for one in moved.all()
        if not one.prior_only
        and likelihood(one.down) != EVEN
        and (one.place is None or one.place in held.named)
    ]
    found: list[Shift] = []
    for one in sorted(telling, key=weight, reverse=True):
        if sum(other.institution == one.institution for other in found) < OF_EACH:
            found.append(one)
    return [_mover(one, pack) for one in found[:MOVERS]]


def _mover(shift: Shift, pack: Pack) -> Mover:
    office, said = Office(shift.institution, shift.place), of_shift(shift, pack)
    return Mover(said.headline, said.numbers, said.caveat, office.institution, office.href, office.why_change)


def change_row(moved: Changes, place: int, institution: int, held: Held) -> dict[str, object]:
    """An office's share on the later day and its change, with their bands and the claims that name it."""
    shift, ends = moved.at(place, institution), moved.after_ends[:, place, institution]
    return {
        "share": round(shift.after, 4),
        **{name: round(float(end), 4) for name, end in zip(ENDS, ends, strict=True)},
        "change": round(shift.mean, 4),
        "change_low_80": round(shift.low, 4),
        "change_high_80": round(shift.high, 4),
        "fell": round(shift.down, 3),
        "prior": shift.prior_only,
        "follows": shift.place is not None and shift.place not in held.named,
        "sources": held.naming.get((shift.place or held.pack.code, shift.institution), "no claim names it"),
        "href": Office(shift.institution, shift.place).why_change,
    }


def centre_figure(moved: Changes, held: Held, place: int = 0, where: str = "at the centre") -> Figure:
    """The change of every institution at one place."""
    pack = held.pack
    rows = [
        {
            "institution": id,
            "name": pack.institution(id).name,
            "name_href": Office(id, moved.estimate.offices.places[place] if place else None).href,
            **change_row(moved, place, at, held),
        }
        for at, id in enumerate(pack.authority)
    ]
    rows.sort(key=lambda row: float(str(row["change"])))
    return Figure(
        "changes",
        "changes",
        f"Who gained and who lost {where}",
        f"Change in each institution's share of authority between {day(moved.since)} and "
        f"{day(moved.as_of)}, in points, with 80% bands. Shares sum to 100%: where one "
        "rises, others fall.",
        (Column("name", "Institution"), *CHANGE),
        rows,
        source=held.basis,
    )


def map_figure(moved: Changes, held: Held, only: str = "") -> Figure:
    """The change of every office in the provinces, or of one institution's, as maps of tiles."""
    pack = held.pack
    rows = []
    for number, id in enumerate(pack.authority):
        for at, place in enumerate(moved.estimate.offices.places):
            declared = pack.place(place)
            if at and declared.tile and only in ("", id):
                row = change_row(moved, at, number, held)
                rows.append(
                    {
                        "place": place,
                        "name": declared.name,
                        "name_href": Office(id, place).href,
                        "row": declared.tile[0],
                        "column": declared.tile[1],
                        "key": id,
                        "title": pack.institution(id).name,
                        "value": row["change"],
                        "low_80": row["change_low_80"],
                        "high_80": row["change_high_80"],
                        "fell": row["fell"],
                        "prior": row["prior"],
                        "follows": row["follows"],
                        "sources": row["sources"],
                        "href": row["href"],
                    }
                )
    names = (Column("name", "Province"), Column("title", "Institution"))
    return Figure(
        "map",
        "map",
        "Province by province",
        f"Change in each institution's share between {day(moved.since)} and {day(moved.as_of)}, in points. "
        "A province that no claim names follows the nation.",
        (
            *(names[:1] if only else names),
            Column("value", "Change, points", "points", estimate=True, band=("low_80", "high_80")),
            *CHANGE[-2:],
        ),
        rows,
        source=held.basis,
        options={"signed": True, "outlines": outlines(pack)},
        empty="" if rows else "The country pack places no province on the map.",
    )


def blind(rows: Sequence[Mapping[str, Any]]) -> str:
    """From where hardly anything is heard, by the rows of what is heard from where; empty: from nowhere."""
    silent = [str(row["name"]) for row in rows if row["blind"]]
    return "any province" if len(silent) == len(rows) > 1 else listed(silent)


def coverage_figure(held: Held, days: Days) -> Figure:
    """What was heard from each province between the days, beside how many people live there."""
    cover, pack = held.coverage, held.pack
    mondays = np.array(cover.periods.mondays, dtype="datetime64[D]")
    within = (mondays > np.datetime64(days.since)) & (mondays <= np.datetime64(days.as_of))
    if not within.any():
        within[int(np.searchsorted(mondays, np.datetime64(days.as_of), side="right")) - 1] = True
    residents, stories = pack.residents(), cover.reports[:, within].sum(axis=1)
    everybody, everything = max(sum(residents.values()), 1), max(float(stories[1:].sum()), 1.0)
    rows = []
    for at, place in enumerate(held.estimate.offices.places):
        if at:
            heard, people = float(cover.heard[at, within].mean()), residents.get(place)
            rows.append(
                {
                    "place": place,
                    "name": pack.place(place).name,
                    "name_href": f"/place/{place}",
                    "claims": int(stories[at]),
                    "claims_share": round(float(stories[at]) / everything, 4),
                    "people_share": None if people is None else round(people / everybody, 4),
                    "heard": round(heard, 3),
                    "blind": heard < BLIND,
                    "href": f"/place/{place}#claims",
                }
            )
    rows.sort(key=lambda row: (-int(str(row["claims"])), str(row["name"])))
    return Figure(
        "coverage",
        "coverage",
        "What is heard from where",
        f"Stories that name a province, {day(days.since)} to {day(days.as_of)}, beside how many people live "
        f"there; and the chance that anything at all is heard from it within {cover.periods.length} weeks: "
        "where it is below one half, silence says nothing.",
        (
            Column("name", "Province"),
            Column("claims", "Stories", "count"),
            Column("claims_share", "Of all stories", "share"),
            Column("people_share", "Of all people", "share"),
            Column(
                "heard",
                f"Chance that anything is heard within {cover.periods.length} weeks",
                "chance",
                estimate=True,
            ),
        ),
        rows,
        source="all stories on record",
    )
