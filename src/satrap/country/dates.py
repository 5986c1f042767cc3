"""Dates as coarse and as unsure as the sources give them: an EDTF subset with explicit bounds.

`2017`, `2017-01`, `2017-01-15`; a trailing `?`, `~` or `%` (uncertain, approximate, both);
`[2016-12..2017-01]` (one of these). Syntax: Extended Date/Time Format, levels 0 to 2,
https://www.loc.gov/standards/datetime/.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

_ONE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?([?~%]?)")
_EITHER = re.compile(r"\[([^.\]]+)\.\.([^.\]]+)\]")


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to lie within [earliest, latest]; `unsure` if the source itself hedges it."""

    text: str
    earliest: date
    latest: date
    unsure: bool

    def __str__(self) -> str:
        return self.text


def parse_date(value: object) -> PartialDate:
    """Read a date as text (or a bare year as a number); raises ValueError that shows the accepted forms."""
    if isinstance(value, PartialDate):
        return value
    text = str(value).strip()
    if either := _EITHER.fullmatch(text):
        first, last = parse_date(either[1]), parse_date(either[2])
        if first.latest > last.latest:
            raise ValueError(f"{text!r} ends before it begins")
        return PartialDate(text, first.earliest, last.latest, unsure=True)
    one = _ONE.fullmatch(text)
    if one is None:
        raise ValueError(f"{text!r} is not a date like 2017, 2017-01~, 2017-01-15 or [2016-12..2017-01]")
    year, month, day = int(one[1]), int(one[2] or 0), int(one[3] or 0)
    try:
        earliest = date(year, month or 1, day or 1)
        latest = date(year, month or 12, day or calendar.monthrange(year, month or 12)[1])
    except (ValueError, calendar.IllegalMonthError):
        raise ValueError(f"{text!r} is not in the calendar") from None
    return PartialDate(text, earliest, latest, unsure=bool(one[4]))


DateField = Annotated[PartialDate, BeforeValidator(parse_date), PlainSerializer(str, return_type=str)]


class Declared(BaseModel):
    """Base of everything a pack declares: closed (unknown keys are faults), frozen, and open about its basis.

    `verified` is False where the statement comes from background knowledge and no page was checked.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    verified: bool = True
    source: str = ""
    note: str = ""


class Lasting(Declared):
    """Something declared that holds from one date to another, both included; open ends are left out."""

    start: DateField | None = Field(default=None, alias="from")
    end: DateField | None = Field(default=None, alias="to")

    @model_validator(mode="after")
    def _in_order(self) -> Lasting:
        if self.start and self.end and self.start.earliest > self.end.latest:
            raise ValueError(f"from {self.start} is after to {self.end}")
        return self

    def may_cover(self, on: date) -> bool:
        """Whether it can have held on that day, given how vague its ends are."""
        begun = self.start is None or self.start.earliest <= on
        return begun and (self.end is None or on <= self.end.latest)


Thing = TypeVar("Thing", bound=Lasting)


def latest_covering(things: Iterable[Thing], on: date) -> Thing | None:
    """Of the things that can hold on that day, the last to begin: a successor wins its month of change."""
    covering = [thing for thing in things if thing.may_cover(on)]
    return max(covering, key=lambda thing: thing.start.earliest if thing.start else date.min, default=None)
