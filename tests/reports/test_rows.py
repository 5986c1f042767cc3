"""JSONL and CSV: one report a row."""

import json

import pytest
from tests.reports.samples import read, refused

from satrap.claims import When
from satrap.errors import ReportError
from satrap.reports import Metadata, Original, Report, load

DAILY_NK = Metadata(publisher="Daily NK", published=When.parse("2017-06-15"))


def test_a_row_goes_before_what_is_given_and_the_rest_is_as_given() -> None:
    row = {"text": "He fell.", "publisher": "RFA", "published": "2017-01", "id": "F1", "language": "en-GB"}
    [jsonl] = read(json.dumps(row).encode(), "jsonl", DAILY_NK)
    assert (jsonl.publisher, jsonl.origin, jsonl.language) == ("RFA", "F1", "en")
    assert jsonl.published == When.parse("2017-01")
    [csv] = read(b"text,publisher\nHe fell.,\n", "csv", DAILY_NK)
    assert (csv.publisher, csv.origin) == ("Daily NK", "a.csv:2")
    assert csv.provenance["publisher"] == "given"


def test_columns_are_read_under_the_names_they_have() -> None:
    mapped = Metadata(columns={"text": "body", "published": "date"})
    [csv] = read(b'date;body\n2017-06-15T01:00:00+09:00;"He fell;\nthat is all."\n', "csv", mapped)
    assert csv.text == "He fell;\nthat is all."
    assert csv.published == When.parse("2017-06-15")
    [jsonl] = read(b'{"body": "He fell.", "date": 2017, "text": ["not", "this"]}', "jsonl", mapped)
    assert (jsonl.text, jsonl.published) == ("He fell.", When.parse("2017"))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_that_of_the_header(delimiter: str) -> None:
    table = f"text{delimiter}title\nHe fell.{delimiter}Fall\n"
    [report] = read(table.encode(), "csv")
    assert (report.text, report.title) == ("He fell.", "Fall")


def test_one_bad_line_is_listed_and_the_others_are_read() -> None:
    lines = (
        b'{"text": "One."}\n{"txt": "Two."}\nnot json\n\n{"text": "Three.", "published": "soon"}\n{"text": 4}'
    )
    found = list(load([Original.of(lines, "a.jsonl")], DAILY_NK))
    assert [isinstance(one, Report) for one in found] == [True, False, False, False, True]
    assert [str(one).split(":")[1] for one in found[1:4]] == ["2", "3", "5"], "errors name the line"


def test_a_row_that_is_not_utf_8_costs_only_itself() -> None:
    table = b"text\nOne.\n" + "보위부".encode("cp949") + b"\nThree.\n"
    one, bad, three = load([Original.of(table, "a.csv")], DAILY_NK)
    assert isinstance(one, Report)
    assert isinstance(bad, ReportError)
    assert "row 3" in str(bad)
    assert isinstance(three, Report)


def test_a_long_report_fits_in_a_cell() -> None:
    [report] = read(b"text\n" + b"He fell. " * 50_000 + b"\n", "csv")
    assert len(report.text) > 400_000


def test_a_table_without_a_text_column_lists_those_it_has() -> None:
    assert "headline, body" in refused(b"headline,body\na,b\n", "csv")
