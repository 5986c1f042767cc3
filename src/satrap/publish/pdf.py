"""The brief as PDF, for print and for archives: what the page says, set by Typst.

The text goes to Typst as data and never as markup, so that what somebody wrote in a report is only shown.
Fonts come with Typst and, for Korean, with this package; what neither has is looked for on the machine.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from importlib.resources import as_file, files
from typing import Any

import msgspec
import typst

from satrap.protect.gate import outward
from satrap.protect.words import day
from satrap.publish import words
from satrap.publish.brief import Brief, Panel
from satrap.publish.findings import Finding

_XMLNS = '<svg xmlns="http://www.w3.org/2000/svg" font-family="Noto Sans KR" '


@outward("brief")
def pdf(brief: Brief) -> bytes:
    """A tagged PDF of the accessible kind (PDF/UA-1), the same bytes for the same brief.

    Raises ProtectError for what did not pass the gate.
    """
    room, colours = files(__package__), _colours()
    data = {
        "brief": _data(brief, colours),
        "scale": [{"words": one.words, "low": one.low, "high": one.high} for one in words.SCALE],
        "scale_source": words.SCALE_SOURCE,
        "colours": colours,
    }
    with as_file(room.joinpath("fonts")) as fonts:
        made = typst.compile(
            room.joinpath("templates", "brief.typ").read_bytes(),
            format="pdf",
            font_paths=typst.Fonts(font_paths=[fonts]),
            sys_inputs={"data": json.dumps(data)},
            pdf_standards="ua-1",
            timestamp=0,
        )
    assert isinstance(made, bytes)
    return made


def _colours() -> dict[str, str]:
    """The colours in which the page is printed."""
    style = files(__package__).joinpath("templates", "brief.css").read_text(encoding="utf-8")
    return dict(re.findall(r"--(\w+): (#\w+)", style[style.index("@media print") :]))


def _data(value: Any, colours: Mapping[str, str]) -> Any:
    """As JSON can tell it: parts of sentences that are links as objects, days in words, charts in colour."""
    match value:
        case words.Linked():
            return {"text": str(value), "to": value.to}
        case date():
            return day(value)
        case Mapping():
            return {str(key): _data(each, colours) for key, each in value.items()}
        case tuple():
            return [_data(each, colours) for each in value]
        case Panel():
            return _fields(value, colours) | {"svg": _drawn(value.svg, colours)}
        case Finding():
            return _fields(value, colours) | {"basis": value.basis}
        case msgspec.Struct():
            return _data(msgspec.structs.asdict(value), colours)
    return _fields(value, colours) if is_dataclass(value) else value


def _fields(value: Any, colours: Mapping[str, str]) -> dict[str, Any]:
    return {each.name: _data(getattr(value, each.name), colours) for each in fields(value)}


def _drawn(svg: str, colours: Mapping[str, str]) -> str:
    """A chart by itself: it has lost its namespace, its font and its colours to the page around it."""
    alone = svg.replace("<svg ", _XMLNS, 1)
    return re.sub(r"var\(--(\w+)\)", lambda property_: colours[property_[1]], alone)
