"""Page models and charts' data as bytes: the ways out, which take only what passed the gate."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from satrap.protect.gate import outward
from satrap.protect.words import day
from satrap.publish.definitions import DEFINITIONS
from satrap.publish.words import SCALE, SCALE_SOURCE, Linked, percent
from satrap.web.figure import Figure
from satrap.web.page import Page

TERMS = [
    one
    for one in DEFINITIONS
    if one.id in {"method-share", "method-claims", "method-bands", "method-futures"}
]
"""What every page explains of its words."""


@outward("page of the dashboard")
def html(page: Page, around: Mapping[str, Any]) -> str:
    """A page in what stands around it; raises ProtectError where something did not pass the gate."""
    return environment().get_template(page.template).render(page=page, **around)


@outward("data of a chart")
def data(figure: Figure, form: str) -> tuple[bytes, str]:
    """A chart's rows as ``csv`` or ``json``, with their media type."""
    if form == "csv":
        return figure.as_csv(), "text/csv; charset=utf-8"
    return figure.as_json(), "application/json"


@cache
def environment() -> Environment:
    """Templates that escape all that they are given."""
    made = Environment(
        loader=PackageLoader("satrap.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.tests["linked"] = lambda part: isinstance(part, Linked)
    made.filters.update(day=day, percent=percent)
    made.globals.update(scale=SCALE, scale_source=SCALE_SOURCE, terms=TERMS)
    return made
