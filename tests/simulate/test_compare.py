import numpy as np
import pytest
from tests.simulate.small import FALL, ORDER, TRANSFER, run, small

from satrap.errors import ScenarioError
from satrap.simulate import Comparison


@pytest.fixture(scope="module")
def compared() -> Comparison:
    return Comparison(run(small(events=[])), run(small(events=[FALL, ORDER, TRANSFER])))


def test_nothing_differs_before_the_intervention(compared: Comparison) -> None:
    assert np.all(compared.effect("burden")[:, :26] == 0)
    assert np.any(compared.effect("burden")[:, 26:] != 0)


def test_effects_of_institutions_add_up_to_the_effect_on_all(compared: Comparison) -> None:
    each = sum(compared.effect("take", institution=one) for one in compared.base.institutions)
    assert np.allclose(each, compared.effect("take"), atol=1e-6)


def test_the_table_ends_with_all_institutions_together(compared: Comparison) -> None:
    table = compared.at(40)
    assert table["institution"].to_list() == [*compared.base.institutions, "all"]
    assert table.filter(institution="MSS")["lower"].item() == 1


def test_the_displacement_ratio_is_that_of_the_changed_world_against_its_base(compared: Comparison) -> None:
    expected = compared.other.displacement_ratio(60, against=compared.base).values
    assert np.array_equal(compared.displacement_ratio(60).values, expected, equal_nan=True)


def test_runs_of_another_seed_or_size_cannot_be_compared(compared: Comparison) -> None:
    with pytest.raises(ScenarioError, match="differ in seed"):
        Comparison(compared.base, run(small(events=[]), seed=2))
    with pytest.raises(ScenarioError, match="differ in runs"):
        Comparison(compared.base, run(small(events=[]), runs=3))


def test_it_shows_itself(compared: Comparison) -> None:
    assert "lower in" in compared._repr_html_()
    assert len(compared.plot("take", institution="WPK").to_dict()["layer"]) == 4
