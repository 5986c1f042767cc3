import pytest
from tests.reports.samples import DISMISSED, MOVED, archive, page, read

from satrap.errors import ReportError
from satrap.reports import Metadata, Original, Report, load

PAGE = page(DISMISSED, MOVED)


@pytest.mark.parametrize("gzip", [True, False])
def test_pages_are_read_and_all_else_is_passed_over(gzip: bool) -> None:
    data = archive(
        ("https://example.org/a", "200 OK", "text/html; charset=utf-8", PAGE),
        ("https://example.org/missing", "404 Not Found", "text/html", PAGE),
        ("https://example.org/a.png", "200 OK", "image/png", b"PNG"),
        ("https://example.org/b", "200 OK", "application/xhtml+xml", page(MOVED, DISMISSED)),
        gzip=gzip,
    )
    a, b = read(data, "warc")
    assert (a.url, a.provenance["url"]) == ("https://example.org/a", "archive")
    assert b.text.endswith(DISMISSED)
    assert a.published is None, "when it was archived is not when it was published"


def test_an_archive_cut_short_gives_what_it_holds_and_says_so() -> None:
    data = archive(*[(f"https://example.org/{n}", "200 OK", "text/html", PAGE) for n in range(3)])
    *read_, error = load([Original.of(data[:-40], "a.warc.gz")], Metadata())
    assert read_
    assert isinstance(read_[0], Report)
    assert isinstance(error, ReportError)


def test_a_page_without_text_is_named_by_its_address() -> None:
    data = archive(("https://example.org/menu", "200 OK", "text/html", b"<html><body></body></html>"))
    [error] = load([Original.of(data, "a.warc")], Metadata(), form="warc")
    assert "a.warc: https://example.org/menu" in str(error)
