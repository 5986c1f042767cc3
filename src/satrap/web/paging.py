"""Long lists in parts."""

from collections.abc import Sequence
from typing import TypeVar

from satrap.web.cells import Pager
from satrap.web.view import View

T = TypeVar("T")

MOST = 100_000  # parts: further than anybody pages


def page_of(things: Sequence[T], size: int, view: View, path: str) -> tuple[Sequence[T], Pager]:
    """The part that the view's filter ``page`` asks for, counted from 1, with its neighbours' addresses."""
    number = view.number("page", 1, MOST)
    first = (number - 1) * size
    some = things[first : first + size]
    return some, pager(view, path, first, len(some), f"{len(things):,}", first + size < len(things))


def pager(view: View, path: str, first: int, shown: int, of: str, more: bool) -> Pager:
    """Of a list of which ``shown`` things from the ``first`` (counted from 0) are on the page."""
    number = view.number("page", 1, MOST)

    def at(other: int) -> str:
        return view.put("page", str(other)).to(*path.strip("/").split("/"))

    return Pager(
        first + 1 if shown else 0,
        first + shown,
        of,
        at(number - 1) if number > 1 else "",
        at(number + 1) if more else "",
    )
