"""Hypotheses about authority: which way offices moved between two dates, or that one jumped on a day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from satrap.claims import Direction
from satrap.errors import EstimateError
from satrap.estimate.offices import Offices

JUMP_SD = 0.5  # log-ratio: prior; the simulator gives a transfer of power 0.5 to 2

STATE, ELSEWHERE = "state", "elsewhere"

_PART = re.compile(r"(?P<institution>\w+)(?:@(?P<where>\S+))?\s+(?P<word>\w+)(?:\s+on\s+(?P<day>\S+))?")
_WAYS = {way.value: way for way in Direction}
_JUMPS: dict[str, Direction | None] = {"jumped": None, "rose": Direction.UP, "fell": Direction.DOWN}


@dataclass(frozen=True, slots=True)
class Move:
    """An institution's log-ratio, averaged over ``places``, stood higher (up), lower (down) or exactly where
    it was (unchanged, a point) in the week of ``until`` than in that of ``since``.

    The country's own id is the centre; no places are the whole state: the centre and, as much again, all
    provinces alike.
    """

    institution: str
    way: Direction
    since: date
    until: date
    places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Jump:
    """From the week of ``on`` an institution's log-ratio at ``places`` (as of :class:`Move`) is higher by
    b ~ N(0, ``sd``²) than the random walk made it; ``way`` gives b its sign."""

    institution: str
    on: date
    way: Direction | None = None
    places: tuple[str, ...] = ()
    sd: float = JUMP_SD

    def __post_init__(self) -> None:
        if self.way is Direction.UNCHANGED or not self.sd > 0:
            raise EstimateError("a jump goes somewhere", remedy="give it a size above zero, and up or down")


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """All of ``moves`` together, or one ``jump``.

    >>> fell = Move("MSS", Direction.DOWN, date(2016, 9, 1), date(2017, 6, 15))
    >>> Hypothesis("the ministry fell throughout the country", (fell,))
    """

    name: str
    moves: tuple[Move, ...] = ()
    jump: Jump | None = None

    def __post_init__(self) -> None:
        if bool(self.moves) == (self.jump is not None):
            raise EstimateError(
                f"the hypothesis {self.name!r} says nothing, or both of moves and of a jump",
                remedy="give it moves, or one jump",
            )


def parse(text: str, offices: Offices, since: date, until: date) -> Hypothesis:
    """A hypothesis as one writes it on a command line: ``[NAME:] OFFICE WORD [and OFFICE WORD …]``.

    An office is INSTITUTION, at the centre, or INSTITUTION@PLACE, several places joined by ``+``;
    ``@state`` is the whole state, ``@elsewhere`` all places that this hypothesis does not name. A word is
    ``up``, ``down`` or ``unchanged`` between the two dates, or, alone, ``fell on DAY``, ``rose on DAY`` or
    ``jumped on DAY``. Raises EstimateError where it cannot be read, UnknownNameError for an unknown office.

    ``in North Hamgyong only: MSS@KP-09 down and MSS@elsewhere unchanged``
    """
    name, colon, said = text.partition(":")
    said = said if colon else text
    parts = [_PART.fullmatch(one.strip()) for one in re.split(r"\s+and\s+", said.strip())]
    found = [part for part in parts if part is not None]
    if len(found) != len(parts):
        raise _unreadable(text)
    wheres = [part["where"] for part in found]
    named = {place for where in wheres for place in _named(where, offices)}
    moves: list[Move] = []
    for part, where in zip(found, wheres, strict=True):
        offices.institution(part["institution"])
        places = _places(where, offices, named)
        word, day = part["word"].lower(), part["day"]
        if word in _WAYS and day is None:
            moves.append(Move(part["institution"], _WAYS[word], since, until, places))
        elif word in _JUMPS and day is not None and len(found) == 1:
            jump = Jump(part["institution"], _day(day, text), _JUMPS[word], places)
            return Hypothesis(name.strip(), jump=jump)
        else:
            raise _unreadable(text)
    return Hypothesis(name.strip(), tuple(moves))


def weights(places: Sequence[str], offices: Offices) -> NDArray[np.float64]:
    """Weights (P,) of the places that a hypothesis averages over, summing to one."""
    out = np.zeros(len(offices.places))
    if places:
        out[sorted({offices.place(one) for one in places})] = 1.0
    else:
        out[:] = 1.0 / max(len(out) - 1, 1)
        out[0] = 1.0
    return np.asarray(out / out.sum())


def _named(where: str | None, offices: Offices) -> tuple[str, ...]:
    if where is None:
        return (offices.places[0],)
    return () if where in (STATE, ELSEWHERE) else tuple(where.split("+"))


def _places(where: str | None, offices: Offices, named: set[str]) -> tuple[str, ...]:
    if where == ELSEWHERE:
        others = tuple(one for one in offices.places if one not in named)
        if not others or not named:
            raise EstimateError("elsewhere is nowhere", remedy="name some places, and leave some unnamed")
        return others
    places = _named(where, offices)
    for one in places:
        offices.place(one)
    return places


def _day(day: str, text: str) -> date:
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise _unreadable(text) from None


def _unreadable(text: str) -> EstimateError:
    return EstimateError(
        f"the hypothesis {text!r} cannot be read",
        remedy='write it like "MSS@state down", "MSS@KP-09 down and MSS@elsewhere unchanged" or '
        '"MSS fell on 2017-01-20"',
    )
