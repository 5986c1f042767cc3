"""A Frictionless Data Package: each table as CSV and as Parquet, with one description of them all."""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import polars as pl

from satrap.exchange.context import Context
from satrap.exchange.files import lines, write_csv
from satrap.exchange.formats import Exporter
from satrap.exchange.tables import TABLES, Table
from satrap.protect.gate import outward
from satrap.protect.public import PublicClaim

DESCRIPTION = "datapackage.json"

_TYPES = {"string": pl.String, "integer": pl.Int64, "number": pl.Float64, "date": pl.Date}
_ROWS = 65_536  # of a Parquet row group; few enough that memory stays flat


@outward("claims as a data package")
def write(claims: Sequence[PublicClaim], context: Context, path: Path) -> None:
    """Fill the folder ``path``. In the CSV files, text that a spreadsheet would take for a formula has an
    apostrophe before it; the Parquet files have all text as it is."""
    resources = []
    for table in TABLES:
        text, columnar = path / f"{table.name}.csv", path / f"{table.name}.parquet"
        write_csv(text, [column.name for column in table.columns], table.rows(claims, context))
        _write_parquet(table, claims, context, columnar)
        resources += [_resource(table, text, "csv", "text/csv"), _resource(table, columnar, "parquet", "")]
    with lines(path / DESCRIPTION) as file:
        file.write(json.dumps(_described(context, resources), indent=2, ensure_ascii=False).encode() + b"\n")


def _write_parquet(table: Table, claims: Sequence[PublicClaim], context: Context, path: Path) -> None:
    """Through a scratch file of JSON lines, which polars turns into Parquet piece by piece."""
    scratch = path.with_suffix(".ndjson")
    schema = {column.name: _TYPES[column.type] for column in table.columns}
    with lines(scratch) as file:
        for row in table.rows(claims, context):
            file.write(json.dumps(dict(zip(schema, row, strict=True)), ensure_ascii=False).encode() + b"\n")
    if scratch.stat().st_size:
        frame = pl.scan_ndjson(scratch, schema=schema)
        frame.sink_parquet(path, compression="zstd", row_group_size=_ROWS, maintain_order=True)
    else:
        pl.DataFrame(schema=schema).write_parquet(path, compression="zstd")
    scratch.unlink()


def _described(context: Context, resources: list[dict[str, Any]]) -> dict[str, Any]:
    made = {"created": f"{context.cut.isoformat()}T00:00:00Z"} if context.cut else {}
    return {
        "profile": "data-package",
        "name": f"satrap-{context.pack.code.lower()}",
        "title": f"Attributed claims about {context.pack.name}",
        "description": "Who is said to hold power, where, and on whose word. Quotations belong to their"
        " publishers.",
        **made,
        "licenses": [{"name": context.licence}],
        "sources": [{"title": f"satrap {context.version}".strip()}],
        "resources": resources,
    }


def _resource(table: Table, file: Path, form: str, media_type: str) -> dict[str, Any]:
    with file.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
    return {
        "name": table.name if form == "csv" else f"{table.name}-{form}",
        "title": table.title,
        "path": file.name,
        "format": form,
        "mediatype": media_type or f"application/vnd.apache.{form}",
        **({"profile": "tabular-data-resource", "encoding": "utf-8"} if form == "csv" else {}),
        "bytes": file.stat().st_size,
        "hash": f"sha256:{digest}",
        "schema": {
            "fields": [
                {
                    "name": column.name,
                    "type": column.type,
                    "description": column.description,
                    **({"constraints": {"required": True}} if column.required else {}),
                }
                for column in table.columns
            ],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {"fields": [name], "reference": {"resource": other, "fields": ["id"]}}
                for name, other in table.refers.items()
            ],
        },
    }


EXPORTER = Exporter(
    "datapackage",
    "Frictionless Data Package: CSV and Parquet tables with their schema",
    "application/json",
    write,
    marker=DESCRIPTION,
)
