"""Who held which post from when to when."""

from datetime import date

import pytest
from tests.publish.builders import KP, Told, split, told

from satrap.accounts import Between, Spell, Timeline, timelines
from satrap.claims import Horizon, Polarity, Status
from satrap.errors import UnknownNameError

KIM = {"person": "kim-won-hong", "post": "MSS_MINISTER"}
JONG = {"person": "jong-kyong-thaek", "post": "MSS_MINISTER"}
APPOINTED = told("appointment", KIM, "2015-10-01", when="2012-04")
DISMISSED = told("dismissal", KIM, "2017-02-03", when="2017-01")


def timeline(of: str, *pairs: Told) -> Timeline:
    (made,) = timelines(split(pairs)[0], KP, of)
    return made


def spells(*pairs: Told) -> tuple[Spell, ...]:
    return timeline("MSS_MINISTER", *pairs).spells


def test_a_spell_is_bounded_by_its_claims() -> None:
    (one,) = spells(APPOINTED, DISMISSED)
    assert one.began
    assert (one.began.earliest, one.began.latest) == (date(2012, 4, 1), date(2012, 4, 30))
    assert one.began.claims == (APPOINTED[0].id,)
    assert one.ended
    assert (one.ended.earliest, one.ended.latest) == (date(2017, 1, 1), date(2017, 1, 31))
    assert one.fate == ("dismissal",)
    assert one.name == "Kim Won Hong"


def test_first_cited_is_not_began() -> None:
    (one,) = spells(told("appearance", JONG, "2017-11-20", when="2017-11-15"))
    assert one.first_cited == date(2017, 11, 15)
    assert one.began is None
    assert one.ended is None


def test_an_undated_appointment_began_by_its_publication() -> None:
    (one,) = spells(told("appointment", JONG, "2017-11-20"))
    assert one.began
    assert (one.began.earliest, one.began.latest) == (None, date(2017, 11, 20))


def test_the_institution_is_called_what_it_was_called_then() -> None:
    (then,) = spells(APPOINTED)
    (now,) = spells(told("appearance", JONG, "2017-11-20"))
    assert (then.institution, now.institution) == ("State Security Department", "Ministry of State Security")


def test_a_new_appointment_after_the_end_is_another_spell() -> None:
    again = told("appointment", KIM, "2018-06-01", when="2018-05")
    assert [one.first_cited.year for one in spells(APPOINTED, DISMISSED, again)] == [2012, 2018]


def test_an_old_appointment_told_again_is_the_same_spell() -> None:
    assert len(spells(APPOINTED, DISMISSED, told("appointment", KIM, "2018-06-01", when="2012"))) == 1


def test_an_end_without_its_post_ends_the_only_post_that_was_held() -> None:
    (one,) = spells(APPOINTED, told("dismissal", {"person": "kim-won-hong"}, "2017-02-03", when="2017-01"))
    assert one.fate == ("dismissal",)


def test_a_dismissal_without_its_post_ends_neither_of_two() -> None:
    other = told("appointment", {"person": "kim-won-hong", "post": "GPB_FIRST_VICE"}, "2013-01-01")
    gone = told("dismissal", {"person": "kim-won-hong"}, "2017-02-03", when="2017-01")
    made = timeline("kim-won-hong", APPOINTED, other, gone)
    assert [one.fate for one in made.spells] == [(), ()]
    assert [one.kind for one in made.events] == ["dismissal"]
    dead = timeline("kim-won-hong", APPOINTED, other, told("death", {"person": "kim-won-hong"}, "2017-02-03"))
    assert [one.fate for one in dead.spells] == [("death",), ("death",)]


def test_a_refuted_death_ends_nothing() -> None:
    dead = told("execution", KIM, "2016-02-10", when="2016-02")
    seen = told("appearance", KIM, "2016-05-10", when="2016-05-08")
    (one,) = spells(APPOINTED, dead, seen)
    assert one.ended is None
    assert one.refuted == (dead[0].id,)


