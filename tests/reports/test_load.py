import json
from datetime import date
from pathlib import Path

import pytest

from satrap.claims import When
from satrap.errors import ReportError
from satrap.reports import UNKNOWN, Metadata, Report, load, published

DAILY_NK = Metadata(publisher="Daily NK", published=When.parse("2017-06-15"))


def one(path: Path, metadata: Metadata = DAILY_NK) -> Report | ReportError:
    [found] = load([path], metadata)
    return found


def test_a_text_file_is_one_report_with_the_offsets_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("\nThe ministry’s head was fired.\n", encoding="utf-8")
    report = one(path)
    assert isinstance(report, Report)
    assert report.text == path.read_text(encoding="utf-8")
    assert (report.publisher, report.origin) == ("Daily NK", "report.txt")


def test_what_is_not_given_stays_unknown(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_text("The ministry's head was fired.")
    report = one(path, Metadata())
    assert isinstance(report, Report)
    assert (report.publisher, report.published) == (UNKNOWN, None)


def test_two_outlets_printing_the_same_words_are_two_reports() -> None:
    text = "The head was fired."
    assert Metadata(publisher="A").report(text, "a").hash != Metadata(publisher="B").report(text, "b").hash
    assert Metadata(publisher="A").report(text, "a").hash == Metadata(publisher="A").report(text, "z").hash


def test_jsonl_lines_carry_their_own_metadata(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text(json.dumps({"text": "He fell.", "publisher": "RFA", "published": "2017-01", "id": "F1"}))
    report = one(path)
    assert isinstance(report, Report)
    assert (report.publisher, report.origin) == ("RFA", "F1")
    assert report.published == When.parse("2017-01")


def test_one_bad_line_is_listed_and_the_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "reports.jsonl"
    path.write_text(
        '{"text": "One."}\n{"txt": "Two."}\nnot json\n\n{"text": "Three.", "published": "soon"}\n'
    )
    found = list(load([path], DAILY_NK))
    assert [isinstance(f, Report) for f in found] == [True, False, False, False]
    assert [str(f).split(":")[1] for f in found[1:]] == ["2", "3", "5"], "errors name the line"


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t", "empty"),
        ("binary.txt", b"PK\x03\x04\0\0", "binary"),
        ("korean.txt", "보위부".encode("cp949"), "iconv"),
        ("report.pdf", b"%PDF-1.4", "no parser for .pdf"),
    ],
)
def test_a_file_that_cannot_be_read_says_why_and_what_to_do(
    tmp_path: Path, name: str, data: bytes, complaint: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    error = one(path)
    assert isinstance(error, ReportError)
    assert name in str(error)
    assert complaint in str(error)


def test_a_missing_file_is_an_error_and_the_batch_goes_on(tmp_path: Path) -> None:
    there = tmp_path / "there.txt"
    there.write_text("The head was fired.")
    missing, read = load([tmp_path / "missing.txt", there], DAILY_NK)
    assert isinstance(missing, ReportError)
    assert isinstance(read, Report)


def test_a_folder_is_read_in_name_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c.png"):
        (tmp_path / name).write_text(f"Text of {name}.")
    assert [r.origin for r in load([tmp_path], DAILY_NK) if isinstance(r, Report)] == ["a.md", "b.txt"]


def test_a_report_is_not_published_tomorrow() -> None:
    assert published("2017", date(2017, 6, 1)) == When.parse("2017")
    with pytest.raises(ValueError, match="future"):
        published("2018-01-01", date(2017, 6, 1))
