"""What would have been forecast, quarter after quarter, from what was known then; and what became of it.

At the beginning of each quarter every forecaster answers the questions of :mod:`satrap.forecast.asking` from
that day's cut. Each is settled from the cut ``LAG`` months after it closes, and never looked at again. The
pool of a quarter is learned from what had been settled by then.

A quarter is one piece of work, for any executor, and is kept: a backtest that was stopped goes on.
"""

import os
from collections.abc import Callable, Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

import msgspec
import polars as pl

from satrap.errors import ForecastError
from satrap.estimate.shelf import fingerprint, model
from satrap.forecast import scores
from satrap.forecast.asking import QUARTER, TERMS, questions
from satrap.forecast.cut import Cut, Record
from satrap.forecast.forecasters import Forecast
from satrap.forecast.members import members
from satrap.forecast.months import months_after
from satrap.forecast.pool import Pool, Settled, learned
from satrap.forecast.questions import AnyQuestion
from satrap.forecast.resolution import Outcome, State, resolve
from satrap.forecast.stacked import Stacked
from satrap.simulate import Scenario
from satrap.simulate.executor import Executor

LAG = 6  # months from closing to settling: the slowest tenth of reports has come in
MODEL = "2"
"""Changes with the forecasters and the questions: what was kept by another is not read."""


class Asked(msgspec.Struct, frozen=True):
    """A question with what every forecaster said of it."""

    question: AnyQuestion
    forecasts: tuple[Forecast, ...]


class Quarter(msgspec.Struct, frozen=True):
    """What was asked on a day, and what of earlier questions was settled on it."""

    day: date
    asked: tuple[Asked, ...]
    settled: tuple[Outcome, ...]


@dataclass(frozen=True, eq=False)
class Backtest:
    """``quarters`` in order; with the pool's forecasts added, each learned from what was settled before."""

    quarters: tuple[Quarter, ...]
    names: tuple[str, ...]

    @cached_property
    def outcomes(self) -> dict[str, Outcome]:
        """By question; those whose day had not come are not among them."""
        return {one.question: one for quarter in self.quarters for one in quarter.settled}

    @cached_property
    def _asked(self) -> dict[str, Asked]:
        return {one.question.id: one for quarter in self.quarters for one in quarter.asked}

    def pool(self, day: date) -> Pool:
        """Learned from what had been settled by the end of a day."""
        settled = [
            Settled(was.question, was.forecasts, str(outcome.answer))
            for quarter in self.quarters
            if quarter.day <= day
            for outcome in quarter.settled
            if outcome.state is State.ANSWERED and (was := self._asked.get(outcome.question))
        ]
        return learned(self.names, settled)

    @cached_property
    def forecasts(self) -> list[tuple[AnyQuestion, Forecast]]:
        """Everybody's, and the pool's."""
        found = []
        for quarter in self.quarters:
            pooled = Stacked((), self.pool(quarter.day))
            for one in quarter.asked:
                together = pooled.of(one.question, one.forecasts)
                said = one.forecasts if together is None else (*one.forecasts, together)
                found += [(one.question, each) for each in said]
        return found

    @cached_property
    def scored(self) -> pl.DataFrame:
        """A row for each forecast of an answered question; see :func:`satrap.forecast.scores.table`."""
        return scores.table(self.forecasts, self.outcomes)

    @property
    def asked(self) -> int:
        return sum(len(quarter.asked) for quarter in self.quarters)

    @property
    def answered(self) -> int:
        """Questions that were answered."""
        return sum(one.state is State.ANSWERED for one in self.outcomes.values())


@dataclass(frozen=True, eq=False)
class Work:
    """A quarter's work, as a worker is told. Questions are asked from ``first`` on and close by ``until``."""

    record: Record
    scenario: Scenario | None
    particles: int
    first: date
    until: date
    keep: Path | None = None

    def __call__(self, day: date) -> Quarter:
        at = self.record.cut(day)
        file = None if self.keep is None else self.keep / f"{self._key(at)}.json"
        if file is not None and file.is_file():
            return msgspec.json.decode(file.read_bytes(), type=Quarter)
        done = Quarter(day, tuple(self._asked(at)), tuple(self._settled(at)))
        if file is not None:
            file.parent.mkdir(parents=True, exist_ok=True)
            beside = file.with_suffix(f".{os.getpid()}")
            beside.write_bytes(msgspec.json.encode(done))
            beside.replace(file)
        return done

    def _asked(self, at: Cut) -> Iterator[Asked]:
        everybody = members(self.scenario, self.particles)
        for question in self._questions(at):
            said = (one.forecast(question, at) for one in everybody)
            yield Asked(question, tuple(one for one in said if one is not None))

    def _settled(self, at: Cut) -> Iterator[Outcome]:
        for months in sorted({QUARTER, *TERMS}):
            then = self.record.cut(months_after(at.day, -LAG - months))
            for question in self._questions(then):
                if months_after(question.closes, LAG) == at.day:
                    yield resolve(question, at)

    def _questions(self, at: Cut) -> list[AnyQuestion]:
        if at.day < self.first:
            return []
        return [one for one in questions(at) if one.closes <= self.until]

    @property
    def days(self) -> list[date]:
        """Beginnings of quarters, from the first that is asked on to the last that is settled on."""
        end = months_after(self.until, LAG)
        months = (end.year - self.first.year) * 12 + end.month - self.first.month
        return [months_after(self.first, QUARTER * number) for number in range(months // QUARTER + 1)]

    def _key(self, at: Cut) -> str:
        """Of all that decides what a quarter gives."""
        pack, world = self.record.pack, self.scenario
        parts = (
            (MODEL, model(), at.day, at.digest, self.first, self.until, self.particles),
            (pack.header, pack.tenures, tuple(pack.posts.values()), tuple(pack.institutions)),
            world.model_dump_json() if world else "",
        )
        return fingerprint(*(repr(one).encode() for one in parts))[:32]


def backtest(
    record: Record,
    *,
    first: date,
    until: date,
    crew: Executor,
    scenario: Scenario | None = None,
    particles: int = 500,
    keep: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> Backtest:
    """Questions of every quarter from ``first`` on that close by ``until``: first days of quarters.

    No result depends on the executor. Raises ForecastError where a day does not begin a quarter, or no
    quarter lies between them.
    """
    for day in (first, until):
        if day.day != 1 or day.month % QUARTER != 1:
            raise ForecastError(f"{day} does not begin a quarter", remedy="give a day such as 2009-01-01")
    if until <= first:
        raise ForecastError(f"no quarter from {first} to {until}", remedy="give a later end")
    work = Work(record, scenario, particles, first, until, keep)
    found: list[Quarter] = []
    with closing(_worked(crew, work)) as done:
        for one in done:
            found.append(one)
            if progress is not None:
                progress(len(found), len(work.days))
    found.sort(key=lambda one: one.day)
    return Backtest(tuple(found), tuple(one.name for one in members(scenario, particles)))


def _worked(crew: Executor, work: Work) -> Generator[Quarter, None, None]:
    yield from crew.map(work, work.days)
