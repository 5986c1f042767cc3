"""Pictures of calibration for docs/explanation, from the results kept."""

import json
from pathlib import Path

import altair as alt
import numpy as np
import polars as pl
import vl_convert

from benchmarks import estimate_nuts
from benchmarks.estimate_sbc import PROBS, QUANTITIES, results
from benchmarks.rows import ROOT

FOLDER = ROOT / "docs" / "explanation"
_BINS = 20


def ranks(name: str) -> Path | None:
    """Where the truth stood among the draws: flat is calibrated; the grey strip holds 99% of flat bars."""
    found = results(name)
    if not found:
        return None
    below = np.array([each["below"] for each in found])
    rows = [
        {"quantity": quantity, "rank": (at + 0.5) / _BINS, "worlds": int(count)}
        for quantity, column in zip(QUANTITIES, below.T, strict=True)
        for at, count in enumerate(np.histogram(column, _BINS, (0, 1))[0])
    ]
    n = len(found)
    low, high = np.quantile(np.random.default_rng(0).binomial(n, 1 / _BINS, 100_000), [0.005, 0.995])
    strip = alt.Chart().mark_rect(color="#cccccc", opacity=0.6).encode(y=alt.datum(low), y2=alt.datum(high))
    bars = (
        alt.Chart()
        .mark_bar(color="#2a6f97")
        .encode(
            x=alt.X(
                "rank:Q", bin=alt.Bin(step=1 / _BINS, extent=[0, 1]), title="share of draws below the truth"
            ),
            y=alt.Y("worlds:Q", title="worlds"),
        )
    )
    chart = alt.layer(strip, bars, data=pl.DataFrame(rows)).properties(width=190, height=130)
    return _write(
        f"estimator-ranks-{name}", chart.facet("quantity:N", columns=4, title=f"Ranks in {n} worlds")
    )


def coverage(name: str) -> Path | None:
    """How often bands held the truth, with two standard errors, against how often they say they do."""
    found = results(name)
    if not found:
        return None
    inside = np.array([each["inside"] for each in found])
    error = 2 * inside.std(axis=0) / len(found) ** 0.5
    table = pl.DataFrame(
        {"said": PROBS, "held": inside.mean(0), "low": inside.mean(0) - error, "high": inside.mean(0) + error}
    )
    base = alt.Chart(table).encode(x=alt.X("said:Q", title="band", scale=alt.Scale(domain=[0.4, 1])))
    y = alt.Y("held:Q", title="held the truth", scale=alt.Scale(domain=[0.4, 1]))
    line = alt.Chart(pl.DataFrame({"said": [0.4, 1], "held": [0.4, 1]})).mark_line(color="#999999")
    chart = alt.layer(
        line.encode(x="said:Q", y=y),
        base.mark_rule().encode(y="low:Q", y2="high:Q"),
        base.mark_point().encode(y=y),
    )
    return _write(f"estimator-coverage-{name}", chart.properties(width=260, height=260))


def fidelity(name: str) -> Path | None:
    """Means and standard deviations of some offices, by NUTS and by the mixture: on the line they agree."""
    path = estimate_nuts.kept(name, 0)
    if not path.exists():
        return None
    offices = json.loads(path.read_text())["offices"]
    charts = []
    for what, title in (("mean", "posterior mean"), ("sd", "posterior standard deviation")):
        table = pl.DataFrame({"nuts": offices[f"nuts_{what}"], "ours": offices[what]})
        ends = [min(table.min().row(0)), max(table.max().row(0))]
        points = alt.Chart(table).mark_point(size=12, color="#2a6f97")
        line = alt.Chart(pl.DataFrame({"nuts": ends, "ours": ends})).mark_line(color="#999999")
        x, y = alt.X("nuts:Q", title=f"{title}, NUTS"), alt.Y("ours:Q", title="mixture")
        charts.append(
            alt.layer(line.encode(x=x, y=y), points.encode(x=x, y=y)).properties(width=260, height=260)
        )
    return _write(f"estimator-fidelity-{name}", alt.hconcat(*charts))


def _write(name: str, chart: alt.TopLevelMixin) -> Path:
    path = FOLDER / f"{name}.svg"
    path.write_text(vl_convert.vegalite_to_svg(json.dumps(chart.to_dict())), encoding="utf-8")
    return path


def main() -> None:
    """Draw what there is."""
    for name in ("small", "target"):
        for draw in (ranks, coverage, fidelity):
            print(draw(name))


if __name__ == "__main__":
    main()
