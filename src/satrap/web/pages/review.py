"""The queue of claims to be judged, and one of them with its sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from satrap.claims import RecordedClaim, Status, kinds
from satrap.errors import LedgerError
from satrap.publish.words import percent
from satrap.review import Queued, queue, sheet
from satrap.web.cells import Voice
from satrap.web.desk import Desk
from satrap.web.held import Held
from satrap.web.page import Page
from satrap.web.pages.claim import Confidences, claim
from satrap.web.pages.report import Segment
from satrap.web.view import View

SHOWN = 10
LONGEST = 500  # claims that the order is kept of


@dataclass(frozen=True)
class Waiting:
    """A claim in the queue, with why it stands there."""

    recorded: RecordedClaim
    why: str


@dataclass(frozen=True, kw_only=True)
class Queue(Page):
    """``moved`` says whether the order goes by how far claims move the estimate: it takes a while to know."""

    template = "queue.html"
    here = "review"
    inside = True
    author: str
    kind: str
    kinds: Sequence[str]
    waiting: Sequence[Waiting]
    moved: bool
    done: str


def review_queue(desk: Desk, view: View) -> Queue:
    """Those first that move the estimate most and that the reader was least sure of."""
    held = desk.held(View())
    kind = view.get("kind") if view.get("kind") in kinds() else ""
    moved = desk.moves(held)
    found: list[Waiting] = []
    for one in _ordered(held, kind, moved):
        now = _current(desk, one)
        if now is not None:
            found.append(Waiting(now, _why(one, moved)))
        if len(found) == SHOWN:
            break
    return Queue(
        title="Review",
        author=desk.author,
        kind=kind,
        kinds=list(kinds()),
        waiting=found,
        moved=moved is not None,
        done=view.get("done"),
    )


def _ordered(held: Held, kind: str, moved: dict[str, float] | None) -> Sequence[Queued]:
    return held.kept(
        ("queue", kind, moved is not None),
        lambda: queue(
            (one for one in held.claims if one.status is Status.READ and kind in ("", one.claim.kind)),
            moved,
            LONGEST,
        ),
    )


def _current(desk: Desk, one: Queued) -> RecordedClaim | None:
    """The claim as it is now; None where somebody has decided about it since."""
    try:
        now = desk.project.ledger.claim(one.recorded.id)
    except LedgerError:
        return None
    return now if now.status is Status.READ else None


def _why(one: Queued, moved: Mapping[str, float] | None) -> str:
    """What puts it there; ``moved`` as in `queue`."""
    sure = f"the reader was {percent(1 - one.unsure)} sure"
    if moved is not None and one.recorded.id in moved:
        return f"moves a share by up to {one.move:.2f} in log-ratio; {sure}"
    return f"its kind has weight {one.move:.2f} for the estimate; {sure}"


@dataclass(frozen=True, kw_only=True)
class Review(Page):
    """One claim to be judged; ``sheet`` is what a correction edits, ``fault`` what was wrong with it."""

    template = "review.html"
    here = "review"
    inside = True
    author: str
    id: str
    kind: str
    status: str
    publisher: str
    published: str
    report: str
    context: Sequence[Segment]
    quote: str
    chain: Sequence[Voice]
    confidences: Confidences
    sheet: str
    fault: str


def review(desk: Desk, _view: View, id: str, *, edited: str = "", fault: str = "") -> Review:
    """The page of one claim, with what somebody has ``edited`` where that did not hold."""
    shown = claim(desk, View(), id)
    return Review(
        title=f"Review: {shown.title}",
        author=desk.author,
        id=shown.id,
        kind=shown.claim.kind,
        status=shown.status,
        publisher=shown.publisher,
        published=shown.published,
        report=shown.report,
        context=shown.context,
        quote=shown.claim.quote.exact,
        chain=shown.chain,
        confidences=shown.confidences,
        sheet=edited or sheet(shown.claim),
        fault=fault,
    )
