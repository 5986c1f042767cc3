import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from satrap.simulate.kernels.authority import displace, shares
from satrap.simulate.units import Floats

log_ratios = hnp.arrays(np.float64, (2, 3, 4), elements=st.floats(-300, 300))


@given(log_ratios)
def test_shares_sum_to_one_in_every_place(log_ratio: Floats) -> None:
    assert np.allclose(shares(log_ratio).sum(axis=-1), 1)


@given(log_ratios, st.floats(-50, 50))
def test_only_differences_between_institutions_matter(log_ratio: Floats, shift: float) -> None:
    assert np.allclose(shares(log_ratio), shares(log_ratio + shift))


def test_dismissals_cost_authority_and_transfers_move_it() -> None:
    moved = displace(np.zeros(2), np.array([-1.0, 1.0]), np.array(0.1), np.array([5.0, 0.0]))
    assert moved.tolist() == [-1.5, 1.0]
