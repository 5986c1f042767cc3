"""What members gave, in memory or on disk: read one quantity and some members at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import numpy as np
import polars as pl

from satrap.simulate.engine import OFFICE, PLACE, Arrays, Single
from satrap.simulate.scenario import Scenario
from satrap.simulate.schedule import Happening

QUANTITIES = (*OFFICE, *PLACE)


class Results(Protocol):
    """The results of members 0, 1, … of an ensemble."""

    @property
    def runs(self) -> int:
        """The number of members."""
        ...

    def chunks(self, name: str) -> Iterator[Single]:
        """One quantity, some members at a time and in order: (members, week, place[, institution])."""
        ...

    def log(self) -> Iterable[Happening]:
        """What happened in each member, in their order."""
        ...

    def scan(self) -> pl.LazyFrame:
        """The table of :func:`table` of all members, read as it is needed."""
        ...


@dataclass(frozen=True, eq=False)
class Held:
    """Results in memory."""

    scenario: Scenario
    arrays: Arrays
    happenings: tuple[Happening, ...]

    @property
    def runs(self) -> int:
        return len(self.arrays["burden"])

    def chunks(self, name: str) -> Iterator[Single]:
        yield self.arrays[name]

    def log(self) -> Iterable[Happening]:
        return self.happenings

    def scan(self) -> pl.LazyFrame:
        return table(self.scenario, 0, self.arrays).lazy()


def table(scenario: Scenario, first: int, arrays: Arrays) -> pl.DataFrame:
    """One row per run, week, place and institution, with its date; quantities of places are repeated.

    The arrays are those of members `first`, `first` + 1, …
    """
    shape = arrays["share"].shape
    index = np.indices(shape).reshape(4, -1)
    dates = [scenario.start + timedelta(weeks=week) for week in range(shape[1])]
    columns = {
        "run": pl.Series(first + index[0]),
        "week": pl.Series(index[1]),
        "date": pl.Series(dates).gather(index[1]),
        "place": pl.Series([one.id for one in scenario.places]).gather(index[2]),
        "institution": pl.Series([one.id for one in scenario.institutions]).gather(index[3]),
    }
    for name in QUANTITIES:
        values = arrays[name]
        full = values if values.ndim == 4 else np.broadcast_to(values[..., None], shape)
        columns[name] = pl.Series(full.reshape(-1))
    return pl.DataFrame(columns)


def column(frame: pl.DataFrame, name: str, scenario: Scenario, runs: int) -> Single:
    """One quantity of such a table of `runs` members: (members, week, place[, institution])."""
    values: Single = frame[name].to_numpy()
    values = values.reshape(runs, -1, len(scenario.places), len(scenario.institutions))
    return values if name in OFFICE else values[..., 0]
