import io
import json
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from satrap.claims import When
from satrap.errors import ReportError, UnknownNameError
from satrap.reports import (
    UNKNOWN,
    Found,
    Metadata,
    Original,
    Report,
    compose,
    forms,
    jsonl,
    load,
    original,
)
from satrap.reports.forms import by_content

DAILY_NK = Metadata(publisher="Daily NK", published=When.parse("2017-06-15"))


def told(publisher: str, origin: str) -> Report:
    return compose("The head was fired.", origin, (Found.GIVEN, Metadata(publisher=publisher)))


def one(path: Path | Original, metadata: Metadata = DAILY_NK) -> Report | ReportError:
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
    assert told("A", "a").hash != told("B", "b").hash
    assert told("A", "a").hash == told("A", "z").hash


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t", "empty"),
        ("binary.txt", b"PK\x03\x04\0\0", "binary"),
        ("korean.txt", "보위부".encode("cp949"), "iconv"),
        ("report.pdf", b"%PDF-1.4", "not a PDF"),
        ("report.docx", b"PK\3\4", "not a Word document"),
        ("report.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word document"),
        ("report.html", b"<html><body></body></html>", "no main text"),
        ("report.xml", b"<a/>", "no RSS or Atom feed"),
        ("report.mbox", b"Dear all", "not a mailbox"),
        ("report.warc", b"Dear all", "no web archive"),
        ("report.csv", b"a,b\n1,2\n", "--map text=COLUMN"),
        ("report.eml", b"Subject: x\n\n \n", "empty"),
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


def test_a_folder_is_read_in_name_order_and_names_what_it_leaves_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", "c.png", "d.rtf"):
        (tmp_path / name).write_text(f"Text of {name}.")
    (tmp_path / "deeper").mkdir()
    (tmp_path / "deeper" / "e.txt").write_text("Text below.")
    a, b, rtf, deeper = load([tmp_path], DAILY_NK)
    assert [r.origin for r in (a, b, deeper) if isinstance(r, Report)] == ["a.md", "b.txt", "e.txt"]
    assert "d.rtf" in str(rtf), "a picture is no report, but this may be one"


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"%PDF-1.7", "pdf"),
        (b"PK\3\4", "docx"),
        (b"\xef\xbb\xbf<!DOCTYPE html><html>", "html"),
        (b'<?xml version="1.0"?><rss version="2.0">', "feed"),
        (b'{"text": "He fell."}', "jsonl"),
        (b"From a@b Thu Jun 15\n", "mbox"),
        (b"Received: from a\nSubject: x\n", "mail"),
        (b"WARC/1.0\r\n", "warc"),
        (b"To: all units. The head fell.", "text"),
        (b"The head fell.", "text"),
    ],
)
def test_a_file_without_a_telling_name_is_told_by_its_first_bytes(data: bytes, form: str) -> None:
    assert by_content(data) == form


def test_standard_input_is_read_once_and_whatever_its_form() -> None:
    report = one(Original.stream("standard input", io.BytesIO(b'{"text": "He fell."}')))
    assert isinstance(report, Report)
    assert report.text == "He fell."
    assert report.origin == "standard input:1"


def test_the_form_can_be_said(tmp_path: Path) -> None:
    path = tmp_path / "export.dat"
    path.write_text("text\nHe fell.\n")
    [report] = load([path], DAILY_NK, form="csv")
    assert isinstance(report, Report)
    assert report.text == "He fell."
    with pytest.raises(UnknownNameError, match="csv"):
        list(load([path], DAILY_NK, form="cvs"))


def test_an_address_is_refused_and_the_batch_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("He fell.")
    refused, read = load(["https://example.org/a", str(path)], DAILY_NK)
    assert "does not go to the network" in str(refused)
    assert isinstance(read, Report)


def test_a_giant_is_refused_but_not_a_giant_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    giant = tmp_path / "giant.txt"
    with giant.open("wb") as file:
        file.truncate(original.LARGEST + 1)
    assert "50 MB" in str(one(giant))
    monkeypatch.setattr(jsonl, "LARGEST", 100)
    table = tmp_path / "table.jsonl"
    table.write_text(
        '{"text": "One."}\n' + json.dumps({"text": "x" * 1000}) + "\n" + '{"text": "Three."}\n' * 9
    )
    found = list(load([table], DAILY_NK))
    assert [isinstance(r, Report) for r in found] == [True, False, *[True] * 9]
    assert "table.jsonl:2" in str(found[1])


def test_reports_are_drawn_one_at_a_time(tmp_path: Path) -> None:
    first = tmp_path / "first.txt"
    first.write_text("He fell.")

    def inputs() -> Iterator[Path]:
        yield first
        raise AssertionError("asked for more than was needed")

    assert isinstance(next(load(inputs(), DAILY_NK)), Report)


def _plugged(original: Original, metadata: Metadata) -> Iterator[Report]:
    yield compose(original.text().upper(), original.name, (Found.GIVEN, metadata))


def _broken(original: Original, metadata: Metadata) -> Iterator[Report]:
    yield compose("Before the fault.", original.name)
    raise KeyError("words of the report")


@pytest.fixture
def plug_ins(monkeypatch: pytest.MonkeyPatch) -> None:
    made = {name: EntryPoint(name, f"{__name__}:{name}", forms.GROUP) for name in ("loud", "broken", "gone")}
    monkeypatch.setattr(EntryPoint, "load", lambda self: {"loud": _plugged, "broken": _broken}[self.name])
    monkeypatch.setattr(forms, "_plug_ins", lambda: made)


def test_a_plug_in_reads_its_suffix_and_its_faults_cost_one_file(plug_ins: None, tmp_path: Path) -> None:
    for name in ("a.loud", "b.broken", "c.gone", "d.txt"):
        (tmp_path / name).write_text("He fell.")
    loud, before, fault, gone, plain = load([tmp_path], DAILY_NK)
    assert isinstance(loud, Report)
    assert loud.text == "HE FELL."
    assert isinstance(before, Report)
    assert "KeyError" in str(fault)
    assert "words of the report" not in str(fault)
    assert "does not load" in str(gone)
    assert isinstance(plain, Report)


@given(data=st.binary(max_size=300), form=st.sampled_from(sorted(forms.BUILT_IN)), known_start=st.booleans())
@settings(max_examples=150, deadline=None)
def test_no_bytes_make_a_parser_raise(data: bytes, form: str, known_start: bool) -> None:
    starts = {
        "pdf": b"%PDF-1.4\n",
        "mbox": b"From a\n",
        "html": b"<html>",
        "feed": b"<rss>",
        "csv": b"text\n",
    }
    data = starts.get(form, b"") + data if known_start else data
    found = list(load([Original.of(data, "some bytes")], DAILY_NK, form=form))
    assert all("parser failed" not in str(one) for one in found if isinstance(one, ReportError))
