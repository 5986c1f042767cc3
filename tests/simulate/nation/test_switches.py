"""Mechanisms of residents, each with and without: savings, hiding, complaints."""

import numpy as np
import pytest
from tests.simulate.nation.worlds import nation, village
from tests.simulate.small import small

from satrap.simulate.draws import draw_parameters
from satrap.simulate.nation.meetings import COLUMNS
from satrap.simulate.nation.nation import Lived
from satrap.simulate.scenario import OFF, Mechanisms

VALUES = {"meetings": 0.9, "burden": 0.3, "savings": 0.5, "hiding": 0.9, "complaint": 0.5, "regaining": 0.01}


def lived(**switches: bool) -> Lived:
    return nation(village(weeks=40, events=[], values=VALUES, **switches)).live(40)


def total(found: Lived, column: int) -> int:
    return int(found.tally[..., column].sum())


def test_with_savings_the_drained_have_nothing_left_to_take() -> None:
    assert total(lived(), COLUMNS.taken) < 0.9 * total(lived(savings=False), COLUMNS.taken)


def test_who_hides_is_not_taken_from() -> None:
    found, open_ = (lived(savings=False, hiding=on) for on in (True, False))
    assert total(found, COLUMNS.met) == total(open_, COLUMNS.met)
    assert total(found, COLUMNS.taken_from) < 0.9 * total(open_, COLUMNS.taken_from)


def test_nobody_complains_where_complaints_are_off() -> None:
    assert total(lived(), COLUMNS.complaints) > 0
    silent = lived(complaints=False)
    assert total(silent, COLUMNS.complaints) == 0
    assert np.array_equal(silent.tally[..., COLUMNS.taken], lived().tally[..., COLUMNS.taken])


@pytest.mark.parametrize("name", list(Mechanisms.model_fields))
def test_a_mechanism_that_is_off_has_its_parameters_at_nought(name: str) -> None:
    drawn = draw_parameters(small().with_mechanisms(**{name: False}), range(3), 1)
    assert all((drawn[parameter] == 0).all() for parameter in OFF[name])
