"""CSL-JSON: the reports cited, for Zotero, Pandoc and other makers of bibliographies. No claims in it."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from satrap.exchange.cited import CitedReport, Shelf
from satrap.exchange.context import Context, bounded
from satrap.exchange.files import lines
from satrap.exchange.formats import Exporter
from satrap.protect.gate import outward
from satrap.protect.public import PublicClaim


@outward("reports as CSL-JSON")
def write(claims: Sequence[PublicClaim], context: Context, path: Path) -> None:
    """One array with an item for each report, in the order they are first cited."""
    shelf = Shelf()
    for claim in context.each(claims):
        shelf.report(claim)
    with lines(path) as file:
        for number, (identity, report) in enumerate(shelf.reports.items()):
            encoded = json.dumps(_item(identity, report), ensure_ascii=False).encode()
            file.write((b",\n" if number else b"[\n") + encoded)
        file.write(b"\n]\n" if shelf.reports else b"[]\n")


def _item(identity: str, report: CitedReport) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": f"satrap-{identity}",
        "type": "article-newspaper",
        "title": report.name,
        "container-title": report.publisher,
        "language": report.language,
    }
    if report.outlet != report.publisher:
        item["original-publisher"] = report.outlet
    if report.url:
        item["URL"] = report.url
    if report.published_edtf:
        item["issued"] = {"date-parts": _parts(report.published_edtf)}
    return item


def _parts(edtf: str) -> list[list[int]]:
    """A day, month or year, or the first and last day of what is looser."""
    first, last = bounded(edtf)
    for length in (10, 7, 4):
        prefix = first.isoformat()[:length]
        if bounded(prefix) == (first, last):
            return [[int(part) for part in prefix.split("-")]]
    return [_day(first), _day(last)]


def _day(day: date) -> list[int]:
    return [day.year, day.month, day.day]


EXPORTER = Exporter(
    "csl", "CSL-JSON: the reports as a bibliography", "application/vnd.citationstyles.csl+json", write
)
