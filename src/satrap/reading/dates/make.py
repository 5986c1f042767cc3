"""How the words of a rule make a time. Each maker takes the words' values and what they are told relative to.

A maker raises ValueError (or OverflowError, from the calendar) where the words name no time: 31 June, a
weekday in a text of which only the year of publication is known, "the next day" with no day before it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final, Literal

from satrap.claims import When
from satrap.reading.dates import calendar
from satrap.reading.dates.calendar import DAY, Time

Name = Literal[
    "calendar",
    "relative",
    "counted",
    "stretch",
    "decade",
    "century",
    "juche",
    "holiday",
    "monthday",
    "then",
    "vague",
]
PartName = Literal["same", "about", "part", "week", "edge", "within", "deadline"]
Tense = Literal["ahead", "behind", "near"]
Bound = Literal["since", "until", "by", "before"]
Fields = Mapping[str, Any]

_DAYS_KNOWN: Final = {
    "day": 1,
    "week": 1,
    "weekend": 1,
    "month": 31,
    "season": 92,
    "quarter": 92,
    "half": 184,
}


@dataclass(frozen=True, slots=True)
class Context:
    """What a time is told relative to: publication, the last time told before it, and the tense.

    `focus` leaves out days that only date the telling; `latest` is the last of any, and `here` whether it was
    told in the same paragraph, `near` in that or the one before.
    """

    published: When | None
    focus: Time | None = None
    latest: Time | None = None
    here: bool = False
    near: bool = False
    tense: Tense | None = None

    def today(self, unit: str = "day") -> date:
        """The day of publication, if it is known well enough to tell which `unit` is meant."""
        if self.published is None or self.published.days > _DAYS_KNOWN.get(unit, 366):
            raise ValueError(f"which {unit} this is cannot be told from the day of publication")
        return self.published.latest

    def told(self, unit: str = "day") -> date:
        """The day told last, if it was told as finely as `unit`."""
        if self.focus is None or not self.focus.finer_than(unit):
            raise ValueError(f"no {unit} has been told yet")
        return self.focus.first

    def origin(self, fields: Fields, unit: str) -> date:
        match fields.get("origin"):
            case "told":
                return self.told(unit)
            case "either" if self.focus is not None and self.focus.finer_than(unit):
                return self.focus.first
        return self.today(unit)

    def is_ahead(self, day: date) -> bool:
        return self.published is not None and day > self.published.latest

    def recent(self, told: Time) -> bool:
        """Whether a month or longer time, told without its day, is one of the two before publication."""
        return (
            told.unit != "day"
            and self.published is not None
            and (self.published.earliest - told.last).days < 62
        )

    def nearest(self, times: list[Time], unit: str) -> Time:
        """The one meant when the year or week is left unsaid: the last begun, or ahead the next.

        Where the text shows no tense, a day may be one of the coming month.
        """
        today = self.today(unit)
        if self.tense == "ahead":
            return calendar.earliest(times, since=today)
        if self.tense == "near":
            return min(times, key=lambda one: abs((one.first - today).days))
        back = calendar.latest(times, by=today)
        if self.tense is None and back.unit == "day":
            coming = [one for one in times if one.first > today]
            if coming and (coming[0].first - today).days <= min(31, (today - back.first).days):
                return coming[0]
        return back


def _calendar(fields: Fields, context: Context) -> Time:
    """Named parts of the calendar; a year left unsaid is the nearest that fits."""
    if "year" in fields:
        return _dated(fields, _full(fields["year"]))
    near = context.today("year").year
    times = []
    for year in range(near - 1, near + 2):
        try:
            times.append(_dated(fields, year))
        except ValueError:
            continue  # 29 February
    return context.nearest(times, "year")


def _dated(fields: Fields, year: int) -> Time:
    if "season" in fields:
        return calendar.season(year, fields["season"])
    if "quarter" in fields:
        return calendar.part_of_year(year, 4, _nth(fields["quarter"], 4))
    if "half" in fields:
        return calendar.part_of_year(year, 2, _nth(fields["half"], 2))
    if "day" in fields:
        first = calendar.day(date(year, fields["month"], fields["day"]))
        if "lastday" not in fields:
            return first
        month = fields.get("lastmonth", fields["month"])
        last = date(year + (month < fields["month"]), month, fields["lastday"])
        return calendar.span(first, calendar.day(last))
    if "month" in fields:
        return calendar.month(year, fields["month"])
    if "lastyear" in fields:
        last = fields["lastyear"]
        return calendar.span(
            calendar.year(year), calendar.year(last if last > 99 else year // 100 * 100 + last)
        )
    return calendar.year(year)


def _full(year: int) -> int:
    return year if year > 99 else 1900 + year if year > 50 else 2000 + year


def _nth(number: int, parts: int) -> int:
    if not 1 <= number <= parts:
        raise ValueError(f"there is no {number} of {parts}")
    return number - 1


def _relative(fields: Fields, context: Context) -> Time:
    """ "Last", "this" and "next" (`which` -1, 0, 1), or the bare unit or weekday, of what is told or now."""
    which = fields.get("which")
    if "weekday" in fields:
        return _weekday(fields, which, context)
    unit: str = fields.get("unit", "month" if "month" in fields else "season")
    if unit in {"month", "season"} and unit in fields:
        today = context.origin(fields, "year" if fields.get("origin") == "told" else unit)
        named = [_dated(fields, today.year + shift) for shift in (-2, -1, 0, 1, 2)]
        if which == -1:
            return [one for one in named if one.last < today][-1]
        if which == 1:
            return next(one for one in named if one.first > today)
        return next(one for one in named if one.first.year == today.year)
    today = context.origin(fields, unit)
    if unit == "weekend":
        near = [calendar.containing(today, unit, shift) for shift in (-2, -1, 0, 1, 2)]
        if which == -1:
            return [one for one in near if one.last < today][-1]
        if which == 1:
            return next(one for one in near if one.first > today)
        return context.nearest(near, unit)
    return calendar.containing(today, unit, which or 0)


def _weekday(fields: Fields, which: int | None, context: Context) -> Time:
    today = context.origin(fields, "day")
    wanted = fields["weekday"]
    ahead, back = (wanted - today.isoweekday()) % 7, (today.isoweekday() - wanted) % 7
    if which == 0:
        shift = wanted - today.isoweekday()
    elif which == 1:
        shift = ahead or 7
    elif which == -1:
        shift = -(back or 7)
    else:
        shift = ahead if context.tense == "ahead" else -back
    return calendar.day(today + shift * DAY)


def _counted(fields: Fields, context: Context) -> Time:
    """So many units before or after: "two weeks ago", "three days later"; `half` adds half a unit.

    Weeks, months and years ago name the week, month or year; counted from a told day, weeks name the day.
    """
    unit, number = fields["unit"], fields["number"]
    if unit == "decade":
        unit, number = "year", number * 10
    if "half" in fields:
        unit, number = {"year": ("month", number * 12 + 6), "day": ("day", number)}[unit]
    if unit == "hour":
        unit, number = "day", round(number / 24)
    told = fields.get("origin") == "told"
    origin = context.origin(fields, unit)
    if unit == "week" and told:
        return calendar.day(context.told("day") + fields["way"] * number * 7 * DAY)
    return calendar.containing(origin, unit, fields["way"] * number)


def _stretch(fields: Fields, context: Context) -> Time:
    """So many units up to publication, or (`way` 1) from it on: by day, or for months and years by month."""
    unit, number = fields["unit"], fields.get("number", 1)
    years = {"year": 12, "decade": 120}
    if unit in years:
        unit, number = "month", number * years[unit] + (6 if "half" in fields else 0)
    elif unit == "week":
        unit, number = "day", number * 7
    elif unit == "hour" and fields["way"] < 0:
        unit, number = "day", round(number / 24)
    if fields.get("origin") == "told":
        told = context.told("day")
        if unit != "day":
            raise ValueError(f"{unit}s are not counted from the day told last")
        return calendar.span(calendar.day(told + DAY), calendar.day(told + number * DAY))
    today = context.today(unit)
    far = calendar.containing(today, unit, fields["way"] * number)
    near = calendar.containing(today, unit)
    return calendar.span(near, far) if fields["way"] > 0 else calendar.span(far, near)


def _decade(fields: Fields, _: Context) -> Time:
    first = int(fields["decade"])
    return calendar.decade(first if first > 99 else 1900 + first if first > 10 else 2000 + first)


def _century(fields: Fields, _: Context) -> Time:
    return calendar.century(fields["ordinal"])


def _juche(fields: Fields, _: Context) -> Time:
    """North Korea counts years from the birth of Kim Il Sung: Juche 1 is 1912."""
    return calendar.year(1911 + fields["number"])


def _holiday(fields: Fields, context: Context) -> Time:
    """A feast on a fixed day of the year, given as MM-DD."""
    month, day = (int(part) for part in str(fields["holiday"]).split("-"))
    return _calendar({**fields, "month": month, "day": day}, context)


def _monthday(fields: Fields, context: Context) -> Time:
    """ "The 26th": of the month told last in its paragraph or, told as a day later in its month, of the next;
    else the nearest to publication.
    """
    day = fields["day"]
    told = context.latest if context.here else None
    if told is not None and told.finer_than("month") and not context.recent(told):
        after = calendar.month(
            told.first.year, told.first.month + (told.unit == "day" and day < told.first.day)
        )
        for month in (after, calendar.month(told.first.year, told.first.month)):
            if month.first.day + day - 1 <= month.last.day and not context.is_ahead(
                month.first.replace(day=day)
            ):
                return calendar.day(month.first.replace(day=day))
    today = context.today("month")
    times = []
    for shift in (-2, -1, 0, 1, 2):
        month = calendar.month(today.year, today.month + shift)
        if day <= month.last.day:
            times.append(calendar.day(month.first.replace(day=day)))
    return context.nearest(times, "month")


def _then(fields: Fields, context: Context) -> Time:
    if context.focus is None or ("unit" in fields and context.focus.unit != fields["unit"]):
        raise ValueError("no time has been told yet")
    if "near" in fields and not context.near:
        raise ValueError("the time told last is too far away")
    return context.focus


def _vague(_: Fields, __: Context) -> None:
    return None


MAKERS: Final[dict[str, Callable[[Fields, Context], Time | None]]] = {
    "calendar": _calendar,
    "relative": _relative,
    "counted": _counted,
    "stretch": _stretch,
    "decade": _decade,
    "century": _century,
    "juche": _juche,
    "holiday": _holiday,
    "monthday": _monthday,
    "then": _then,
    "vague": _vague,
}

TENSED: Final = frozenset({"calendar", "relative", "holiday", "monthday"})  # makers that ask for the tense


def _same(of: Time, _: Fields) -> Time:
    """ "Early", "late", "mid", the time of day: no bound that a calendar could hold, so the whole is kept."""
    return of


def _about(of: Time, _: Fields) -> Time:
    """EDTF marks a year, month or day as approximate; for other times it has no such mark."""
    plain = of.unit in {"day", "month", "year"}
    return replace(of, edtf=f"{of.edtf}~") if plain and not of.edtf.endswith("~") else of


def _part(of: Time, fields: Fields) -> Time:
    return calendar.part(of, fields["parts"], _nth(fields["ordinal"], fields["parts"]))


def _week(of: Time, fields: Fields) -> Time:
    """The week of a day, or the nth of a month: the first has the month's first day in it, -1 its last."""
    if of.unit == "day":
        return calendar.containing(of.first, "week")
    if of.unit != "month":
        raise ValueError(f"{of.edtf} is no month, whose weeks are counted")
    if fields.get("ordinal") == -1:
        return calendar.containing(of.last, "week")
    return calendar.containing(of.first, "week", _nth(fields["ordinal"], 6))


def _edge(of: Time, fields: Fields) -> Time:
    return calendar.edge(of, bool(fields["end"]))


def _deadline(of: Time, _: Fields) -> Time:
    """ "By the end of the year": the last day, not some day of December."""
    return calendar.day(of.last)


def _within(of: Time, fields: Fields) -> Time:
    """The day, month or season of a longer time: "the 21st of last month", "August last year"."""
    if "day" in fields and of.unit == "month" and "month" not in fields:
        return calendar.day(of.first.replace(day=fields["day"]))
    if of.unit != "year":
        raise ValueError(f"{of.edtf} has no such part")
    return _dated(fields, of.first.year)


PARTS: Final[dict[str, Callable[[Time, Fields], Time]]] = {
    "same": _same,
    "about": _about,
    "part": _part,
    "week": _week,
    "edge": _edge,
    "deadline": _deadline,
    "within": _within,
}
