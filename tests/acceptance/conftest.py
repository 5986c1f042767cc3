"""Reads a coded report and scores the reader on it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from benchmarks.scoring import Scorer

from satrap.claims import When
from satrap.claims.gold import read_gold
from satrap.claims.matching import Score
from satrap.country import load_pack
from satrap.reading import RuleReader
from satrap.reports import Report

ScoreReport = Callable[[str, Path, Path, str, str], Score]


@pytest.fixture(scope="session")
def score() -> ScoreReport:
    def run(country: str, text: Path, claims: Path, publisher: str, published: str) -> Score:
        pack = load_pack(country)
        report = Report(
            text=text.read_text(encoding="utf-8"), publisher=publisher, published=When.parse(published)
        )
        with claims.open(encoding="utf-8") as lines:
            gold = list(read_gold(lines, claims.name))
        return Scorer(pack, RuleReader(pack)).score(report, gold)

    return run
