"""The same question asked earlier, and of others: what a forecast from past frequencies rests on."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import msgspec

from satrap.forecast.cut import Cut
from satrap.forecast.months import months_after
from satrap.forecast.questions import Count, Event, Fate, Level, Question
from satrap.forecast.resolution import Outcome, State, resolve

Asked = TypeVar("Asked", bound=Question)

_MONTH = 30.44  # days


@dataclass(frozen=True)
class Analogue:
    """An earlier question whose answer is known at the cut."""

    question: Question
    outcome: Outcome

    @property
    def answer(self) -> str:
        assert self.outcome.answer is not None
        return self.outcome.answer


def earlier(question: Question, cut: Cut) -> list[Analogue]:
    """The question asked one, two, three … of its own spans earlier, oldest first: those that are answered.

    A span is the time from asking to closing, in months, so that none overlaps another. What cannot be told
    is left out, as it is where forecasts are scored.
    """
    known = _KNOWN.setdefault(cut, {})
    if question not in known:
        known[question] = [
            Analogue(one, outcome)
            for one in reversed([*_earlier(question, cut)])
            if (outcome := resolve(one, cut)).state is State.ANSWERED
        ]
    return known[question]


_KNOWN: WeakKeyDictionary[Cut, dict[Question, list[Analogue]]] = WeakKeyDictionary()


def siblings(question: Asked, cut: Cut) -> list[Asked]:
    """The same question of every other institution that shares authority; none for one about a person or
    about several institutions."""
    pack = cut.pack
    if isinstance(question, Fate):
        if question.institution is None or question.place is not None:
            return []
        heads = ((one, pack.head_post(one)) for one in pack.authority)
        made = [_with(question, institution=one, post=post.id) for one, post in heads if post]
    else:
        named = _subject(question)
        made = [_with(question, **{named: one}) for one in pack.authority] if named else []
    return [one for one in made if one != question]


def moved(question: Asked, months: int) -> Asked:
    """The question asked so many months later, about days as much later."""
    days = {
        field: months_after(value, months)
        for field in question.__struct_fields__
        if isinstance(value := getattr(question, field), date)
    }
    return _with(question, **days)


def span(question: Question) -> int:
    """Months from asking to closing, at least one."""
    return max(1, round((question.closes - question.asked).days / _MONTH))


def _earlier(question: Asked, cut: Cut) -> Iterator[Asked]:
    months = span(question)
    for back in range(1, 1000):
        one = moved(question, -back * months)
        if one.asked < cut.start:
            return
        if one.closes <= cut.day:
            yield one


def _subject(question: Question) -> str | None:
    """The field that names the institution the question is about."""
    match question:
        case Event(target=str()):
            return "target"
        case Event(actor=str()):
            return "actor"
        case Count(about=str()):
            return "about"
        case Level():
            return "institution"
    return None


def _with(question: Asked, **changes: Any) -> Asked:
    return msgspec.structs.replace(question, **changes)
