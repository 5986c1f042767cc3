"""Coordinates of the hyperparameters in which their posterior is nearest to a normal one.

A group's slope is the spread s of its kind times a number u that is standard normal a priori. Claims bind u
to s: they tell a slope b with information I, so that given s

    u ~ N(s I b / (1 + s² I), 1 / (1 + s² I))

which bends too much for a normal in (s, u) to follow, and lets the mode run off to where all u are small. So
v counts u in its standard deviations from its mean given s: v is close to N(0, 1) whatever s is. That is
partial non-centring, by how much is known of each slope (Papaspiliopoulos, Roberts & Sköld 2007, Statistical
Science 22, 59–73). With I = 0, v is u.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from satrap.estimate.hyper import NAMES, Group, Hyper, Prior, hyper_at

Array = NDArray[np.float64]
_KNOWN = len(NAMES)


@dataclass(frozen=True, eq=False)
class Coordinates:
    """v, (H + G,): one for each of NAMES, in which the prior is N(0, 1), then one for each group.

    ``slopes`` b and ``information`` I, (G,), are what claims tell of the groups; they shape v, not the
    posterior.
    """

    priors: Mapping[str, Prior]
    groups: tuple[Group, ...]
    slopes: Array
    information: Array

    @classmethod
    def plain(cls, priors: Mapping[str, Prior], groups: tuple[Group, ...]) -> "Coordinates":
        """v is u."""
        return cls(priors, groups, np.zeros(len(groups)), np.zeros(len(groups)))

    def __len__(self) -> int:
        return _KNOWN + len(self.groups)

    def standard(self, v: Array) -> Array:
        """u, in which the prior is N(0, I)."""
        spread = self._spread(v)
        known = 1 + spread**2 * self.information
        u = spread * self.information * self.slopes / known + v[_KNOWN:] / np.sqrt(known)
        return np.concatenate([v[:_KNOWN], u])

    def at(self, u: Array) -> Array:
        """v of a setting given in ``standard`` coordinates."""
        spread = self._spread(u)
        known = 1 + spread**2 * self.information
        v = (u[_KNOWN:] - spread * self.information * self.slopes / known) * np.sqrt(known)
        return np.concatenate([u[:_KNOWN], v])

    def hyper(self, v: Array) -> Hyper:
        return hyper_at(self.priors, self.groups, self.standard(v))

    def log_prior(self, v: Array) -> float:
        """Log density of v a priori, up to a constant."""
        u = self.standard(v)
        return float(-0.5 * (u @ u) - 0.5 * np.log1p(self._spread(v) ** 2 * self.information).sum())

    def _spread(self, v: Array) -> Array:
        kinds = {kind: self.priors[kind].value(float(v[NAMES.index(kind)])) for kind, _ in self.groups}
        return np.array([kinds[kind] for kind, _ in self.groups])
