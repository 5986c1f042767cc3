"""Lists that pages of many kinds have: the claims about something, and what contradicts what there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Unpack

from satrap.ledger import Filters
from satrap.web.cells import Pager
from satrap.web.desk import Desk
from satrap.web.gate import Shown
from satrap.web.held import Held
from satrap.web.pages.conflicts import ShownConflict, shown_conflicts
from satrap.web.paging import MOST, pager
from satrap.web.view import View

CLAIMS, CONFLICTS = 20, 3


@dataclass(frozen=True)
class ClaimList:
    """Some of the claims about something, the newest first."""

    claims: Sequence[Shown]
    pager: Pager


def claims_about(desk: Desk, view: View, path: str, **about: Unpack[Filters]) -> ClaimList:
    """What the record has by the view's clocks, a page of it."""
    first = (view.number("page", 1, MOST) - 1) * CLAIMS
    asked = Filters(**{**about, "limit": CLAIMS + 1, "offset": first})
    found = desk.project.ledger.timeline(as_of=view.as_of, known_at=view.moment, **asked)
    shown = desk.gate.shown(found[:CLAIMS])
    more = len(found) > CLAIMS
    of = "more" if more else f"{first + len(shown):,}"
    return ClaimList(shown, pager(view, path, first, len(shown), of, more))


def conflicts_about(desk: Desk, held: Held, *entities: str) -> list[ShownConflict]:
    """The newest conflicts in whose claims all of these ids take part."""
    found = [held.conflicts_of.get(one, ()) for one in entities]
    first, *others = found or [()]
    both = [one for one in first if all(one in other for other in others)]
    return shown_conflicts(both[:CONFLICTS], held, desk.gate)
