"""The sentences worked through in docs/explanation/reading.md are read as the page says."""

import re
from pathlib import Path

import pytest

from satrap.claims import When
from satrap.country import load_pack
from satrap.reading import RuleReader
from satrap.reading.explaining import explain
from satrap.reports import Report

PAGE = (Path(__file__).parents[2] / "docs" / "explanation" / "reading.md").read_text(encoding="utf-8")
_WORKED = re.compile(r"### (.+)\n\n((?:> .+\n)+)((?:.*\n)*?)(?=##)")
WORKED = {
    title: (text.replace("> ", "").replace("\n", " ").strip(), body)
    for title, text, body in _WORKED.findall(PAGE)
}


def explained(sentence: str, country: str) -> str:
    report = Report(text=sentence, publisher="Daily NK", published=When.parse("2017-02-10"))
    return "\n".join(map(str, explain(report, RuleReader(load_pack(country), tagger=None))))


def test_three_sentences_are_worked_through() -> None:
    assert len(WORKED) == 3


@pytest.mark.parametrize("title", WORKED)
def test_what_the_page_shows_is_what_is_printed(title: str) -> None:
    sentence, body = WORKED[title]
    said = explained(sentence, "by" if "Gomel" in sentence else "kp")
    shown = [line.strip() for line in body.splitlines() if line.startswith("      ") and "…" not in line]
    assert [line for line in shown if line not in said] == []
    named = set(re.findall(r"`([a-z]+\.[a-z-]+)`", body))
    assert named
    assert [rule for rule in sorted(named) if f"{rule} " not in said] == []
