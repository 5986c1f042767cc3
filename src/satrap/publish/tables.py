"""Tables of numbers as files for other programs."""

from pathlib import Path

import polars as pl

from satrap.errors import PublishError
from satrap.protect.gate import outward


@outward("table")
def write_table(table: pl.DataFrame | pl.LazyFrame, path: Path) -> None:
    """Parquet where the name ends in .parquet, else CSV; raises PublishError where it cannot be written.

    A lazy table is written as it is read: it may be larger than memory.
    """
    try:
        table.lazy().sink_parquet(path) if path.suffix == ".parquet" else table.lazy().sink_csv(path)
    except OSError as error:
        raise PublishError(
            f"{path}: {error.strerror or 'cannot be written'}",
            remedy="name a file in a folder you can write to",
        ) from error