def test_denied_and_rejected_claims_and_forecasts_bound_nothing() -> None:
    denied = told("dismissal", KIM, "2016-02-10", when="2016-02", polarity=Polarity.DENIED)
    rejected = told("dismissal", KIM, "2016-02-10", when="2016-01", status=Status.REJECTED)
    foretold = told("dismissal", KIM, "2016-02-10", when="2016-12", horizon=Horizon.FUTURE)
    (one,) = spells(APPOINTED, denied, rejected, foretold)
    assert one.ended is None
    assert one.denied == (denied[0].id,)


def between(*pairs: Told) -> tuple[Between, ...]:
    return timeline("MSS_MINISTER", *pairs).between


def test_a_gap_that_the_claims_leave_no_way_around_is_said() -> None:
    (gap,) = between(APPOINTED, DISMISSED, told("appointment", JONG, "2017-12-01", when="2017-11"))
    assert (gap.what, gap.first, gap.last) == ("gap", date(2017, 1, 31), date(2017, 11, 1))
    assert (gap.before, gap.after) == ("Kim Won Hong", "Jong Kyong Thaek")


def test_without_a_beginning_the_gap_is_only_possible() -> None:
    (gap,) = between(APPOINTED, DISMISSED, told("appearance", JONG, "2017-12-01", when="2017-11-20"))
    assert (gap.what, gap.last) == ("possible gap", date(2017, 11, 20))


def test_an_overlap_is_said() -> None:
    jong = told("appointment", JONG, "2016-12-01", when="2016-11-20")
    (overlap,) = between(APPOINTED, DISMISSED, jong)
    assert (overlap.what, overlap.first, overlap.last) == (
        "overlap",
        date(2016, 11, 20),
        date(2017, 1, 1),
    )


def test_a_handover_leaves_nothing_between() -> None:
    assert between(APPOINTED, DISMISSED, told("appointment", JONG, "2017-02-03", when="2017-01")) == ()


def test_of_vice_ministers_nothing_lies_between() -> None:
    made = timeline(
        "MSS_VICE",
        told("appointment", {**KIM, "post": "MSS_VICE"}, "2012-04-01", when="2012-04"),
        told("appearance", {**KIM, "post": "MSS_VICE"}, "2017-04-01", when="2017-03-01"),
        told("appointment", {**JONG, "post": "MSS_VICE"}, "2013-04-01", when="2013-04"),
    )
    assert len(made.spells) == 2
    assert made.between == ()


def test_a_holder_without_a_name_is_told_beside_the_spells() -> None:
    made = timeline("MSS_MINISTER", told("dismissal", {"person": "MSS_MINISTER"}, "2017-06-15"))
    assert made.spells == ()
    assert [(one.kind, one.earliest, one.latest) for one in made.events] == [
        ("dismissal", None, date(2017, 6, 15))
    ]


def test_a_post_at_several_places_has_a_timeline_for_each() -> None:
    heads = [
        told("appointment", {"person": person, "post": "PARTY_HEAD"}, "2017-06-15", places=(place,))
        for person, place in (("kim-won-hong", "KP-10"), ("jong-kyong-thaek", "KP-09"))
    ]
    found = timelines(split(heads)[0], KP, "PARTY_HEAD")
    assert [one.subject for one in found] == [
        "provincial party chairman, North Hamgyong",
        "provincial party chairman, Ryanggang",
    ]


@pytest.mark.parametrize(
    "name", ["MSS_MINISTER", "mss", "Ministry of State Security", "Security Minister", "국가보위상"]
)
def test_a_post_is_found_by_its_names(name: str) -> None:
    assert timeline(name, APPOINTED).subject == "Minister of State Security"


@pytest.mark.parametrize("name", ["kim-won-hong", "Kim Won Hong", "김원홍"])
def test_a_person_is_found_by_names(name: str) -> None:
    made = timeline(name, APPOINTED, told("demotion", {"person": "kim-won-hong"}, "2017-02-03"))
    assert made.subject == "Kim Won Hong"
    assert len(made.spells) == 1
    assert [one.kind for one in made.events] == ["demotion"]


def test_without_claims_the_timeline_is_empty() -> None:
    assert timeline("MSS_MINISTER") == Timeline("Minister of State Security", (), (), ())


def test_an_unknown_name_says_which_come_close() -> None:
    with pytest.raises(UnknownNameError, match="did you mean kim-won-hong"):
        timelines([], KP, "kim-won-hon")
