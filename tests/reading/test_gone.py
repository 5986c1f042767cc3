import pytest

from satrap.claims import SourceKind
from satrap.country import Pack
from satrap.reading import RuleReader
from satrap.reports import Report


@pytest.fixture(scope="module")
def anywhere(nowhere: Pack) -> RuleReader:
    return RuleReader(nowhere)


def voice(reader: RuleReader, who: str) -> SourceKind:
    report = Report(text=f"According to {who}, the minister was dismissed.", publisher="Daily Bulletin")
    return next(claim for claim in reader.read(report)).said_by[-1].kind


@pytest.mark.parametrize(
    "who",
    [
        "a clerk who reached Nairobi in May",
        "a woman who was held there before she came to Warsaw",
        "a cousin living in Istanbul",
        "a teacher from the capital, now in Vilnius",
        "a former guard",
        "a former investigator now in exile",
    ],
)
def test_whoever_left_or_served_once_is_a_defector(anywhere: RuleReader, who: str) -> None:
    assert voice(anywhere, who) is SourceKind.DEFECTOR


@pytest.mark.parametrize(
    "who",
    ["a woman whose sister lives in Warsaw", "a clerk who came in May", "a former diplomat", "a teacher"],
)
def test_nobody_else_is(anywhere: RuleReader, who: str) -> None:
    assert voice(anywhere, who) is not SourceKind.DEFECTOR
