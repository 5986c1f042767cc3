"""What templates are given: cells of tables, estimates that lead to the claims behind them, links."""

from collections.abc import Sequence
from dataclasses import dataclass

from satrap.country import Pack


@dataclass(frozen=True)
class Cell:
    """Text, with the address of a page of ours or none."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Estimated:
    """A number that the estimate gave: its band in words, and the address of the claims behind it; ``prior``
    where claims tell little."""

    text: str
    why: str
    band: str = ""
    prior: bool = False


AnyCell = str | Cell | Estimated


@dataclass(frozen=True)
class Table:
    """A line of headings, and rows whose first cell is their heading."""

    head: Sequence[AnyCell]
    rows: Sequence[Sequence[AnyCell]]


@dataclass(frozen=True)
class Chart:
    """A chart as the page has it: its island, its data's address, its table, what it comes from."""

    name: str
    title: str
    caption: str
    src: str
    table: Table
    empty: str
    source: str = ""


@dataclass(frozen=True)
class Quoted:
    """Words, with the address of the sentence in its report; empty where they may not be shown."""

    text: str
    href: str


@dataclass(frozen=True)
class Voice:
    """A link of an attribution chain."""

    label: str
    detail: str = ""
    href: str = ""


@dataclass(frozen=True)
class Pager:
    """``first`` to ``last`` of a list of ``of``, and the addresses of its neighbours."""

    first: int
    last: int
    of: str
    previous: str = ""
    next: str = ""


def entity(id: str | None, name: str, pack: Pack) -> Cell:
    """An institution, place, post or person of the pack, with the address of its page."""
    families = {
        "institution": pack.institutions,
        "place": pack.places,
        "post": pack.posts,
        "person": pack.people,
    }
    for family, known in families.items():
        if id is not None and id in known:
            return Cell(name, f"/{family}/{id}")
    return Cell(name)
