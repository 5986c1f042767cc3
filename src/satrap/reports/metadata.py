"""What is known about a report beside its text, and where that is known from."""

import re
from datetime import date
from email.utils import parsedate_to_datetime
from enum import StrEnum
from typing import Any

import msgspec

from satrap.claims import When
from satrap.errors import ReportError
from satrap.reports.language import language_of
from satrap.reports.report import UNDETERMINED, Report

UNKNOWN = "unknown publisher"
KNOWN = ("publisher", "published", "title", "url", "author", "language", "outlet")

_ISO_DAY = re.compile(r"(\d{4})[-/.]?(\d{2})[-/.]?(\d{2})(?=$|[T\s])")


class Found(StrEnum):
    """Where a field of a report was found; what was found nowhere is unknown."""

    GIVEN = "given"  # by the analyst, with the file
    ROW = "row"  # the report's own row of a table
    PAGE = "page"  # declared in a web page's head or structured data
    GUESSED = "guessed"  # by layout: what looks like a page's headline or byline
    FRONT_MATTER = "front matter"  # of a Markdown file
    MAIL = "mail"  # the date a mail was sent
    FEED = "feed"  # a feed's entry, or its channel
    UPDATED = "updated"  # a feed entry's last change, where it does not say when it was published
    ARCHIVE = "archive"  # a web archive's record
    ADDRESS = "address"  # that it was fetched from
    TEXT = "text"  # told from the words themselves


class Metadata(msgspec.Struct, frozen=True, kw_only=True):
    """What one place says about a report: the analyst, a row, a page. None is what it does not say.

    ``columns`` is only the analyst's: which column or key of a table holds which field.
    """

    publisher: str | None = None
    published: When | None = None
    title: str | None = None
    url: str | None = None
    author: str | None = None
    language: str | None = None
    outlet: str | None = None
    columns: dict[str, str] = {}


Layer = tuple[Found, Metadata]


def compose(text: str, origin: str, *layers: Layer) -> Report:
    """A report from its text and what is said about it, the first layer that knows a field deciding it.

    The language is the given one, else that of the words where they tell, else the declared one.
    Raises ReportError where there is no text.
    """
    if not text.strip():
        raise ReportError(f"{origin}: empty, no text in it", remedy="leave it out, or save its text apart")
    known: dict[str, Any] = {}
    provenance: dict[str, str] = {}
    for field in KNOWN:
        for found, said in layers:
            value = getattr(said, field)
            if value is not None:
                known[field], provenance[field] = value, str(found)
                break
    if provenance.get("language") not in {Found.GIVEN, Found.ROW}:
        told = language_of(text)
        if told is not None:
            known["language"], provenance["language"] = told, str(Found.TEXT)
    known["language"] = known.get("language", UNDETERMINED).partition("-")[0].lower()
    known.setdefault("publisher", UNKNOWN)
    return Report(text=text, origin=origin, provenance=provenance, **known)


def published(text: str, today: date) -> When:
    """A publication date as an analyst types it; raises ValueError where it is none or lies in the future."""
    when = When.parse(text)
    if when.earliest > today:
        raise ValueError(f"{text!r} lies in the future: a report cannot be published after today")
    return when


def day(text: str | None) -> When | None:
    """The day of a machine-written time (ISO 8601 or RFC 5322), as its publisher's clock had it.

    Not converted to UTC, which would move a morning in Seoul to the day before. None where it is neither.
    """
    if not text:
        return None
    iso = _ISO_DAY.match(text.strip())
    try:
        if iso:
            return When.day(date(*map(int, iso.groups())))
        return When.day(parsedate_to_datetime(text).date())
    except (ValueError, TypeError, IndexError):
        return None


def row_date(text: str) -> When:
    """A date in a table: EDTF, or a time of day whose day counts; raises ValueError where it is neither."""
    return day(text) or When.parse(text)
