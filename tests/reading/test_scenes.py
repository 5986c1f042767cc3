import pytest

from satrap.claims import When
from satrap.country import Pack
from satrap.reading import RuleReader
from satrap.reports import Report

PUBLISHED = When.parse("2017-06-15")


@pytest.fixture(scope="module")
def anywhere(nowhere: Pack) -> RuleReader:
    return RuleReader(nowhere)


def times(reader: RuleReader, text: str) -> dict[str, str | None]:
    claims = reader.read(Report(text=text, publisher="Daily Bulletin", published=PUBLISHED))
    return {claim.kind: claim.when.edtf if claim.when else None for claim in claims}


def test_what_is_done_at_a_session_is_of_its_day(anywhere: RuleReader) -> None:
    text = "A session of the council was held on 12 June. The minister was dismissed at the session."
    assert times(anywhere, text)["dismissal"] == "2017-06-12"


def test_what_has_been_done_since_is_not(anywhere: RuleReader) -> None:
    text = "A session of the council was held on 12 June. Since the session the minister has been dismissed."
    assert times(anywhere, text)["dismissal"] is None


def test_another_session_has_another_day(anywhere: RuleReader) -> None:
    text = "A session of the council was held on 12 June. The minister was dismissed at an earlier session."
    assert times(anywhere, text)["dismissal"] is None
