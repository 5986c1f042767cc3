"""What `satrap estimate --what` shows beside authority: conduct, mood, and where reports come from."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

import polars as pl
from rich.table import Table

from satrap.claims import RecordedClaim
from satrap.country import Pack
from satrap.estimate import conduct, coverage, mood

WHAT = ("conduct", "mood", "coverage")

_MAKERS: dict[str, Callable[..., Any]] = {"conduct": conduct, "mood": mood, "coverage": coverage}


def whole(
    what: str, claims: Sequence[RecordedClaim], pack: Pack, start: date, end: date, seed: int
) -> pl.DataFrame:
    """All rows of one of them."""
    table: pl.DataFrame = _MAKERS[what](claims, pack, start=start, end=end, seed=seed).to_polars()
    return table


def on_day(table: pl.DataFrame, day: date, place: str | None, code: str) -> pl.DataFrame:
    """The rows of the week or period that a day is in: of one place, for conduct by default the country."""
    axis = table.columns[0]
    begun = table.filter(pl.col(axis) <= day)
    rows = begun.filter(pl.col(axis) == begun[axis].max())
    if place is None and "institution" not in table.columns:
        return rows
    return rows.filter(pl.col("place") == (place or code))


def shown(what: str, rows: pl.DataFrame) -> Table:
    """A table for people."""
    first, mean = {
        "conduct": ("institution_name", "rate"),
        "mood": ("place_name", "support"),
        "coverage": ("place_name", "expected"),
    }[what]
    title = {
        "conduct": "Stories of predation per hundred reports",
        "mood": "Residents in favour of those in power",
        "coverage": "Reports",
    }[what]
    counted = {"conduct": "told", "coverage": "reports"}.get(what)
    columns = ["", *([counted] if counted else []), mean, "80% band", "95% band"]
    table = Table(
        *columns, *(["heard"] if what == "coverage" else []), "", box=None, title=f"{title}, {rows[0, 0]}"
    )
    for row in rows.sort(mean, descending=True).iter_rows(named=True):
        table.add_row(row[first], *_cells(what, row, counted, mean))
    return table


def _cells(what: str, row: dict[str, Any], counted: str | None, mean: str) -> Iterator[str]:
    if counted:
        yield str(row[counted])
    form = ".0%" if what == "mood" else ".2f"
    yield format(row[mean], form)
    for prob in (80, 95):
        yield f"{row[f'low_{prob}']:{form}}–{row[f'high_{prob}']:{form}}"
    if what == "coverage":
        yield f"{row['heard']:.0%}"
    yield "prior-dominated" if row["prior_dominated"] else ""
