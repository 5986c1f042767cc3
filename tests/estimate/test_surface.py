import numpy as np

from satrap.estimate.functionals import Functional, Observations
from satrap.estimate.hyper import Hyper
from satrap.estimate.surface import (
    Geometry,
    draw_place,
    draw_walk,
    own_noise_sd,
    place_covariance,
    prior_sd,
    story_pull,
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
    source_power=1.0,
    certainty_power=1.0,
)
INSTITUTIONS, PLACES, WEEKS = 3, 2, 12
EVERY = np.arange(WEEKS, dtype=np.float64)


def _seen() -> Observations:
    up, other = np.array([1.0, 0, 0]), np.array([0, -1.0, 1.0])
    rows = [
        Functional("a", "s", up, np.array([1.0, 0]), ((5, 1.0), (2, -1.0))),
        Functional("b", "s", up, np.array([1.0, 0]), ((5, 1.0), (2, -1.0))),
        Functional("c", "t", other, np.array([0.5, 0.5]), ((9, 1.0),), log_source=0.3),
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
    seen = _seen()
    pull = story_pull(seen, HYPER)
    shared = (pull @ pull.T) * (seen.stories[:, None] == seen.stories)
    assert np.allclose(Geometry(seen).covariance(HYPER), _by_force(seen) + shared)


def test_claims_of_one_story_count_as_n_over_one_plus_n_minus_one_rho() -> None:
    seen = _seen()
    pull, own = story_pull(seen, HYPER)[:2], own_noise_sd(seen, HYPER)[:2]
    noise = pull @ pull.T + np.diag(own**2)
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


def test_some_weeks_give_those_rows_of_all() -> None:
    geometry = Geometry(_seen())
    some = np.array([2.0, 7.0])
    for whole, rows in zip(geometry.towards(HYPER), geometry.towards(HYPER, some), strict=True):
        assert np.allclose(whole[[2, 7]], rows)
