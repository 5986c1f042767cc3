"""Targets: what was observed, or reported with some probability, that a scenario is held against."""

from __future__ import annotations

from pathlib import Path
from typing import Self

import numpy as np
from pydantic import Field, field_validator, model_validator

from satrap.errors import ScenarioError, close_matches
from satrap.simulate.catalogue import CATALOGUE
from satrap.simulate.outcomes import Measure, Outcome
from satrap.simulate.parameters import Declared, Parameter
from satrap.simulate.scenario import Scenario, admit
from satrap.simulate.units import Floats
from satrap.yamlfile import load

_BUNDLED = Path(__file__).parent / "evidence"


class Target(Outcome):
    """An outcome and what is known of it: a `value` give or take `sd`, or that it was `above` or `below` a
    bound with a `probability` (that the report is right and speaks of the whole institution or country).
    """

    id: str
    source: str = Field(min_length=3)
    measure: Measure = Measure.LEVEL
    value: float | None = None
    sd: float | None = Field(default=None, gt=0)
    above: float | None = None
    below: float | None = None
    probability: float | None = Field(default=None, gt=0, lt=1)

    @model_validator(mode="after")
    def _one_kind(self) -> Self:
        bounds = [one for one in (self.above, self.below) if one is not None]
        valued = self.value is not None and self.sd is not None and not bounds and self.probability is None
        signed = len(bounds) == 1 and self.probability is not None and self.value is None and self.sd is None
        if not (valued or signed):
            raise ValueError("give `value` with `sd`, or one of `above` and `below` with `probability`")
        return self

    def holds(self, found: Floats) -> Floats:
        """1 where the bound holds, 0 where it does not or the outcome is undefined (NaN)."""
        low = -np.inf if self.above is None else self.above
        high = np.inf if self.below is None else self.below
        return np.asarray((found > low) & (found < high), dtype=np.float64)

    def log_likelihood(self, found: Floats) -> Floats:
        """Of outcomes by member: normal about the value, or the probability that the report is right or not.

        An undefined outcome (NaN) is told by no value: minus infinity there; no bound holds of it.
        """
        if self.probability is None:
            assert self.value is not None
            assert self.sd is not None
            fit = -0.5 * ((found - self.value) / self.sd) ** 2
            return np.where(np.isfinite(fit), fit, -np.inf)
        held = self.holds(found)
        return np.asarray(held * np.log(self.probability) + (1 - held) * np.log1p(-self.probability))

    def said(self) -> str:
        """What is known, in a few words: `0.09 ± 0.02`, `< 1 (80%)`."""
        if self.probability is None:
            return f"{self.value:g} ± {self.sd:g}"
        bound = f"> {self.above:g}" if self.above is not None else f"< {self.below:g}"
        return f"{bound} ({self.probability:.0%})"


class Targets(Declared):
    """A file of targets. `priors` stand in for the scenario's own where those rest on the same evidence: used
    twice, it would look like twice as much."""

    id: str
    title: str
    priors: dict[str, Parameter] = Field(default_factory=dict)
    targets: tuple[Target, ...] = Field(min_length=1)

    @field_validator("priors")
    @classmethod
    def _fit(cls, priors: dict[str, Parameter]) -> dict[str, Parameter]:
        for name, parameter in priors.items():
            if name not in CATALOGUE:
                close = close_matches(name, CATALOGUE) or sorted(CATALOGUE)
                raise ValueError(f"unknown parameter {name!r}, use {' or '.join(close)}")
            admit(name, parameter)
        return priors

    @model_validator(mode="after")
    def _told_apart(self) -> Self:
        names = [one.id for one in self.targets]
        twice = sorted({one for one in names if names.count(one) > 1})
        if twice:
            raise ValueError(f"target {', '.join(twice)} given twice")
        return self

    def applied(self, scenario: Scenario) -> Scenario:
        """The scenario with the priors that stand in."""
        return scenario.model_copy(update={"parameters": {**scenario.parameters, **self.priors}})

    def log_likelihood(self, found: Floats) -> Floats:
        """Of outcomes (members, targets), the targets independent of each other given the parameters."""
        told = [one.log_likelihood(found[:, k]) for k, one in enumerate(self.targets)]
        return np.asarray(np.sum(told, axis=0))


def bundled_targets() -> list[str]:
    """Names of the targets that come with satrap."""
    return sorted(path.stem for path in _BUNDLED.glob("*.yaml"))


def load_targets(name: str | Path) -> Targets:
    """The bundled targets of that name, or those in a YAML file; ScenarioError names file, line and key."""
    path = _BUNDLED / f"{name}.yaml" if str(name) in bundled_targets() else Path(name)
    return load(path, Targets, ScenarioError)
