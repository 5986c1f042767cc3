"""Fan charts of what may come, bars of what it hangs on."""

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


def bars(rows: pl.DataFrame, size: str, top: int) -> alt.FacetChart:
    """The `top` largest of each outcome with their 95% intervals, coloured by what informs the parameter."""
    largest = rows.filter(pl.col(size).rank("ordinal", descending=True).over("outcome") <= top)
    spread = pl.col(f"{size}_95")
    drawn = largest.with_columns(low=pl.col(size) - spread, high=pl.col(size) + spread)
    base = alt.Chart().encode(y=alt.Y("parameter:N", sort="-x", title=None))
    bar = base.mark_bar().encode(
        x=alt.X(f"{size}:Q", title=size),
        color=alt.Color("informed_by:N", title="informed by"),
        tooltip=list(rows.columns),
    )
    interval = base.mark_rule().encode(x="low:Q", x2="high:Q")
    panels = alt.layer(bar, interval, data=drawn).properties(width=260)
    faceted: alt.FacetChart = panels.facet("outcome:N", columns=2).resolve_scale(
        x="independent", y="independent"
    )
    return faceted


def _field(column: str) -> str:
    """A column name as Vega-Lite writes it: a dot would mean a nested field."""
    return column.replace(".", "\\.")
