"""Calendar times in English text as EDTF, anchored on the day of publication."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = (
    r"(?P<month>january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?"
)
_YEAR = r"(?P<year>(?:1[89]|20)\d\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_ABOUT = r"(?P<about>\b(?:about|around|circa|approximately)\s+)?"
_PART = r"(?:(?:early|mid|late|the (?:start|beginning|middle|end) of)[\s-]+)?"


@dataclass(frozen=True, slots=True)
class Dated:
    """A calendar time at an offset of the text."""

    start: int
    end: int
    edtf: str


Maker = Callable[[re.Match[str], date], str | None]


def find_dates(text: str, start: int, end: int, published: date | None) -> list[Dated]:
    """Resolvable times between two offsets, in order, the longest reading of each.

    Without a publication date only times that name their year are resolvable.
    """
    found: list[Dated] = []
    for pattern, make in _PATTERNS:
        for match in pattern.finditer(text, start, end):
            if any(one.start < match.end() and match.start() < one.end for one in found):
                continue
            edtf = make(match, published or date.max)
            if edtf is not None and (published is not None or re.search(r"\d{4}", match.group())):
                about = "~" if match.groupdict().get("about") else ""
                found.append(Dated(match.start(), match.end(), edtf + about))
    return sorted(found, key=lambda one: one.start)


def _month_of(match: re.Match[str]) -> int:
    return _MONTHS[match["month"].lower()]


def _last_month(month: int, published: date) -> int:
    """The year of the most recent such month, as of publication."""
    return published.year if month <= published.month else published.year - 1


def _ymd(year: int, month: int, day: int) -> str | None:
    return f"{year:04}-{month:02}-{day:02}" if 1 <= day <= monthrange(year, month)[1] else None


def _full(match: re.Match[str], _: date) -> str | None:
    return _ymd(int(match["year"]), _month_of(match), int(match["day"]))


def _day_month(match: re.Match[str], published: date) -> str | None:
    month = _month_of(match)
    year = _last_month(month, published)
    if month == published.month and int(match["day"]) > published.day:
        year -= 1
    return _ymd(year, month, int(match["day"]))


def _days(match: re.Match[str], published: date) -> str | None:
    month = _month_of(match)
    year = int(match["year"]) if match["year"] else _last_month(month, published)
    first, last = _ymd(year, month, int(match["day"])), _ymd(year, month, int(match["last"]))
    return f"{first}/{last}" if first and last else None


def _months(match: re.Match[str], published: date) -> str | None:
    last_month = _MONTHS[match["last"].lower()]
    year = int(match["year"]) if match["year"] else _last_month(last_month, published)
    return f"{year:04}-{_month_of(match):02}/{year:04}-{last_month:02}"


def _month_year(match: re.Match[str], _: date) -> str:
    return f"{int(match['year']):04}-{_month_of(match):02}"


def _month(match: re.Match[str], published: date) -> str:
    month = _month_of(match)
    return f"{_last_month(month, published):04}-{month:02}"


def _month_relative(match: re.Match[str], published: date) -> str:
    year = published.year - (0 if match["which"].lower() in {"this", "that"} else 1)
    return f"{year:04}-{_month_of(match):02}"


def _relative(match: re.Match[str], published: date) -> str | None:
    back = {"last": 1, "previous": 1, "this": 0, "next": -1}[match["which"].lower()]
    if match["unit"].lower() == "year":
        return f"{published.year - back:04}"
    months = published.year * 12 + published.month - 1 - back
    day = match["day"]
    return _ymd(months // 12, months % 12 + 1, int(day)) if day else f"{months // 12:04}-{months % 12 + 1:02}"


def _yesterday(match: re.Match[str], published: date) -> str:
    return (published - timedelta(days=1 if match.group().lower() == "yesterday" else 0)).isoformat()


def _decade(match: re.Match[str], _: date) -> str:
    return f"{match['decade']}X"


def _year(match: re.Match[str], _: date) -> str:
    return match["year"]


def _years(match: re.Match[str], _: date) -> str:
    return f"{match['year']}/{match['last']}"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.IGNORECASE)


# Tried in this order; a stretch of text is read once, so the fuller patterns stand first.
_PATTERNS: tuple[tuple[re.Pattern[str], Maker], ...] = (
    (
        _pattern(
            rf"\b{_DAY}(?:\s*[-–]\s*|\s+(?:to|and)\s+)(?P<last>[0-3]?\d)(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH}(?:,?\s+{_YEAR})?\b"
        ),
        _days,
    ),
    (
        _pattern(
            rf"\b{_MONTH}\s+{_DAY}(?:\s*[-–]\s*|\s+(?:to|and)\s+)(?P<last>[0-3]?\d)(?:,?\s+{_YEAR})?\b(?!\d)"
        ),
        _days,
    ),
    (_pattern(rf"{_ABOUT}\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}\b"), _full),
    (_pattern(rf"{_ABOUT}\b{_MONTH}\s+{_DAY},?\s+{_YEAR}\b"), _full),
    (
        _pattern(
            rf"\b(?:from|between)\s+{_MONTH}\s+(?:to|and|until|through)\s+(?P<last>{'|'.join(_MONTHS)})\b(?:,?\s+(?:of\s+)?{_YEAR})?"
        ),
        _months,
    ),
    (_pattern(rf"{_ABOUT}{_PART}\b{_MONTH}(?:\s+of)?,?\s+{_YEAR}\b"), _month_year),
    (
        _pattern(rf"{_PART}\b{_MONTH}\s+(?:of\s+)?(?:the\s+)?(?P<which>last|this|that|previous)\s+year\b"),
        _month_relative,
    ),
    (_pattern(rf"\bthe\s+{_DAY}\s+of\s+(?P<which>last|this|previous)\s+(?P<unit>month)\b"), _relative),
    (_pattern(rf"\b(?:between|from)\s+{_YEAR}\s+(?:and|to|until)\s+(?P<last>(?:1[89]|20)\d\d)\b"), _years),
    (_pattern(rf"\b{_YEAR}\s*[-–]\s*(?P<last>(?:1[89]|20)\d\d)\b"), _years),
    (_pattern(rf"\b{_DAY}\s+{_MONTH}(?!\w)"), _day_month),
    (_pattern(rf"\b{_MONTH}\s+{_DAY}\b(?!\d|\s+(?:percent|people|years))"), _day_month),
    (
        _pattern(rf"\b(?:in|since|from|until|by|during|of|on|this|last)\s+{_ABOUT}{_PART}{_MONTH}(?!\w)"),
        _month,
    ),
    (_pattern(rf"\b(?:early|mid|late)[\s-]+{_MONTH}(?!\w)"), _month),
    (
        _pattern(
            r"\b(?P<day>)?(?:(?:earlier|later|late|early)\s+)?(?P<which>last|this|next|previous)\s+(?P<unit>year|month)\b"
        ),
        _relative,
    ),
    (_pattern(r"\b(?P<decade>(?:1[89]|20)\d)0s\b"), _decade),
    (
        _pattern(
            rf"{_ABOUT}(?<![\d,.$€£-])\b{_YEAR}\b(?![\d,]*\d|\s+(?:yuan|won|dollars|people|residents|households|euros))"
        ),
        _year,
    ),
    (_pattern(r"\b(?:yesterday|today)\b"), _yesterday),
)
