"""Tables of numbers as files for other programs."""

from pathlib import Path

import polars as pl

from satrap.errors import PublishError
from satrap.protect.gate import outward


@outward("table")
def write_table(table: pl.DataFrame, path: Path) -> None:
    """Parquet where the name ends in .parquet, else CSV; raises PublishError where it cannot be written."""
    try:
        table.write_parquet(path) if path.suffix == ".parquet" else table.write_csv(path)
    except OSError as error:
        raise PublishError(
            f"{path}: {error.strerror or 'cannot be written'}",
            remedy="name a file in a folder you can write to",
        ) from error
