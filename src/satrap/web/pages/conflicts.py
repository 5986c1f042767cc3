"""Claims that cannot both be true, or hardly, side by side."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from satrap.accounts import Conflict
from satrap.protect.words import day
from satrap.web.cells import Pager
from satrap.web.desk import Desk
from satrap.web.gate import Gate, Shown
from satrap.web.held import Held
from satrap.web.page import Page
from satrap.web.paging import page_of
from satrap.web.view import View

SHOWN = 12  # conflicts on a page
SIDE = 5  # claims of a side


@dataclass(frozen=True)
class ShownSide:
    """One of the stories told: its first claims, and how many more say so."""

    label: str
    claims: Sequence[Shown]
    more: int
    held: bool


@dataclass(frozen=True)
class ShownConflict:
    """A conflict as a page has it; ``settled_by`` are the claims that settle it."""

    subject: str
    relation: str
    latest: str
    sides: Sequence[ShownSide]
    settled_by: Sequence[Shown]


@dataclass(frozen=True, kw_only=True)
class Conflicts(Page):
    """``only`` is "open" or "settled", or empty for both."""

    template = "conflicts.html"
    here = "conflicts"
    conflicts: Sequence[ShownConflict]
    only: str
    open: int
    settled: int
    pager: Pager


def conflicts(desk: Desk, view: View) -> Conflicts:
    """All conflicts by the day, the exclusive first, then the newest."""
    held = desk.held(view)
    as_of = held.days(view).as_of
    found = [one for one in held.conflicts if one.latest <= as_of]
    settled = sum(one.settled is not None for one in found)
    only = view.get("only")
    if only in ("open", "settled"):
        wanted = [one for one in found if (one.settled is not None) == (only == "settled")]
    else:
        only, wanted = "", found
    some, pager = page_of(wanted, SHOWN, view, "/conflicts")
    return Conflicts(
        title=f"What does not go together, by {day(as_of)}",
        conflicts=shown_conflicts(some, held, desk.gate),
        only=only,
        open=len(found) - settled,
        settled=settled,
        pager=pager,
    )


def shown_conflicts(found: Iterable[Conflict], held: Held, gate: Gate) -> list[ShownConflict]:
    """Conflicts with their claims as the gate lets them out."""
    return [_shown(one, held, gate) for one in found]


def _shown(one: Conflict, held: Held, gate: Gate) -> ShownConflict:
    settled = one.settled
    sides = [
        ShownSide(
            side.label,
            gate.shown(held.told(side.claims[:SIDE])),
            max(len(side.claims) - SIDE, 0),
            settled is not None and settled.side == at,
        )
        for at, side in enumerate(one.sides)
    ]
    by = gate.shown(held.told(settled.by[:SIDE])) if settled else []
    return ShownConflict(one.subject, one.relation.value, day(one.latest), sides, by)
