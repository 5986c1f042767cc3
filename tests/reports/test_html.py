import pytest
from tests.reports.samples import DISMISSED, MOVED, page, read, refused

from satrap.claims import When
from satrap.reports import UNKNOWN, Metadata
from satrap.reports.html import fragment

DECLARED = """
<meta property="og:site_name" content="Example News"><meta name="author" content="A. Writer">
<meta property="article:published_time" content="2017-06-15T01:00:00+09:00">
<link rel="canonical" href="https://example.org/dismissed">
"""
LINKED = """<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Fallen",
"datePublished": "2017-06-15", "author": [{"name": "A. Writer"}, {"name": "B. Writer"}],
"publisher": {"@type": "Organization", "name": "Example News"}}]}</script>"""


def test_the_article_is_kept_and_what_stands_round_it_is_not() -> None:
    [report] = read(page(DISMISSED, MOVED), "html")
    assert report.text == f"Head of ministry dismissed\n\n{DISMISSED}\n\n{MOVED}"


def test_a_paragraph_that_comes_twice_is_kept_twice() -> None:
    [report] = read(page(DISMISSED, MOVED, DISMISSED), "html")
    assert report.text.count(DISMISSED) == 2


def test_what_the_page_declares_is_marked_as_such() -> None:
    [report] = read(page(DISMISSED, MOVED, head=DECLARED), "html")
    assert (report.publisher, report.author, report.url) == (
        "Example News",
        "A. Writer",
        "https://example.org/dismissed",
    )
    assert report.published == When.parse("2017-06-15"), "the day on the publisher's clock, not in UTC"
    assert {report.provenance[field] for field in ("publisher", "author", "url", "published")} == {"page"}
    assert (report.language, report.provenance["language"]) == ("en", "text")


def test_structured_data_are_read_as_well() -> None:
    [report] = read(page(DISMISSED, MOVED, head=LINKED), "html")
    assert (report.publisher, report.title, report.author) == (
        "Example News",
        "Fallen",
        "A. Writer, B. Writer",
    )
    assert report.published == When.parse("2017-06-15")


def test_a_date_in_a_footer_is_no_publication_date() -> None:
    [report] = read(page(DISMISSED, MOVED), "html")
    assert (report.published, report.publisher) == (None, UNKNOWN)
    assert report.provenance["title"] == "guessed"
    assert "published" not in report.provenance


def test_what_the_analyst_says_goes_before_what_the_page_says() -> None:
    given = Metadata(publisher="Daily NK", published=When.parse("2017"))
    [report] = read(page(DISMISSED, MOVED, head=DECLARED), "html", given)
    assert (report.publisher, report.published) == ("Daily NK", When.parse("2017"))
    assert report.provenance["publisher"] == "given"
    assert report.author == "A. Writer"


@pytest.mark.parametrize("charset", ["cp949", "utf-8"])
def test_a_page_is_decoded_as_it_declares(charset: str) -> None:
    korean = "국가보위상 김원홍이 지난 1월 해임되었다고 황해남도 소식통이 전했다."
    data = (
        page(korean, korean).decode().replace("<head>", f'<head><meta charset="{charset}">').encode(charset)
    )
    [report] = read(data, "html")
    assert korean in report.text
    assert report.language == "ko", "the template says English; the words do not"


def test_a_page_without_text_is_refused() -> None:
    assert "no main text" in refused(b"<html><body><script>x()</script></body></html>", "html")


def test_a_fragment_keeps_every_word_shown() -> None:
    markup = "<p>He <b>fell</b>.<br>So it is.</p><p style='display: none'>Hidden.</p><script>x</script>Tail"
    assert fragment(markup) == "He fell.\n\nSo it is.\n\nTail"
    assert fragment("  ") == ""
    assert fragment("plain & simple") == "plain & simple"
    assert fragment("<p>He&#1; fell.</p>") == "He fell."
