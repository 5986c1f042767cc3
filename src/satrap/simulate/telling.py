"""What the outside hears of a run: tellings of who gained or lost, who stands above whom, and who fell.

A teller in some province looks at an institution there, now and some weeks back, and says whether it gained
or lost against the others; or which of two stands higher. What they see is blurred. Falls of office are told
too, sometimes as a worse fate. An outlet prints a telling after a delay, and others reprint it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum
from math import log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import Field

from satrap.errors import ScenarioError
from satrap.simulate.events import Rank
from satrap.simulate.parameters import Declared
from satrap.simulate.run import Run
from satrap.simulate.schedule import Happening
from satrap.simulate.streams import stream

HEDGES = {"stated": (0.6, 1.0), "probable": (0.25, 1.4), "possible": (0.15, 2.2)}
"""How surely a telling sounds: how often, and how much more blurred it then is. Judgement, as are VOICES; the
factors are those that the estimator declares for such words and voices."""

VOICES = {"inside source": (0.6, 1.2), "resident": (0.25, 1.4), "defector": (0.15, 1.6)}


class Told(StrEnum):
    """What a telling is about; FATE is a fall told as an execution, SEEN its refutation."""

    CHANGE = "change"
    RANK = "rank"
    FALL = "fall"
    FATE = "fate"
    SEEN = "seen"


class Reporting(Declared):
    """How a state is reported on. All of it is judgement but the delay and where tellers are.

    `tellings` a week of the whole state, divided over places by the scenario's `coverage`; a part `ranks` of
    them say who stands above whom, the others who gained or lost within `back` weeks. `blur`: sd of what a
    plain telling by the best voice sees amiss, in log-ratio. `falls`: tellings of a fall at the centre; of a
    week's falls in a province as many times its coverage. `misreport`: a fall is told as an execution, and
    `seen`: the person is later seen alive. `delay` is the median in days from the event to print,
    `delay_spread` the sd of its logarithm: 10 and .8 in 18 dated rows of the North Korea chronology.
    `reprints`: outlets besides the first, of `outlets` in all.
    """

    tellings: float = Field(default=1.0, gt=0)
    ranks: float = Field(default=0.25, ge=0, le=1)
    back: tuple[int, ...] = Field(default=(8, 13, 26), min_length=1)
    blur: float = Field(default=0.3, gt=0)
    falls: float = Field(default=2.0, ge=0)
    misreport: float = Field(default=0.2, ge=0, le=1)
    seen: float = Field(default=0.5, ge=0, le=1)
    delay: float = Field(default=10.0, gt=0)
    delay_spread: float = Field(default=0.8, ge=0)
    reprints: float = Field(default=1.0, ge=0)
    outlets: int = Field(default=4, ge=1)


class Print(NamedTuple):
    """One text: which outlet, and when."""

    outlet: int
    published: date


class Telling(NamedTuple):
    """One telling. `since` to `until` is what it speaks of; `place` None is the centre; `up` whether
    `institution` gained, or stands above `over`; `who` tells people apart; `prints` begin with the first."""

    told: Told
    institution: str
    over: str | None
    up: bool
    place: str | None
    since: date
    until: date
    who: str | None
    voice: str
    hedge: str
    prints: tuple[Print, ...]


def tellings(run: Run, member: int, reporting: Reporting, seed: int) -> list[Telling]:
    """What is told of one member of a run, in the order of what it speaks of; the same for the same seed.

    Raises ScenarioError where no place of the scenario is covered.
    """
    return sorted(_Reporter(run, member, reporting, seed).all(), key=lambda one: (one.until, one.since))


class _Reporter:
    def __init__(self, run: Run, member: int, reporting: Reporting, seed: int) -> None:
        self.run, self.member, self.how = run, member, reporting
        self.chance = stream(seed, member, "tellings")
        coverage = np.array([one.coverage for one in run.scenario.places])
        if not coverage.sum() > 0:
            raise ScenarioError(
                f"{run.scenario.id}: nothing is reported from any place",
                remedy="give the places a `coverage` above zero",
            )
        self.coverage = coverage / coverage.sum()
        self.log_shares = np.log(run.share[member].astype(np.float64))

    def all(self) -> Iterator[Telling]:
        counts = self.chance.poisson(self.how.tellings * self.coverage, self.log_shares.shape[:2])
        for week, place in np.argwhere(counts).tolist():
            for _ in range(counts[week, place]):
                ranks = self.chance.random() < self.how.ranks
                back = int(self.chance.choice(self.how.back))
                if ranks:
                    yield self._rank(week, place)
                elif week >= back:
                    yield self._change(week, place, back)
        for event in self.run.log:
            if event.member == self.member and event.kind == "dismissal":
                yield from self._falls(event)

    def _rank(self, week: int, place: int) -> Telling:
        one, other = self.chance.choice(len(self.run.institutions), 2, replace=False).tolist()
        gap = self.log_shares[week, place, one] - self.log_shares[week, place, other]
        return self._telling(Told.RANK, gap, one, self.run.places[place], week, week, over=other)

    def _change(self, week: int, place: int, back: int) -> Telling:
        one = int(self.chance.integers(len(self.run.institutions)))
        moved = self.log_shares[week, place] - self.log_shares[week - back, place]
        return self._telling(
            Told.CHANGE, moved[one] - moved.mean(), one, self.run.places[place], week - back, week
        )

    def _falls(self, event: Happening) -> Iterator[Telling]:
        rate = self.how.falls
        if event.rank == Rank.PROVINCE and event.place is not None:
            rate *= self.coverage[self.run.places.index(event.place)]
        one = self.run.institutions.index(event.institution)
        for number in range(self.chance.poisson(rate)):
            told = Told.FATE if self.chance.random() < self.how.misreport else Told.FALL
            who = f"{event.event}:{event.week}:{event.rank}:{event.place}:{number}"
            yield self._telling(told, -np.inf, one, event.place, event.week, event.week, who=who)
            if told is Told.FATE and self.chance.random() < self.how.seen:
                later = min(event.week + int(self.chance.integers(13, 53)), self.run.scenario.weeks - 1)
                yield self._telling(Told.SEEN, np.inf, one, event.place, later, later, who=who)

    def _telling(
        self,
        told: Told,
        truth: float,
        one: int,
        place: str | None,
        since: int,
        until: int,
        *,
        over: int | None = None,
        who: str | None = None,
    ) -> Telling:
        voice, dull = self._drawn(VOICES)
        hedge, vague = self._drawn(HEDGES)
        until_day = self.run.dates[until] + timedelta(days=int(self.chance.integers(7)))
        institutions = self.run.institutions
        return Telling(
            told,
            institutions[one],
            None if over is None else institutions[over],
            bool(truth + self.how.blur * dull * vague * self.chance.standard_normal() > 0),
            place,
            self.run.dates[since] if since < until else until_day,
            until_day,
            who,
            voice,
            hedge,
            tuple(self._prints(until_day)),
        )

    def _drawn(self, table: dict[str, tuple[float, float]]) -> tuple[str, float]:
        names = list(table)
        name = names[int(self.chance.choice(len(names), p=[table[one][0] for one in names]))]
        return name, table[name][1]

    def _prints(self, told: date) -> Iterator[Print]:
        days = np.exp(log(self.how.delay) + self.how.delay_spread * self.chance.standard_normal())
        first = told + timedelta(days=round(days))
        outlets: NDArray[np.int64] = self.chance.permutation(self.how.outlets)
        yield Print(int(outlets[0]), first)
        for outlet in outlets[1 : 1 + self.chance.poisson(self.how.reprints)].tolist():
            yield Print(outlet, first + timedelta(days=int(self.chance.integers(1, 8))))
