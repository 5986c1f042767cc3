"""Forecasts in the brief: what is open, how the others came out, and the record."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from msgspec import structs
from tests.publish.test_pdf import read

from satrap.country import load_pack
from satrap.forecast import Forecast, Outcome, State, parse
from satrap.forecast.registered import Asked, Registered, Sealed, Settled
from satrap.publish import Brief, render
from satrap.publish.expected import expected
from satrap.publish.markdown import markdown
from satrap.publish.pdf import pdf

ASKED = date(2016, 12, 1)
KP = load_pack("kp")


def asked(
    text: str,
    yes: float,
    answer: str | None = None,
    *,
    sealed_on: str = "2016-12-01",
    state: State | None = None,
) -> Asked:
    question = parse(text, KP, ASKED)
    forecast = Forecast(
        question=question.id,
        forecaster="hazards",
        version="1",
        options=("yes", "no"),
        probabilities=(yes, 1 - yes),
    )
    said = Registered(
        question=question,
        text=question.text,
        forecast=forecast,
        day=ASKED,
        known_at="2016-12-01T00:00:00+00:00",
        root="ab" * 32,
        claims="cd" * 16,
        version="0",
    )
    seal = Sealed(seq=7, at=f"{sealed_on}T12:00:00.000000+00:00", author="me", hash="ef" * 32, said=said)
    if answer is None and state is None:
        return Asked(question, (seal,), None)
    outcome = Outcome(
        question=question.id, state=state or State.ANSWERED, reason="told by 3 stories", answer=answer
    )
    return Asked(question, (seal,), Settled(outcome=outcome, day=date(2018, 1, 1), claims="cd" * 16))


INSPECTED = asked("inspection of MSS by 2017-06-30", 0.34)
FELL = asked("head of MSS dismissed by 2017-06-30", 0.2, "yes")


def test_an_open_question_stands_with_its_probability_and_its_seal() -> None:
    found = expected([INSPECTED], date(2017, 6, 15))
    assert found is not None
    assert found.open is not None
    assert found.open.rows == (
        ("inspection of MSS by 2017-06-30", "30 June 2017", "hazards: yes 34%", "efefefefefef"),
    )
    assert (found.settled, found.record) == (None, None)


def test_a_settled_one_with_what_came_and_the_record() -> None:
    found = expected([INSPECTED, FELL], date(2017, 6, 15))
    assert found is not None
    assert found.settled is not None
    assert found.settled.rows[0][1:3] == ("yes", "told by 3 stories")
    assert found.record is not None
    assert found.record.rows == (("hazards", "1", "0.64", "1.61"),)


def test_hindsight_is_marked_and_no_part_of_the_record() -> None:
    late = asked("head of MSS dismissed by 2017-06-30", 0.9, "yes", sealed_on="2017-03-01")
    found = expected([late], date(2017, 6, 15))
    assert found is not None
    assert found.settled is not None
    assert found.settled.rows[0][3] == "hazards: yes 90% (in hindsight)"
    assert found.record is None


def test_what_cannot_be_told_is_shown_and_not_scored() -> None:
    untold = asked("inspection of MSS in KP-04 by 2017-06-30", 0.3, state=State.UNRESOLVABLE)
    found = expected([untold], date(2017, 6, 15))
    assert found is not None
    assert found.settled is not None
    assert found.settled.rows[0][1] == "cannot be told"
    assert found.record is None


def test_a_question_asked_after_the_day_of_the_brief_is_not_in_it() -> None:
    assert expected([INSPECTED], date(2016, 11, 1)) is None


@pytest.mark.parametrize(
    "form", [render, markdown, lambda brief: read(pdf(brief))], ids=["html", "md", "pdf"]
)
def test_every_form_of_the_brief_has_it(brief: Brief, form: Callable[[Brief], str]) -> None:
    written = form(replace(brief, expected=expected([INSPECTED, FELL], date(2017, 6, 15))))
    assert "efefefefefef" in written
    title = "Whatisexpected"  # words of a PDF are read without what is between them
    assert title in written.replace(" ", "")
    assert title not in form(brief).replace(" ", "")


def test_what_a_person_wrote_in_settling_stays_inside() -> None:
    assert FELL.settled is not None
    by_hand = replace(FELL, settled=structs.replace(FELL.settled, note="he told me so himself"))
    found = expected([by_hand], date(2017, 6, 15))
    assert found is not None
    assert found.settled is not None
    assert found.settled.rows[0][2] == "settled by hand"
