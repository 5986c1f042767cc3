import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import expit
from scipy.stats import norm

from satrap.errors import EstimateError
from satrap.estimate.items import Answers, Array, Items, logistic, probit, scores, two_parameter

SLOPE, BIAS = np.array([0.8, 1.5, 2.0, 1.1]), np.array([[1.0, -0.6], [0.3, -1.0], [0.5, 0.0], [-0.2, -1.1]])
bounds = st.tuples(st.floats(-20, 20), st.floats(0.01, 20)).map(lambda two: (two[0], two[0] + two[1]))


def _answered(count: int, seed: int, *, categories: int = 3) -> tuple[Array, Array]:
    """Answers of ``count`` rows to four items with logistic noise, and their latents."""
    rng = np.random.default_rng(seed)
    latent, noise = rng.normal(size=count), rng.logistic(size=(count, 4))
    value = (SLOPE * latent[:, None] + noise)[:, :, None] + BIAS[:, : categories - 1]
    return (value > 0).sum(axis=2).astype(float), latent


@given(bounds, st.sampled_from([(logistic, expit), (probit, norm.cdf)]))
def test_an_answer_is_noise_between_two_bounds(two: tuple[float, float], of: tuple) -> None:  # type: ignore[type-arg]
    (lower, upper), (response, cumulative) = two, of
    log_p, at_lower, at_upper = (float(x[0]) for x in response(np.array([lower]), np.array([upper])))
    assert np.isfinite([log_p, at_lower, at_upper]).all()
    assert np.isclose(np.exp(log_p), cumulative(upper) - cumulative(lower), atol=1e-12)
    assert at_lower <= 0 <= at_upper, "a wider interval is likelier"


@pytest.mark.parametrize("response", [logistic, probit])
def test_categories_exhaust_what_can_be_said(response: object) -> None:
    ends = np.array([-np.inf, -0.4, 1.3, np.inf])
    assert np.isclose(np.exp(response(ends[:-1], ends[1:])[0]).sum(), 1.0)  # type: ignore[operator]


@pytest.mark.parametrize("categories", [2, 3])
def test_items_are_found_again(categories: int) -> None:
    table, _ = _answered(20_000, 1, categories=categories)
    found = two_parameter(Answers.of(table)[0])
    assert np.allclose(found.slope, SLOPE, atol=0.12)
    assert np.allclose(found.bias, BIAS[:, : categories - 1], atol=0.08)


def test_missing_answers_are_left_out_and_cost_certainty() -> None:
    table, _ = _answered(4_000, 2)
    blanked = np.where(np.random.default_rng(0).random(table.shape) < 0.3, np.nan, table)
    answers, index = Answers.of(blanked)
    found = scores(two_parameter(answers), answers)
    given_answers = np.isfinite(blanked).sum(axis=1)
    assert (np.diff([found.sd[index][given_answers == n].mean() for n in range(5)]) < 0).all()
    silent = index[given_answers == 0][0]
    assert np.allclose([found.mean[silent], found.sd[silent]], [0, 1]), "who says nothing stays at the prior"


def test_scores_are_posterior_means_with_their_standard_deviations() -> None:
    answers = Answers.of(np.array([[1.0, 0.0, 1.0, 1.0]]))[0]
    found = scores(Items(SLOPE, BIAS[:, :1]), answers, points=41)

    def moment(power: int) -> float:
        chance = expit(SLOPE[:, None] * np.linspace(-8, 8, 4001) + BIAS[:, :1])
        chance[1] = 1 - chance[1]
        theta = np.linspace(-8, 8, 4001)
        return float(np.trapezoid(theta**power * norm.pdf(theta) * chance.prod(axis=0), theta))

    mean = moment(1) / moment(0)
    assert np.isclose(found.mean[0], mean)
    assert np.isclose(found.sd[0], np.sqrt(moment(2) / moment(0) - mean**2))


def test_a_row_with_many_answers_is_known_well() -> None:
    rng = np.random.default_rng(9)
    items = Items(rng.uniform(0.5, 2, 2_000), rng.normal(size=(2_000, 1)))
    value = items.slope * 1.3 + items.bias[:, 0] + rng.logistic(size=2_000)
    found = scores(items, Answers.of((value > 0).astype(float)[None])[0])
    assert 0 < found.sd[0] < 0.06
    assert abs(found.mean[0] - 1.3) < 3 * found.sd[0]


def test_seven_points_that_follow_the_row_are_nearly_exact() -> None:
    table, _ = _answered(2_000, 3)
    answers = Answers.of(table)[0]
    seven, many = (scores(two_parameter(answers, points=p), answers, points=p) for p in (7, 41))
    assert np.abs(seven.mean - many.mean).max() < 0.005
    assert np.abs(seven.sd - many.sd).max() < 0.005


def test_standard_errors_are_what_they_say() -> None:
    table, latent = _answered(5_000, 4)
    answers, index = Answers.of(table)
    found = scores(two_parameter(answers), answers)
    distance = (latent - found.mean[index]) / found.sd[index]
    assert abs(distance.std() - 1) < 0.03


def test_turned_answers_turn_the_latent() -> None:
    table, _ = _answered(3_000, 5, categories=2)
    there, back = Answers.of(table), Answers.of(1 - table)
    first, second = (scores(two_parameter(a), a) for a, _ in (there, back))
    assert np.allclose(first.mean[there[1]], -second.mean[back[1]], atol=1e-4)


def test_rows_alike_count_as_often_as_they_occur() -> None:
    table, _ = _answered(300, 6, categories=2)
    once, twice = (two_parameter(Answers.of(t)[0]) for t in (table, np.vstack([table, table])))
    assert np.allclose(once.slope, twice.slope, atol=1e-4)


def test_an_item_that_all_answer_alike_is_an_error() -> None:
    table, _ = _answered(200, 7, categories=2)
    table[:, 2] = 1.0
    with pytest.raises(EstimateError, match="item 2 has no answer in category 0"):
        two_parameter(Answers.of(table)[0])


def test_items_that_repeat_each_other_are_an_error() -> None:
    rng = np.random.default_rng(8)
    table = np.repeat(rng.integers(0, 2, size=(200, 1)).astype(float), 3, axis=1)
    with pytest.raises(EstimateError, match="without error"):
        two_parameter(Answers.of(table)[0])
