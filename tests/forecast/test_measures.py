"""Measures: what claims say was done becomes events, once each."""

from datetime import date

from tests.forecast.told import kp, told

from satrap.accounts.said import dated
from satrap.claims import Certainty, Polarity, RecordedClaim
from satrap.estimate.offices import Offices
from satrap.forecast.assimilated import court
from satrap.forecast.measures import Done, measures
from satrap.simulate import load_scenario

WORLD = load_scenario("kp-open").model_copy(update={"start": date(2016, 7, 4)})


def _done(*claims: RecordedClaim) -> list[Done]:
    return measures(dated(claims), WORLD, Offices(court(kp(), WORLD)), date(2017, 6, 15))


def test_each_kind_becomes_its_event() -> None:
    found = _done(
        told("inspection", "2016-12-10", "2016-12-05", of="MSS"),
        told("dismissal", "2017-02-03", "2017-01-15", post="MSS_MINISTER"),
        told("order", "2017-02-08", "2017-01-23", to="MPS"),
        told("transfer", "2017-02-10", "2017-02-06", from_="MSS", to="WPK"),
    )
    assert [one.event.kind for one in found] == ["inspection", "dismissal", "order", "transfer"]
    assert [one.event.institutions() for one in found] == [("MSS",), ("MSS",), ("MPS",), ("MSS", "WPK")]
    assert found[1].event.date == date(2017, 1, 15)


def test_what_is_told_again_happened_once() -> None:
    first = told("inspection", "2016-12-10", "2016-12-05", of="MSS")
    found = _done(told("inspection", "2017-01-10", "2016-12-20", of="MSS"), first)
    assert [one.claim for one in found] == [first.id]


def test_a_person_falls_from_the_post_then_held() -> None:
    [one] = _done(told("dismissal", "2017-02-03", "2017-01-10", person="kim-won-hong"))
    assert one.event.institutions() == ("MSS",)


def test_what_is_denied_doubted_later_or_elsewhere_is_left_out() -> None:
    assert not _done(
        told("inspection", "2016-12-10", "2016-12-05", of="MSS", polarity=Polarity.DENIED),
        told("inspection", "2016-12-10", "2016-12-05", of="MPS", certainty=Certainty.POSSIBLE),
        told("inspection", "2018-01-10", "2018-01-05", of="MSS"),
        told("inspection", "2016-01-10", "2016-01-05", of="MSS"),
        told("inspection", "2016-12-10", "2016-12-05", of="GPB"),
    )
