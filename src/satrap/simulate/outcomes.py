"""Outcomes: single numbers that one asks of a member, and what observed evidence speaks of."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import NamedTuple, Self

import numpy as np
from pydantic import Field, ValidationInfo, field_validator

from satrap.errors import ScenarioError
from satrap.simulate.displacement import LEAST_GIVEN_UP
from satrap.simulate.engine import OFFICE, PLACE
from satrap.simulate.parameters import Declared
from satrap.simulate.run import Run, around, before
from satrap.simulate.scenario import Scenario
from satrap.simulate.units import Floats

AMOUNTS = ("take", "burden")
"""Quantities whose effect is told in relation to what they would have been; else it is the difference."""
DISPLACEMENT = "displacement"


class Measure(StrEnum):
    """What is made of a quantity's mean over the window.

    level: itself. change, ratio: less, or over, its mean in the 13 weeks before the shock. back: the part of
    its fall since then that is back from its lowest four weeks. effect: against the same member without the
    scenario's events, in relation to it for amounts.
    """

    LEVEL = "level"
    CHANGE = "change"
    RATIO = "ratio"
    BACK = "back"
    EFFECT = "effect"


class Parts(NamedTuple):
    """An outcome by member as above / below, undefined where below is not greater than least."""

    above: Floats
    below: Floats
    least: Floats

    def values(self) -> Floats:
        """By member; NaN where undefined."""
        defined = self.below > self.least
        return np.where(defined, self.above / np.where(defined, self.below, 1.0), np.nan)

    def pooled(self) -> Floats:
        """As values, of means over the last axis: a member that divides noise by noise weighs little."""
        return Parts(*(part.mean(axis=-1) for part in self)).values()


class Outcome(Declared):
    """A quantity of an institution (or place, or both) over a window of days, and what is made of it.

    Without `place` it is that of the country. `displacement` is the displacement ratio of the scenario's
    question against the same member without events.
    """

    quantity: str
    institution: str | None = None
    place: str | None = None
    measure: Measure = Measure.EFFECT
    first: date = Field(alias="from")
    last: date = Field(alias="to")

    @field_validator("quantity")
    @classmethod
    def _known(cls, quantity: str) -> str:
        known = (*OFFICE, *PLACE, DISPLACEMENT)
        if quantity not in known:
            raise ValueError(f"unknown quantity {quantity!r}, use one of {', '.join(known)}")
        return quantity

    @field_validator("last")
    @classmethod
    def _ordered(cls, last: date, info: ValidationInfo) -> date:
        if "first" in info.data and last < info.data["first"]:
            raise ValueError(f"the window ends on {last}, before it begins")
        return last

    @classmethod
    def parse(cls, text: str, day: date) -> Self:
        """`burden`, `take:MSS`, `share:MSS@KP-05`: the effect in the four weeks up to `day`."""
        named, _, place = text.partition("@")
        quantity, _, institution = named.partition(":")
        try:
            return cls.model_validate(
                {
                    "quantity": quantity,
                    "institution": institution or None,
                    "place": place or None,
                    "from": day - timedelta(weeks=3),
                    "to": day,
                }
            )
        except ValueError:
            raise ScenarioError(
                f"no outcome {text!r}",
                remedy=f"write QUANTITY[:INSTITUTION][@PLACE]; quantities: {', '.join((*OFFICE, *PLACE))}, "
                f"{DISPLACEMENT}",
            ) from None

    @property
    def needs_calm(self) -> bool:
        """Whether it is set against the same member without events."""
        return self.quantity == DISPLACEMENT or self.measure is Measure.EFFECT

    def __str__(self) -> str:
        named = self.quantity + (f":{self.institution}" if self.institution else "")
        return named + (f"@{self.place}" if self.place else "")

    def weeks(self, scenario: Scenario) -> slice:
        """The weeks of the window; ScenarioError where it lies outside the run."""
        first, last = scenario.week_of(self.first), scenario.week_of(self.last)
        if first < 0 or last >= scenario.weeks:
            end = scenario.start + timedelta(weeks=scenario.weeks)
            raise ScenarioError(
                f"{self}: {self.first} to {self.last} is outside the run ({scenario.start} to {end})",
                remedy="choose days inside",
            )
        return slice(first, last + 1)

    def read(self, run: Run, calm: Run | None) -> Parts:
        """The outcome of every member; `calm` holds the same members without events where it `needs_calm`."""
        window = self.weeks(run.scenario)
        if self.quantity == DISPLACEMENT:
            assert calm is not None
            found = run.displacement_ratio(window.stop - 1, against=calm)
            weakened = calm.series("take", institution=run.scenario.question.weakened)
            at_stake = around(weakened, window.stop - 1)
            return Parts(found.taken_over, found.given_up, LEAST_GIVEN_UP * at_stake)
        series = run.series(self.quantity, self.place, self.institution)
        now = series[:, window].mean(axis=1)
        ones, zeros = np.ones_like(now), np.zeros_like(now)
        if self.measure is Measure.LEVEL:
            return Parts(now, ones, zeros)
        if self.needs_calm:
            assert calm is not None
            other = calm.series(self.quantity, self.place, self.institution)[:, window].mean(axis=1)
            return (
                Parts(now - other, other, zeros)
                if self.quantity in AMOUNTS
                else Parts(now - other, ones, zeros)
            )
        shock = eve(run.scenario)
        then = before(series, shock)
        match self.measure:
            case Measure.CHANGE:
                return Parts(now - then, ones, zeros)
            case Measure.RATIO:
                return Parts(now, then, zeros)
            case _:
                low = lowest(series[:, shock : window.stop])
                return Parts(now - low, then - low, LEAST_GIVEN_UP * np.abs(then))


def eve(scenario: Scenario) -> int:
    """The week of the shock; ScenarioError where nothing stands before it to compare with."""
    week = scenario.shock_week()
    if week is None or week < 1:
        raise ScenarioError(
            f"{scenario.id} has no week before its first event to compare with",
            remedy="use `level` or `effect`, or start earlier",
        )
    return week


def lowest(series: Floats) -> Floats:
    """The lowest mean of four weeks, by member (runs, weeks)."""
    width = min(4, series.shape[1])
    total = np.cumsum(np.pad(series, ((0, 0), (1, 0))), axis=1)
    return np.asarray(((total[:, width:] - total[:, :-width]) / width).min(axis=1))


def questions(scenario: Scenario, day: date) -> tuple[Outcome, ...]:
    """What the scenario's question asks, as effects on `day`: displacement, burden, taking, fear, support."""
    question = scenario.question
    takers = (f"take:{one}" for one in (question.weakened, *question.heirs))
    named = (DISPLACEMENT, "burden", *takers, "fear", "support")
    return tuple(Outcome.parse(one, day) for one in named)
