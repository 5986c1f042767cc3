"""What is shown where there is no page: that it is still being made, or what is wrong with the request."""

from collections.abc import Sequence
from dataclasses import dataclass

from satrap.errors import EstimateError, LedgerError, SatrapError, ScenarioError, UnknownNameError
from satrap.web.cells import Cell
from satrap.web.jobs import Pending
from satrap.web.page import Page
from satrap.web.view import BadAddressError

_STATUS: tuple[tuple[type[SatrapError], int], ...] = (
    (UnknownNameError, 404),
    (LedgerError, 404),
    (BadAddressError, 400),
    (EstimateError, 400),
    (ScenarioError, 400),
)


@dataclass(frozen=True, kw_only=True)
class Problem(Page):
    """What is wrong, what to do about it, and what may have been meant."""

    template = "problem.html"
    status: int
    problem: str
    remedy: str
    meant: Sequence[Cell] = ()


@dataclass(frozen=True, kw_only=True)
class Waiting(Page):
    """Something is being made: the browser asks again by itself."""

    template = "waiting.html"
    stage: str
    done: float
    progress: str


def problem(error: SatrapError, family: str) -> Problem:
    """The page for an error; ``family`` of pages is where close names are looked for."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 422)
    meant: list[Cell] = []
    remedy = error.remedy
    if isinstance(error, UnknownNameError):
        meant = [Cell(one, f"/{family}/{one}") for one in error.suggestions] if family else []
    if isinstance(error, LedgerError):
        remedy = "search for it, or follow a link to it"
    title = {404: "Not found", 400: "That cannot be asked"}.get(status, "That did not work")
    told = error.problem[:1].upper() + error.problem[1:]
    return Problem(title=title, status=status, problem=told, remedy=remedy, meant=meant)


def waiting(pending: Pending, progress: str) -> Waiting:
    """The page for what is not there yet; ``progress`` is the address that tells how far it is."""
    title = f"Making {pending.what}"
    return Waiting(title=title, stage=pending.stage, done=pending.done, progress=progress)
