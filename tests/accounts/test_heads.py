"""Two heads of one post at once."""

from tests.publish.builders import KP, Told, split, told

from satrap.accounts import Conflict, find_conflicts

KIM = {"person": "kim-won-hong", "post": "MSS_MINISTER"}
JONG = {"person": "jong-kyong-thaek", "post": "MSS_MINISTER"}


def conflicts(*pairs: Told) -> list[Conflict]:
    return find_conflicts(split(pairs)[0], KP)


def test_two_heads_seen_in_office_in_one_month_exclude_each_other() -> None:
    kim = told("appearance", KIM, "2017-03-20", when="2017-03")
    jong = told("appearance", JONG, "2017-03-25", when="2017-03-10")
    (found,) = conflicts(kim, jong)
    assert found.subject == "Minister of State Security"
    assert {side.claims for side in found.sides} == {(kim[0].id,), (jong[0].id,)}


def test_a_successor_is_no_rival() -> None:
    kim = told("appearance", KIM, "2017-03-20", when="2017-03-10")
    assert conflicts(kim, told("appointment", JONG, "2017-03-25", when="2017-03-20")) == []


def test_a_handover_told_as_one_is_no_rivalry() -> None:
    kim = told("appearance", KIM, "2017-03-20", when="2017-03")
    gone = told("dismissal", KIM, "2017-03-20", when="2017-03")
    assert conflicts(kim, gone, told("appointment", JONG, "2017-03-25", when="2017-03")) == []


def test_within_a_year_two_heads_may_have_followed_each_other() -> None:
    kim = told("appointment", KIM, "2018-01-20", when="2017")
    assert conflicts(kim, told("appointment", JONG, "2018-01-25", when="2017")) == []


def test_a_post_may_have_many_vice_ministers() -> None:
    vices = [
        told("appearance", {"person": person, "post": "MSS_VICE"}, "2017-03-20", when="2017-03-10")
        for person in ("kim-won-hong", "jong-kyong-thaek")
    ]
    assert conflicts(*vices) == []
