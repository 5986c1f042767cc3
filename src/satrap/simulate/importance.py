"""Which parameters an answer hangs on: Morris screening of all, then Sobol indices of those that matter.

Both ask for outcomes averaged over the same members at every point, so that chance is common to all points
and does not pass for a parameter. What chance does to a single future is told apart (`chance`).

Morris 1991, Technometrics 33:161; Campolongo et al. 2007, Environ. Model. Softw. 22:1509 (μ*); Saltelli et
al. 2010, Comput. Phys. Commun. 181:259 (first order and total). Samples and estimators: SALib.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import polars as pl

from satrap.errors import ScenarioError
from satrap.simulate.answers import Answers, Progress
from satrap.simulate.catalogue import CATALOGUE
from satrap.simulate.units import Floats

if TYPE_CHECKING:
    import altair as alt

INNER = (0.05, 0.95)
"""Screening moves parameters between these quantiles: the ends of a prior would dominate every effect."""
OTHERS = "all others"
SCREENING = {"mu": "effect", "mu_star": "strength", "mu_star_conf": "strength_95", "sigma": "interplay"}
INDICES = {"S1": "first", "S1_conf": "first_95", "ST": "total", "ST_conf": "total_95"}
"""What SALib's names are called here."""


@dataclass(frozen=True)
class Importance:
    """What one method found: a row for every outcome and parameter, strongest first.

    Screening (Morris), in the outcome's unit, for a parameter that goes from the 5% to the 95% quantile of
    its prior: `effect` on average, `strength` regardless of sign (μ*, with its 95% half-width) and
    `interplay`, the sd of effects: how much it hangs on the other parameters. Indices (Sobol), shares of the
    outcome's variance under the priors: `first` by itself, `total` with all interplay, with 95% half-widths;
    an index can fall outside [0, 1] by so much. `informed_by` prior: judgement alone.
    """

    rows: pl.DataFrame
    undefined: dict[str, float]
    """By outcome, the share of trajectories or blocks of points left out because it is undefined in them."""
    chance: dict[str, float]
    """By outcome, the share of a single future's variance that is chance (Sobol, of two members or more)."""
    points: int
    members: int

    def of(self, outcome: str) -> pl.DataFrame:
        """The rows of one outcome."""
        return self.rows.filter(pl.col("outcome") == outcome)

    def strongest(self, number: int) -> tuple[str, ...]:
        """The parameters that matter most in any outcome: by strength over the strongest's there."""
        relative = pl.col("strength") / pl.col("strength").max().over("outcome")
        ranked = (
            self.rows.with_columns(relative.fill_nan(0).alias("relative"))
            .group_by("parameter")
            .agg(pl.col("relative").max())
            .filter(pl.col("relative") > 0)
            .sort("relative", "parameter", descending=[True, False])
        )
        return tuple(ranked["parameter"].head(number))

    def plot(self, top: int = 12) -> alt.FacetChart:
        """Bars by parameter, one panel an outcome, those that rest on judgement alone in another colour."""
        from satrap.simulate.plot import bars

        return bars(self.rows, "total" if "total" in self.rows.columns else "strength", top)


def screen(
    answers: Answers, trajectories: int = 20, members: int = 4, progress: Progress | None = None
) -> Importance:
    """Morris screening of every uncertain parameter: trajectories · (parameters + 1) points."""
    if trajectories < 2:
        raise ScenarioError(f"{trajectories} trajectories asked for", remedy="ask for two or more")
    morris_sample, morris = _salib("morris")
    problem = _problem(answers.parameters, INNER)
    points = morris_sample.sample(problem, trajectories, num_levels=4, seed=answers.seed)
    values = answers.averaged(points, members, progress).pooled()
    tables: list[pl.DataFrame] = []
    undefined: dict[str, float] = {}
    for column, outcome in enumerate(map(str, answers.outcomes)):
        whole = _whole(values[:, column], len(answers.parameters) + 1)
        undefined[outcome] = 1 - float(whole.mean())
        used = np.repeat(whole, len(answers.parameters) + 1)
        if whole.sum() < 2:
            raise _undefined(outcome)
        # 0 would mean unseeded to SALib
        found = morris.analyze(
            problem, points[used], values[used, column], num_levels=4, seed=answers.seed + 1
        )
        tables.append(_told(answers, outcome, answers.parameters, found).sort("strength", descending=True))
    return Importance(pl.concat(tables), undefined, {}, len(points), members)


