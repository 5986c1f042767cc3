"""The brief as one self-contained HTML file: no script, no request, nothing that did not pass the gate."""

from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from satrap.protect.gate import outward
from satrap.protect.words import day
from satrap.publish import words
from satrap.publish.brief import Brief


@outward("brief")
def render(brief: Brief) -> str:
    """The page; raises ProtectError where something in it did not pass the exposure gate."""
    style = Markup(files(__package__).joinpath("templates", "brief.css").read_text(encoding="utf-8"))
    return (
        _environment()
        .get_template("brief.html")
        .render(brief=brief, scale=words.SCALE, scale_source=words.SCALE_SOURCE, style=style)
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("satrap.publish"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.tests["linked"] = lambda part: isinstance(part, words.Linked)
    filters: dict[str, Any] = {"day": day, "percent": words.percent, "svg": _drawn}
    environment.filters.update(filters)
    return environment


def _drawn(svg: str) -> Markup:
    """Charts are our own drawing (`satrap.publish.charts`), the only markup that is not escaped."""
    return Markup(svg)
