import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from satrap.estimate.carried import errors, halves

SEEDS = st.integers(0, 2**32 - 1)


@given(SEEDS)
def test_earlier_halves_are_combinations_of_sums_that_live_long_enough(seed: int) -> None:
    rng = np.random.default_rng(seed)
    contrasts = rng.integers(-1, 2, (40, 3)) + np.array([0.0, 0.0, 0.5])
    last = rng.integers(6, 12, 40)
    reach = np.eye(2)[rng.integers(2, size=40)]
    spoken = [((int(rng.integers(2)), -1.0), (int(week), 1.0)) for week in last]
    sums, of = halves(contrasts, reach, spoken, last)
    for claim, parts in enumerate(of):
        told = sum(part * sums[number].contrast for number, part in parts)
        assert np.allclose(told, contrasts[claim], atol=1e-9)
        for number, _ in parts:
            assert sums[number].last >= last[claim]
            assert sums[number].weeks == spoken[claim][:-1]
            assert np.array_equal(sums[number].reach, reach[claim])
    for place in np.eye(2):  # no more numbers than contrasts have dimensions
        for week in (0, 1):
            alike = [one for one in sums if np.array_equal(one.reach, place) and one.weeks[0][0] == week]
            assert len(alike) <= 3


@given(SEEDS)
def test_shared_errors_have_the_covariance_of_their_directions(seed: int) -> None:
    """Whether a group speaks at one time, at two or at more."""
    rng = np.random.default_rng(seed)
    units = rng.standard_normal((24, 4))
    groups, last = rng.integers(-1, 6, 24), rng.integers(3, size=24)
    found = errors(units, groups, last, last)
    loadings, rest = np.zeros((24, len(found.lives))), np.zeros((24, 24))
    for claim, number, value in found.loadings:
        loadings[claim, number] = value
        assert found.lives[number][0] <= last[claim] <= found.lives[number][1]
    for one, other, value in found.pairs:
        assert last[one] == last[other]
        rest[one, other] = rest[other, one] = value
    together = (groups[:, None] == groups) & (groups >= 0)[:, None]
    assert np.allclose(loadings @ loadings.T + rest, units @ units.T * together, atol=1e-8)


def test_a_story_told_at_one_time_needs_nothing_carried() -> None:
    found = errors(np.eye(3), np.zeros(3, np.int64), np.zeros(3, np.int64), np.zeros(3, np.int64))
    assert not found.lives
