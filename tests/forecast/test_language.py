"""Sentences become questions, and questions sentences."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.forecast.told import kp

from satrap.claims import kinds
from satrap.errors import ForecastError
from satrap.forecast import AnyQuestion, Count, Event, Fate, Gain, Level, load, parse
from satrap.forecast.questions import FATES

ASKED = date(2016, 12, 1)


def ask(text: str) -> AnyQuestion:
    return parse(text, kp(), ASKED)


def test_what_becomes_of_whoever_leads_an_institution() -> None:
    question = ask("head of MSS dismissed by 2017-06-30")
    assert isinstance(question, Fate)
    assert (question.post, question.fate, question.closes) == ("MSS_MINISTER", "dismissed", date(2017, 6, 30))


def test_a_person_by_name() -> None:
    assert ask("Kim Won Hong returns by 2018-01-01") == ask("kim-won-hong returns by 2018-01-01")


def test_what_happens_to_whom_where() -> None:
    question = ask("inspection by WPK_OGD of state security in North Hamgyong by 2017-06-30")
    assert isinstance(question, Event)
    assert (question.actor, question.target, question.place) == ("WPK_OGD", "MSS", "KP-09")


def test_months_count_from_the_day_of_asking() -> None:
    assert ask("next inspection of MSS within 12 months").closes == date(2017, 12, 1)


def test_a_family_of_kinds_stands_for_all_of_them() -> None:
    question = ask("conduct by MSS within 6 months")
    assert isinstance(question, Event)
    assert question.kinds == tuple(kind for kind, one in kinds().items() if one.family == "conduct")


def test_underscores_and_spaces_are_alike_in_names() -> None:
    text = "claims of extortion about {} from 2017-01-01 to 2017-03-31 at least 3"
    assert ask(text.format("party_committees")) == ask(text.format("party committees"))


def test_the_whole_state_is_no_place() -> None:
    question = ask("most authority gained from 2016-12-01 to 2017-06-01 in KP among MSS, police")
    assert isinstance(question, Gain)
    assert (question.place, question.options) == (None, ("MSS", "MPS"))


@pytest.mark.parametrize(
    ("text", "column", "words"),
    [
        ("head of MSX dismissed by 2017-06-30", 9, "did you mean MSS or MSC or MPS"),
        ("head of MSS dismised by 2017-06-30", 13, "did you mean dismissed"),
        ("extorsion by MSS by 2017-06-30", 1, "did you mean extortion"),
        ("inspection of MSS", 18, 'expected "by" or "within", found the end'),
        ("head of MSS dismissed by 2016-06-30", 26, "a day after 2016-12-01"),
        ("head of MSS dismissed by 2017-06-31", 26, "a day such as"),
        ("inspection of MSS by 2017-06-30 perhaps", 33, "the end of the question"),
        ("authority of LEADER lower on 2017-06-01 than on 2016-12-01", 14, "with a share of authority"),
        ("most authority gained from 2016-12-01 to 2017-06-01 among MSS", 62, "and institutions"),
        ("claims of extortion from 2017-01-01 to 2017-03-31 at least none", 60, "a whole number"),
    ],
)
def test_a_fault_is_named_with_its_column_and_what_was_expected(text: str, column: int, words: str) -> None:
    with pytest.raises(ForecastError, match=f"line 1, column {column}: expected") as found:
        ask(text)
    assert words in str(found.value)


days = st.dates(date(2017, 1, 1), date(2021, 12, 31))
shares = st.sampled_from(kp().authority)
places = st.none() | st.sampled_from([one.id for one in kp().provinces])
events = [kind for kind in kinds() if kind != "authority"]
some_events = st.lists(st.sampled_from(events), min_size=1, max_size=3, unique=True).map(tuple)
some_kinds = st.lists(st.sampled_from(list(kinds())), min_size=1, max_size=3, unique=True).map(tuple)
anybody = st.none() | st.sampled_from(list(kp().institutions))
questions = st.one_of(
    st.builds(
        Event, asked=st.just(ASKED), kinds=some_events, by=days, actor=anybody, target=anybody, place=places
    ),
    st.builds(
        Count,
        asked=st.just(ASKED),
        kinds=some_kinds,
        first=st.just(ASKED),
        last=days,
        least=st.integers(1, 99),
        about=anybody,
        place=places,
    ),
    st.builds(
        Level,
        asked=st.just(ASKED),
        institution=shares,
        way=st.sampled_from(["lower", "higher"]),
        on=days,
        than=st.just(ASKED),
        place=places,
    ),
    st.builds(
        Fate,
        asked=st.just(ASKED),
        fate=st.sampled_from(list(FATES)),
        by=days,
        person=st.sampled_from(list(kp().people)),
    ),
    st.builds(
        Gain,
        asked=st.just(ASKED),
        first=st.just(ASKED),
        last=days,
        among=st.lists(shares, min_size=2, unique=True).map(tuple),
        place=places,
    ),
)


@given(questions)
def test_every_question_reads_its_own_sentence_back(question: AnyQuestion) -> None:
    assert parse(question.text, kp(), question.asked) == question


def test_a_list_of_questions_with_their_days(tmp_path: Path) -> None:
    path = tmp_path / "questions.yaml"
    path.write_text(
        "- inspection of MSS within 6 months\n"
        "- ask: head of MSS dismissed by 2018-01-01\n"
        "  asked: 2017-06-15\n"
    )
    first, second = load(path, kp(), ASKED)
    assert (first.asked, second.asked) == (ASKED, date(2017, 6, 15))


def test_a_fault_in_a_list_is_found_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "questions.yaml"
    path.write_text("- inspection of MSS within 6 months\n- inspection of MSZ within 6 months\n")
    with pytest.raises(ForecastError, match=r"questions\.yaml: line 2, column 15"):
        load(path, kp(), ASKED)


def test_a_question_without_a_day_of_asking_is_none(tmp_path: Path) -> None:
    path = tmp_path / "questions.yaml"
    path.write_text("- inspection of MSS within 6 months\n")
    with pytest.raises(ForecastError, match="asked on no day"):
        load(path, kp())
