"""The brief as PDF: it says what the page says, in Korean too, and hostile text stays text."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from satrap.country.names import Name
from satrap.errors import PublishError
from satrap.publish import Brief, pdf, write_brief
from satrap.publish.words import plain


def read(document: bytes) -> str:
    """The words on its pages, without line breaks, hyphens or ligatures."""
    pages = pypdfium2.PdfDocument(document)
    text = " ".join(pages[at].get_textpage().get_text_range() for at in range(len(pages)))
    return "".join(text.replace("\ufb01", "fi").replace("\ufb02", "fl").replace("\ufffe", "").split())


def test_findings_are_told_with_their_numbers_and_every_claim_with_its_words(brief: Brief) -> None:
    words = read(pdf(brief))
    for shown in brief.findings:
        assert "".join(plain(shown.finding.sentence).split()) in words
    for claim in brief.claims:
        assert f"[{claim.number}]" in words


def test_korean_names_are_printed(brief: Brief) -> None:
    assert "조선민주주의인민공화국" in read(pdf(brief))
    assert "국가보위성" in read(pdf(brief))


def test_the_same_brief_makes_the_same_bytes(brief: Brief) -> None:
    assert pdf(brief) == pdf(brief)


@pytest.mark.parametrize(
    "attack", ['#read("/etc/passwd")', "$ x $ *bold* @label <label> \\ // /*", "<svg onload=x>"]
)
def test_markup_in_what_was_written_is_shown_and_not_run(brief: Brief, attack: str) -> None:
    hostile = replace(brief, title=attack, subject=Name(attack), mapping=attack)
    assert "".join(attack.split()) in read(pdf(hostile))


def test_the_name_of_the_file_says_which_form(brief: Brief, tmp_path: Path) -> None:
    assert write_brief(tmp_path / "brief.PDF", brief).read_bytes().startswith(b"%PDF-")
    with pytest.raises(PublishError, match=r"let its name end in \.html or \.md or \.pdf"):
        write_brief(tmp_path / "brief.docx", brief)
