"""Questions as values."""

from datetime import date

from tests.forecast.told import kp

from satrap.forecast import parse
from satrap.forecast.questions import from_dict, to_dict

SENTENCE = "inspection of MSS by 2017-06-30"


def test_the_same_question_has_the_same_id_and_another_day_of_asking_another() -> None:
    first = parse(SENTENCE, kp(), date(2016, 12, 1))
    assert first.id == parse("next inspection of MSS by 2017-06-30", kp(), date(2016, 12, 1)).id
    assert first.id != parse(SENTENCE, kp(), date(2016, 12, 2)).id


def test_a_question_comes_back_from_plain_values() -> None:
    question = parse(
        "most authority gained from 2017-01-01 to 2017-06-01 among MSS, MPS", kp(), date(2016, 12, 1)
    )
    assert from_dict(to_dict(question)) == question
