"""Times of the calendar: a first and a last day, and the EDTF text that names them. Pure arithmetic."""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from satrap.claims import When

DAY: Final = timedelta(days=1)
EVER: Final = date.min  # how `When` bounds an open start
NEVER: Final = date.max  # and an open end
_SEASON_EDTF: Final = {3: 21, 6: 22, 9: 23}
_SHORTEST: Final = (
    "day",
    "weekend",
    "week",
    "month",
    "season",
    "quarter",
    "half",
    "year",
    "decade",
    "century",
)


@dataclass(frozen=True, slots=True)
class Time:
    """A stretch of the calendar; `unit` is what it is one of ("span" for any other stretch)."""

    first: date
    last: date
    edtf: str
    unit: str

    @property
    def when(self) -> When:
        return When(self.edtf, self.first, self.last)

    def finer_than(self, unit: str) -> bool:
        """Whether it is no longer than one such unit, so that it tells which one it lies in."""
        return self.unit in _SHORTEST and _SHORTEST.index(self.unit) <= _SHORTEST.index(unit)


def day(at: date) -> Time:
    return Time(at, at, at.isoformat(), "day")


def month(year: int, number: int) -> Time:
    """The month; `number` may lie outside 1 to 12 and then counts on into other years."""
    year, number = year + (number - 1) // 12, (number - 1) % 12 + 1
    last = date(year, number, monthrange(year, number)[1])
    return Time(last.replace(day=1), last, f"{year:04}-{number:02}", "month")


def year(number: int) -> Time:
    return Time(date(number, 1, 1), date(number, 12, 31), f"{number:04}", "year")


def season(year: int, first_month: int) -> Time:
    """Three months from March, June, September or December.

    A winter runs into the next year. EDTF's own winter code is left unused: it does not say which year's.
    """
    first, last = month(year, first_month), month(year, first_month + 2)
    code = _SEASON_EDTF.get(first_month)
    return Time(
        first.first, last.last, f"{year:04}-{code}" if code else f"{first.edtf}/{last.edtf}", "season"
    )


def decade(first_year: int) -> Time:
    return Time(date(first_year, 1, 1), date(first_year + 9, 12, 31), f"{first_year // 10:03}X", "decade")


def century(number: int) -> Time:
    """The nth century as people write of it: the 20th is the 1900s."""
    first = (number - 1) * 100
    return Time(date(first, 1, 1), date(first + 99, 12, 31), f"{number - 1:02}XX", "century")


def span(first: Time, last: Time) -> Time:
    """From the start of one to the end of the other; ValueError if that is backwards."""
    if first.first > last.last:
        raise ValueError(f"{first.edtf} is after {last.edtf}")
    start, end = ends(first.when)[0], ends(last.when)[1]
    return Time(first.first, last.last, start if start == end else f"{start}/{end}", "span")


def ends(when: When) -> tuple[str, str]:
    """EDTF that may begin and end an interval: no mark of approximation, no digits left open."""
    if "X" in when.edtf:
        return f"{when.earliest.year:04}", f"{when.latest.year:04}"
    first, _, last = when.edtf.partition("/")
    return first.rstrip("~"), (last or first).rstrip("~")


def one_of(first: Time, last: Time, unit: str) -> Time:
    """The span, as one unit of the given name."""
    whole = span(first, last)
    return Time(whole.first, whole.last, whole.edtf, unit)


def containing(at: date, unit: str, shift: int = 0) -> Time:
    """The unit that holds a day, or the one `shift` units later. Weeks run from Monday to Sunday."""
    match unit:
        case "day":
            return day(at + shift * DAY)
        case "week":
            monday = at + (7 * shift - at.weekday()) * DAY
            return one_of(day(monday), day(monday + 6 * DAY), "week")
        case "weekend":
            saturday = at + (7 * shift + 5 - at.weekday()) * DAY
            return one_of(day(saturday), day(saturday + DAY), "weekend")
        case "month":
            return month(at.year, at.month + shift)
        case "season":
            start = at.month // 3 * 3 + 3 * shift  # December to February is 12 or, counted back, 0
            return season(at.year + (start - 3) // 12, (start - 3) % 12 + 3)
        case "quarter":
            return part_of_year(at.year, 4, (at.month - 1) // 3 + shift)
        case "half":
            return part_of_year(at.year, 2, (at.month - 1) // 6 + shift)
        case "year":
            return year(at.year + shift)
        case "decade":
            return decade(at.year // 10 * 10 + 10 * shift)
        case "century":
            return century(at.year // 100 + 1 + shift)
    raise ValueError(f"{unit!r} is no unit of the calendar")


def part_of_year(of_year: int, parts: int, number: int) -> Time:
    """One of the 2 halves or 4 quarters of a year, counted from 0 (and on into other years)."""
    months = 12 // parts
    first = month(of_year, 1 + months * number)
    last = month(of_year, months * (number + 1))
    return one_of(first, last, "half" if parts == 2 else "quarter")


def part(of: Time, parts: int, number: int) -> Time:
    """The nth (from 0) of equal parts: whole months where they fit, else days, the middle day going first."""
    if not 0 <= number < parts:
        raise ValueError(f"{of.edtf} has no part {number + 1} of {parts}")
    if of.unit == "year" and parts in {2, 4}:
        return part_of_year(of.first.year, parts, number)
    months = _months(of)
    if months and months % parts == 0 and months >= parts:
        each = months // parts
        return span(
            month(of.first.year, of.first.month + each * number),
            month(of.first.year, of.first.month + each * (number + 1) - 1),
        )
    days = (of.last - of.first).days + 1
    start = of.first + (days * number // parts) * DAY
    return span(day(start), day(of.first + (days * (number + 1) // parts - 1) * DAY))


def _months(of: Time) -> int | None:
    """How many whole months a time consists of, if it does."""
    if of.first.day != 1 or (of.last + DAY).day != 1:
        return None
    return (of.last.year - of.first.year) * 12 + of.last.month - of.first.month + 1


def edge(of: Time, end: bool) -> Time:
    """What "the end of" a time means: of a year its last month, else the time itself.

    The end of June is still some day of June, and no one can say from which day on.
    """
    if of.unit != "year":
        return of
    return month(of.first.year, 12 if end else 1)


def latest(times: Iterable[Time], by: date) -> Time:
    """The last of these that has begun by a day."""
    return max((one for one in times if one.first <= by), key=lambda one: one.first)


def earliest(times: Iterable[Time], since: date) -> Time:
    """The first of these that is not over before a day."""
    return min((one for one in times if one.last >= since), key=lambda one: one.last)
