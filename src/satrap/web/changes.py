"""How every office's share changed between two days, at once, from the draws that the estimate holds.

``Estimate.change`` solves for one office; a page that shows a hundred reads all of them from the same draws.
Means, bands and chances are the same; how much claims narrowed a change is estimated from the draws.
"""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from satrap.estimate import Estimate
from satrap.estimate.change import PRIOR_DOMINATED, Change
from satrap.estimate.surface import prior_change_sd
from satrap.estimate.tables import quantiles
from satrap.publish.authority import Shift

Array = NDArray[np.float64]

LEVELS = (0.025, 0.1, 0.25, 0.75, 0.9, 0.975)  # ends of the 95, 80 and 50% bands


@dataclass(frozen=True, eq=False)
class Changes:
    """By place and institution, (P, I): shares on both days, and how far they moved; ``ends`` (6, P, I) of
    the bands of the change, ``after_ends`` of those of the later share."""

    estimate: Estimate
    since: date
    as_of: date
    before: Array
    after: Array
    ends: Array
    after_ends: Array
    down: Array
    narrowing: Array
    shift: Array

    @classmethod
    def between(cls, estimate: Estimate, since: date, as_of: date) -> "Changes":
        """From the draws of both weeks; they must differ."""
        first, last = estimate.weeks.at(since), estimate.weeks.at(as_of)
        drawn = estimate.surfaces[:, :, [first, last]]
        shares = softmax(drawn, axis=3)
        moved = shares[:, :, 1] - shares[:, :, 0]
        apart = drawn[:, :, 1] - drawn[:, :, 0]
        parts = estimate.posterior.parts
        weights = [part.count for part in parts]
        widths = [prior_change_sd(last - first, drawn.shape[3], part.hyper) ** 2 for part in parts]
        prior = float(np.average(widths, weights=weights)) ** 0.5
        return cls(
            estimate,
            since,
            as_of,
            shares[:, :, 0].mean(axis=0, dtype=np.float64),
            shares[:, :, 1].mean(axis=0, dtype=np.float64),
            np.array(quantiles(np.sort(moved, axis=0), LEVELS)),
            np.array(quantiles(np.sort(shares[:, :, 1], axis=0), LEVELS)),
            (moved < 0).mean(axis=0),
            apart.std(axis=0, dtype=np.float64) / prior,
            apart.mean(axis=0, dtype=np.float64) / prior,
        )

    def at(self, place: int, institution: int) -> Shift:
        """One office's, by position, as a brief tells it."""
        estimate, at = self.estimate, (place, institution)
        ends = self.ends[:, place, institution]
        narrowing, shift = float(self.narrowing[at]), float(self.shift[at])
        change = Change(0.0, {}, 0.0, narrowing, shift)
        return Shift(
            estimate.offices.institutions[institution],
            estimate.offices.places[place] if place else None,
            self.since,
            self.as_of,
            float(self.before[at]),
            float(self.after[at] - self.before[at]),
            float(ends[1]),
            float(ends[4]),
            float(self.down[at]),
            narrowing > PRIOR_DOMINATED,
            change.prior_dominated or estimate.prior_only,
        )

    def all(self) -> list[Shift]:
        """Every office's."""
        places, institutions = self.before.shape
        return [self.at(place, one) for place in range(places) for one in range(institutions)]
