"""CSL-JSON: reports as items that a citation processor takes."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.exchange.samples import CONTEXT, claims

from satrap.exchange import export
from satrap.exchange.cited import Shelf

# What CSL-JSON 1.0.2 says of the fields that we write
DATE = {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}}
ITEM = {
    "type": "object",
    "required": ["id", "type"],
    "additionalProperties": False,
    "properties": {
        **{
            name: {"type": "string", "minLength": 1}
            for name in ("id", "title", "container-title", "language")
        },
        "original-publisher": {"type": "string", "minLength": 1},
        "type": {"const": "article-newspaper"},
        "URL": {"type": "string", "format": "uri", "pattern": "^https?://"},
        "issued": {
            "type": "object",
            "additionalProperties": False,
            "properties": {"date-parts": {"type": "array", "minItems": 1, "maxItems": 2, "items": DATE}},
        },
    },
}


@pytest.fixture
def items(tmp_path: Path) -> list[dict[str, Any]]:
    read = json.loads(export("csl", claims(), CONTEXT, tmp_path / "out.json").read_text(encoding="utf-8"))
    assert isinstance(read, list)
    return read


def test_items_are_of_the_schema(items: list[dict[str, Any]]) -> None:
    jsonschema.validate(items, {"type": "array", "items": ITEM})


def test_each_report_is_one_item(items: list[dict[str, Any]]) -> None:
    shelf = Shelf()
    for claim in claims():
        shelf.report(claim)
    assert [item["id"] for item in items] == [f"satrap-{identity}" for identity in shelf.reports]


def test_months_stay_months_and_undated_stays_undated(items: list[dict[str, Any]]) -> None:
    dates = [item.get("issued", {}).get("date-parts") for item in items]
    assert [[2017, 2, 3]] in dates
    assert [[2017, 3]] in dates
    assert None in dates


def test_a_citation_processor_takes_them(items: list[dict[str, Any]]) -> None:
    citeproc = pytest.importorskip("citeproc", reason="in the dependency group `standards`")
    from citeproc.source.json import CiteProcJSON

    source = CiteProcJSON(items)
    style = citeproc.CitationStylesStyle("harvard-cite-them-right", validate=False)
    bibliography = citeproc.CitationStylesBibliography(style, source, citeproc.formatter.plain)
    for item in items:
        bibliography.register(citeproc.Citation([citeproc.CitationItem(item["id"])]))
    entries = [str(entry) for entry in bibliography.bibliography()]
    assert len(entries) == len(items)
    assert any("해임" in entry and "2017" in entry for entry in entries)
