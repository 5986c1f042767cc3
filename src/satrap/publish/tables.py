"""Tables of numbers, charts of them, and scenarios, as files for other programs."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from satrap.errors import PublishError
from satrap.protect.gate import outward

if TYPE_CHECKING:
    import altair as alt


@outward("table")
def write_table(table: pl.DataFrame | pl.LazyFrame, path: Path) -> None:
    """Parquet where the name ends in .parquet, else CSV; raises PublishError where it cannot be written.

    A lazy table is written as it is read: it may be larger than memory.
    """
    with writing_to(path):
        table.lazy().sink_parquet(path) if path.suffix == ".parquet" else table.lazy().sink_csv(path)


@outward("chart")
def write_chart(chart: alt.TopLevelMixin, path: Path) -> None:
    """In the form the name ends in (.svg, .png, .html, .json); PublishError if it cannot be written."""
    with writing_to(path):
        chart.save(str(path))


@outward("scenario")
def write_scenario(text: str, path: Path) -> None:
    """A scenario's YAML; raises PublishError where it cannot be written."""
    with writing_to(path):
        path.write_text(text, encoding="utf-8")


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PublishError(
            f"{path}: {error.strerror or 'cannot be written'}",
            remedy="name a file in a folder you can write to",
        ) from error
