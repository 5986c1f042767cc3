import numpy as np
import pytest

from satrap.simulate.kernels.balancing import inspection_hazard


def test_whoever_grows_is_inspected_more_often() -> None:
    hazard = inspection_hazard(np.array([0.2, 0.4, 0.6]), np.array(0.01), np.array(5.0), np.array(0.4))
    assert hazard[0] < hazard[1] < hazard[2]
    assert hazard[1] == pytest.approx(0.01)
