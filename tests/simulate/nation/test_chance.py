"""Draws are hashes: the same anywhere, different everywhere else; gaps and rounding have no bias."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from satrap.simulate.nation import chance as compiled
from satrap.simulate.nation.chance import Purpose, gaps, rounded

SEEDS = st.integers(0, 2**62)


def key(seed: int, purpose: int, week: int, county: int) -> np.uint64:
    return np.uint64(compiled.key(seed, purpose, week, county))


def draw(start: np.uint64, ordinal: int) -> np.uint64:
    return np.uint64(compiled.draw(start, ordinal))


@settings(deadline=None)  # the first call compiles
@given(SEEDS, st.integers(0, 8000), st.integers(0, 10_000), st.integers(0, 10**9))
def test_a_draw_is_a_function_of_what_it_is_for(seed: int, week: int, county: int, ordinal: int) -> None:
    start = key(seed, int(Purpose.MEETING), week, county)
    assert draw(start, ordinal) == draw(key(seed, int(Purpose.MEETING), week, county), ordinal)
    others = {
        draw(key(seed + 1, int(Purpose.MEETING), week, county), ordinal),
        draw(key(seed, int(Purpose.OFFICIAL), week, county), ordinal),
        draw(key(seed, int(Purpose.MEETING), week + 1, county), ordinal),
        draw(key(seed, int(Purpose.MEETING), week, county + 1), ordinal),
        draw(start, ordinal + 1),
    }
    assert draw(start, ordinal) not in others
    assert len(others) == 5


def test_draws_are_uniform_and_neighbours_are_unrelated() -> None:
    start = key(1, int(Purpose.MEETING), 3, 4)
    drawn = np.array([compiled.unit(draw(start, ordinal)) for ordinal in range(20_000)])
    assert stats.kstest(drawn, "uniform").pvalue > 0.01
    assert abs(np.corrcoef(drawn[:-1], drawn[1:])[0, 1]) < 0.03
    first = np.array([compiled.unit(draw(key(1, 2, week, 4), 0)) for week in range(20_000)])
    assert stats.kstest(first, "uniform").pvalue > 0.01


@pytest.mark.parametrize("chance", [0.001, 0.05, 0.5, 0.9])
def test_gaps_are_geometric(chance: float) -> None:
    survival, guide = gaps(chance)
    start = key(7, int(Purpose.MEETING), 0, 0)
    beyond = len(survival) - 1
    found, passed = [], 0
    for ordinal in range(20_000):
        one = compiled.gap(draw(start, ordinal), survival, guide)
        passed += one
        if one < beyond:
            found.append(passed)
            passed = 0
    assert np.mean(found) == pytest.approx((1 - chance) / chance, rel=0.04, abs=0.01)
    assert np.mean(np.array(found) == 0) == pytest.approx(chance, rel=0.1, abs=0.003)


@pytest.mark.parametrize("chance", [0.0, 1.0, -0.1])
def test_a_chance_that_is_none_is_refused(chance: float) -> None:
    with pytest.raises(ValueError, match="not between 0 and 1"):
        gaps(chance)


@settings(deadline=None)
@given(st.floats(0, 60_000), st.floats(0, 1, exclude_max=True))
def test_rounding_goes_to_a_neighbour(value: float, chance: float) -> None:
    assert abs(rounded(value, chance) - value) <= 1


def test_rounding_keeps_the_mean_of_what_fades() -> None:
    start, kept, people = key(3, int(Purpose.SNAPSHOT), 0, 0), 0.965, 20_000
    values = np.full(people, 23)
    for week in range(52):
        values = np.array(
            [
                rounded(value * kept, compiled.unit(draw(start, week * people + one)))
                for one, value in enumerate(values)
            ]
        )
    assert values.mean() == pytest.approx(23 * kept**52, rel=0.03)
