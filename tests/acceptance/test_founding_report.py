"""The report that describes the system to be built, read as its worked coding reads it."""

import os
from pathlib import Path

import pytest
from tests.acceptance.conftest import ScoreReport

from satrap.claims.matching import Score

ROOT = Path(__file__).parents[2]
SEED = Path(os.environ.get("SATRAP_SHARED", ROOT.parent / "shared")) / "seed"

pytestmark = pytest.mark.skipif(
    not (SEED / "founding-claims.jsonl").is_file(),
    reason="the founding report is not in the repository; set SATRAP_SHARED to the folder that holds seed/",
)


@pytest.fixture(scope="module")
def result(score: ScoreReport) -> Score:
    return score("kp", SEED / "founding-report.txt", SEED / "founding-claims.jsonl", "Daily NK", "2017-06-15")


def test_its_claims_are_found(result: Score) -> None:
    assert result.f1 >= 0.70, [one.quote for one in result.misses]


def test_few_claims_are_false(result: Score) -> None:
    assert len(result.false) <= 4, [(one.kind, one.quote.exact, one.reading.rules) for one in result.false]


def test_voices_beyond_the_publisher_are_right(result: Score) -> None:
    assert result.voice_beyond_publisher >= 0.85
