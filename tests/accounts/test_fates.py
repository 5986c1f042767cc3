"""What a later appearance settles, and what it leaves open."""

from tests.publish.builders import KP, Told, split, told

from satrap.accounts import Conflict, Relation, Settled, find_conflicts
from satrap.accounts.fates import refuted
from satrap.accounts.said import dated
from satrap.claims import Certainty, Polarity

RI = {"person": "ri-yong-gil"}
DEAD = told("execution", RI, "2016-02-10", when="2016-02")
SEEN = told("appearance", RI, "2016-05-10", when="2016-05-08")
MINISTER = {"person": "kim-won-hong", "post": "MSS_MINISTER"}


def conflicts(*pairs: Told) -> list[Conflict]:
    return find_conflicts(split(pairs)[0], KP)


def test_a_later_appearance_settles_an_execution() -> None:
    (found,) = conflicts(DEAD, SEEN)
    assert found.settled == Settled(1, (SEEN[0].id,))
    assert found.sides[found.settled.side].label == "alive later"


def test_what_else_a_living_person_does_settles_nothing() -> None:
    (found,) = conflicts(DEAD, told("appointment", RI, "2016-05-10", when="2016-05-08"))
    assert found.settled is None


def test_a_hedged_appearance_settles_nothing() -> None:
    hedged = told("appearance", RI, "2016-05-10", when="2016-05-08", certainty=Certainty.POSSIBLE)
    (found,) = conflicts(DEAD, hedged)
    assert found.settled is None


def test_a_disputed_appearance_settles_nothing() -> None:
    disputed = told("appearance", RI, "2016-05-11", when="2016-05-08", polarity=Polarity.DENIED)
    assert [one.settled for one in conflicts(DEAD, SEEN, disputed)] == [None, None]


def test_a_death_told_of_later_days_stands_beside_the_appearance() -> None:
    again = told("execution", RI, "2018-02-10", when="2018-02")
    (found,) = conflicts(DEAD, SEEN, again)
    assert found.sides[0].claims == (DEAD[0].id,)
    assert found.settled is not None


def test_a_denied_execution_is_settled_too() -> None:
    denied = told("execution", RI, "2016-02-20", when="2016-02", polarity=Polarity.DENIED)
    by_label = {one.sides[1].label: one.settled for one in conflicts(DEAD, SEEN, denied)}
    assert by_label["no execution"] == Settled(1, (SEEN[0].id,))


def test_seen_in_the_post_after_the_dismissal_is_no_return() -> None:
    fall = told("dismissal", MINISTER, "2017-02-03", when="2017-01")
    there = told("appearance", MINISTER, "2017-04-20", when="2017-04-15")
    (found,) = conflicts(fall, there)
    assert found.relation is Relation.EXCLUSIVE
    assert [side.label for side in found.sides] == ["dismissed", "in office later"]


def test_seen_in_the_post_after_a_new_appointment_is_a_return() -> None:
    fall = told("dismissal", MINISTER, "2017-02-03", when="2017-01")
    back = told("appointment", MINISTER, "2017-03-03", when="2017-03-01")
    there = told("appearance", MINISTER, "2017-04-20", when="2017-04-15")
    (found,) = conflicts(fall, back, there)
    assert found.relation is Relation.REVERSED


def test_seen_elsewhere_after_the_dismissal_is_a_reversal() -> None:
    fall = told("dismissal", MINISTER, "2017-02-03", when="2017-01")
    there = told("appearance", {"person": "kim-won-hong"}, "2017-04-20", when="2017-04-15")
    assert [one.relation for one in conflicts(fall, there)] == [Relation.REVERSED]


def test_an_undated_retelling_beside_the_appearance_is_refuted_with_what_it_retells() -> None:
    text = "He was executed, it was said; in May he was on the list."
    seen = told("appearance", RI, "2016-05-10", when="2016-05-08", text=text)
    retold = told("execution", RI, "2016-05-10", text=text)
    elsewhere = told("execution", RI, "2016-05-10", text="He was executed.")
    found = refuted(dated(split([DEAD, seen, retold, elsewhere])[0]), KP)
    assert found == {DEAD[0].id, retold[0].id}
