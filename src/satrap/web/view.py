"""What a permalink carries: the two clocks, the day of comparison, and the page's own filters."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Self
from urllib.parse import quote, urlencode

from satrap.errors import SatrapError

DAYS = ("as_of", "since", "known_at")

Pairs = tuple[tuple[str, str], ...]


class BadAddressError(SatrapError):
    """Raised where an address asks for what cannot be, such as 31 February."""


@dataclass(frozen=True, slots=True)
class View:
    """``as_of`` is the day in the world, ``known_at`` the last day of the record that counts, ``since`` the
    day compared with; None where the address leaves them open. ``filters`` are the page's own, in order; one
    name may stand several times.
    """

    as_of: date | None = None
    since: date | None = None
    known_at: date | None = None
    filters: Pairs = ()

    @classmethod
    def parse(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """From a query's names and values; empty values are left out, as forms send them.

        Raises BadAddressError for a day that does not exist.
        """
        given = [(name, value) for name, value in pairs if value]
        days = {name: _day(name, value) for name, value in given if name in DAYS}
        return cls(**days, filters=tuple(pair for pair in given if pair[0] not in DAYS))

    @property
    def pairs(self) -> Pairs:
        """Names and values, in the order of the address."""
        days = [(name, getattr(self, name)) for name in DAYS]
        return (*((name, day.isoformat()) for name, day in days if day is not None), *self.filters)

    @property
    def moment(self) -> datetime | None:
        """The last moment (UTC) of the record that counts; None for now."""
        return datetime.combine(self.known_at, time.max, tzinfo=UTC) if self.known_at else None

    def get(self, name: str) -> str:
        """The first value of a filter; empty without one."""
        return next((value for key, value in self.filters if key == name), "")

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a filter."""
        return tuple(value for key, value in self.filters if key == name)

    def number(self, name: str, default: int, most: int) -> int:
        """A filter that counts something, from 1 to ``most``; raises BadAddressError for anything else."""
        text = self.get(name)
        if not text:
            return default
        if not (text.isascii() and text.isdecimal()) or not 1 <= int(text[:9]) <= most:
            raise BadAddressError(f"{name}={text[:40]!r} is no number from 1 to {most}", remedy="change it")
        return int(text)

    def on(self, as_of: date | None) -> "View":
        """The same view on another day."""
        return replace(self, as_of=as_of)

    def put(self, name: str, value: str) -> "View":
        """With one filter set to a value, or, where that is empty, without it."""
        others = tuple(pair for pair in self.filters if pair[0] != name)
        return replace(self, filters=(*others, (name, value)) if value else others)

    def toggled(self, name: str, value: str) -> "View":
        """With a value of a filter that is not there, or without one that is."""
        pair = (name, value)
        there = pair in self.filters
        left = tuple(one for one in self.filters if one != pair)
        return replace(self, filters=left if there else (*self.filters, pair))

    def bare(self) -> "View":
        """Only the clocks: what goes along from page to page."""
        return replace(self, filters=())

    def to(self, *path: str) -> str:
        """The address of a page under this view: ``view.to("why", "MSS@KP-05")``."""
        query = urlencode(self.pairs)
        whole = "/" + "/".join(quote(part, safe="@:") for part in path if part)
        return f"{whole}?{query}" if query else whole


def _day(name: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadAddressError(
            f"{name}={text[:40]!r} is not a day in the calendar", remedy="write it YYYY-MM-DD"
        ) from None
