"""Reads a coded report and scores the reader on it, names compared as the country pack understands them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from satrap.claims import Argument, When
from satrap.claims.gold import read_gold
from satrap.claims.matching import Comparison, Score, match, same_words
from satrap.country import Gazetteer, load_pack
from satrap.reading import RuleReader
from satrap.reading.layout import lay_out
from satrap.reports import Report

Scorer = Callable[[str, Path, Path, str, str], Score]


@pytest.fixture(scope="session")
def score() -> Scorer:
    def run(country: str, text: Path, claims: Path, publisher: str, published: str) -> Score:
        pack = load_pack(country)
        gazetteer = Gazetteer(pack)

        def named(name: str) -> set[str]:
            return {one.entity for one in gazetteer.find(name) if len(one.text) >= len(name) - len("the ")}

        def same_name(read: Argument, gold: str) -> bool:
            return same_words(read, gold) or (read.id is not None and read.id in named(gold))

        report = Report(
            text=text.read_text(encoding="utf-8"), publisher=publisher, published=When.parse(published)
        )
        with claims.open(encoding="utf-8") as lines:
            gold = list(read_gold(lines, claims.name))
        spans = [(one.start, one.end) for one in lay_out(report.text).sentences]
        how = Comparison(spans, same_name, lambda gold_place, read: read in named(gold_place))
        return match(RuleReader(pack).read(report), gold, how)

    return run
