"""The displacement ratio: how much of what one office stopped taking others took over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from satrap.simulate.units import Floats

LEAST_GIVEN_UP = 0.01
"""Undefined where less than 1% of the former taking was given up: it would divide noise by noise."""


@dataclass(frozen=True, slots=True, eq=False)
class DisplacementRatio:
    """Per member: what others took over and the weakened office gave up, as shares of household spending.

    1 means that all was taken over, 0 that nothing was, above 1 that residents are worse off than before, and
    below 0 that the others took less as well.
    """

    taken_over: Floats
    given_up: Floats
    defined: NDArray[np.bool_]

    @property
    def values(self) -> Floats:
        """The ratio by member; NaN where it is undefined."""
        safe = np.where(self.defined, self.given_up, 1.0)
        return np.where(self.defined, self.taken_over / safe, np.nan)

    @property
    def undefined(self) -> float:
        """The share of members in which the weakened office gave up (almost) nothing, or took more."""
        return float(1 - self.defined.mean())

    def quantiles(self, probs: Sequence[float]) -> Floats:
        """Quantiles over the members in which the ratio is defined; NaN if it is defined in none."""
        if not self.defined.any():
            return np.full(len(probs), np.nan)
        return np.asarray(np.quantile(self.values[self.defined], probs))

    def __str__(self) -> str:
        if not self.defined.any():
            return "undefined: the weakened office gave up nothing in any run"
        low, middle, high = self.quantiles((0.1, 0.5, 0.9))
        return f"{middle:.2f} (80%: {low:.2f} to {high:.2f}; undefined in {self.undefined:.0%} of runs)"


def displacement(given_up: Floats, taken_over: Floats, at_stake: Floats) -> DisplacementRatio:
    """The ratio from changes by member; `at_stake` is what the weakened office took before, or would have."""
    return DisplacementRatio(taken_over, given_up, given_up > LEAST_GIVEN_UP * at_stake)
