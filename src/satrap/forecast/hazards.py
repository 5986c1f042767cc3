"""How likely it is in a window, or how often it is told: shared between institutions, raised by unrest.

Windows are those of :mod:`satrap.forecast.analogues`: as long as the question's own, of its own past and of
the other institutions', each with its answer. Of window w of institution i

    logit P(yes) = a + institution[i] + b unrest + c before + d log told

    log E(stories) = the same, for a question that counts stories

``unrest``: in the six months before the window, a story told of a personnel event or a command about the
institution; ``before``: the answer of the window before (or log of one more than its stories); ``told``:
stories of any kind in the year before, for what is not reported is not counted.

It is a discrete-time hazard with normal frailties. Cox regression as in lifelines or statsmodels has no
shrinkage between a handful of institutions that each saw none to five events, nor a predictive distribution
of what is rare, and would bring pandas along.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from numpy.typing import NDArray

from satrap.accounts.said import takes_part
from satrap.claims import family
from satrap.forecast.about import tells_of
from satrap.forecast.analogues import Analogue, earlier, siblings
from satrap.forecast.counting import fit_chance, fit_count
from satrap.forecast.cut import Cut
from satrap.forecast.forecasters import Forecast, Reason, said
from satrap.forecast.months import months_after
from satrap.forecast.questions import YES, Count, Event, Fate, Question

Array = NDArray[np.float64]

UNREST, YEAR = 6, 12  # months that are looked back
_SD = (4.0, 1.0, 1.0, 0.7)  # of a, b, c, d: judgement
_FRAILTY = 0.7  # sd of institutions: two in three within a factor of two
_USUAL = 2.5  # log stories a year, at which `told` is zero
_MOST = 80  # stories
_SAMPLES = 99


class Hazards:
    """Answers questions about events, fates and counts of stories; of returns it knows nothing, for who could
    return changes with who has left."""

    name, version = "hazards", "2"

    def forecast(self, question: Question, cut: Cut) -> Forecast | None:
        if not isinstance(question, Count | Event | Fate):
            return None
        if isinstance(question, Fate) and (question.fate == "returns" or question.post is None):
            return None
        lives = [_life(one, cut) for one in (question, *siblings(question, cut))]
        answers, rows = _rows(lives)
        sd = np.array([*_SD, *(_FRAILTY for _ in lives)])
        now = np.concatenate([_features(lives[0], question.asked, lives[0].last()), np.eye(len(lives))[0]])
        words = Reason(f"{len(answers)} windows of {len(lives)} institutions")
        if not isinstance(question, Count):
            yes = fit_chance(answers, rows, sd).chance(now)
            return said(self, question, (yes, 1.0 - yes), words)
        chances = fit_count(answers, rows, sd).chances(now, _MOST)
        yes = min(1.0, max(0.0, 1.0 - float(chances[: question.least].sum())))
        return said(self, question, (yes, 1.0 - yes), words, samples=_quantiles(chances))


@dataclass(frozen=True)
class _Life:
    """Of one institution: its answered ``windows`` with their ``values`` (1 or 0, or stories); ``stirs``,
    days on which unrest was told, and ``told``, days of all stories."""

    windows: list[Analogue]
    values: list[float]
    stirs: list[date]
    told: list[date]

    def last(self) -> float:
        return self.values[-1] if self.values else 0.0


def _life(question: Question, cut: Cut) -> _Life:
    published = [one for one in cut.claims if one.published and takes_part(one)]
    about = question.institutions[0] if question.institutions else None
    stirring = {
        one.story: one.published
        for one in published
        if family(one.claim.kind) in ("personnel", "command") and tells_of(one.claim, about, None, cut.pack)
    }
    every = {one.story: one.published for one in published}
    windows = earlier(question, cut)
    values = [_value(one) for one in windows]
    return _Life(windows, values, _ordered(stirring.values()), _ordered(every.values()))


def _value(one: Analogue) -> float:
    if isinstance(one.question, Count):
        return float(one.outcome.number or 0)
    return float(one.answer == YES)


def _ordered(days: Iterable[date | None]) -> list[date]:
    return sorted(day for day in days if day is not None)


def _rows(lives: Sequence[_Life]) -> tuple[Array, Array]:
    """Answers (R,) and features (R, 4 + I) of every window."""
    answers: list[float] = []
    rows: list[Array] = []
    for number, life in enumerate(lives):
        own, before = np.eye(len(lives))[number], 0.0
        for window, value in zip(life.windows, life.values, strict=True):
            answers.append(value)
            rows.append(np.concatenate([_features(life, window.question.asked, before), own]))
            before = value
    return np.array(answers), np.array(rows).reshape(len(answers), len(_SD) + len(lives))


def _features(life: _Life, day: date, before: float) -> Array:
    """What was known when a window began."""
    unrest = _between(life.stirs, months_after(day, -UNREST), day) > 0
    told = _between(life.told, months_after(day, -YEAR), day)
    return np.array([1.0, float(unrest), np.log1p(before), np.log1p(told) - _USUAL])


def _between(days: Sequence[date], first: date, last: date) -> int:
    """How many lie after the first day and not after the last."""
    after = timedelta(days=1)
    return bisect_left(days, last + after) - bisect_left(days, first + after)


def _quantiles(chances: Array) -> tuple[float, ...]:
    """Draws at even steps of probability."""
    steps = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
    return tuple(float(one) for one in np.minimum(np.searchsorted(np.cumsum(chances), steps), _MOST))
