"""The brief as Markdown: it says what the page says, and hostile text stays text."""

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from satrap.publish import Brief, markdown, write_brief
from satrap.publish.markdown import text
from satrap.publish.words import plain

READER = MarkdownIt("commonmark").enable("table")
VISIBLE = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"], include_characters=" "))


@pytest.fixture(scope="module")
def read(brief: Brief) -> str:
    """What a reader of the Markdown sees, without markup."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", READER.render(markdown(brief)))).split())


def test_every_finding_is_told_with_its_numbers(brief: Brief, read: str) -> None:
    assert brief.findings
    for shown in brief.findings:
        assert plain(shown.finding.headline) in read
        assert plain(shown.finding.numbers) in read


def test_every_claim_cited_is_there_with_its_words(brief: Brief, read: str) -> None:
    assert brief.claims
    for claim in brief.claims:
        assert f"[{claim.number}]" in read
        assert not claim.quote or " ".join(claim.quote.split()) in read


def test_charts_are_there_as_tables(brief: Brief) -> None:
    tables = READER.render(markdown(brief)).count("<table>")
    outlook = brief.outlook
    assert outlook is not None
    assert tables >= len(brief.maps) + len(brief.authority) + len(outlook.figures)


@given(VISIBLE)
@example("<script>alert(1)</script> & [x](javascript:alert(1)) ![](//evil)")
@example("1986. was a *great* year | `code` _under_ ~~gone~~")
@example("- a list\n\n# a heading")
def test_text_means_nothing_but_itself(words: str) -> None:
    rendered = READER.render(f"{text(words)}")
    seen = re.sub(r"^<p>|</p>\n$", "", rendered)
    assert "<" not in seen
    assert unescape(seen) == " ".join(words.split())


def test_a_name_in_md_gives_markdown(brief: Brief, tmp_path: Path) -> None:
    path = write_brief(tmp_path / "brief.md", brief)
    assert path.read_text(encoding="utf-8") == markdown(brief)
