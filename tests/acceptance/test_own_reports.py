"""Two invented reports of the founding report's kind, in own words and from two very different states.

They were written before the reader had read them and coded by the codebook with its output at hand; it has
been mended on what they showed since. Their figures are a floor that must hold, not an estimate for unseen
text.
"""

from pathlib import Path

import pytest
from tests.acceptance.conftest import ScoreReport

HERE = Path(__file__).parent
REPORTS = [
    ("by", "by-control-committee", "Vilnius Monitor", "2021-10-12"),
    ("kp", "kp-prosecutors", "Tumen Post", "2019-05-20"),
]


@pytest.mark.parametrize(("country", "name", "publisher", "published"), REPORTS)
def test_the_reader_reads_a_report_of_the_founding_kind(
    score: ScoreReport, country: str, name: str, publisher: str, published: str
) -> None:
    result = score(country, HERE / f"{name}.txt", HERE / f"{name}.claims.jsonl", publisher, published)
    missed = [f"{one.id} {one.kind}: {one.quote}" for one in result.misses]
    wrong = [f"{one.kind}: {one.quote.exact} {one.reading.rules}" for one in result.false]
    assert result.f1 >= 0.70, (missed, wrong)
    assert len(result.false) <= 4, wrong
    assert result.voice_beyond_publisher >= 0.85
