"""Cells that no spreadsheet runs, and paths written whole or not at all."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satrap.errors import PublishError
from satrap.exchange.files import plain, replacing, safe, write_csv


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_a_formula_gets_an_apostrophe(start: str) -> None:
    assert safe(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


def test_other_cells_stay_as_they_are() -> None:
    assert [safe(cell) for cell in ("", "a=b", "평양", "'tis", "1")] == ["", "a=b", "평양", "'tis", "1"]


@given(st.text())
def test_a_safe_cell_is_no_formula_and_can_be_made_plain_again(cell: str) -> None:
    assert safe(cell)[:1] not in set("=+-@\t\r\n＝＋－＠") or not cell
    assert plain(safe(cell)) == cell


@given(st.lists(st.tuples(st.text(st.characters(codec="utf-8", exclude_characters="\0")))))
def test_a_csv_file_holds_what_was_written(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str]]
) -> None:
    file = tmp_path_factory.mktemp("csv") / "out.csv"
    write_csv(file, ["head"], rows)
    with file.open(encoding="utf-8", newline="") as handle:
        read = list(csv.reader(handle))
    assert [[plain(cell) for cell in row] or [""] for row in read[1:]] == [list(row) for row in rows]


def test_an_interrupted_file_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("before")

    def write() -> None:
        with replacing(path, folder=False) as new:
            new.write_text("half")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        write()
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_is_readable_by_all_and_takes_the_place_of_the_old(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("before")
    path.chmod(0o600)
    with replacing(path, folder=False) as new:
        new.write_text("after")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("after", 0o644)


def test_a_folder_is_not_replaced_by_a_file_nor_a_file_by_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("kept")
    with pytest.raises(PublishError, match="a file"), replacing(tmp_path / "file", folder=True, marker="x"):
        pass
    with pytest.raises(PublishError, match="a folder"), replacing(tmp_path, folder=False):
        pass
