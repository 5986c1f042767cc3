"""What the outside hears: by coverage, after a delay, blurred, sometimes worse than it was, and reprinted."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from tests.simulate.small import FALL, TRANSFER, run, small

from satrap.errors import ScenarioError
from satrap.simulate import Run
from satrap.simulate.telling import HEDGES, VOICES, Reporting, Telling, Told, tellings


@pytest.fixture(scope="module")
def found() -> Run:
    return run(small(events=[FALL, TRANSFER]), 4)


OFTEN = Reporting(tellings=20)


def told(found: Run, reporting: Reporting = OFTEN, member: int = 0, seed: int = 1) -> list[Telling]:
    return tellings(found, member, reporting, seed)


def test_the_same_seed_hears_the_same_and_another_something_else(found: Run) -> None:
    assert told(found) == told(found)
    assert told(found) != told(found, seed=2)
    assert told(found) != told(found, member=1)


def test_places_are_heard_of_as_often_as_they_are_covered(found: Run) -> None:
    places = Counter(one.place for one in told(found) if one.told in (Told.CHANGE, Told.RANK))
    coverage = {one.id: one.coverage for one in found.scenario.places}
    for place in coverage:
        share = coverage[place] / sum(coverage.values())
        assert places[place] / places.total() == pytest.approx(share, abs=0.03)


def test_of_a_place_that_nobody_covers_nothing_is_heard(found: Run) -> None:
    mute = tuple(one.model_copy(update={"coverage": 0.0}) for one in found.scenario.places)
    with pytest.raises(ScenarioError, match="nothing is reported"):
        told(replace(found, scenario=found.scenario.model_copy(update={"places": mute})))


def test_print_follows_after_a_lognormal_delay(found: Run) -> None:
    days = np.array([(one.prints[0].published - one.until).days for one in told(found)])
    assert np.median(days) == pytest.approx(10, abs=1.5)
    assert np.log(days[days > 0]).std() == pytest.approx(0.8, abs=0.12)


def test_reprints_come_later_and_from_other_outlets(found: Run) -> None:
    for one in told(found):
        first, *others = one.prints
        assert all(other.published > first.published for other in others)
        assert len({each.outlet for each in one.prints}) == len(one.prints)
    assert all(len(one.prints) == 1 for one in told(found, Reporting(tellings=5, reprints=0)))


def wrong(found: Run, one: Telling) -> bool:
    """Whether a telling of a change has the wrong sign."""
    weeks = [(day - found.scenario.start).days // 7 for day in (one.since, one.until)]
    place, column = found.places.index(str(one.place)), found.institutions.index(one.institution)
    before, after = np.log(found.share[0, weeks, place].astype(np.float64))
    moved = after - before
    return bool((moved[column] - moved.mean() > 0) != one.up)


def test_the_clearer_the_sight_the_truer_the_telling(found: Run) -> None:
    errors = [
        np.mean([wrong(found, one) for one in told(found, how) if one.told is Told.CHANGE])
        for how in (Reporting(tellings=20, blur=1e-9), OFTEN, Reporting(tellings=20, blur=5))
    ]
    assert errors == sorted(errors)
    assert errors[0] < 0.02
    assert errors[2] > 0.3


def test_falls_are_told_and_some_as_worse_than_they_were(found: Run) -> None:
    kinds = Counter(one.told for one in told(found, Reporting(falls=50)))
    assert kinds[Told.FATE] / (kinds[Told.FATE] + kinds[Told.FALL]) == pytest.approx(0.2, abs=0.08)
    assert kinds[Told.SEEN] / kinds[Told.FATE] == pytest.approx(0.5, abs=0.25)
    assert not [one for one in told(found, Reporting(misreport=0)) if one.told in (Told.FATE, Told.SEEN)]


def test_who_is_seen_alive_had_been_told_dead_before(found: Run) -> None:
    every = told(found, Reporting(falls=50))
    dead = {one.who: one.until for one in every if one.told is Told.FATE}
    seen = [one for one in every if one.told is Told.SEEN]
    assert seen
    assert all(one.until > dead[one.who] for one in seen)


@pytest.mark.parametrize("table", [HEDGES, VOICES])
def test_how_often_each_word_and_voice_comes_sums_to_one(table: dict[str, tuple[float, float]]) -> None:
    assert sum(often for often, _ in table.values()) == pytest.approx(1)
