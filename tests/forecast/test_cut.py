"""A cut holds what was known, whatever one tries."""

import pickle
from dataclasses import replace
from datetime import UTC, date, datetime

import msgspec
from tests.forecast.told import LATER, START, known, kp, told

from satrap.forecast import Cut, cut
from satrap.forecast.cut import pack_at
from satrap.forecast.leakage import leaks

EARLY = told("inspection", "2016-10-01", "2016-10", of="MSS", story="a report to come")
LATE = told("dismissal", "2017-02-03", "2017-01", person="kim-won-hong", report="a report to come")
APPEARED = {one.claim.report: one.published for one in (EARLY, LATE) if one.published}
DAY = date(2016, 12, 1)


def both() -> Cut:
    return replace(cut([EARLY, LATE], APPEARED, kp(), DAY), start=START)


def test_what_appeared_later_is_not_in_it() -> None:
    assert [one.id for one in both().claims] == [EARLY.id]


def test_a_report_that_may_have_appeared_later_is_not_in_it() -> None:
    made = cut([EARLY], {EARLY.claim.report: date(2016, 12, 31)}, kp(), DAY)
    assert made.claims == ()


def test_what_the_record_held_by_then_was_known_though_its_report_has_no_day() -> None:
    held = msgspec.structs.replace(EARLY, known_at=datetime(2016, 11, 1, tzinfo=UTC))
    assert len(cut([held], {}, kp(), DAY).claims) == 1


def test_a_story_does_not_bear_the_name_of_a_report_to_come() -> None:
    assert both().claims[0].story == EARLY.claim.report


def test_the_pack_knows_of_no_later_fall() -> None:
    tenure = next(one for one in both().pack.tenures if one.person == "kim-won-hong" and one.start)
    assert (tenure.end, tenure.fate) == (None, "")
    assert all(not one.start or one.start.earliest <= DAY for one in both().pack.tenures)


def test_the_pack_knows_no_people_who_had_no_post_yet() -> None:
    held = {one.person for one in kp().tenures if one.start and one.start.latest > date(2010, 1, 1)}
    earlier = {one.person for one in kp().tenures if not one.start or one.start.earliest <= date(2010, 1, 1)}
    assert (held - earlier).isdisjoint(pack_at(kp(), date(2010, 1, 1)).people)


def test_a_digest_tells_cuts_apart() -> None:
    assert both().digest == both().digest
    assert both().digest != known(EARLY, LATE, on="2018-01-01").digest


# -- cheating --


def test_nothing_later_can_be_reached_through_a_cut_that_has_worked() -> None:
    made = both()
    made.estimate(date(2017, 6, 1))
    _ = made.coverage
    assert leaks(made, APPEARED) == []


def test_nothing_later_can_be_reached_after_another_cut_has_worked_on_it() -> None:
    whole, made = known(EARLY, LATE, on="2018-01-01"), both()
    assert LATE.id in {one.id for one in whole.estimate(date(2017, 6, 1)).claims}
    made.estimate(date(2017, 6, 1))
    assert leaks(made, APPEARED) == []


def test_a_cut_travels_as_plain_values() -> None:
    assert pickle.loads(pickle.dumps(both())).digest == both().digest


def test_a_planted_claim_is_found_wherever_it_hides() -> None:
    places = ["attribute", "closure", "estimate cache"]
    for place in places:
        made = both()
        if place == "attribute":
            made.__dict__["_more"] = {"hidden": [LATE]}
        elif place == "closure":
            made.__dict__["_more"] = (lambda hidden: lambda: hidden)(LATE)
        else:
            made._estimates[date(2017, 12, 31)] = known(LATE, on="2018-01-01").estimate()
        assert any(LATE.id in fault for fault in leaks(made, APPEARED)), place


def test_a_cut_of_the_whole_pack_is_found_out() -> None:
    made = Cut(DAY, None, (), kp())
    assert any("tenure" in fault for fault in leaks(made, APPEARED))


def test_a_cut_by_the_record_holds_nothing_recorded_later() -> None:
    made = Cut(date(2027, 1, 1), LATER.replace(year=2025), (EARLY,), pack_at(kp(), DAY))
    assert any("not in the record" in fault for fault in leaks(made, APPEARED))
