"""What targets said about the parameters: posterior against prior, targets met or not, what is left open."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import polars as pl
from scipy.special import ndtr, ndtri

from satrap.simulate.answers import Answers
from satrap.simulate.catalogue import CATALOGUE
from satrap.simulate.parameters import InformedBy, Parameter, Quantiles
from satrap.simulate.targets import Target, Targets
from satrap.simulate.units import Floats

CRITICAL = 1.95
"""A posterior differs from its prior where Kolmogorov's D exceeds this over √ESS: by chance in 1 of 1000."""
NARROWED = 0.3
"""A posterior that is narrower than the prior by this part rests on data, else its evidence is weak."""
STEPS = 21
"""Quantiles by which a posterior is written into a scenario."""


@dataclass(frozen=True)
class Posterior:
    """Draws in order: `quantiles` (steps, walkers, parameters), each the share of the prior below the draw.

    `pilot` (draws, targets) are outcomes under the prior, `accepted` is the share of proposals taken and
    `evaluations` the futures lived.
    """

    answers: Answers
    targets: Targets
    quantiles: Floats
    accepted: float
    pilot: Floats
    evaluations: int

    @property
    def parameters(self) -> tuple[str, ...]:
        """Names in the order of the last axis."""
        return self.answers.parameters

    @cached_property
    def draws(self) -> pl.DataFrame:
        """One row a draw, one column a parameter, in its own unit: what belongs together stays together."""
        return pl.DataFrame(
            {name: self.at(name, self.quantiles[..., k].ravel()) for k, name in enumerate(self.parameters)}
        )

    def at(self, name: str, quantiles: Floats) -> Floats:
        """The prior of a parameter read at quantiles."""
        entry = CATALOGUE[name]
        return self.answers.scenario.parameters[name].draw(quantiles, entry.low, entry.high)

    def ess(self) -> Floats:
        """Effective number of independent draws, by parameter, from how far the means of chains differ.

        Chains that have not mixed count as one draw each. At most the number of draws.
        """
        z = ndtri(self.quantiles)
        steps, chains, _ = z.shape
        independent = z.var(axis=(0, 1)) / z.mean(axis=0).var(axis=0, ddof=1) * chains
        return np.asarray(np.minimum(independent, steps * chains))

    def rhat(self) -> Floats:
        """Split R̂ by parameter: 1 where the halves of all chains agree (Gelman et al. 2013, sec. 11.4)."""
        z, half = ndtri(self.quantiles), len(self.quantiles) // 2
        chains = np.concatenate([z[:half], z[half : 2 * half]], axis=1)
        between = chains.mean(axis=0).var(axis=0, ddof=1)
        return np.asarray(np.sqrt((half - 1) / half + between / chains.var(axis=0, ddof=1).mean(axis=0)))

    @cached_property
    def table(self) -> pl.DataFrame:
        """Prior against posterior, what moved most first.

        Medians and 80% intervals in the parameter's unit; `moved` and `narrowed` in the prior's sd, seen as a
        normal (0, 0: unmoved); `informed`, whether the draws differ from the prior more than by chance;
        `informed_by`, for what was written: never less than the scenario says, `data` where it `narrowed` by
        0.3, else `weak` where informed.
        """
        z, ess, rhat = ndtri(self.quantiles), self.ess(), self.rhat()
        rows = []
        for k, name in enumerate(self.parameters):
            own = np.sort(self.quantiles[..., k].ravel())
            ranks = np.arange(1, len(own) + 1) / len(own)
            distance = float(np.maximum(ranks - own, own - ranks + 1 / len(own)).max())
            narrowed = 1 - float(z[..., k].std())
            informed = distance > CRITICAL / np.sqrt(ess[k])
            was = self.answers.scenario.parameters[name].informed_by
            now = _informed_by(was, informed, narrowed)
            prior, told = (self.at(name, one).tolist() for one in (PROBS, np.quantile(own, PROBS)))
            measured = (float(z[..., k].mean()), narrowed, float(ess[k]), float(rhat[k]))
            rows.append(
                (name, CATALOGUE[name].unit, *prior, *told, *measured, informed, was.value, now.value)
            )
        table = pl.DataFrame(rows, schema=COLUMNS, orient="row")
        return table.sort("informed", pl.col("moved").abs() + pl.col("narrowed").abs(), descending=True)

    @cached_property
    def met(self) -> pl.DataFrame:
        """Targets against futures nobody lived before: of the prior, of the posterior, and of what would be
        written, each parameter's posterior by itself.

        For a value: median and 80% interval, and `p`, the part of the futures that, read with the target's
        error, lie below the value. For a `bound`: `p`, the part in which it holds. A target is not `met` by
        the posterior where p is outside .025 to .975, or on the other side of a half than its probability.
        """
        found = {"prior": self.pilot, "posterior": self._lived(False), "written": self._lived(True)}
        rows = []
        for k, target in enumerate(self.targets.targets):
            row: dict[str, object] = {"target": target.id, "outcome": str(target), "said": target.said()}
            row["bound"] = target.probability is not None
            for name, outcomes in found.items():
                known = outcomes[np.isfinite(outcomes[:, k]), k]
                spread = np.quantile(known, (0.1, 0.5, 0.9)).tolist() if len(known) else [None] * 3
                row |= dict(zip((f"{name}_p10", f"{name}_p50", f"{name}_p90"), spread, strict=True))
                row[f"{name}_p"] = _fit(target, outcomes[:, k])
            row["met"] = _is_met(target, _fit(target, found["posterior"][:, k]))
            rows.append(row | {"source": target.source})
        return pl.DataFrame(rows)

    def _lived(self, separate: bool, futures: int = 256) -> Floats:
        """Outcomes of draws with new chance; `separate` shuffles each parameter by itself, as a scenario that
        writes every posterior alone does."""
        flat = self.quantiles.reshape(-1, len(self.parameters))
        picked = flat[np.linspace(0, len(flat) - 1, futures).astype(np.int64)]
        if separate:
            picked = np.random.default_rng(self.answers.seed).permuted(picked, axis=0)
        return self.answers.at(picked, self.evaluations + np.arange(futures)).values()

    def written(self) -> dict[str, Parameter]:
        """The parameters that the targets informed, or gave a prior of its own, for a scenario to replace."""
        found = {}
        for row in self.table.iter_rows(named=True):
            name, old = row["parameter"], self.answers.scenario.parameters[row["parameter"]]
            if not row["informed"]:
                continue
            values = np.quantile(self.draws[name].to_numpy(), np.linspace(0, 1, STEPS))
            found[name] = Parameter(
                prior=Quantiles(dist="quantiles", values=tuple(float(f"{one:.5g}") for one in values)),
                unit=old.unit,
                informed_by=InformedBy(row["informed_by"]),
                source=f"posterior given targets {self.targets.id}; prior {old.describe()}: {old.source}",
            )
        return {name: one for name, one in self.targets.priors.items() if name not in found} | found


PROBS = np.array([0.1, 0.5, 0.9])
COLUMNS = {
    "parameter": pl.String,
    "unit": pl.String,
    **{f"{kind}_{p}": pl.Float64 for kind in ("prior", "posterior") for p in ("p10", "p50", "p90")},
    **dict.fromkeys(("moved", "narrowed", "ess", "rhat"), pl.Float64),
    "informed": pl.Boolean,
    "was_informed_by": pl.String,
    "informed_by": pl.String,
}


def _informed_by(was: InformedBy, informed: bool, narrowed: float) -> InformedBy:
    if not informed or was is InformedBy.DATA:
        return was
    return InformedBy.DATA if narrowed >= NARROWED else InformedBy.WEAK


def _fit(target: Target, found: Floats) -> float:
    if target.probability is not None:
        return float(target.holds(found).mean())
    assert target.value is not None
    assert target.sd is not None
    known = found[np.isfinite(found)]
    return float(ndtr((target.value - known) / target.sd).mean()) if len(known) else float("nan")


def _is_met(target: Target, part: float) -> bool:
    if target.probability is not None:
        return (part >= 0.5) == (target.probability >= 0.5)
    return 0.025 <= part <= 0.975
