"""The change of one office's share between two weeks."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

PRIOR_DOMINATED = 0.9  # posterior over prior standard deviation, above which claims hardly narrowed a thing
_SHIFTED = 0.5  # prior standard deviations: enough to make one sign twice as likely as the other


@dataclass(frozen=True, slots=True)
class Change:
    """Posterior of the change of one office's share between two dates (0.01 is one point).

    ``bands`` maps a probability to (low, high); ``p_down`` is the probability that the share fell.
    ``narrowing`` is the posterior over the prior standard deviation of the change in log-ratio, ``shift`` its
    posterior mean in prior standard deviations. Claims that all say "down" shift a change and need not narrow
    it: they tell its sign, while its size stays a matter of the prior.
    """

    mean: float
    bands: dict[float, tuple[float, float]]
    p_down: float
    narrowing: float
    shift: float

    @property
    def prior_dominated(self) -> bool:
        """Whether claims taught nearly nothing about this change: neither its sign nor its size."""
        return self.narrowing > PRIOR_DOMINATED and abs(self.shift) < _SHIFTED


def change_between(
    log_ratios: NDArray[np.float64], institution: int, narrowing: float, shift: float, probs: Sequence[float]
) -> Change:
    """The change from draws (S, 2, I) of an office's log-ratios at both ends."""
    shares = softmax(log_ratios, axis=2)
    moved = shares[:, 1, institution] - shares[:, 0, institution]
    bands = {}
    for prob in probs:
        low, high = np.quantile(moved, [(1 - prob) / 2, (1 + prob) / 2], method="weibull")
        bands[prob] = float(low), float(high)
    return Change(float(moved.mean()), bands, float((moved < 0).mean()), narrowing, shift)
