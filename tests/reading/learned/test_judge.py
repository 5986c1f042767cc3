"""The judge's scores are probabilities."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from satrap.reading.learned.judge import EVIDENCE, Evidence, judged, log_odds
from satrap.reading.learned.model import Model

numbers = st.floats(-6, 6)


@given(st.lists(st.builds(Evidence, **dict.fromkeys(EVIDENCE, numbers)), max_size=5))
def test_scores_lie_between_nought_and_one(evidence: list[Evidence]) -> None:
    found = judged(evidence, Model.bundled().levels["fast"].judge)
    assert found.shape == (len(evidence),)
    assert np.all((found >= 0) & (found <= 1))


@given(st.floats(0, 1), st.floats(0, 1))
def test_log_odds_rise_with_probability_and_are_bounded(one: float, other: float) -> None:
    assert (log_odds(one) <= log_odds(other)) == (one <= other) or log_odds(one) == log_odds(other)
    assert -6 <= log_odds(one) <= 6
