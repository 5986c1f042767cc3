"""The same question asked earlier, and of others: what a forecast from past frequencies rests on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from weakref import WeakKeyDictionary

import msgspec

from satrap.accounts.said import dated
from satrap.forecast.about import last_to_leave
from satrap.forecast.cut import Cut
from satrap.forecast.months import months_after
from satrap.forecast.questions import FATES, Count, Event, Fate, Level, Question
from satrap.forecast.resolution import Outcome, State, resolve

_MONTH = 30.44  # days
_ONE = timedelta(days=183)
"""Falls of one person told of within so many days are one."""


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

    A span is the time from asking to closing, in months, so that none overlaps another. Whether somebody
    returns is asked on the days on which that person fell. What cannot be told is left out, as it is where
    forecasts are scored.
    """
    known = _KNOWN.setdefault(cut, {})
    if question not in known:
        known[question] = _answered(_windows(question, cut), cut)
    return known[question]


_KNOWN: WeakKeyDictionary[Cut, dict[Question, list[Analogue]]] = WeakKeyDictionary()


def others(question: Question, cut: Cut) -> list[list[Analogue]]:
    """As :func:`earlier`, of each sibling."""
    return [earlier(one, cut) for one in siblings(question, cut)]


def siblings(question: Question, cut: Cut) -> list[Question]:
    """The same question of every other institution that shares authority, or, of a return, of every other
    person of the pack; none for one about another person's fate or about several institutions."""
    pack = cut.pack
    made: list[Question] = []
    if isinstance(question, Fate) and question.fate == "returns":
        fallen = _returning(question, cut)
        return [_of(question, one) for one in pack.people if one != fallen]
    if isinstance(question, Fate):
        if question.institution is None or question.place is not None:
            return []
        heads = ((one, pack.head_post(one)) for one in pack.authority)
        made = [_with(question, institution=one, post=post.id) for one, post in heads if post]
    elif named := _subject(question):
        made = [_with(question, **{named: one}) for one in pack.authority]
    return [one for one in made if one != question]


def moved(question: Question, months: int) -> Question:
    """The question asked so many months later, about days as much later."""
    days = {
        field: months_after(value, months)
        for field in question.__struct_fields__
        if isinstance(value := getattr(question, field), date)
    }
    return _with(question, **days)


def _windows(question: Question, cut: Cut) -> list[Question]:
    """Earlier questions that had closed by the cut, oldest first."""
    months = max(1, round((question.closes - question.asked).days / _MONTH))
    if isinstance(question, Fate) and question.fate == "returns":
        person = _returning(question, cut)
        days = _falls(cut).get(person, []) if person else []
        made = [_with(_of(question, str(person)), asked=day, by=months_after(day, months)) for day in days]
        return [one for one in made if one.closes <= cut.day]
    spans = (question.asked.year - cut.start.year + 1) * 12 // months
    made = [moved(question, -months * back) for back in range(spans, 0, -1)]
    return [one for one in made if one.asked >= cut.start and one.closes <= cut.day]


def _answered(asked: Iterable[Question], cut: Cut) -> list[Analogue]:
    outcomes = ((one, resolve(one, cut)) for one in asked)
    return [Analogue(one, found) for one, found in outcomes if found.state is State.ANSWERED]


def _returning(question: Fate, cut: Cut) -> str | None:
    return question.person or last_to_leave(question, cut)


def _of(question: Fate, person: str) -> Question:
    return _with(question, person=person, post=None, institution=None, place=None)


def _falls(cut: Cut) -> dict[str, list[date]]:
    """The middle of the days on which each person is said to have fallen, in order."""
    found: dict[str, list[date]] = {}
    told = [one for one in dated(cut.claims) if one.claim.kind in FATES["falls"] and one.affirmed]
    for one in sorted(told, key=lambda each: each.first + (each.last - each.first) / 2):
        day = one.first + (one.last - one.first) / 2
        for person in {each.id for each in one.claim.arguments("person") if each.id in cut.pack.people}:
            days = found.setdefault(str(person), [])
            if not days or day - days[-1] > _ONE:
                days.append(day)
    return found


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


def _with(question: Question, **changes: Any) -> Question:
    made: Question = msgspec.structs.replace(question, **changes)
    return made