def indices(
    answers: Answers,
    chosen: Sequence[str],
    base: int = 256,
    members: int = 4,
    progress: Progress | None = None,
) -> Importance:
    """Sobol indices of the chosen parameters and of all others together: base · (chosen + 3) points.

    The others move too, as one: their total index says what the choice of parameters left out. `base` is a
    power of two.
    """
    if base < 2 or base & (base - 1):
        raise ScenarioError(f"{base} is no power of two", remedy="use 128, 256, 512 and so on")
    sobol_sample, sobol = _salib("sobol")
    groups = [one if one in chosen else OTHERS for one in answers.parameters]
    names = list(dict.fromkeys(groups))
    problem = {**_problem(answers.parameters, (0.0, 1.0)), "groups": groups}
    points = sobol_sample.sample(problem, base, calc_second_order=False, seed=answers.seed)
    parts = answers.averaged(points, members, progress)
    values = parts.pooled()
    tables: list[pl.DataFrame] = []
    undefined: dict[str, float] = {}
    chance: dict[str, float] = {}
    block = len(names) + 2
    for column, outcome in enumerate(map(str, answers.outcomes)):
        whole = _whole(values[:, column], block)
        undefined[outcome] = 1 - float(whole.mean())
        used = values[np.repeat(whole, block), column]
        if whole.sum() < 2:
            raise _undefined(outcome)
        if not used.std():
            raise ScenarioError(
                f"{outcome} is the same whatever the parameters", remedy="ask for another outcome"
            )
        found = sobol.analyze(problem, used, calc_second_order=False, seed=answers.seed + 1)
        if members > 1:
            single = parts.values()[:, column]
            chance[outcome] = _chance(single[np.isfinite(single).all(axis=1)])
        tables.append(_told(answers, outcome, names, found).sort("total", descending=True))
    return Importance(pl.concat(tables), undefined, chance, len(points), members)


def _undefined(outcome: str) -> ScenarioError:
    return ScenarioError(f"{outcome} is undefined almost everywhere", remedy="ask for another outcome or day")


def _chance(values: Floats) -> float:
    """Within over within and between: (points, members), the points drawn from the priors."""
    within = values.var(axis=1, ddof=1).mean()
    return float(within / (within + values.mean(axis=1).var()))


def _whole(values: Floats, block: int) -> Any:
    """Which blocks of consecutive points are defined throughout: the estimators need whole ones."""
    return np.isfinite(values.reshape(-1, block)).all(axis=1)


def _problem(names: Sequence[str], bounds: tuple[float, float]) -> dict[str, Any]:
    return {"num_vars": len(names), "names": list(names), "bounds": [list(bounds)] * len(names)}


def _told(answers: Answers, outcome: str, names: Sequence[str], found: Any) -> pl.DataFrame:
    """SALib's answer about one outcome as a table, with what informs each parameter."""
    parameters = answers.scenario.parameters
    return pl.DataFrame(
        {
            "outcome": [outcome] * len(names),
            "parameter": names,
            "symbol": [CATALOGUE[n].symbol if n in CATALOGUE else None for n in names],
            "informed_by": [parameters[n].informed_by.value if n in parameters else None for n in names],
        },
        schema_overrides={"symbol": pl.String, "informed_by": pl.String},
    ).with_columns(
        pl.Series(name, np.asarray(found[key], dtype=np.float64))
        for key, name in (SCREENING | INDICES).items()
        if key in found
    )


def _salib(method: str) -> tuple[Any, Any]:
    """SALib's module that samples and the one that analyses; an extra, because it brings pandas along."""
    from importlib import import_module

    try:
        return import_module(f"SALib.sample.{method}"), import_module(f"SALib.analyze.{method}")
    except ImportError:
        raise ScenarioError(
            "sensitivity to parameters needs SALib", remedy="pip install 'satrap[parameters]'"
        ) from None
