"""How fast it happens, or is told: a hazard by month, shared between institutions and raised by unrest.

    log hazard[i, m] = a + institution[i] + b unrest[i, m] + c log(1 + again[i, m]) + d log(1 + told[m])

``unrest``: in the six months before, a story told of a personnel event or a command about the institution;
``again``: how often the thing itself happened to it in the twelve months before; ``told``: stories of any
kind in them, for what is not reported is not counted. Features are those of the day of asking, taken to stay
until the question closes.

It is a discrete-time proportional hazard with normal frailties. Cox regression as in lifelines or statsmodels
has no shrinkage between a handful of institutions that each saw none to five events, nor a predictive
distribution, and would bring pandas along.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import msgspec
import numpy as np
from numpy.typing import NDArray

from satrap.accounts.fates import refuted
from satrap.accounts.said import dated, takes_part
from satrap.claims import Certainty, family
from satrap.forecast.about import happening, stories, tells_of
from satrap.forecast.analogues import siblings
from satrap.forecast.counting import Counted, fit
from satrap.forecast.cut import Cut
from satrap.forecast.forecasters import Forecast, Reason, said
from satrap.forecast.months import months_after
from satrap.forecast.questions import Count, Event, Fate, Question

Array = NDArray[np.float64]

UNREST, AGAIN = 6, 12  # months that are looked back
_SD = (4.0, 1.0, 0.7, 0.7)  # of a, b, c, d: judgement
_FRAILTY = 0.7  # sd of institutions in the log hazard: two in three within a factor of two
_MONTH = 30.44  # days
_ONE = timedelta(days=30)  # what is told of within so many days happened once
_VAGUE = timedelta(days=366)  # what may have happened on any day of more is not placed
_USUAL = 2.5  # log stories a year, at which `told` is zero
_MOST = 80  # stories
_SAMPLES = 99


class Hazards:
    """Answers questions about events, fates and counts of stories; of returns it knows nothing, for who could
    return changes with who has left."""

    name, version = "hazards", "1"

    def forecast(self, question: Question, cut: Cut) -> Forecast | None:
        if not isinstance(question, Count | Event | Fate):
            return None
        if isinstance(question, Fate) and (question.fate == "returns" or question.post is None):
            return None
        others = [one for one in siblings(question, cut) if isinstance(one, Count | Event | Fate)]
        lives = [_life(one, cut) for one in (question, *others)]
        months = _months(cut)
        if len(months) <= AGAIN:
            return None
        counts, rows = _rows(lives, months)
        found = fit(counts, rows, np.array([*_SD, *(_FRAILTY for _ in lives)]))
        now = np.concatenate([_features(lives[0], cut.day), np.eye(len(lives))[0]])
        words = Reason(f"{len(lives[0].days)} told of before; {len(lives)} institutions compared")
        if isinstance(question, Count):
            first, last = max(question.first, cut.day), question.last
            chances = found.chances(now, max(0, (last - first).days) / _MONTH, _MOST)
            yes = min(1.0, max(0.0, 1.0 - float(chances[: question.least].sum())))
            return said(self, question, (yes, 1.0 - yes), words, samples=_quantiles(chances))
        left = (question.closes - max(question.asked, cut.day)).days / _MONTH
        none = _once(found).chances(now, max(0.0, left), 0)[0]
        return said(self, question, (1.0 - float(none), float(none)), words)


@dataclass(frozen=True)
class _Life:
    """Of one institution: ``days`` on which it happened or was told, ``stirs`` on which unrest was told, and
    ``told``, days of all stories; each in order."""

    days: list[date]
    stirs: list[date]
    told: list[date]


def _life(question: Count | Event | Fate, cut: Cut) -> _Life:
    published = [one for one in cut.claims if one.published and takes_part(one)]
    about = question.institutions[0] if question.institutions else None
    stirring = {
        one.story: one.published
        for one in published
        if family(one.claim.kind) in ("personnel", "command") and tells_of(one.claim, about, None, cut.pack)
    }
    every = {one.story: one.published for one in published}
    if isinstance(question, Count):
        always = msgspec.structs.replace(question, asked=cut.start, first=cut.start, last=cut.day)
        days = _ordered(every.get(story) for story in stories(always, cut))
    else:
        days = _once_each(_happenings(question, cut))
    return _Life(days, _ordered(stirring.values()), _ordered(every.values()))


def _ordered(days: Iterable[date | None]) -> list[date]:
    return sorted(day for day in days if day is not None)


def _happenings(question: Event | Fate, cut: Cut) -> Iterable[date]:
    """The middle of the days on which each claim says that it happened, up to the cut."""
    wrong = refuted(dated(cut.claims), cut.pack)
    happened = happening(msgspec.structs.replace(question, asked=cut.start, by=cut.day), cut)
    for one in dated(cut.claims):
        plain = one.claim.certainty in (Certainty.STATED, Certainty.PROBABLE)
        if one.affirmed and plain and one.recorded.id not in wrong and one.last - one.first <= _VAGUE:
            day = one.first + (one.last - one.first) / 2
            if day <= cut.day and happened(one.claim):
                yield day


def _once_each(days: Iterable[date]) -> list[date]:
    """Days that are not within a month of the one before."""
    kept: list[date] = []
    for day in sorted(days):
        if not kept or day - kept[-1] > _ONE:
            kept.append(day)
    return kept


def _months(cut: Cut) -> list[date]:
    """First days of the whole months from the start of the record to the cut."""
    found, day = [], cut.start
    while (after := months_after(day, 1)) <= cut.day:
        found.append(day)
        day = after
    return found


def _rows(lives: Sequence[_Life], months: Sequence[date]) -> tuple[Array, Array]:
    """Counts (R,) and features (R, 4 + I), a row for each institution and month that has a year before it."""
    counts, rows = [], []
    for number, life in enumerate(lives):
        own = np.eye(len(lives))[number]
        for day in months[AGAIN:]:
            counts.append(_between(life.days, day, months_after(day, 1)))
            rows.append(np.concatenate([_features(life, day), own]))
    return np.array(counts, dtype=np.float64), np.array(rows)


def _features(life: _Life, day: date) -> Array:
    unrest = _between(life.stirs, months_after(day, -UNREST), day) > 0
    again, told = (_between(days, months_after(day, -AGAIN), day) for days in (life.days, life.told))
    return np.array([1.0, float(unrest), np.log1p(again), np.log1p(told) - _USUAL])


def _between(days: Sequence[date], first: date, last: date) -> int:
    """How many lie from the first day up to, and not on, the last."""
    return bisect_left(days, last) - bisect_left(days, first)


def _once(found: Counted) -> Counted:
    """As counts that are no more than one at a time: what has been merged into events does not cluster."""
    return replace(found, dispersion=1.0)


def _quantiles(chances: Array) -> tuple[float, ...]:
    """Draws at even steps of probability."""
    steps = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
    return tuple(float(one) for one in np.minimum(np.searchsorted(np.cumsum(chances), steps), _MOST))
