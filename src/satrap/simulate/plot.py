"""Fan charts."""

from __future__ import annotations

import altair as alt
import polars as pl

_BANDS = (("p2.5", "p97.5", 0.15), ("p10", "p90", 0.25), ("p25", "p75", 0.4))


def fan(quantiles: pl.DataFrame, title: str) -> alt.LayerChart | alt.FacetChart:
    """Median and 50, 80, 95% bands over time from a frame with columns date and p2.5 to p97.5."""
    base = alt.Chart(quantiles).encode(x=alt.X("date:T", title=None))
    bands = [
        base.mark_area(opacity=opacity, color="#4c78a8").encode(
            y=alt.Y(_field(low) + ":Q", title=None), y2=alt.Y2(_field(high))
        )
        for low, high, opacity in _BANDS
    ]
    median = base.mark_line(color="#1f3b5c").encode(y=alt.Y("p50:Q", title=None))
    return alt.layer(*bands, median).properties(title=title, width=420, height=200)


def _field(column: str) -> str:
    """A column name as Vega-Lite writes it: a dot would mean a nested field."""
    return column.replace(".", "\\.")
