"""Times as coarse as they may be told: in words for readers, as EDTF for machines."""

from calendar import monthrange
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from satrap.claims import When
from satrap.protect import words


class Span(StrEnum):
    """How exactly a time is told of those at risk."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def months(self) -> int:
        return {Span.MONTH: 1, Span.QUARTER: 3, Span.YEAR: 12}[self]

    @classmethod
    def of(cls, first: date, last: date) -> "Span":
        """The widest span that a window fills."""
        days = (last - first).days + 1
        return cls.YEAR if days >= 365 else cls.QUARTER if days >= 90 else cls.MONTH


class Time(NamedTuple):
    """A time in words and as EDTF; both empty where nothing is told."""

    words: str = ""
    edtf: str = ""


def as_told(when: When | None, span: Span | None) -> Time:
    """The day or window, widened to whole spans where one is given. Open ends stay open.

    >>> as_told(When.parse("2017-03-04"), Span.QUARTER)
    Time(words='January 2017 to March 2017', edtf='2017-01/2017-03')
    """
    if when is None:
        return Time()
    if span is None:
        return Time(_worded(when.earliest, when.latest), when.edtf)
    first, last = _begin(when.earliest, span), _end(when.latest, span)
    left, right = _written(first, span), _written(last, span)
    return Time(_worded(first, last), left if left == right else f"{left}/{right}")


def _begin(day: date, span: Span) -> date:
    return day.replace(month=day.month - (day.month - 1) % span.months, day=1)


def _end(day: date, span: Span) -> date:
    month = day.month - (day.month - 1) % span.months + span.months - 1
    return day.replace(month=month, day=monthrange(day.year, month)[1])


def _written(day: date, span: Span) -> str:
    if day in {date.min, date.max}:
        return ".."
    return f"{day.year:04}" if span is Span.YEAR else f"{day.year:04}-{day.month:02}"


def _worded(first: date, last: date) -> str:
    if first == last:
        return words.day(first)
    whole_years = (first.month, first.day, last.month, last.day) == (1, 1, 12, 31)
    whole_months = first.day == 1 and last == _end(last, Span.MONTH)
    if date.min == first or last == date.max:
        return _open(first, last, whole_months)
    if whole_years:
        return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    if (first.year, first.month) == (last.year, last.month):
        return words.month(first)
    if whole_months:
        return f"{words.month(first)} to {words.month(last)}"
    return f"between {words.day(first)} and {words.day(last)}"


def _open(first: date, last: date, whole_months: bool) -> str:
    if first == date.min and last == date.max:
        return ""
    given, worded = (last, "until {}") if first == date.min else (first, "from {} on")
    return worded.format((words.month if whole_months else words.day)(given))
