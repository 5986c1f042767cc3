"""Finished members on disk, so that an ensemble that was stopped goes on where it was.

A member is a Parquet file under the hash of all that decides it (scenario, start, seed, engine, version of
the model), so that another question never finds an old answer.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import polars as pl

from satrap.simulate.engine import OFFICE, Arrays
from satrap.simulate.scenario import Scenario
from satrap.simulate.schedule import Happening
from satrap.simulate.state import InitialState

MODEL = "3"
"""Changes with the equations or the engines: what was kept by another model is not read."""


def world(scenario: Scenario, initial: InitialState) -> str:
    """The hash of a scenario and of the draws of authority it starts from."""
    found = hashlib.sha256(scenario.model_dump_json(by_alias=True).encode())
    found.update(np.ascontiguousarray(initial.aligned(scenario).log_ratios).tobytes())
    return found.hexdigest()


class Kept:
    """The members of one ensemble in a folder of their own."""

    def __init__(
        self, folder: Path, scenario: Scenario, initial: InitialState, seed: int, engine: str
    ) -> None:
        named = json.dumps([MODEL, world(scenario, initial), seed, engine])
        self.folder = folder / hashlib.sha256(named.encode()).hexdigest()[:16]

    def read(self, member: int, into: Arrays) -> list[Happening] | None:
        """One member's log, its results written ``into`` their rows; None where it is not there, or torn."""
        try:
            places = pl.read_parquet(self._file(member, "places"))
            offices = pl.read_parquet(self._file(member, "offices"))
            log = pl.read_parquet(self._file(member, "log"))
        except (OSError, pl.exceptions.PolarsError):
            return None
        for name, values in into.items():
            values[:] = (offices if name in OFFICE else places)[name].to_numpy().reshape(values.shape)
        return [Happening(*row) for row in log.select(Happening._fields).iter_rows()]

    def write(self, member: int, results: Arrays, log: Iterable[Happening]) -> None:
        """Keep one member: the log last, without which it does not count."""
        self.folder.mkdir(parents=True, exist_ok=True)
        for part, wanted in (("offices", True), ("places", False)):
            columns = {
                name: values.reshape(-1) for name, values in results.items() if (name in OFFICE) == wanted
            }
            self._put(pl.DataFrame(columns), member, part)
        schema = dict.fromkeys(("member", "week", "number"), pl.Int64)
        words = {name: pl.String for name in Happening._fields if name not in schema}
        rows = [tuple(row) for row in log]
        self._put(
            pl.DataFrame(
                rows, schema={name: (schema | words)[name] for name in Happening._fields}, orient="row"
            ),
            member,
            "log",
        )

    def _put(self, table: pl.DataFrame, member: int, part: str) -> None:
        beside = self._file(member, part).with_suffix(f".{os.getpid()}")
        table.write_parquet(beside)
        beside.replace(self._file(member, part))

    def _file(self, member: int, part: str) -> Path:
        return self.folder / f"{member:06d}-{part}.parquet"
