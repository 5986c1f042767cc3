"""Hypotheses as written on a command line, and what is none."""

from datetime import date

import pytest

from satrap.claims import Direction
from satrap.country import Pack
from satrap.errors import EstimateError, UnknownNameError
from satrap.estimate import Hypothesis, Jump, Move, parse
from satrap.estimate.hypotheses import weights
from satrap.estimate.offices import Offices

SINCE, UNTIL = date(2016, 9, 1), date(2017, 6, 15)


def _parsed(text: str, pack: Pack) -> Hypothesis:
    return parse(text, Offices(pack), SINCE, UNTIL)


def test_an_office_without_a_place_is_at_the_centre(pack: Pack) -> None:
    assert _parsed("MSS down", pack) == Hypothesis(
        "MSS down", (Move("MSS", Direction.DOWN, SINCE, UNTIL, ("KP",)),)
    )


def test_a_name_comes_before_a_colon_and_elsewhere_is_what_is_not_named(pack: Pack) -> None:
    found = _parsed("only there: MSS@KP-09+KP-10 down and MSS@elsewhere unchanged", pack)
    there, elsewhere = found.moves
    assert found.name == "only there"
    assert there.places == ("KP-09", "KP-10")
    assert set(there.places).isdisjoint(elsewhere.places)
    assert len(elsewhere.places) == len(Offices(pack).places) - 2
    assert elsewhere.way is Direction.UNCHANGED


def test_a_jump_stands_on_its_day(pack: Pack) -> None:
    assert _parsed("MSS@state fell on 2017-01-20", pack).jump == Jump(
        "MSS", date(2017, 1, 20), Direction.DOWN
    )
    assert _parsed("MSS jumped on 2017-01-20", pack).jump == Jump("MSS", date(2017, 1, 20), None, ("KP",))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "MSS",
        "MSS sideways",
        "MSS down on 2017-01-20",
        "MSS fell",
        "MSS fell on Tuesday",
        "MSS fell on 2017-01-20 and MPS up",
        "MSS@elsewhere down",
        "MSS down or up",
    ],
)
def test_what_cannot_be_read_says_how_to_write_it(text: str, pack: Pack) -> None:
    with pytest.raises(EstimateError, match=r"write it like|name some places"):
        _parsed(text, pack)


@pytest.mark.parametrize("text", ["MS5 down", "MSS@KP-99 down"])
def test_unknown_offices_are_named(text: str, pack: Pack) -> None:
    with pytest.raises(UnknownNameError):
        _parsed(text, pack)


def test_a_hypothesis_says_one_thing() -> None:
    with pytest.raises(EstimateError, match="says nothing"):
        Hypothesis("empty")
    with pytest.raises(EstimateError, match="goes somewhere"):
        Jump("MSS", SINCE, Direction.UNCHANGED)


def test_the_whole_state_is_the_centre_and_as_much_again_the_provinces(pack: Pack) -> None:
    offices = Offices(pack)
    whole = weights((), offices)
    assert whole[0] == pytest.approx(0.5)
    assert whole.sum() == pytest.approx(1)
    assert weights(("KP-09",), offices)[offices.place("KP-09")] == 1
