"""How a question is settled from what is known at a later cut: answered, not to be told, or not yet due.

Yes needs words: a claim that it happened, told without more than "probably", whose days lie more likely than
not within the question's. No needs more than silence: the chance that it would have been heard of, had it
happened, must reach ``DETECTED``; below, nobody can tell. What only may have happened within the days, or is
told as no more than possible, or both affirmed and denied, cannot be told either.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum

import msgspec
import numpy as np

from satrap.accounts.said import Said
from satrap.claims import Certainty
from satrap.errors import ForecastError
from satrap.forecast.about import happening, published_in, stories
from satrap.forecast.cut import Cut
from satrap.forecast.detection import detection
from satrap.forecast.questions import NO, YES, Count, Event, Fate, Gain, Level, Question

INSIDE = 0.5  # of the days on which it may have happened, those within the question's
DETECTED = 0.5  # chance of hearing of it
SURE = 0.8  # posterior probability from which the estimate settles a question about authority


class State(StrEnum):
    ANSWERED = "answered"
    UNRESOLVABLE = "unresolvable"
    PENDING = "pending"


class Outcome(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of a question. ``answer`` is one of its options where it is answered; ``claims`` are the
    ids of those that settle it; ``detection`` is the chance that it would have been heard of, where that was
    asked; ``number`` is what a :class:`~satrap.forecast.questions.Count` counted."""

    question: str
    state: State
    reason: str
    answer: str | None = None
    claims: tuple[str, ...] = ()
    detection: float | None = None
    number: int | None = None


def resolve(question: Question, at: Cut) -> Outcome:
    """What is known of the question at a cut, by default one after its day of resolution.

    Before that day an event that has happened is answered, and everything else pending. Raises ForecastError
    for a kind of question without a rule.
    """
    match question:
        case Fate() | Event():
            return _event(question, at)
        case Count():
            return _count(question, at)
        case Level() | Gain():
            return _authority(question, at)
    raise ForecastError(f"no rule settles {question.text!r}", remedy="ask a question of the language")


def _event(question: Fate | Event, at: Cut) -> Outcome:
    tells = happening(question, at)
    affirmed, maybe, denied = _sorted([one for one in at.said if tells(one.claim)], question)
    if affirmed and not denied:
        return _answered(question, YES, "told by", affirmed)
    if affirmed:
        return _untold(question, "both told and denied", [*affirmed, *denied])
    if at.day < question.closes:
        return _pending(question)
    if maybe:
        return _untold(question, "it may have happened then, or is told as no more than possible", maybe)
    heard = detection(question, at)
    if denied:
        return _answered(question, NO, "denied by", denied)
    if heard < DETECTED:
        return msgspec.structs.replace(
            _untold(question, f"nothing is told, and it would be heard of with a chance of {heard:.0%}", ()),
            detection=heard,
        )
    return Outcome(
        question=question.id,
        state=State.ANSWERED,
        answer=NO,
        reason=f"nothing is told, and it would be heard of with a chance of {heard:.0%}",
        detection=heard,
    )


def _sorted(told: Sequence[Said], question: Question) -> tuple[list[Said], list[Said], list[Said]]:
    """Claims that it happened within the days, that it may have, and that it did not."""
    affirmed, maybe, denied = [], [], []
    for one in told:
        inside = _inside(one, question.asked, question.closes)
        plain = one.claim.certainty in (Certainty.STATED, Certainty.PROBABLE)
        if inside == 0.0:
            continue
        if not one.affirmed:
            if inside >= INSIDE and plain:
                denied.append(one)
        elif inside >= INSIDE and plain:
            affirmed.append(one)
        elif one.claim.certainty is not Certainty.DOUBTFUL:
            maybe.append(one)
    return affirmed, maybe, denied


def _inside(one: Said, asked: date, closes: date) -> float:
    """The part of the days that it may speak of that lie after ``asked`` and not after ``closes``."""
    first, last = max(one.first.toordinal(), asked.toordinal() + 1), min(one.last, closes).toordinal()
    return max(0, last - first + 1) / ((one.last - one.first).days + 1)


def _count(question: Count, at: Cut) -> Outcome:
    told = stories(question, at)
    number = len(told)
    if number >= question.least:
        ids = tuple(told.values())
        reason = f"{number} stories tell of it"
        return Outcome(
            question=question.id,
            state=State.ANSWERED,
            answer=YES,
            reason=reason,
            claims=ids,
            number=number,
        )
    if at.day < question.closes:
        return _pending(question)
    if not any(published_in(one, question.first, question.last) for one in at.claims):
        return _untold(question, "the record has no report of these days", ())
    return Outcome(
        question=question.id,
        state=State.ANSWERED,
        answer=NO,
        reason=f"{number} stories tell of it",
        claims=tuple(told.values()),
        number=number,
    )


def _authority(question: Level | Gain, at: Cut) -> Outcome:
    if at.day < question.closes:
        return _pending(question)
    chances = authority_chances(question, at)
    best = int(np.argmax(chances))
    shown = ", ".join(f"{name} {each:.0%}" for name, each in zip(question.options, chances, strict=True))
    if chances[best] < SURE:
        return _untold(question, f"the estimate leaves it open: {shown}", ())
    return Outcome(
        question=question.id,
        state=State.ANSWERED,
        answer=question.options[best],
        reason=f"by the estimate: {shown}",
    )


def authority_chances(question: Level | Gain, at: Cut) -> tuple[float, ...]:
    """Posterior probability of each option of a question about authority, by the cut's estimate."""
    made = at.estimate(question.closes)
    place = made.offices.place(question.place)
    if isinstance(question, Level):
        row = made.offices.institution(question.institution)
        change = made.surfaces[:, place, made.weeks.at(question.on), row].astype(np.float64)
        change = change - made.surfaces[:, place, made.weeks.at(question.than), row]
        lower = float((change < 0).mean())
        yes = lower if question.way == "lower" else 1.0 - lower
        return yes, 1.0 - yes
    rows = [made.offices.institution(one) for one in question.among]
    shares = np.exp(made.surfaces[:, place][:, [made.weeks.at(question.first), made.weeks.at(question.last)]])
    shares = shares / shares.sum(axis=-1, keepdims=True)
    gained = (shares[:, 1] - shares[:, 0])[:, rows]
    counts = np.bincount(gained.argmax(axis=1), minlength=len(rows))
    return tuple(float(one) for one in counts / counts.sum())


def _answered(question: Question, answer: str, word: str, told: Iterable[Said]) -> Outcome:
    claims = [one.recorded for one in told]
    stories = len({one.story for one in claims})
    return Outcome(
        question=question.id,
        state=State.ANSWERED,
        answer=answer,
        reason=f"{word} {stories} {'story' if stories == 1 else 'stories'}",
        claims=tuple(one.id for one in claims),
    )


def _untold(question: Question, reason: str, told: Iterable[Said]) -> Outcome:
    claims = tuple(one.recorded.id for one in told)
    return Outcome(question=question.id, state=State.UNRESOLVABLE, reason=reason, claims=claims)


def _pending(question: Question) -> Outcome:
    return Outcome(question=question.id, state=State.PENDING, reason=f"open until {question.closes}")
