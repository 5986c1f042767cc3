"""The simulator as a forecaster: particles kept up with what is told live on beyond the cut, and answer.

Takings are not seen; how often claims of taking are told of an institution is taken to follow them, from its
rate in the two years before. The simulator's priors rest on judgement almost throughout, and the model was
written with the whole record at hand: of its skill a backtest says less than of the others'.
"""

from collections.abc import Callable
from datetime import date, timedelta
from weakref import WeakKeyDictionary

import msgspec
import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax
from scipy.stats import poisson

from satrap.forecast.about import stories
from satrap.forecast.assimilated import PAST, Assimilated, begun
from satrap.forecast.cut import Cut
from satrap.forecast.evidence import TAKING
from satrap.forecast.forecasters import Forecast, Reason, said
from satrap.forecast.months import months_after
from satrap.forecast.questions import Count, Event, Gain, Level, Question
from satrap.simulate import Scenario

Array = NDArray[np.float64]
Answer = Callable[[Assimilated], Array]

AHEAD = (56, 108, 212)  # weeks beyond the cut, the least that will do: a year, two, four, and a month
_TOLD, _FEW = 24, 0.5  # months of claims by which telling is counted, to so many stories more


class Assimilation:
    """Answers questions about authority and inspections of the scenario's institutions, and about counts of
    claims of taking by one of them."""

    name, version = "simulator", "1"

    def __init__(self, scenario: Scenario, count: int = 2000, seed: int = 0) -> None:
        """``scenario`` has no events of its own; its institutions share authority in the pack."""
        self.scenario, self.count, self.seed = scenario, count, seed
        self._known: WeakKeyDictionary[Cut, dict[int, Assimilated]] = WeakKeyDictionary()

    def forecast(self, question: Question, cut: Cut) -> Forecast | None:
        answer = self._answer(question, cut)
        if answer is None:
            return None
        state = self.at(cut, question.closes)
        living = state.living
        living.particles.live(max(living.week, living.week_of(question.closes)))
        chances = answer(state)
        least = min(state.effective, default=float(self.count))
        told = f"{len(state.used)} claims taken in and {len(state.done)} put in as events"
        words = Reason(f"{told}; {least:.0f} of {self.count} particles at the least", state.used)
        return said(self, question, tuple(float(one) for one in chances / chances.sum()), words)

    def at(self, cut: Cut, until: date) -> Assimilated:
        """Particles at the cut, with room to live on to ``until``; made once."""
        weeks = (until - cut.day).days // 7 + 2
        ahead = next((one for one in AHEAD if one >= weeks), weeks)
        known = self._known.setdefault(cut, {})
        if ahead not in known:
            known[ahead] = begun(cut, self.scenario, ahead, self.count, self.seed)
        return known[ahead]

    def _answer(self, question: Question, cut: Cut) -> Answer | None:
        """How particles answer, by option; None where they cannot."""
        ids = [one.id for one in self.scenario.institutions]
        begins = cut.day - timedelta(weeks=PAST - 1)
        match question:
            case Level() if question.institution in ids and question.than > begins:
                return _level(question, ids.index(question.institution))
            case Gain() if set(question.among) <= set(ids) and question.first > begins:
                return _gain(question, [ids.index(one) for one in question.among])
            case Event(kinds=("inspection",), target=str(target), actor=None, place=None) if target in ids:
                return _inspected(question, target)
            case Count(about=str(about)) if about in ids and set(question.kinds) <= set(TAKING):
                return _count(question, ids.index(about), cut)
        return None


def _level(question: Level, column: int) -> Answer:
    def answer(state: Assimilated) -> Array:
        living = state.living
        on, than = (
            living.log_ratios(living.week_of(day), question.place)[:, column]
            for day in (question.on, question.than)
        )
        lower = float(living.particles.weights @ (on < than))
        return np.array([lower, 1.0 - lower] if question.way == "lower" else [1.0 - lower, lower])

    return answer


def _gain(question: Gain, columns: list[int]) -> Answer:
    def answer(state: Assimilated) -> Array:
        living = state.living
        logs = (
            living.log_ratios(living.week_of(day), question.place) for day in (question.first, question.last)
        )
        first, last = (softmax(one, axis=1)[:, columns] for one in logs)
        best = (last - first).argmax(axis=1)
        return np.asarray(np.bincount(best, living.particles.weights, len(columns)), dtype=np.float64)

    return answer


def _inspected(question: Event, institution: str) -> Answer:
    def answer(state: Assimilated) -> Array:
        particles, last = state.living.particles, state.living.week_of(question.by)
        yes = float(particles.weights @ particles.happened("inspection", institution, state.now + 1, last))
        return np.array([yes, 1.0 - yes])

    return answer


def _count(question: Count, column: int, cut: Cut) -> Answer:
    before = msgspec.structs.replace(question, first=months_after(cut.day, -_TOLD), last=cut.day)
    told = len(stories(before, cut)) + _FEW
    weeks = _TOLD * 52 / 12

    def answer(state: Assimilated) -> Array:
        living = state.living
        first, last = (living.week_of(max(day, cut.day)) for day in (question.first, question.last))
        past = np.mean(
            [living.takes(week, question.place)[:, column] for week in range(state.now + 1)], axis=0
        )
        ahead = [living.takes(week, question.place)[:, column] for week in range(first, last + 1)]
        rate = told / weeks * np.sum(ahead, axis=0) / past
        fewer = float(living.particles.weights @ poisson.cdf(question.least - 1, rate))
        return np.array([1.0 - fewer, fewer])

    return answer
