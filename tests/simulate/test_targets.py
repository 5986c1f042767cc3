"""Targets: what is known, how likely an outcome makes it, and faults with their line."""

from pathlib import Path

import numpy as np
import pytest

from satrap.errors import ScenarioError
from satrap.simulate import load_scenario
from satrap.simulate.targets import Target, Targets, bundled_targets, load_targets

GIVEN = {"id": "b", "quantity": "burden", "from": "2016-08-01", "to": "2016-09-01", "source": "made"}
FILE = """id: mine
title: mine
targets:
  - id: b
    quantity: burden
    from: 2016-08-01
    to: 2016-09-01
    {line}
    source: made
"""


def target(**known: float) -> Target:
    return Target.model_validate({**GIVEN, **known})


def test_a_value_is_normal_and_a_bound_has_the_reports_probability() -> None:
    value, bound = target(value=2, sd=0.5), target(above=1, probability=0.8)
    assert value.log_likelihood(np.array([2.0, 2.5])) == pytest.approx([0, -0.5])
    assert np.exp(bound.log_likelihood(np.array([2.0, 0.5]))) == pytest.approx([0.8, 0.2])


def test_of_what_is_undefined_no_value_and_no_bound_holds() -> None:
    undefined = np.array([np.nan])
    assert target(value=2, sd=0.5).log_likelihood(undefined) == -np.inf
    assert np.exp(target(below=1, probability=0.8).log_likelihood(undefined)) == pytest.approx(0.2)


@pytest.mark.parametrize("line", ["value: 1", "above: 1", "above: 1\n    below: 2\n    probability: .5"])
def test_a_target_that_says_half_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(FILE.format(line=line), encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"mine\.yaml:4: targets\[0\]: give `value` with `sd`"):
        load_targets(file)


def test_an_unknown_quantity_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "mine.yaml"
    file.write_text(FILE.format(line="value: 1\n    sd: 1").replace("burden", "burdn"), encoding="utf-8")
    with pytest.raises(ScenarioError, match=r"mine\.yaml:5: .*unknown quantity 'burdn'"):
        load_targets(file)


def test_priors_stand_in_and_fit_or_say_why_not() -> None:
    scenario = load_scenario("kp-2017")
    wide = {
        "unit": "per month",
        "source": "wide",
        "informed_by": "prior",
        "prior": {"dist": "uniform", "low": 0, "high": 0.5},
    }
    given = {"id": "t", "title": "t", "targets": [{**GIVEN, "value": 1, "sd": 1}]}
    applied = Targets.model_validate({**given, "priors": {"forgetting": wide}}).applied(scenario)
    assert applied.parameters["forgetting"].source == "wide"
    assert applied.parameters["drift"] == scenario.parameters["drift"]
    with pytest.raises(ValueError, match="unknown parameter 'forgeting', use forgetting"):
        Targets.model_validate({**given, "priors": {"forgeting": wide}})
    with pytest.raises(ValueError, match="per week"):
        Targets.model_validate({**given, "priors": {"forgetting": {**wide, "unit": "per week"}}})


@pytest.mark.parametrize("name", bundled_targets())
def test_what_is_shipped_fits_its_scenario(name: str) -> None:
    targets = load_targets(name)
    scenario = targets.applied(load_scenario(name))
    assert all(one.weeks(scenario).stop <= scenario.weeks for one in targets.targets)
