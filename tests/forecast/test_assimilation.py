"""Assimilation: claims move particles the way they say, and particles answer."""

from datetime import date

import numpy as np
import pytest
from tests.forecast.told import known, told

from satrap.claims import Claim, Direction, RecordedClaim
from satrap.forecast import Count, Cut, Event, Fate, Gain, Level
from satrap.forecast.assimilated import Assimilated, begun, taken_in
from satrap.forecast.assimilation import Assimilation
from satrap.simulate import load_scenario

SCENARIO = load_scenario("kp-open")
DAY = date(2017, 6, 15)
COUNT = 200


def _directed(kind: str, institution: str, way: Direction, published: str = "2017-06-01") -> RecordedClaim:
    plain = (
        told(kind, published, holder=institution)
        if kind == "authority"
        else told(kind, published, by=institution)
    )
    claim: Claim = plain.claim.clone(direction=way)
    return RecordedClaim(
        claim.id, claim, plain.publisher, plain.outlet, plain.published, plain.story, plain.known_at
    )


@pytest.fixture(scope="module")
def quiet() -> Cut:
    return known(on="2017-06-15")


def _begun(cut: Cut) -> Assimilated:
    return begun(cut, SCENARIO, 30, COUNT, seed=1)


def _fallen(state: Assimilated, weeks: int = 26) -> float:
    now, then = (state.living.log_ratios(week, None)[:, 0] for week in (state.now, state.now - weeks))
    return float(state.living.particles.weights @ (now < then))


def test_a_claim_that_authority_fell_makes_it_likelier(quiet: Cut) -> None:
    before = _begun(quiet)
    prior = _fallen(before)
    after = taken_in(before, _directed("authority", "MSS", Direction.DOWN))
    assert _fallen(after) > prior + 0.02
    assert after.effective[0] < COUNT
    assert len(after.used) == 1


def test_a_claim_that_says_nothing_of_the_particles_changes_nothing(quiet: Cut) -> None:
    state = _begun(quiet)
    assert taken_in(state, told("death", "2017-06-01", person="kim-won-hong")) is state


def test_who_is_told_of_as_taking_is_likelier_to_take(quiet: Cut) -> None:
    state = _begun(quiet)
    takes = state.living.takes(state.now, None)[:, 0] / state.living.takes(0, None)[:, 0]
    before = state.living.particles.weights @ takes
    state = taken_in(state, _directed("extortion", "MSS", Direction.UP, "2017-06-15"))
    assert state.living.particles.weights @ takes > before


def test_what_was_told_in_the_year_before_is_taken_in_or_put_in() -> None:
    fall = told("dismissal", "2017-02-03", "2017-01-15", post="MSS_MINISTER")
    told_so = _directed("authority", "MSS", Direction.DOWN)
    state = _begun(known(fall, told_so, on="2017-06-15"))
    assert [one.claim for one in state.done] == [fall.id]
    assert state.used == (told_so.id,)


def test_the_same_cut_gives_the_same_particles(quiet: Cut) -> None:
    one, other = _begun(quiet), _begun(quiet)
    np.testing.assert_array_equal(one.living.particles.shares, other.living.particles.shares)


def test_answers_are_probabilities_of_what_particles_do(quiet: Cut) -> None:
    simulator = Assimilation(SCENARIO, COUNT)
    by = date(2017, 12, 15)
    asked = (
        Level(asked=DAY, institution="MSS", way="lower", on=by, than=DAY),
        Gain(asked=DAY, among=("MSS", "MPS", "WPK"), first=DAY, last=by),
        Event(asked=DAY, kinds=("inspection",), target="MSS", by=by),
        Count(asked=DAY, kinds=("extortion",), about="MSS", first=DAY, last=by, least=1),
    )
    for question in asked:
        said = simulator.forecast(question, quiet)
        assert said is not None, question.text
        assert all(0 < one < 1 for one in said.probabilities), question.text
    higher = simulator.forecast(Level(asked=DAY, institution="MSS", way="higher", on=by, than=DAY), quiet)
    lower = simulator.forecast(asked[0], quiet)
    assert higher is not None
    assert lower is not None
    assert higher.of("yes") == pytest.approx(lower.of("no"))


def test_what_the_simulator_lacks_is_not_answered(quiet: Cut) -> None:
    simulator = Assimilation(SCENARIO, COUNT)
    by = date(2017, 12, 15)
    assert simulator.forecast(Fate(asked=DAY, fate="falls", post="MSS_MINISTER", by=by), quiet) is None
    assert simulator.forecast(Event(asked=DAY, kinds=("inspection",), target="GPB", by=by), quiet) is None
    level = Level(asked=DAY, institution="MSS", way="lower", on=by, than=date(2015, 1, 1))
    assert simulator.forecast(level, quiet) is None
