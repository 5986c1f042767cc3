"""Charts as SVG text: drawn by Vega-Lite at build time, coloured by the page's own style at reading time."""

import html
import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import altair as alt
import vl_convert

from satrap.publish.authority import Band

# Vega-Lite wants real colours: each of these stands for a custom property that differs in light and dark
_STAND_INS = {
    "#010101": "var(--ink)",
    "#020202": "var(--soft)",
    "#030303": "var(--rule)",
    "#040404": "var(--series)",
    "#050505": "var(--other)",
}
_INK, _SOFT, _RULE, _SERIES, _OTHER = _STAND_INS
_BANDS = ((95, 0.16), (80, 0.22), (50, 0.34))
_COLUMNS = 25  # of dots
_FONT = "system-ui, sans-serif"
_DAYS = alt.Scale(type="utc")  # days must not shift with the machine's time zone


Rows = list[dict[str, Any]]


def fan(
    band: Band,
    *,
    top: float,
    marks: Sequence[date] = (),
    size: tuple[int, int] = (200, 108),
    beside: Band | None = None,
    label: str = "",
) -> str:
    """Median and 50, 80, 95% bands over time, from 0 (or the lowest value) to ``top``.

    ``marks`` are days with a vertical rule; ``beside`` is a second series of which only the middle is drawn,
    dashed.
    """
    rows = [
        {"day": day.isoformat(), "middle": band.middle[at]}
        | {
            f"{end}{level}": band.bands[level][side][at]
            for level, _ in _BANDS
            for side, end in enumerate("lh")
        }
        for at, day in enumerate(band.days)
    ]
    data: dict[str, Rows] = {"bands": rows}
    floor = min(0.0, *(min(low) for low, _ in band.bands.values())) if rows else 0.0
    scale = alt.Scale(domain=[floor, top], nice=False, clamp=True)
    axis = alt.Axis(format=".0%", tickCount=3, title=None)
    years = {day.year for day in band.days}
    base = alt.Chart(alt.NamedData("bands")).encode(
        x=alt.X(
            "day:T",
            title=None,
            scale=_DAYS,
            axis=alt.Axis(
                format="%Y" if len(years) > 3 else "%b %Y", tickCount=4, grid=False, labelFlush=True
            ),
        )
    )
    layers: list[Any] = [
        base.mark_area(color=_SERIES, opacity=opacity).encode(
            y=alt.Y(f"l{level}:Q", scale=scale, axis=axis), y2=f"h{level}:Q"
        )
        for level, opacity in _BANDS
    ]
    layers.append(
        base.mark_line(color=_SERIES, strokeWidth=1.6).encode(y=alt.Y("middle:Q", scale=scale, axis=axis))
    )
    if beside is not None:
        data["beside"] = [
            {"day": day.isoformat(), "other": value}
            for day, value in zip(beside.days, beside.middle, strict=True)
        ]
        layers.append(
            alt.Chart(alt.NamedData("beside"))
            .mark_line(color=_OTHER, strokeWidth=1.4, strokeDash=[4, 3])
            .encode(x=alt.X("day:T", scale=_DAYS), y=alt.Y("other:Q", scale=scale, axis=axis))
        )
    if marks:
        data["marks"] = [{"day": mark.isoformat()} for mark in marks]
        layers.append(
            alt.Chart(alt.NamedData("marks"))
            .mark_rule(color=_SOFT, strokeWidth=0.8, strokeDash=[2, 2])
            .encode(x=alt.X("day:T", scale=_DAYS))
        )
    return _svg(alt.layer(*layers), data, size, label)


def dots(
    quantiles: Sequence[float],
    *,
    low: float,
    high: float,
    marks: Sequence[float] = (),
    size: tuple[int, int] = (420, 120),
    label: str = "",
) -> str:
    """A quantile dot plot (Kay et al. 2016, doi:10.1145/2858036.2858558): a dot is an equal part of the runs.

    Dots beyond ``low`` and ``high`` are drawn at the edge; ``marks`` are values with a vertical rule.
    """
    width = (high - low) / _COLUMNS
    stacked: dict[int, int] = {}
    rows = []
    for value in sorted(quantiles):
        column = min(max(int((value - low) / width), 0), _COLUMNS - 1)
        stacked[column] = stacked.get(column, 0) + 1
        rows.append({"at": low + (column + 0.5) * width, "level": stacked[column] - 0.5})
    tallest = max([*stacked.values(), 8])
    dot = 0.7 * min(size[1] / tallest, size[0] / _COLUMNS) ** 2  # area: neighbours do not overlap
    x = alt.X(
        "at:Q",
        title=None,
        scale=alt.Scale(domain=[low, high], nice=False),
        axis=alt.Axis(tickCount=6, grid=False),
    )
    points = (
        alt.Chart(alt.NamedData("dots"))
        .mark_circle(color=_SERIES, size=dot, opacity=0.85)
        .encode(x=x, y=alt.Y("level:Q", axis=None, scale=alt.Scale(domain=[0, tallest + 0.5])))
    )
    rules = alt.Chart(alt.NamedData("marks")).mark_rule(color=_SOFT, strokeDash=[3, 3]).encode(x="at:Q")
    data: dict[str, Rows] = {"dots": rows, "marks": [{"at": mark} for mark in marks]}
    return _svg(alt.layer(rules, points), data, size, label)


def _svg(
    chart: alt.LayerChart | alt.FacetChart, data: dict[str, Rows], size: tuple[int, int], label: str
) -> str:
    width, height = size
    styled = (
        chart.properties(width=width, height=height, background="transparent")
        .configure(font=_FONT, padding=2)
        .configure_view(stroke=None)
        .configure_axis(
            labelColor=_SOFT,
            gridColor=_RULE,
            domainColor=_RULE,
            tickColor=_RULE,
            labelFontSize=10,
            domain=False,
            gridWidth=0.7,
            tickSize=3,
        )
    )
    # Data goes in last: Altair copies a chart's data with every layer, which took most of the time
    specification = styled.to_dict() | {"datasets": data}
    return _tidy(vl_convert.vegalite_to_svg(specification, show_warnings=False), label)


def _tidy(svg: str, label: str) -> str:
    """Vega's SVG without what a page does not need, with the page's colours and one accessible name."""
    for stand_in, property_ in _STAND_INS.items():
        svg = svg.replace(stand_in, property_)
    svg = re.sub(
        r" (?:aria-[a-z]+|role|class|pointer-events|xmlns(?::xlink)?|version|stroke-miterlimit|font-family)"
        r'="[^"]*"',
        "",
        svg,
    )
    svg = re.sub(r"<path d=\"[^\"]*\"(?: fill=\"none\")?(?: display=\"none\")?/>", _kept, svg)
    svg = re.sub(r'(?<= d=")[^"]+', lambda path: re.sub(r"(\d\.\d)\d+", r"\1", path.group(0)), svg)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{html.escape(label, quote=True)}" ', 1)


def _kept(path: re.Match[str]) -> str:
    """Nothing of a path that draws nothing."""
    drawn = path.group(0)
    return "" if 'd=""' in drawn or "h0v0h0Z" in drawn or 'display="none"' in drawn else drawn
