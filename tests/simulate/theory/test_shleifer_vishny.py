"""Shleifer–Vishny 1993: of complementary permissions n independent offices charge n/(n + 1), one 1/2."""

import pytest
from tests.simulate.small import quiet, run

from satrap.simulate import Scenario

MERGER = 26


def offices(n: int, complementarity: float = 1.0) -> Scenario:
    """A world of n equal offices that is put under one roof in week 26."""
    plain = quiet(events=[], weeks=40, values={"complementarity": complementarity})
    first = plain.institutions[0]
    equal = [first.model_copy(update={"id": f"O{k}", "share": 1 / n}) for k in range(n)]
    data = plain.model_dump(mode="json", by_alias=True)
    data["institutions"] = [one.model_dump(mode="json") for one in equal]
    data["question"] = {"weakened": "O0", "heirs": ["O1"], "witnesses": ["KP-05"]}
    ids = [one.id for one in equal]
    data["events"] = [{"id": "roof", "kind": "restructuring", "date": "2017-01-02", "merge": ids}]
    return Scenario.model_validate(data)


@pytest.mark.parametrize("n", [2, 3, 5])
def test_the_burden_of_n_offices_against_that_of_one(n: int) -> None:
    burden = run(offices(n), 4).series("burden")
    assert burden[:, MERGER - 1] / burden[:, MERGER] == pytest.approx((n / (n + 1)) / (1 / 2), rel=1e-5)


def test_three_offices_under_one_roof_cost_a_third_less_without_any_honesty() -> None:
    found = run(offices(3), 4)
    burden, takers = found.series("burden"), found.series("takers", institution="O0")
    assert 1 - burden[:, MERGER] / burden[:, MERGER - 1] == pytest.approx(1 / 3, rel=1e-5)
    assert takers[:, MERGER] == pytest.approx(takers[:, MERGER - 1])


def test_offices_that_nobody_needs_together_charge_the_same_under_one_roof() -> None:
    burden = run(offices(3, complementarity=0.0), 4).series("burden")
    assert burden[:, MERGER] == pytest.approx(burden[:, MERGER - 1], rel=1e-5)


def test_offices_that_compete_cost_more_under_one_roof() -> None:
    burden = run(offices(3, complementarity=-0.3), 4).series("burden")
    assert (burden[:, MERGER] > burden[:, MERGER - 1]).all()
