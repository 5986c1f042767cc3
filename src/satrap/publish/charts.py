"""Charts as SVG text: drawn by Vega-Lite at build time, coloured by the page's own style at reading time.

Specifications are written out: Altair would check each against its schema, which took two thirds of the time.
"""

import html
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import vl_convert

from satrap.protect.gate import outward
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
_DAYS = {"type": "utc"}  # days must not shift with the machine's time zone
_VEGA_LITE = "6.4"


Spec = dict[str, Any]
Rows = list[dict[str, Any]]


@outward("chart")
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
    years = {day.year for day in band.days}
    time = {"format": "%Y" if len(years) > 3 else "%b %Y", "tickCount": 4, "grid": False, "labelFlush": True}
    x = _x("day", type="temporal", scale=_DAYS, axis=time)
    scale = {"domain": [floor, top], "nice": False, "clamp": True}
    y = {"type": "quantitative", "scale": scale, "axis": {"format": ".0%", "tickCount": 3, "title": None}}
    layers = [
        _layer(
            "bands",
            {"type": "area", "color": _SERIES, "opacity": opacity},
            x=x,
            y=y | {"field": f"l{level}"},
            y2={"field": f"h{level}"},
        )
        for level, opacity in _BANDS
    ]
    line = {"type": "line", "color": _SERIES, "strokeWidth": 1.6}
    layers.append(_layer("bands", line, x=x, y=y | {"field": "middle"}))
    if beside is not None:
        data["beside"] = [
            {"day": day.isoformat(), "other": value}
            for day, value in zip(beside.days, beside.middle, strict=True)
        ]
        dashes = {"type": "line", "color": _OTHER, "strokeWidth": 1.4, "strokeDash": [4, 3]}
        layers.append(_layer("beside", dashes, x=x, y=y | {"field": "other"}))
    if marks:
        data["marks"] = [{"day": mark.isoformat()} for mark in marks]
        rule = {"type": "rule", "color": _SOFT, "strokeWidth": 0.8, "strokeDash": [2, 2]}
        layers.append(_layer("marks", rule, x=x))
    return _svg(layers, data, size, label)


@outward("chart")
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
    scale, axis = {"domain": [low, high], "nice": False}, {"tickCount": 6, "grid": False}
    x = _x("at", type="quantitative", scale=scale, axis=axis)
    y = {"field": "level", "type": "quantitative", "axis": None, "scale": {"domain": [0, tallest + 0.5]}}
    layers = [
        _layer("marks", {"type": "rule", "color": _SOFT, "strokeDash": [3, 3]}, x=x),
        _layer("dots", {"type": "circle", "color": _SERIES, "size": dot, "opacity": 0.85}, x=x, y=y),
    ]
    return _svg(layers, {"dots": rows, "marks": [{"at": mark} for mark in marks]}, size, label)


def _x(field: str, **how: Any) -> Spec:
    return {"field": field, "title": None} | how


def _layer(data: str, mark: Spec, **encoding: Spec) -> Spec:
    return {"data": {"name": data}, "mark": mark, "encoding": encoding}


def _svg(layers: Sequence[Spec], data: Mapping[str, Rows], size: tuple[int, int], label: str) -> str:
    width, height = size
    specification = {
        "width": width,
        "height": height,
        "background": "transparent",
        "layer": layers,
        "datasets": data,
        "config": {
            "font": _FONT,
            "padding": 2,
            "view": {"stroke": None},
            "axis": {
                "labelColor": _SOFT,
                "gridColor": _RULE,
                "domainColor": _RULE,
                "tickColor": _RULE,
                "labelFontSize": 10,
                "domain": False,
                "gridWidth": 0.7,
                "tickSize": 3,
            },
        },
    }
    svg = vl_convert.vegalite_to_svg(specification, vl_version=_VEGA_LITE, show_warnings=False)
    return _tidy(svg, label)


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
