"""The nations in which the simulator is measured, its figures as they are kept, and measuring by itself."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.rows import FIGURES, ROOT, Row, under_load
from satrap.simulate import InitialState, Scenario, load_scenario
from satrap.simulate.catalogue import CATALOGUE
from satrap.simulate.nation.nation import Nation

COMMAND = "make bench-simulate"
SHRUNK = int(os.environ.get("SATRAP_SHRUNK", "1"))
"""By how much nations and ensembles are smaller than the bars ask for; only at 1 figures count."""
PEOPLE = 25_000_000 // SHRUNK
WEEKS = 520
SEED = 1


def nation_of(people: int, weeks: int = WEEKS, name: str = "kp-2017", *, fixed: bool = True) -> Scenario:
    """A shipped scenario with so many residents and weeks; ``fixed``: every parameter at its median."""
    scenario = load_scenario(name)
    whole = sum(one.population for one in scenario.places)
    places = [
        one.model_copy(update={"population": round(one.population * people / whole)})
        for one in scenario.places
    ]
    changes: dict[str, Any] = {"places": tuple(places), "weeks": weeks}
    if fixed:
        half, parameters = np.array([0.5]), {}
        for key, one in scenario.parameters.items():
            entry = CATALOGUE[key]
            middle = float(one.draw(half, entry.low, entry.high)[0])
            parameters[key] = one.model_copy(update={"value": middle, "prior": None})
        changes["parameters"] = parameters
    return scenario.model_copy(update=changes)


def begun(scenario: Scenario, member: int = 0, seed: int = SEED) -> Nation:
    """Its first day."""
    return Nation.begin(scenario, InitialState.from_scenario(scenario), member, seed)


def warm() -> None:
    """Compile, or load, what lives a nation."""
    begun(nation_of(20_000)).live(1)


def kept(part: str) -> dict[str, Any]:
    """What was measured of a part; nothing if it never was."""
    path = _path(part)
    found: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    return found


def keep(part: str, found: Mapping[str, Any]) -> None:
    """Keep what was measured of a part."""
    path = _path(part)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({**found, "load": round(os.getloadavg()[0], 1)}, indent=1) + "\n")


def alone(module: str, *arguments: object, threads: int = 2, python: str | None = None) -> dict[str, Any]:
    """What ``python -m module arguments`` prints last, as JSON: measured in a process of its own, with so
    many threads.
    """
    names = ("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "POLARS_MAX_THREADS")
    done = subprocess.run(
        [python or sys.executable, "-m", module, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **dict.fromkeys(names, str(threads))},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def row(
    found: Mapping[str, Any],
    name: str,
    value: float,
    target: float | None,
    unit: str,
    n: int,
    note: str = "",
    **more: Any,
) -> Row:
    """A figure of ``found``, with how busy the machine was."""
    load = f"load average {found['load']:.1f}"
    return under_load(f"simulate.{name}", value, target, unit, n, COMMAND, load, note, **more)


def _path(part: str) -> Path:
    folder = FIGURES if SHRUNK == 1 else ROOT / "build"
    return folder / "simulate" / f"{part}.json"
