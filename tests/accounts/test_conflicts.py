from tests.publish.builders import DOWN, KP, UP, Told, split, told

from satrap.accounts import Conflict, Relation, find_conflicts
from satrap.claims import Horizon, Polarity, Status

RI = {"person": "ri-yong-gil"}


def conflicts(*pairs: Told) -> list[Conflict]:
    return find_conflicts(split(pairs)[0], KP)


def test_whoever_appears_after_an_execution_was_not_executed() -> None:
    dead = told("execution", RI, "2016-02-10", when="2016-02")
    seen = told("appearance", RI, "2016-05-10", when="2016-05-08")
    (found,) = conflicts(dead, seen)
    assert found.subject == "Ri Yong Gil†"
    assert found.relation is Relation.EXCLUSIVE
    assert [side.claims for side in found.sides] == [(dead[0].id,), (seen[0].id,)]


def test_whoever_appeared_before_an_execution_is_no_conflict() -> None:
    seen = told("appearance", RI, "2016-01-10", when="2016-01-08")
    assert conflicts(told("execution", RI, "2016-02-10", when="2016-02"), seen) == []


def test_an_execution_in_a_year_is_capped_by_its_telling() -> None:
    dead = told("execution", RI, "2016-02-10", when="2016", horizon=Horizon.PAST)
    assert conflicts(dead, told("promotion", RI, "2016-05-10", when="2016-05-08"))


def test_other_people_do_not_conflict() -> None:
    seen = told("appearance", {"person": "kim-won-hong"}, "2016-05-10", when="2016-05-08")
    assert conflicts(told("execution", RI, "2016-02-10", when="2016-02"), seen) == []


def test_people_whom_the_pack_does_not_name_are_left_out() -> None:
    nobody = {"person": "an officer of one county"}
    assert conflicts(told("execution", nobody, "2016-02-10"), told("appearance", nobody, "2016-09-10")) == []


def test_a_return_soon_after_a_fall_means_undone_or_wrong_but_years_later_it_is_a_career() -> None:
    fall = told("dismissal", RI, "2017-01-10", when="2017-01")
    (found,) = conflicts(fall, told("appointment", RI, "2017-04-10", when="2017-04"))
    assert found.relation is Relation.REVERSED
    assert conflicts(fall, told("appointment", RI, "2020-04-10", when="2020-04")) == []


def test_affirmed_and_denied_at_one_time_exclude_each_other() -> None:
    yes = told("dismissal", RI, "2017-02-10")
    no = told("dismissal", RI, "2017-02-20", polarity=Polarity.DENIED)
    later = told("dismissal", RI, "2019-02-20", polarity=Polarity.DENIED)
    assert [one.relation for one in conflicts(yes, no)] == [Relation.EXCLUSIVE]
    assert conflicts(yes, later) == []


def test_one_office_cannot_rise_and_fall_at_once() -> None:
    up = told("authority", {"holder": "MSS"}, "2017-03-10", direction=UP, places=("KP-09",))
    down = told("authority", {"holder": "MSS"}, "2017-03-20", direction=DOWN, places=("KP-09",))
    elsewhere = told("authority", {"holder": "MSS"}, "2017-03-20", direction=DOWN, places=("KP-05",))
    (found,) = conflicts(up, down)
    assert found.subject == "Ministry of State Security, North Hamgyong"
    assert conflicts(up, elsewhere) == []


def test_a_rise_after_a_fall_is_history() -> None:
    down = told("authority", {"holder": "MSS"}, "2017-03-20", direction=DOWN)
    assert conflicts(down, told("authority", {"holder": "MSS"}, "2018-03-10", direction=UP)) == []


def test_powers_said_to_pass_to_different_receivers_are_rivals() -> None:
    to_party = told("transfer", {"from": "MSS", "to": "WPK"}, "2017-06-01")
    to_police = told("transfer", {"from": "MSS", "to": "MPS"}, "2017-03-28")
    (found,) = conflicts(to_party, to_police)
    assert found.relation is Relation.RIVAL
    assert {side.label for side in found.sides} == {
        "to the Workers' Party of Korea",
        "to the Ministry of Social Security",
    }
    assert conflicts(to_party, told("transfer", {"from": "MSS", "to": "WPK_OGD"}, "2017-05-01")) == []
    assert conflicts(to_party, told("transfer", {"from": "MSS", "to": "MPS"}, "2012-03-28")) == []


def test_open_ends_are_no_fault() -> None:
    gone = told("dismissal", RI, None, when="2012-03/..")
    back = told("appointment", RI, None, when="../2012-03")
    given = told("transfer", {"from": "MSS", "to": "WPK"}, None, when="2012-03/..")
    taken = told("transfer", {"from": "MSS", "to": "MPS"}, None, when="../2012-03")
    assert [one.relation for one in conflicts(gone, back, given, taken)] == [Relation.RIVAL]


def test_forecasts_and_rejected_claims_contradict_nothing() -> None:
    dead = told("execution", RI, "2016-02-10", when="2016-02")
    seen = {"kind": "appearance", "roles": RI, "published": "2016-05-10", "when": "2016-05-08"}
    assert conflicts(dead, told(**seen, horizon=Horizon.FUTURE)) == []  # type: ignore[arg-type]
    assert conflicts(dead, told(**seen, status=Status.REJECTED)) == []  # type: ignore[arg-type]


def test_exclusive_conflicts_come_before_rival_ones() -> None:
    found = conflicts(
        told("transfer", {"from": "MSS", "to": "WPK"}, "2017-06-01"),
        told("transfer", {"from": "MSS", "to": "MPS"}, "2017-03-28"),
        told("execution", RI, "2016-02-10", when="2016-02"),
        told("appearance", RI, "2016-05-10", when="2016-05-08"),
    )
    assert [one.relation for one in found] == [Relation.EXCLUSIVE, Relation.RIVAL]


def test_power_said_to_have_fallen_and_not_to_have_fallen() -> None:
    fell = told("authority", {"holder": "MSS"}, "2017-03-10", direction=DOWN, places=("KP-09",))
    not_so = told(
        "authority",
        {"holder": "MSS"},
        "2017-03-20",
        direction=DOWN,
        places=("KP-09",),
        polarity=Polarity.DENIED,
    )
    later = told("authority", {"holder": "MSS"}, "2018-03-20", direction=DOWN, polarity=Polarity.DENIED)
    (found,) = conflicts(fell, not_so, later)
    assert found.subject == "Ministry of State Security, North Hamgyong"
    assert [side.label for side in found.sides] == ["authority down", "no authority down"]
    assert [side.claims for side in found.sides] == [(fell[0].id,), (not_so[0].id,)]
