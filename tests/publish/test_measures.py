import pytest
from tests.publish.builders import KP

from satrap.publish.measures import difference
from satrap.simulate import Scenario, load_scenario

BASE = load_scenario("kp-2017")


def without(*ids: str) -> Scenario:
    return BASE.model_copy(update={"events": tuple(one for one in BASE.events if one.id not in ids)})


@pytest.mark.parametrize(
    ("left_out", "words"),
    [
        ("order-2017", "without the order of 23 January 2017"),
        ("dismissal-2017", "without the dismissals at the Ministry of State Security from 16 January 2017"),
        ("inspection-2016", "without the inspection of the Ministry of State Security from 5 December 2016"),
        (
            "transfer-2017",
            "without the hand-over of powers to the Workers' Party of Korea from 6 February 2017",
        ),
    ],
)
def test_what_is_left_out_is_named_with_its_day(left_out: str, words: str) -> None:
    assert difference(BASE, without(left_out), KP) == words


def test_everything_left_out_is_told_so() -> None:
    assert difference(BASE, BASE.without_events(), KP) == "without any of these measures"


def test_what_takes_its_place_is_named_first() -> None:
    assert difference(BASE, load_scenario("kp-2017-transfer-to-police"), KP) == (
        "with a hand-over of powers to the Ministry of Social Security from 6 February 2017 instead of the "
        "hand-over of powers to the Workers' Party of Korea from 6 February 2017"
    )


def test_what_is_put_in_besides_is_named() -> None:
    assert difference(BASE, load_scenario("kp-2017-pay-cut"), KP) == (
        "with a restructuring of the Ministry of State Security on 2 October 2017"
    )


def test_a_scenario_that_differs_in_more_than_measures_keeps_its_title() -> None:
    other = without("order-2017").with_mechanisms(drift=False).model_copy(update={"title": "Angels"})
    assert difference(BASE, other, KP) == "Angels"
    assert difference(BASE, BASE, KP) == BASE.title
