"""What an ensemble gave, and the questions one asks of it."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from satrap.errors import ScenarioError, UnknownNameError
from satrap.simulate.displacement import DisplacementRatio, displacement
from satrap.simulate.engine import OFFICE, PLACE, Single
from satrap.simulate.results import QUANTITIES, Results
from satrap.simulate.scenario import Scenario
from satrap.simulate.schedule import Happening
from satrap.simulate.units import Floats

if TYPE_CHECKING:
    import altair as alt


class _Quantity:
    """One quantity of every member, as an array in memory."""

    def __set_name__(self, owner: type[Run], name: str) -> None:
        self.name = name

    def __get__(self, run: Run, owner: type[Run] | None = None) -> Single:
        chunks = list(run.results.chunks(self.name))
        return chunks[0] if len(chunks) == 1 else np.concatenate(chunks)


BANDS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
"""Quantiles of the median and of the 50, 80 and 95% bands."""


@dataclass(frozen=True, eq=False)
class Run:
    """Results of every member and week; week w is the one that begins w weeks after `scenario.start`.

    Per office (runs, week, place, institution): `share` of authority; `sanction` expected, in log-odds above
    what was customary; `takers` among posts; `take`, the share of what residents spend that the office takes.
    Per place (runs, week, place): `burden` (all takings), `fear`, `support` (private) and `expressed` support
    in sd from the start, and `resistance`, attacks on officials in the week. These are arrays of all members;
    `series`, and what is made of it, reads some members at a time, and `scan` is for tables beyond memory.
    """

    scenario: Scenario
    seed: int
    results: Results

    share = _Quantity()
    sanction = _Quantity()
    takers = _Quantity()
    take = _Quantity()
    burden = _Quantity()
    fear = _Quantity()
    support = _Quantity()
    expressed = _Quantity()
    resistance = _Quantity()

    @property
    def runs(self) -> int:
        """The number of members."""
        return self.results.runs

    @property
    def log(self) -> tuple[Happening, ...]:
        """What happened in which member, oldest first."""
        return tuple(sorted(self.results.log(), key=lambda row: row[:3]))

    @property
    def places(self) -> tuple[str, ...]:
        """Ids of the places, in the order of the arrays."""
        return tuple(one.id for one in self.scenario.places)

    @property
    def institutions(self) -> tuple[str, ...]:
        """Ids of the institutions, in the order of the arrays."""
        return tuple(one.id for one in self.scenario.institutions)

    @property
    def dates(self) -> list[date]:
        """The first day of every week."""
        return [self.scenario.start + timedelta(weeks=week) for week in range(self.scenario.weeks)]

    @property
    def population(self) -> Floats:
        """Shares of the population by place, summing to one."""
        population = np.array([one.population for one in self.scenario.places], dtype=np.float64)
        return np.asarray(population / population.sum())

    def series(self, name: str, place: str | None = None, institution: str | None = None) -> Floats:
        """One quantity over time, shape (runs, week).

        Without `place`: the country, population-weighted (`resistance`: the sum). `take` without
        `institution` is the burden; the other quantities of offices need one.
        """
        if name not in QUANTITIES:
            raise UnknownNameError("quantity", name, QUANTITIES)
        if name in PLACE and institution is not None:
            raise ScenarioError(
                f"{name!r} belongs to places, not to institutions", remedy="leave `institution` out"
            )
        if name in OFFICE and institution is None:
            if name != "take":
                raise ScenarioError(
                    f"{name!r} is a quantity of offices", remedy=f"name one of {', '.join(self.institutions)}"
                )
            name = "burden"
        column = None if institution is None else self._index("institution", institution, self.institutions)
        row = None if place is None else self._index("place", place, self.places)
        parts = []
        for chunk in self.results.chunks(name):
            wide = (chunk if column is None else chunk[..., column]).astype(np.float64)
            if row is not None:
                parts.append(wide[..., row])
            else:
                parts.append(wide.sum(axis=-1) if name == "resistance" else wide @ self.population)
        return np.concatenate(parts)

    def quantiles(
        self,
        name: str,
        probs: Sequence[float] = BANDS,
        place: str | None = None,
        institution: str | None = None,
    ) -> pl.DataFrame:
        """Quantiles over members by week: columns week, date, p2.5, p10 … for `probs` in [0, 1]."""
        found = np.quantile(self.series(name, place, institution), probs, axis=0)
        return pl.DataFrame(
            {"week": np.arange(self.scenario.weeks), "date": self.dates}
            | {f"p{100 * prob:g}": row for prob, row in zip(probs, found, strict=True)}
        )

    def displacement_ratio(
        self,
        week: int,
        *,
        against: Run | None = None,
        weakened: str | None = None,
        heirs: Sequence[str] | None = None,
    ) -> DisplacementRatio:
        """What the heirs took over, over what the weakened institution gave up, nationally around `week`.

        Compared with the same members of `against` (a counterfactual), or else with this run's own 13 weeks
        before the shock. `weakened` and `heirs` default to the scenario's question and to all others.
        """
        weakened = weakened or self.scenario.question.weakened
        heirs = tuple(heirs) if heirs is not None else tuple(i for i in self.institutions if i != weakened)
        now = {one: around(self.series("take", institution=one), week) for one in (weakened, *heirs)}
        if against is not None:
            then = {one: around(against.series("take", institution=one), week) for one in now}
        else:
            then = {one: before(self.series("take", institution=one), self._shock()) for one in now}
        return displacement(
            given_up=then[weakened] - now[weakened],
            taken_over=np.sum([now[one] - then[one] for one in heirs], axis=0),
            at_stake=then[weakened],
        )

    def events(self) -> pl.DataFrame:
        """What happened in which member, oldest first: cascades, inspections, orders, transfers."""
        return pl.DataFrame(self.log, schema=list(Happening._fields), orient="row", infer_schema_length=None)

    def scan(self) -> pl.LazyFrame:
        """The table of `to_polars`, read as it is needed."""
        return self.results.scan()

    def to_polars(self) -> pl.DataFrame:
        """One row per run, week, place and institution, with its date; quantities of places are repeated."""
        return self.scan().collect()

    def plot(
        self, name: str = "burden", place: str | None = None, institution: str | None = None
    ) -> alt.LayerChart | alt.FacetChart:
        """A fan chart of one quantity: median, 50, 80 and 95% bands."""
        from satrap.simulate.plot import fan

        where = place or self.scenario.country
        return fan(
            self.quantiles(name, BANDS, place, institution),
            " · ".join(part for part in (name, institution, where) if part),
        )

    def _repr_html_(self) -> str:
        first, last = (self.quantiles("burden", (0.1, 0.5, 0.9)).row(week, named=True) for week in (0, -1))
        judged, of = len(self.scenario.prior_dominated()), len(self.scenario.parameters)
        note = f" {judged} of {of} parameters rest on judgement alone."
        if self.scenario.illustrative:
            note += " <b>Illustrative only.</b>"
        return (
            f"<p><b>{html.escape(self.scenario.title)}</b>: {self.runs} runs of "
            f"{self.scenario.weeks} weeks, seed {self.seed}.{note} "
            f"Burden (share of household spending, median and 80%): "
            f"{first['p50']:.1%} ({first['p10']:.1%}–{first['p90']:.1%}) in the first week, "
            f"{last['p50']:.1%} ({last['p10']:.1%}–{last['p90']:.1%}) in the last.</p>"
        )

    def _index(self, kind: str, name: str, known: tuple[str, ...]) -> int:
        if name not in known:
            raise UnknownNameError(kind, name, known)
        return known.index(name)

    def _shock(self) -> int:
        week = self.scenario.shock_week()
        if week is None or week < 1:
            raise ScenarioError(
                f"{self.scenario.id} has no week before its first event to compare with",
                remedy="compare `against` another run, or start earlier",
            )
        return week


def around(series: Floats, week: int) -> Floats:
    """The mean of the four weeks that end with `week`, by member: one week is noisy."""
    weeks = series.shape[1]
    if not 0 <= week < weeks:
        raise ScenarioError(
            f"week {week} is outside the run (0 to {weeks - 1})", remedy="choose a week inside"
        )
    return np.asarray(series[:, max(0, week - 3) : week + 1].mean(axis=1))


def before(series: Floats, week: int) -> Floats:
    """The mean of up to 13 weeks before `week`, by member: the state on the eve of an event."""
    return np.asarray(series[:, max(0, week - 13) : week].mean(axis=1))
