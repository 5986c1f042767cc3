"""Eight bytes hold a resident, whatever the numbers."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from satrap.simulate.nation import record
from satrap.simulate.nation.record import MOST, packed


@settings(deadline=None)  # the first call compiles
@given(*(st.integers(0, MOST[name]) for name in ("wealth", "burden", "week", "fear", "exposure")))
def test_what_goes_in_comes_out(wealth: int, burden: int, week: int, fear: int, exposure: int) -> None:
    one = np.uint64(packed(wealth, burden, week, fear, exposure))
    assert record.wealth(one) == wealth
    assert record.burden(one) == burden
    assert record.week(one) == week
    assert record.fear(one) == fear
    assert record.exposure(one) == exposure
