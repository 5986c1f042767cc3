"""The project as the server holds it: the newest estimate, those of earlier moments, and work in progress."""

import getpass
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import date

from satrap.project import Project
from satrap.review import moves
from satrap.web.gate import Gate
from satrap.web.held import Held, Progress
from satrap.web.jobs import Jobs
from satrap.web.view import View

START, END = date(2008, 1, 1), date(2021, 12, 31)  # as `satrap estimate`

_WHAT = "the estimate"

Job = tuple[Hashable, str, Callable[[Progress], Held]]


@dataclass(eq=False)
class Desk:
    """One project being looked at. ``author`` is who reviews at it."""

    project: Project
    start: date = START
    end: date = END
    seed: int = 0
    author: str = field(default_factory=getpass.getuser)
    jobs: Jobs = field(default_factory=Jobs)

    def __post_init__(self) -> None:
        self.gate = Gate(self.project)
        self._newest: Held | None = None
        self._wanted: Hashable = None

    def held(self, view: View) -> Held:
        """What was made of the record as the view knows it; raises Pending while that is being made.

        Without ``known_at`` it may be older than the record: see :meth:`behind`.
        """
        if view.known_at is None and self._newest is not None:
            self._newest = self.jobs.peek(self._wanted) or self._newest
            return self._newest
        made = self.jobs.ask(*self._job(view))
        if view.known_at is None:
            self._newest = made
        return made

    def wait(self, view: View | None = None) -> Held:
        """As :meth:`held`, when it is there."""
        self.jobs.wait(*self._job(view or View()))
        return self.held(view or View())

    def behind(self, view: View) -> int:
        """How many entries the record has that the estimate shown does not know of."""
        if view.known_at is not None or self._newest is None:
            return 0
        return self.project.ledger.head.size - self._newest.head.size

    def make_anew(self) -> None:
        """Begin an estimate from the record as it is now; the one shown stays until it is there."""
        job = self._job(View())
        self._wanted = job[0]
        self.jobs.begin(*job)

    def moves(self, held: Held) -> dict[str, float] | None:
        """How far each claim moves an estimate; None while that is being worked out, which begins here."""
        key = ("moves", held.head.size)

        def weigh(progress: Progress) -> dict[str, float]:
            progress("weighing claims", 0.0)
            return moves(held.estimate)

        self.jobs.begin(key, "how far claims move the estimate", weigh)
        found: dict[str, float] | None = self.jobs.peek(key)
        return found

    @property
    def newest(self) -> Held | None:
        """The newest estimate that is there."""
        return self._newest

    @property
    def making(self) -> tuple[str, float] | None:
        """The stage that a new estimate is at, and how much of it is done."""
        return self.jobs.stage(self._wanted)

    def _job(self, view: View) -> Job:
        head = self.project.ledger.head_at(view.moment)

        def make(progress: Progress) -> Held:
            span = self.start, self.end
            return Held.make(self.project, head, view.moment, span, self.seed, progress)

        return ("estimate", head.size), _WHAT, make
