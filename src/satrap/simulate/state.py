"""Where a run starts: who holds how much authority, as draws of what is known."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np

from satrap.errors import ScenarioError
from satrap.simulate.scenario import Scenario
from satrap.simulate.units import Floats


@dataclass(frozen=True, slots=True)
class InitialState:
    """Draws of log authority, shape (n_draws, place, institution); shares are its softmax over institutions.

    Only differences within a place matter. Ensemble member k starts from draw k mod n_draws, so a posterior
    passes its uncertainty on.
    """

    places: tuple[str, ...]
    institutions: tuple[str, ...]
    log_ratios: Floats

    def __post_init__(self) -> None:
        shape = (len(self.places), len(self.institutions))
        if self.log_ratios.ndim != 3 or self.log_ratios.shape[1:] != shape or not len(self.log_ratios):
            raise ScenarioError(
                f"log_ratios has shape {self.log_ratios.shape}, not (n_draws, *{shape})",
                remedy="give one row a place and one column an institution",
            )
        if not np.isfinite(self.log_ratios).all():
            raise ScenarioError(
                "log_ratios holds NaN or infinite values", remedy="leave out offices without an estimate"
            )

    @classmethod
    def from_scenario(cls, scenario: Scenario) -> Self:
        """The scenario's own shares, equal in all places: one draw, without uncertainty."""
        shares = np.array([one.share for one in scenario.institutions])
        log_ratios = np.broadcast_to(np.log(shares), (1, len(scenario.places), len(shares)))
        return cls(
            tuple(one.id for one in scenario.places),
            tuple(one.id for one in scenario.institutions),
            np.asarray(log_ratios, dtype=np.float64),
        )

    def aligned(self, scenario: Scenario) -> Self:
        """The same draws in the scenario's order of places and institutions.

        Places or institutions that the scenario lacks are dropped (shares are renormalised by the softmax);
        raises ScenarioError if one of the scenario's own is missing here.
        """
        places = tuple(one.id for one in scenario.places)
        institutions = tuple(one.id for one in scenario.institutions)
        for kind, wanted, given in (
            ("place", places, self.places),
            ("institution", institutions, self.institutions),
        ):
            missing = [one for one in wanted if one not in given]
            if missing:
                raise ScenarioError(
                    f"the initial state has no {kind} {', '.join(missing)}",
                    remedy=f"it has {', '.join(given)}; adjust the scenario {scenario.id}",
                )
        rows = [self.places.index(one) for one in places]
        columns = [self.institutions.index(one) for one in institutions]
        return type(self)(places, institutions, self.log_ratios[:, rows][:, :, columns])
