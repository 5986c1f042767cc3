import numpy as np

from satrap.estimate.claimspace import ClaimSpace
from satrap.estimate.functionals import Functional, Observations
from satrap.estimate.hyper import Hyper
from satrap.estimate.surface import (
    draw_errors,
    draw_place,
    draw_walk,
    own_noise_sd,
    place_covariance,
    prior_sd,
    spread,
    story_sd,
    towards,
    walk_covariance,
)

HYPER = Hyper(
    start_sd=0.5,
    walk_sd=0.1,
    place_sd=0.3,
    place_weeks=8,
    noise=0.4,
    cut=0.1,
    bad_news=0.7,
    story=0.6,
    slant=0.2,
    publisher=0.25,
    source=0.25,
    certainty=0.3,
    misreport=0.3,
)
INSTITUTIONS, PLACES, WEEKS = 3, 2, 12
EVERY = np.arange(WEEKS, dtype=np.float64)


def _seen() -> Observations:
    up, other = np.array([1.0, 0, 0]), np.array([0, -1.0, 1.0])
    rows = [
        Functional("a", "s", up, np.array([1.0, 0]), ((5, 1.0), (2, -1.0))),
        Functional("b", "s", up, np.array([1.0, 0]), ((5, 1.0), (2, -1.0))),
        Functional("c", "t", other, np.array([0.5, 0.5]), ((9, 1.0),), log_noise=0.3, level=True),
        Functional("d", "u", other, np.array([0.0, 1.0]), ((3, 1.0),), level=True),
    ]
    return Observations.stack(rows, INSTITUTIONS, PLACES, WEEKS)


def _by_force(seen: Observations) -> np.ndarray:
    """A Σ Aᵀ with Σ written out over all (place, week, institution)."""
    centre = np.eye(INSTITUTIONS) - 1 / INSTITUTIONS
    sigma = np.kron(np.ones((PLACES, PLACES)), np.kron(walk_covariance(EVERY, WEEKS, HYPER), centre))
    sigma += np.kron(np.eye(PLACES), np.kron(place_covariance(EVERY, WEEKS, HYPER), centre))
    A = np.einsum("jp,jt,ji->jpti", seen.places, seen.weeks.toarray(), seen.contrasts).reshape(len(seen), -1)
    return np.asarray(A @ sigma @ A.T)


def test_claim_covariance_is_that_of_the_whole_surface() -> None:
    """… with what the first two share as one story, and the last two as levels of one publisher."""
    K = ClaimSpace(_seen()).covariance(HYPER)
    shared = np.zeros((4, 4))
    shared[:2, :2] = shared[2, 2] = shared[3, 3] = story_sd(HYPER) ** 2
    shared[2:, 2:] += HYPER.slant**2
    assert np.allclose(K, _by_force(_seen()) + shared)


def test_errors_are_drawn_with_the_covariance_that_claims_are_given() -> None:
    drawn = draw_errors(np.random.default_rng(0), _seen(), HYPER, 40_000)
    expected = ClaimSpace(_seen()).covariance(HYPER) - _by_force(_seen())
    assert np.allclose(drawn @ drawn.T / 40_000, expected, atol=0.005)


def test_claims_of_one_story_count_as_n_over_one_plus_n_minus_one_rho() -> None:
    seen = _seen()
    noise = story_sd(HYPER) ** 2 * np.ones((2, 2)) + np.diag(own_noise_sd(seen, HYPER)[:2] ** 2)
    worth = np.ones(2) @ np.linalg.solve(noise, np.ones(2)) * HYPER.noise**2
    assert np.isclose(worth, 2 / (1 + HYPER.story))


def test_draws_have_the_covariance_of_the_formula() -> None:
    rng = np.random.default_rng(0)
    count = 40_000
    walk, place = (draw(rng, HYPER, WEEKS, INSTITUTIONS, count)[:, :, 0] for draw in (draw_walk, draw_place))
    centred = 1 - 1 / INSTITUTIONS
    assert np.allclose(walk @ walk.T / count, walk_covariance(EVERY, WEEKS, HYPER) * centred, atol=0.01)
    assert np.allclose(place @ place.T / count, place_covariance(EVERY, WEEKS, HYPER) * centred, atol=0.005)
    both = walk + place
    assert np.allclose(both.std(axis=1), prior_sd(WEEKS, INSTITUTIONS, HYPER), rtol=0.02)


def test_draws_sum_to_zero_over_institutions() -> None:
    rng = np.random.default_rng(0)
    assert np.allclose(draw_walk(rng, HYPER, WEEKS, INSTITUTIONS, 5).sum(axis=2), 0)
    assert np.allclose(draw_place(rng, HYPER, WEEKS, INSTITUTIONS, 5).sum(axis=2), 0)


def test_claims_spread_over_the_surface_by_their_covariance_with_it() -> None:
    seen, weights = _seen(), np.array([[0.3, 1.0], [-1.0, 0.0], [2.0, 0.5], [0.7, -0.2]])
    walk, places = spread(seen, HYPER, weights)
    expected_walk, deviation = towards(seen, HYPER, EVERY)
    for place in range(PLACES):
        reach = expected_walk + deviation * seen.places[:, place]
        expected = np.einsum("tj,jr,ji->tri", reach, weights, seen.contrasts)
        assert np.allclose(walk + places[place], expected)
