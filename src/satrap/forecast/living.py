"""Particles by place and institution: what they have been through, in the estimator's terms."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from satrap.simulate import Scenario
from satrap.simulate.particles import Particles

Array = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Living:
    """A view of particles. Places that the scenario lacks, such as the nation's own, are the mean of
    residents: there is no centre in the simulator."""

    particles: Particles

    @property
    def scenario(self) -> Scenario:
        return self.particles.scenario

    @property
    def week(self) -> int:
        """The last that was lived."""
        return self.particles.week

    @property
    def count(self) -> int:
        return len(self.particles.shares)

    def log_ratios(self, week: int, place: str | None) -> Array:
        """Log shares less their mean over institutions, (members, institutions)."""
        logs = np.log(self.particles.shares[:, week].astype(np.float64))
        return self._at(logs - logs.mean(axis=-1, keepdims=True), place)

    def takes(self, week: int, place: str | None) -> Array:
        """Takings as a share of what residents spend, (members, institutions)."""
        return self._at(self.particles.takes[:, week].astype(np.float64), place)

    def week_of(self, day: date) -> int:
        return self.scenario.week_of(day)

    def _at(self, values: Array, place: str | None) -> Array:
        if place in self._places:
            return np.asarray(values[:, self._places.index(place)])
        return np.asarray(np.einsum("mpi,p->mi", values, self._people))

    @cached_property
    def _places(self) -> list[str | None]:
        return [one.id for one in self.scenario.places]

    @cached_property
    def _people(self) -> Array:
        people = np.array([one.population for one in self.scenario.places], dtype=np.float64)
        return np.asarray(people / people.sum())
