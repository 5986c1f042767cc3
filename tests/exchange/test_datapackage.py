"""The data package, by Frictionless's own validator, by polars, and by a spreadsheet's eyes."""

import csv
import hashlib
import json
from pathlib import Path

import polars as pl
import pytest
from tests.exchange.samples import CONTEXT, FORMULA, KOREAN, claims

from satrap.exchange import export
from satrap.exchange.files import plain
from satrap.exchange.tables import TABLES


@pytest.fixture
def package(tmp_path: Path) -> Path:
    return export("datapackage", claims(), CONTEXT, tmp_path / "package")


def test_the_package_is_valid(package: Path) -> None:
    """Structure, checksums, types, required cells, primary and foreign keys of every table."""
    frictionless = pytest.importorskip("frictionless", reason="in the dependency group `standards`")
    report = frictionless.validate(str(package / "datapackage.json"))
    faults = [
        fault
        for task in report.tasks
        if not task.name.endswith("-parquet")  # its plug-in for Parquet is not installed here
        for fault in task.errors
    ]
    assert faults == []
    assert {task.name for task in report.tasks if task.valid} >= {table.name for table in TABLES}
    assert not report.errors


def test_a_broken_package_is_found_invalid(package: Path) -> None:
    frictionless = pytest.importorskip("frictionless", reason="in the dependency group `standards`")
    roles = package / "roles.csv"
    roles.write_text(roles.read_text(encoding="utf-8") + "nobody,by,0,X,,,\r\n", encoding="utf-8")
    report = frictionless.validate(str(package / "datapackage.json"))
    [task] = [task for task in report.tasks if task.name == "roles"]
    assert {"hash-count", "byte-count", "foreign-key"} & {fault.type for fault in task.errors}


def test_parquet_has_every_cell_as_it_is(package: Path) -> None:
    frame = pl.read_parquet(package / "claims.parquet")
    assert {KOREAN, FORMULA} <= set(frame["quote"].drop_nulls())
    assert frame.schema["earliest"] == pl.Date
    assert frame["id"].to_list() == [claim.id for claim in claims()]


def test_csv_and_parquet_say_the_same(package: Path) -> None:
    for table in TABLES:
        frame = pl.read_parquet(package / f"{table.name}.parquet")
        with (package / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        assert rows[0] == frame.columns
        told = [["" if cell is None else str(cell) for cell in row] for row in frame.iter_rows()]
        assert [[plain(cell) for cell in row] for row in rows[1:]] == told


def test_no_cell_of_a_csv_file_is_a_formula(package: Path) -> None:
    for file in package.glob("*.csv"):
        with file.open(encoding="utf-8", newline="") as handle:
            assert not [cell for row in csv.reader(handle) for cell in row if cell[:1] in set("=+-@\t\r\n")]


def test_the_description_has_schema_licence_and_checksums(package: Path) -> None:
    told = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    assert told["licenses"] == [{"name": "notspecified"}]
    assert told["created"] == "2017-06-30T00:00:00Z"
    for resource in told["resources"]:
        data = (package / resource["path"]).read_bytes()
        assert resource["hash"] == f"sha256:{hashlib.sha256(data).hexdigest()}"
        assert all(field["description"] for field in resource["schema"]["fields"])
