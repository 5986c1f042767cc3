"""Members of one scenario side by side, week by week: weighed by what is seen of them, and drawn anew.

A bootstrap particle filter (Gordon, Salmond & Smith 1993) over the equations, with systematic resampling
(Kitagawa 1996) where the effective number of members falls below half. A member's parameters go with its
past; nothing makes new ones, so that after many resamplings few are left: see ``distinct``.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from satrap.errors import ScenarioError
from satrap.simulate.engine import Block
from satrap.simulate.scenario import Scenario
from satrap.simulate.state import InitialState
from satrap.simulate.streams import stream
from satrap.simulate.units import Floats

LEAST = 0.5
"""Members are drawn anew below this effective part of them."""


class Particles:
    """``shares`` and ``takes`` (members, week, place, institution) hold each member's own past up to
    ``week``, the last that was lived (-1: none); ``weights`` (members,) sum to one. The same arguments and
    the same likelihoods give the same bits."""

    def __init__(self, scenario: Scenario, initial: InitialState, count: int, seed: int) -> None:
        if count < 2:
            raise ScenarioError(f"{count} particles asked for", remedy="ask for two or more")
        self.scenario, self.seed, self.week = scenario, seed, -1
        self._block = Block(scenario, initial.aligned(scenario), range(count), seed)
        self._weeks = self._block.weeks()
        shape = (count, scenario.weeks, len(scenario.places), len(scenario.institutions))
        self.shares, self.takes = (np.zeros(shape, np.float32) for _ in range(2))
        self._log_weights = np.full(count, -np.log(count))
        self._origin = np.arange(count)
        self._resampled = 0

    def live(self, week: int) -> None:
        """Every member lives on to the end of `week`; none goes back. ScenarioError beyond the run."""
        if week >= self.scenario.weeks:
            raise ScenarioError(
                f"week {week} of {self.scenario.weeks}", remedy="give the scenario more weeks"
            )
        while self.week < week:
            self.week = next(self._weeks)
            self.shares[:, self.week] = self._block.share
            self.takes[:, self.week] = self._block.take

    def weigh(self, log_likelihood: Floats) -> float:
        """Weigh members by something seen, (members,), and return the effective number left, before members
        are drawn anew where it is too low."""
        weighed = self._log_weights + log_likelihood
        self._log_weights = weighed - logsumexp(weighed)
        effective = self.ess
        if effective < LEAST * len(self._log_weights):
            self._draw_anew()
        return effective

    @property
    def weights(self) -> Floats:
        return np.asarray(np.exp(self._log_weights))

    @property
    def ess(self) -> float:
        """The effective number of members, 1 / Σ w²."""
        return float(np.exp(-logsumexp(2 * self._log_weights)))

    @property
    def distinct(self) -> int:
        """How many of the first members, and so of the parameters, have offspring left."""
        return len(np.unique(self._origin))

    def happened(self, kind: str, institution: str, first: int, last: int) -> NDArray[np.bool_]:
        """(members,): whether something of the kind befell the institution in the weeks `first` to `last`.

        What lies before the last resampling is that of whoever stood in the row then: ask of later weeks.
        """
        found = np.zeros(len(self._log_weights), dtype=np.bool_)
        rows = [
            one.member
            for one in self._block.events.log
            if one.kind == kind and one.institution == institution and first <= one.week <= last
        ]
        found[rows] = True
        return found

    def _draw_anew(self) -> None:
        count, self._resampled = len(self._log_weights), self._resampled + 1
        start = stream(self.seed, self._resampled, "resampling").random()
        ends = np.cumsum(self.weights)
        rows = np.searchsorted(ends / ends[-1], (start + np.arange(count)) / count)
        self._block.follow(rows)
        lived = slice(0, self.week + 1)
        for past in (self.shares, self.takes):
            past[:, lived] = past[rows, lived]
        self._origin = self._origin[rows]
        self._log_weights = np.full(count, -np.log(count))
