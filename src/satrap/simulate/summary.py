"""What a run comes to in its last week, in a few numbers, and a sweep's variants beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import polars as pl

from satrap.simulate.compare import Comparison
from satrap.simulate.run import Run
from satrap.simulate.sweep import Value

BANDS = (0.1, 0.5, 0.9)


def summary(run: Run, base: Run | None = None) -> dict[str, float]:
    """Quantiles over members: `burden`, a share of household spending; `displacement`, with the share of
    members in which it is `undefined`; and, with `base`, the `change` of the burden against it in the four
    last weeks, with the share of members in which the burden is `lower`.
    """
    last = run.scenario.weeks - 1
    burden = run.quantiles("burden", BANDS).row(last, named=True)
    found = {f"burden_{name}": burden[name] for name in ("p10", "p50", "p90")}
    if run.scenario.shock_week():
        ratio = run.displacement_ratio(last)
        found |= _named("displacement", ratio.quantiles(BANDS).tolist()) | {"undefined": ratio.undefined}
    if base is not None:
        change = Comparison(base, run).at(last).row(-1, named=True)
        found |= _named("change", [change[name] for name in ("p10", "p50", "p90")])
        found["lower"] = change["lower"]
    return found


def summaries(base: Run, variants: Iterable[tuple[Mapping[str, Value], Run]]) -> pl.DataFrame:
    """One row per variant: what was set, and its :func:`summary` against the same members of `base`."""
    return pl.DataFrame([{**settings, **summary(run, base)} for settings, run in variants])


def _named(name: str, values: list[float]) -> dict[str, float]:
    return dict(zip((f"{name}_p10", f"{name}_p50", f"{name}_p90"), values, strict=True))
