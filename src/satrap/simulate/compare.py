"""An intervention's effect: the same members with and without it."""

from __future__ import annotations

import html
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import polars as pl

from satrap.errors import ScenarioError
from satrap.simulate.displacement import DisplacementRatio
from satrap.simulate.run import BANDS, Run, around
from satrap.simulate.units import Floats

if TYPE_CHECKING:
    import altair as alt


@dataclass(frozen=True, eq=False)
class Comparison:
    """`other` minus `base`, member by member: both share every random draw but those of the intervention.

    Raises ScenarioError if the two differ in seed, runs, weeks, places or institutions.
    """

    base: Run
    other: Run

    def __post_init__(self) -> None:
        for name in ("seed", "runs", "places", "institutions", "dates"):
            if getattr(self.base, name) != getattr(self.other, name):
                raise ScenarioError(
                    f"the two runs differ in {name}",
                    remedy="simulate both with the same start, weeks, runs and seed",
                )

    def effect(self, name: str, place: str | None = None, institution: str | None = None) -> Floats:
        """The difference of one quantity, shape (runs, week); see `Run.series`."""
        return self.other.series(name, place, institution) - self.base.series(name, place, institution)

    def quantiles(
        self,
        name: str,
        probs: Sequence[float] = BANDS,
        place: str | None = None,
        institution: str | None = None,
    ) -> pl.DataFrame:
        """Quantiles of the effect by week, in the form of `Run.quantiles`."""
        found = np.quantile(self.effect(name, place, institution), probs, axis=0)
        return pl.DataFrame(
            {"week": np.arange(self.base.scenario.weeks), "date": self.base.dates}
            | {f"p{100 * prob:g}": row for prob, row in zip(probs, found, strict=True)}
        )

    def displacement_ratio(
        self, week: int, *, weakened: str | None = None, heirs: Sequence[str] | None = None
    ) -> DisplacementRatio:
        """What others took over in `other`, over what the weakened office gave up, against `base`."""
        return self.other.displacement_ratio(week, against=self.base, weakened=weakened, heirs=heirs)

    def at(self, week: int) -> pl.DataFrame:
        """The effect on takings in the four weeks up to `week`: one row per institution, then all together.

        Columns: institution, p10, p50, p90 (shares of household spending) and `lower`, the share of runs in
        which less is taken.
        """
        rows = []
        for one in (*self.base.institutions, None):
            effect = around(self.effect("take", institution=one), week)
            low, middle, high = np.quantile(effect, (0.1, 0.5, 0.9)).tolist()
            rows.append((one or "all", low, middle, high, float((effect < 0).mean())))
        return pl.DataFrame(rows, schema=["institution", "p10", "p50", "p90", "lower"], orient="row")

    def plot(
        self, name: str = "burden", place: str | None = None, institution: str | None = None
    ) -> alt.LayerChart | alt.FacetChart:
        """A fan chart of the effect."""
        from satrap.simulate.plot import fan

        title = f"{self.other.scenario.title} minus {self.base.scenario.title}"
        return fan(self.quantiles(name, BANDS, place, institution), f"{name} {institution or ''}: {title}")

    def _repr_html_(self) -> str:
        week = self.base.scenario.weeks - 1
        row = self.at(week).row(-1, named=True)
        return (
            f"<p><b>{html.escape(self.other.scenario.title)}</b> against "
            f"<b>{html.escape(self.base.scenario.title)}</b>, {self.base.runs} runs, last four weeks: "
            f"burden {row['p50']:+.2%} of household spending "
            f"(80%: {row['p10']:+.2%} to {row['p90']:+.2%}), lower in {row['lower']:.0%} of runs.</p>"
        )
