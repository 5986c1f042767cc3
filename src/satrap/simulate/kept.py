"""Finished members on disk: an ensemble that was stopped goes on, and may be larger than memory.

A member is a Parquet file under the hash of all that decides it (scenario, start, seed, engine, branch,
version of the model), so that another question never finds an old answer.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from satrap.simulate.engine import Arrays, Single
from satrap.simulate.results import column, table
from satrap.simulate.scenario import Scenario
from satrap.simulate.schedule import Happening
from satrap.simulate.state import InitialState

MODEL = "3"
"""Changes with the equations or the engines: what was kept by another model is not read."""

_CHUNK = 2**24
"""Numbers of one quantity that are read at a time: 64 MiB."""

_LOG = dict.fromkeys(Happening._fields, pl.String) | dict.fromkeys(("member", "week", "number"), pl.Int64)


def world(scenario: Scenario, initial: InitialState) -> str:
    """The hash of a scenario and of the draws of authority it starts from."""
    found = hashlib.sha256(scenario.model_dump_json(by_alias=True).encode())
    found.update(np.ascontiguousarray(initial.aligned(scenario).log_ratios).tobytes())
    return found.hexdigest()


class Kept:
    """The members of one ensemble in a folder of their own, inside `folder`."""

    def __init__(
        self,
        folder: Path,
        scenario: Scenario,
        initial: InitialState,
        seed: int,
        engine: str,
        branch: tuple[int, ...] = (),
    ) -> None:
        named = json.dumps([MODEL, world(scenario, initial), seed, engine, *branch])
        self.folder = folder / hashlib.sha256(named.encode()).hexdigest()[:16]
        self._scenario = scenario
        self._rows = scenario.weeks * len(scenario.places) * len(scenario.institutions)

    def has(self, member: int) -> bool:
        """Whether the member is there and whole."""
        try:
            rows = [pl.scan_parquet(file).select(pl.len()).collect().item() for file in self._files(member)]
        except (OSError, pl.exceptions.PolarsError):
            return False
        return bool(rows[0] == self._rows)

    def write(self, member: int, results: Arrays, log: Iterable[Happening]) -> None:
        """Keep one member, given as arrays without an axis for members; without its log it does not count."""
        self.folder.mkdir(parents=True, exist_ok=True)
        whole = table(self._scenario, member, {name: values[None] for name, values in results.items()})
        happened = pl.DataFrame([tuple(row) for row in log], schema=_LOG, orient="row")
        for file, one in zip(self._files(member), (whole, happened), strict=True):
            beside = file.with_suffix(f".{os.getpid()}")
            one.write_parquet(beside)
            beside.replace(file)

    def chunks(self, name: str, runs: int) -> Iterator[Single]:
        """One quantity of the first `runs` members, as :meth:`satrap.simulate.results.Results.chunks`."""
        size = max(1, _CHUNK // self._rows)
        for first in range(0, runs, size):
            files = [self._files(member)[0] for member in range(first, min(first + size, runs))]
            read = pl.scan_parquet(files).select(name).collect()
            yield column(read, name, self._scenario, len(files))

    def log(self, runs: int) -> Iterator[Happening]:
        """What happened in the first `runs` members."""
        for member in range(runs):
            yield from map(Happening._make, pl.read_parquet(self._files(member)[1]).iter_rows())

    def scan(self, runs: int) -> pl.LazyFrame:
        """The table of the first `runs` members, read as it is needed."""
        return pl.scan_parquet([self._files(member)[0] for member in range(runs)])

    def _files(self, member: int) -> tuple[Path, Path]:
        """The member's results and its log."""
        return self.folder / f"{member:06d}.parquet", self.folder / f"{member:06d}-log.parquet"


@dataclass(frozen=True, eq=False)
class Stored:
    """The results of the first `runs` members that are kept, read from disk as they are asked for."""

    kept: Kept
    runs: int

    def chunks(self, name: str) -> Iterator[Single]:
        return self.kept.chunks(name, self.runs)

    def log(self) -> Iterable[Happening]:
        return self.kept.log(self.runs)

    def scan(self) -> pl.LazyFrame:
        return self.kept.scan(self.runs)
