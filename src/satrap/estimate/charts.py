"""The authority chart: shares over time with their bands."""

from collections.abc import Sequence

import altair as alt
import polars as pl

_OPACITY = 0.18


def authority_chart(
    bands: pl.DataFrame, title: str, percents: Sequence[int]
) -> alt.LayerChart | alt.FacetChart:
    """One panel of layered bands and means per institution; ``bands`` as ``Estimate.bands`` gives them."""
    base = alt.Chart(bands).encode(
        x=alt.X("week:T", title=None),
        color=alt.Color("institution_name:N", title="Institution"),
    )
    areas = [
        base.mark_area(opacity=_OPACITY).encode(
            y=alt.Y(f"low_{percent}:Q", title="Share of authority", axis=alt.Axis(format="%")),
            y2=alt.Y2(f"high_{percent}:Q"),
        )
        for percent in percents
    ]
    line = base.mark_line().encode(
        y="share:Q", tooltip=["week:T", "institution_name:N", alt.Tooltip("share:Q", format=".1%")]
    )
    return alt.layer(*areas, line).properties(title=title, width=640, height=280)
