"""What a scenario answers at given parameters: the seam between the model and what asks it many times.

Answers are kept under the hash of all that decides them, so that a screening or a calibration that was
stopped goes on: asked the same again, it reads instead of simulating.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from satrap.errors import ScenarioError
from satrap.simulate.draws import switched_off
from satrap.simulate.engine import empty, run_block
from satrap.simulate.kept import MODEL, world
from satrap.simulate.outcomes import Outcome, Parts
from satrap.simulate.results import Held
from satrap.simulate.run import Run
from satrap.simulate.scenario import Scenario
from satrap.simulate.state import InitialState
from satrap.simulate.units import Floats

BATCH = 64
"""Members stepped together and kept in one file; no answer depends on it."""
INSIDE = 1e-9
"""Quantiles are kept this far from 0 and 1, where a prior without bounds has none."""

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Answers:
    """A scenario, a start and outcomes to ask of them. The equations answer; people are not followed.

    A parameter is a column: its quantile, the share of its prior below it. Only priors are asked about:
    values, and what a switched-off mechanism needs, stay as they are.
    """

    scenario: Scenario
    initial: InitialState
    outcomes: tuple[Outcome, ...]
    seed: int
    keep: Path | None = None

    def __post_init__(self) -> None:
        if not self.outcomes:
            raise ScenarioError("no outcome asked for", remedy="name one or more")
        for one in self.outcomes:
            one.weeks(self.scenario)  # told before an hour of simulation, not after
        if not self.parameters:
            raise ScenarioError(
                f"{self.scenario.id} has no parameter with a prior", remedy="give a parameter a prior"
            )
        # Names of institutions and places are checked by a run of nobody.
        self._read(np.empty((0, len(self.parameters))), np.empty(0, np.int64))

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that are uncertain, in the order of the columns."""
        off = switched_off(self.scenario)
        return tuple(n for n, p in self.scenario.parameters.items() if p.prior is not None and n not in off)

    def at(self, quantiles: Floats, members: NDArray[np.int64], progress: Progress | None = None) -> Parts:
        """Outcomes (rows, outcomes) at rows of quantiles (rows, parameters) in [0, 1].

        Row r is lived with the chance, and from the draw of the start, of ``members[r]``: rows of one member
        differ by parameters alone.
        """
        found: list[Floats] = []
        total = len(quantiles)
        for first in range(0, total, BATCH):
            rows = slice(first, first + BATCH)
            found.append(self._kept(np.clip(quantiles[rows], INSIDE, 1 - INSIDE), members[rows]))
            if progress is not None:
                progress(min(first + BATCH, total), total)
        return Parts(*np.moveaxis(np.concatenate(found), -1, 0))

    def averaged(self, quantiles: Floats, members: int, progress: Progress | None = None) -> Parts:
        """Outcomes (rows, outcomes, members): every row lived with the chance of the same members."""
        rows = np.repeat(quantiles, members, axis=0)
        parts = self.at(rows, np.tile(np.arange(members), len(quantiles)), progress)
        shape = (len(quantiles), members, len(self.outcomes))
        return Parts(*(part.reshape(shape).swapaxes(1, 2) for part in parts))

    def _kept(self, quantiles: Floats, members: NDArray[np.int64]) -> Floats:
        """(rows, outcomes, part), read where it is kept, else found and kept."""
        if self.keep is None:
            return self._read(quantiles, members)
        named = hashlib.sha256(self._question.encode() + quantiles.tobytes() + members.tobytes())
        file = self.keep / f"{named.hexdigest()[:24]}.npy"
        try:
            return np.asarray(np.load(file), dtype=np.float64)
        except (OSError, ValueError):  # not there, or torn
            found = self._read(quantiles, members)
        self.keep.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(f".{os.getpid()}")
        with beside.open("wb") as opened:
            np.save(opened, found)
        beside.replace(file)
        return found

    @cached_property
    def _question(self) -> str:
        asked = [one.model_dump(mode="json") for one in self.outcomes]
        return json.dumps([MODEL, world(self.scenario, self.initial), self.seed, asked])

    def _read(self, quantiles: Floats, members: NDArray[np.int64]) -> Floats:
        run = self._lived(self.scenario, quantiles, members)
        needs_calm = any(one.needs_calm for one in self.outcomes)
        calm = self._lived(self.scenario.without_events(), quantiles, members) if needs_calm else None
        read = [one.read(run, calm) for one in self.outcomes]
        return np.moveaxis(np.array(read), -1, 0)

    def _lived(self, scenario: Scenario, quantiles: Floats, members: NDArray[np.int64]) -> Run:
        arrays = empty(scenario, len(members))
        at = dict(zip(self.parameters, quantiles.T, strict=True))
        if len(members):
            run_block(scenario, self.initial.aligned(scenario), members.tolist(), self.seed, arrays, at)
        return Run(scenario=scenario, seed=self.seed, results=Held(scenario, arrays, ()))
