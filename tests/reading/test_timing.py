import pytest

from satrap.claims import When
from satrap.country import Pack
from satrap.reading import RuleReader
from satrap.reports import Report

PUBLISHED = When.parse("2017-06-15")


@pytest.fixture(scope="module")
def anywhere(nowhere: Pack) -> RuleReader:
    return RuleReader(nowhere, tagger=None)


def times(reader: RuleReader, text: str) -> dict[str, str | None]:
    claims = reader.read(Report(text=text, publisher="Daily Bulletin", published=PUBLISHED))
    return {claim.kind: claim.when.edtf if claim.when else None for claim in claims}


def test_a_claim_has_the_time_of_its_predicate(anywhere: RuleReader) -> None:
    assert times(anywhere, "The minister was arrested on Tuesday.") == {"arrest": "2017-06-13"}


@pytest.mark.parametrize(
    "text",
    [
        "The minister was arrested, a source said on Tuesday.",
        "The minister was arrested, according to a statement of Tuesday.",
        "HAVANA, June 14 (Agency) - The minister was arrested.",
    ],
)
def test_the_day_of_the_telling_is_no_time_of_the_claim(text: str, anywhere: RuleReader) -> None:
    assert times(anywhere, text) == {"arrest": None}


def test_what_is_carried_out_is_not_told(anywhere: RuleReader) -> None:
    text = "The committee carried out the removal of the minister in January."
    assert times(anywhere, text)["dismissal"] == "2017-01"


def test_an_event_told_to_follow_another_does_not_take_its_time(anywhere: RuleReader) -> None:
    text = "The minister was arrested after the committee was abolished in May."
    assert times(anywhere, text)["arrest"] is None


def test_what_is_told_since_a_time_holds_from_it_on(anywhere: RuleReader) -> None:
    assert times(anywhere, "Police have beaten residents since May.") == {"violence": "2017-05/.."}


def test_a_time_that_opens_a_sentence_holds_for_its_joined_clauses(anywhere: RuleReader) -> None:
    text = "On 15 February the minister was arrested, and his deputy was executed."
    assert times(anywhere, text) == {"arrest": "2017-02-15", "execution": "2017-02-15"}


def test_what_happened_when_a_time_was_has_that_time(anywhere: RuleReader) -> None:
    text = "The campaign began on 29 April, when the minister was arrested."
    assert times(anywhere, text)["arrest"] == "2017-04-29"


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("The minister has not been seen since a funeral on 19 March.", "2017-03-19/.."),
        ("Since the governor arrived in May, the minister has been in custody.", "2017-05/.."),
        ("The minister was freed in 2014 and is in custody.", None),
        ("Named to the council in May, the minister was arrested.", None),
        ("The minister will be arrested before the elections of next February.", "2017-06-15/2018-02"),
        ("The minister is to be arrested by the end of the year.", "2017-06-15/2017-12-31"),
        ("The session closed on Friday: the minister was arrested.", "2017-06-09"),
        ("The minister was arrested, and the deputy has not come home since the 8th.", None),
    ],
)
def test_a_time_is_that_of_the_clause_it_is_told_in(
    text: str, time: str | None, anywhere: RuleReader
) -> None:
    found = times(anywhere, text)
    assert found.get("arrest", found.get("appearance")) == time


def test_an_event_told_by_a_noun_has_the_time_of_its_relative_clause(anywhere: RuleReader) -> None:
    text = "The arrest of the minister that the president ordered in January angered traders."
    assert times(anywhere, text)["arrest"] == "2017-01"


def test_verbs_joined_under_one_subject_share_a_time(anywhere: RuleReader) -> None:
    text = "The president on Monday dismissed the minister and promoted the deputy minister."
    assert times(anywhere, text) == {"dismissal": "2017-06-12", "promotion": "2017-06-12"}


def test_a_deadline_is_that_of_what_is_ordered(anywhere: RuleReader) -> None:
    text = "Officers were ordered to search the market by 20 June."
    assert times(anywhere, text)["order"] is None


def test_a_first_time_since_does_not_date(anywhere: RuleReader) -> None:
    text = "The minister appeared in public for the first time since 3 May."
    assert set(times(anywhere, text).values()) == {None}
