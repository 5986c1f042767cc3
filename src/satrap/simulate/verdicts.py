"""Verdicts on stylised facts: what was claimed, the quantity behind it, and whether it holds."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from satrap.simulate.units import Floats

MOST = 0.8
"""A fact holds if it does in at least this share of members; fact 8 has its own bar, .5."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One row: `value` is the median of `quantity` over members, `share` those in which it holds.

    `statement` says of whom and where by name; `pattern` and `about`, ids of institutions and places, are
    what it is made of. `if_missed` says what a miss means for what residents may expect, where it means
    something.
    """

    id: str
    statement: str
    quantity: str
    value: float
    threshold: str
    share: float
    holds: bool
    pattern: str
    about: tuple[str, ...] = ()
    if_missed: str = ""


COLUMNS = ("id", "statement", "quantity", "value", "threshold", "share", "holds")


@dataclass(frozen=True, slots=True)
class Facts:
    """The table of hold and does not hold."""

    scenario: str
    runs: int
    rows: tuple[Fact, ...]

    def to_polars(self) -> pl.DataFrame:
        """One row per fact."""
        return pl.DataFrame(
            [[getattr(row, name) for name in COLUMNS] for row in self.rows],
            schema=list(COLUMNS),
            orient="row",
        )

    def named(self, name: Callable[[str], str]) -> Facts:
        """The same table in other names: `name` gives that of an institution or a place by its id."""
        rows = (replace(row, statement=row.pattern.format(*map(name, row.about))) for row in self.rows)
        return replace(self, rows=tuple(rows))

    def __str__(self) -> str:
        """A Markdown table."""
        lines = ["| # | fact | quantity (median) | bar | holds in | verdict |", "|---|---|---|---|---|---|"]
        lines += [
            f"| {row.id} | {row.statement} | {row.quantity} = {signed(row.value)} | {row.threshold} | "
            f"{row.share:.0%} | {'holds' if row.holds else 'does not hold'} |"
            for row in self.rows
        ]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        cells = [line.strip("| ").split(" | ") for line in str(self).splitlines()]
        head, body = cells[0], cells[2:]
        rows = ["".join(f"<td>{html.escape(one)}</td>" for one in row) for row in body]
        rows.insert(0, "".join(f"<th>{one}</th>" for one in head))
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"


def judge(
    id_: str,
    pattern: str,
    about: tuple[str, ...],
    quantity: str,
    values: Floats,
    threshold: str,
    held: NDArray[np.bool_],
    if_missed: str = "",
) -> Fact:
    """A fact's verdict from its quantity and whether it held, by member (runs,)."""
    known = values[np.isfinite(values)]
    share = float(held.mean()) if len(held) else 0.0
    middle = float(np.median(known)) if len(known) else float("nan")
    return Fact(
        id_,
        pattern.format(*about),
        quantity,
        middle,
        threshold,
        share,
        share >= MOST,
        pattern,
        about,
        if_missed,
    )


def signed(value: float) -> str:
    """Two decimals, with a true minus sign."""
    return f"{value:.2f}".replace("-", "−")
