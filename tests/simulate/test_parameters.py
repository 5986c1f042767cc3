from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from satrap.simulate.parameters import Parameter

UNIFORM = st.floats(0, 1, exclude_max=True)
PRIORS = st.sampled_from(
    [
        {"dist": "normal", "mean": 0.5, "sd": 2},
        {"dist": "lognormal", "median": 0.3, "log_sd": 1.5},
        {"dist": "beta", "a": 2, "b": 8},
        {"dist": "uniform", "low": -1, "high": 3},
    ]
)


def parameter(**given: Any) -> Parameter:
    return Parameter.model_validate({"unit": "share", "source": "a test", "informed_by": "prior", **given})


def test_a_value_is_drawn_as_itself() -> None:
    assert parameter(value=0.4).draw(np.array([0.1, 0.9]), 0, 1).tolist() == [0.4, 0.4]


@given(PRIORS, UNIFORM)
def test_draws_stay_within_the_admissible_range(prior: dict[str, Any], uniform: float) -> None:
    assert 0 <= parameter(prior=prior).draw(np.array([uniform]), 0, 1)[0] <= 1


def test_the_median_of_an_untruncated_lognormal_is_its_median() -> None:
    one = parameter(prior={"dist": "lognormal", "median": 0.173, "log_sd": 0.33})
    assert one.draw(np.array([0.5]), 0, np.inf)[0] == pytest.approx(0.173)


@pytest.mark.parametrize("given_", [{}, {"value": 1, "prior": {"dist": "uniform", "low": 0, "high": 1}}])
def test_a_parameter_is_either_a_value_or_a_prior(given_: dict[str, Any]) -> None:
    with pytest.raises(ValidationError, match="exactly one of `value` and `prior`"):
        parameter(**given_)


@pytest.mark.parametrize(
    "prior",
    [
        {"dist": "lognormal", "median": -1, "log_sd": 1},
        {"dist": "beta", "a": 0, "b": 1},
        {"dist": "uniform", "low": 2, "high": 1},
        {"dist": "normal", "mean": 0, "sd": float("nan")},
        {"dist": "cauchy", "median": 1},
    ],
)
def test_an_impossible_prior_is_refused(prior: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        parameter(prior=prior)
