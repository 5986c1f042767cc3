"""A nation laid down and taken up again: columns in Arrow files and a manifest that says what they are.

A checkpoint appears whole or not at all, since it is written beside its place and moved there by one rename.
"""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import NDArray

from satrap.errors import ScenarioError
from satrap.simulate.engine import Fork
from satrap.simulate.kept import world
from satrap.simulate.nation.ground import ground
from satrap.simulate.nation.meetings import People
from satrap.simulate.nation.nation import Nation, Origin, member_seed
from satrap.simulate.nation.pull import offices
from satrap.simulate.scenario import Scenario
from satrap.simulate.state import InitialState

FORMAT = 1
_MANIFEST = "manifest.json"


def save(nation: Nation, folder: Path, scenario: Scenario, initial: InitialState) -> None:
    """Lay the nation down in ``folder``, in place of what may lie there."""
    beside = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    people = nation.people
    _write(beside / "residents.arrow", {"record": people.records})
    _write(beside / "officials.arrow", {"flags": people.flags, "since": people.since, "purse": people.purse})
    _write(beside / "counties.arrow", {"fear": people.felt[:, 0], "burden": people.felt[:, 1]})
    manifest = {
        "format": FORMAT,
        "scenario": scenario.id,
        "world": world(scenario, initial),
        "seed": nation.origin.seed,
        "member": nation.origin.member,
        "fork": nation.origin.fork,
        "week": nation.week,
    }
    (beside / _MANIFEST).write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
    before = _before(folder)
    if folder.exists():
        shutil.rmtree(before, ignore_errors=True)
        folder.rename(before)
    beside.rename(folder)
    shutil.rmtree(before, ignore_errors=True)


def resume(folder: Path, scenario: Scenario, initial: InitialState) -> Nation:
    """The nation as it was laid down; it lives on as if it had never stopped.

    Raises ScenarioError where nothing is there, where a file is damaged, and where scenario or start are not
    those it was begun with.
    """
    before = _before(folder)
    if before.exists() and not folder.exists():  # killed between the two renames of save()
        before.rename(folder)
    try:
        manifest = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        residents = pl.read_ipc(folder / "residents.arrow")
        officials = pl.read_ipc(folder / "officials.arrow")
        counties = pl.read_ipc(folder / "counties.arrow")
    except (OSError, ValueError, pl.exceptions.PolarsError) as lost:
        raise ScenarioError(
            f"{folder}: no whole checkpoint ({type(lost).__name__})", remedy="begin the run anew"
        ) from lost
    if manifest.get("format") != FORMAT or manifest.get("world") != world(scenario, initial):
        raise ScenarioError(
            f"{folder}: a checkpoint of another scenario or start ({manifest.get('scenario')})",
            remedy="resume with the scenario and the estimate it was begun with, or begin anew",
        )
    fork = Fork(*manifest["fork"]) if manifest["fork"] else None
    origin = Origin(manifest["seed"], manifest["member"], fork)
    found = offices(scenario, initial, origin.member, origin.seed, fork)
    people = People(
        records=residents["record"].to_numpy().copy(),
        flags=officials["flags"].to_numpy().copy(),
        since=officials["since"].to_numpy().copy(),
        purse=officials["purse"].to_numpy().copy(),
        felt=np.ascontiguousarray(counties.select("fear", "burden").to_numpy()),
    )
    own = member_seed(fork.seed if fork else origin.seed, origin.member)
    return Nation(own, ground(scenario, found.block), people, found.pull, manifest["week"], origin)


def _before(folder: Path) -> Path:
    """Where the checkpoint before lies while another takes its place."""
    return folder.with_name(f".{folder.name}.before")


def _write(path: Path, columns: dict[str, NDArray[Any]]) -> None:
    pl.DataFrame(columns).write_ipc(path, compression="uncompressed")
