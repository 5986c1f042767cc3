"""One row of a table (JSONL, CSV) as one report."""

from collections.abc import Mapping
from typing import Any

from satrap.errors import ReportError
from satrap.reports.metadata import KNOWN, Found, Metadata, compose, row_date
from satrap.reports.report import Report

FIELDS = ("text", *KNOWN, "id")


def column(field: str, metadata: Metadata) -> str:
    """The name of the column that holds ``field``: as mapped, else its own."""
    return metadata.columns.get(field, field)


def row_report(row: Mapping[str, Any], where: str, name: str, metadata: Metadata) -> Report:
    """A row's fields decide; what it leaves open is as given. Columns that are not asked for are left alone.

    Raises ReportError, naming the row, where it has no text or a field that cannot be read.
    """
    said: dict[str, Any] = {field: _cell(row, column(field, metadata), where) for field in FIELDS}
    text, origin, when = said.pop("text"), said.pop("id"), said.pop("published")
    if text is None:
        raise ReportError(
            f"{where}: no {column('text', metadata)!r}",
            remedy="mend this row, or name its text: --map text=COLUMN",
        )
    try:
        published = row_date(when) if when else None
    except ValueError:  # whose message quotes the cell, which may hold something else than a date
        raise ReportError(
            f"{where}: no date in {column('published', metadata)!r}",
            remedy="write YYYY, YYYY-MM or YYYY-MM-DD, or map another column: --map published=COLUMN",
        ) from None
    row_said = Metadata(published=published, **said)
    return compose(text, origin or name, (Found.ROW, row_said), (Found.GIVEN, metadata))


def _cell(row: Mapping[str, Any], name: str, where: str) -> str | None:
    value = row.get(name)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)  # a year, or a numbered id
    if value is not None and not isinstance(value, str):
        raise ReportError(f"{where}: {name!r} is no text", remedy="mend or remove this row")
    return value if value and value.strip() else None
