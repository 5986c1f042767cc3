"""A chart as data: rows with their bounds, from which the page draws, and which it also shows as a table."""

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from satrap.publish.words import percent, points, share
from satrap.web.cells import AnyCell, Cell, Chart, Estimated, Table

Row = Mapping[str, Any]

ENDS = ("low_95", "low_80", "low_50", "high_50", "high_80", "high_95")
"""Ends of the bands in order, as rows name them."""

FORMS: dict[str, Callable[[Any], str]] = {
    "text": str,
    "share": share,
    "points": points,
    "chance": percent,
    "number": lambda value: f"{value:,.1f}",
    "factor": lambda value: f"×{value:.3g}",
    "decimal": lambda value: f"{value:.2f}",
    "count": lambda value: f"{value:,}",
}


@dataclass(frozen=True)
class Column:
    """``key`` of the rows, and how its values are written. An ``estimate`` leads to the row's address; with a
    ``band`` its ends, by their keys, stand beside it."""

    key: str
    title: str
    form: str = "text"
    estimate: bool = False
    band: tuple[str, str] | None = None

    def cell(self, row: Row) -> AnyCell:
        """What the table shows of a row."""
        value = row.get(self.key)
        if value is None:
            return ""
        write = FORMS[self.form]
        href = row.get("href", "")
        if not self.estimate:
            return (
                Cell(write(value), row.get(f"{self.key}_href", "")) if self.form == "text" else write(value)
            )
        band = "" if self.band is None else f"{write(row[self.band[0]])} to {write(row[self.band[1]])}"
        return Estimated(write(value), href, band, bool(row.get("prior")))


@dataclass(frozen=True)
class Figure:
    """``chart`` names how it is drawn, ``name`` stands in its address, ``empty`` says why there is nothing to
    draw, ``source`` what the rows come from. Rows have the keys that ``assets/shapes.ts`` says,
    ``options`` are what that wants beside rows. The table shows every ``every``-th point of the ``axis`` (a
    key of the rows), and the last. No row holds an id of the ledger: rows are made to be taken along."""

    chart: str
    name: str
    title: str
    caption: str
    columns: Sequence[Column]
    rows: Sequence[Row]
    every: int = 1
    axis: str = "day"
    options: Mapping[str, Any] | None = None
    empty: str = ""
    source: str = ""

    def shown(self, address: Callable[[str], str]) -> Chart:
        """As the page has it; ``address`` of a name beneath the page."""
        rows, caption = self.rows, self.caption
        if self.every > 1:
            days = sorted({row[self.axis] for row in rows})
            kept = {*days[:: self.every], *days[-1:]}
            rows = [row for row in rows if row[self.axis] in kept]
            caption += f" The table shows {len(kept)} of {len(days)} weeks; the CSV has all."
        cells = [[column.cell(row) for column in self.columns] for row in rows]
        table = Table([column.title for column in self.columns], cells)
        return Chart(
            self.chart, self.title, caption, address(f"{self.name}.json"), table, self.empty, self.source
        )

    def as_json(self) -> bytes:
        """Title, caption, columns and rows."""
        columns = [{"key": one.key, "title": one.title, "form": one.form} for one in self.columns]
        told: dict[str, Any] = {"chart": self.chart, "title": self.title, "caption": self.caption}
        told |= {"source": self.source, "columns": columns}
        return msgspec.json.encode({**told, **(self.options or {}), "rows": list(self.rows)})

    def as_csv(self) -> bytes:
        """The rows under a line of names."""
        file = io.StringIO()
        names = dict.fromkeys(key for row in self.rows for key in row)
        lines = csv.DictWriter(file, list(names), lineterminator="\n")
        lines.writeheader()
        lines.writerows({key: _cell(value) for key, value in row.items()} for row in self.rows)
        return file.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and value[:1] in "=+-@\t\r":
        return f"'{value}"  # a spreadsheet would run it
    return value
