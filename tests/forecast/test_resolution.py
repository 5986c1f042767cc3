"""What settles a question, and what does not."""

from datetime import date

import pytest
from msgspec import structs
from tests.forecast.told import known, kp, told, weekly

from satrap.claims import Certainty, Direction, Horizon, Polarity, RecordedClaim
from satrap.forecast import Outcome, State, parse, resolve

ASKED = date(2016, 12, 1)
INSPECTED = "inspection of MSS by 2017-06-30"


def settled(text: str, *claims: RecordedClaim, on: str = "2018-06-30") -> Outcome:
    return resolve(parse(text, kp(), ASKED), known(*claims, on=on))


def test_a_dated_claim_within_the_days_is_a_yes() -> None:
    claim = told("inspection", "2017-02-03", "2017-01", by="WPK_OGD", of="MSS")
    outcome = settled(INSPECTED, claim)
    assert (outcome.state, outcome.answer, outcome.claims) == (State.ANSWERED, "yes", (claim.id,))


def test_it_is_a_yes_before_its_last_day() -> None:
    claim = told("inspection", "2017-02-03", "2017-01", of="MSS")
    assert settled(INSPECTED, claim, on="2017-03-01").answer == "yes"


def test_nothing_told_before_the_last_day_is_pending() -> None:
    assert settled(INSPECTED, on="2017-03-01").state is State.PENDING


def test_what_happened_before_asking_is_no_yes_though_told_after() -> None:
    claim = told("inspection", "2017-02-03", "2016-10", of="MSS")
    assert settled(INSPECTED, claim).answer != "yes"


def test_silence_where_nothing_is_heard_from_is_no_answer() -> None:
    outcome = settled("inspection of MSS in KP-04 by 2017-06-30", *weekly("2016-01-01", "2018-06-01"))
    assert outcome.state is State.UNRESOLVABLE
    assert outcome.detection is not None
    assert outcome.detection < 0.5


def test_silence_where_much_is_heard_is_a_no() -> None:
    outcome = settled(INSPECTED, *weekly("2016-01-01", "2018-06-01"))
    assert outcome.answer == "no"
    assert outcome.detection is not None
    assert outcome.detection >= 0.5


@pytest.mark.parametrize(
    "claim",
    [
        told("inspection", "2017-02-03", "2017-01", of="MSS", certainty=Certainty.POSSIBLE),
        told("inspection", "2018-02-03", "2016/2017", of="MSS"),
    ],
    ids=["told as possible", "dated by two years"],
)
def test_what_only_may_have_happened_is_no_answer(claim: RecordedClaim) -> None:
    assert settled(INSPECTED, claim, *weekly("2016-01-01", "2018-06-01")).state is State.UNRESOLVABLE


def test_what_is_both_told_and_denied_is_no_answer() -> None:
    yes = told("inspection", "2017-02-03", "2017-01", of="MSS")
    no = told("inspection", "2017-03-03", "2017-01", of="MSS", polarity=Polarity.DENIED)
    assert settled(INSPECTED, yes, no).state is State.UNRESOLVABLE


def test_that_there_is_less_of_it_is_no_yes() -> None:
    less = told("extortion", "2017-02-03", "2017-01", by="MSS")
    less = structs.replace(less, claim=less.claim.clone(direction=Direction.DOWN))
    assert settled("extortion by MSS by 2017-06-30", less).answer != "yes"


def test_a_forecast_is_no_event() -> None:
    claim = told("inspection", "2017-02-03", "2017-01", of="MSS", horizon=Horizon.FUTURE)
    assert settled(INSPECTED, claim, *weekly("2016-01-01", "2018-06-01")).answer == "no"


def test_who_held_the_post_may_be_named_alone() -> None:
    claim = told("dismissal", "2017-02-03", "2017-01", person="kim-won-hong")
    assert settled("head of MSS dismissed by 2017-06-30", claim).answer == "yes"


def test_another_post_is_another_matter() -> None:
    claim = told("dismissal", "2017-02-03", "2017-01", person="choe-pu-il", post="MPS_MINISTER")
    assert settled("head of MSS dismissed by 2017-06-30", claim).answer != "yes"


def test_who_returns_is_who_left() -> None:
    asked = parse("head of MSS returns by 2018-01-01", kp(), date(2017, 6, 15))
    back = told("appointment", "2017-10-07", "2017-10", person="kim-won-hong", post="GPB_FIRST_VICE")
    new = told("appointment", "2017-10-07", "2017-10", person="jong-kyong-thaek", post="MSS_MINISTER")
    assert resolve(asked, known(back, on="2018-06-30")).answer == "yes"
    assert resolve(asked, known(new, on="2018-06-30")).answer != "yes"


def test_a_death_that_an_appearance_refutes_was_none() -> None:
    death = told("execution", "2017-02-10", "2017-02-01", person="ri-yong-gil")
    seen = told("appearance", "2017-05-10", "2017-05-10", person="ri-yong-gil")
    assert settled("ri-yong-gil executed by 2017-06-30", death, seen).answer != "yes"


COUNTED = "claims of extortion about MSS from 2017-01-01 to 2017-03-31 at least 2"


def test_a_story_counts_once_however_often_it_is_printed() -> None:
    first = told("extortion", "2017-01-10", by="MSS", horizon=Horizon.PRESENT, story="one")
    again = told("extortion", "2017-01-12", by="MSS", horizon=Horizon.PRESENT, story="one")
    other = told("extortion", "2017-02-12", by="MSS", horizon=Horizon.PRESENT, places=("KP-09",))
    assert settled(COUNTED, first, again).number == 1
    outcome = settled(COUNTED, first, again, other)
    assert (outcome.answer, outcome.number) == ("yes", 2)


def test_a_story_first_told_before_the_days_does_not_count() -> None:
    first = told("extortion", "2016-12-10", by="MSS", story="one")
    again = told("extortion", "2017-01-12", by="MSS", story="one")
    assert settled(COUNTED, first, again).number == 0


def test_few_reports_are_an_answer_and_none_at_all_is_not() -> None:
    assert settled(COUNTED, told("order", "2017-02-01", by="LEADER")).answer == "no"
    assert settled(COUNTED, told("order", "2016-02-01", by="LEADER")).state is State.UNRESOLVABLE


def test_authority_that_the_estimate_leaves_open_is_no_answer() -> None:
    text = "authority of MSS in KP-09 lower on 2017-06-01 than on 2016-12-01"
    outcome = settled(text, told("order", "2017-02-01", by="LEADER"), on="2018-06-30")
    assert outcome.state is State.UNRESOLVABLE
