"""A JSONL file: one report a line, as ``{"text", "publisher", "published", "title", "url", …}``."""

from pathlib import Path

import msgspec

from satrap.claims import When
from satrap.errors import ReportError
from satrap.reports.metadata import UNKNOWN, Metadata
from satrap.reports.plain import decoded
from satrap.reports.report import Report


class Line(msgspec.Struct):
    """The keys that are read; others are left alone. ``id`` becomes the report's origin."""

    text: str
    publisher: str | None = None
    published: str | None = None
    title: str | None = None
    url: str | None = None
    language: str | None = None
    outlet: str | None = None
    id: str | None = None


def read_jsonl(path: Path, metadata: Metadata) -> list[Report | ReportError]:
    """The reports of a JSONL file; a line that cannot be read is returned as its error, in its place."""
    lines = decoded(path).splitlines()
    return [_report(path, n, line, metadata) for n, line in enumerate(lines, 1) if line.strip()]


def _report(path: Path, number: int, line: str, metadata: Metadata) -> Report | ReportError:
    try:
        row = msgspec.json.decode(line, type=Line)
        if not row.text.strip():
            raise ValueError("text is empty")
        return Report(
            text=row.text,
            publisher=row.publisher or metadata.publisher or UNKNOWN,
            title=row.title or metadata.title,
            url=row.url or metadata.url,
            published=When.parse(row.published) if row.published else metadata.published,
            language=row.language or metadata.language,
            outlet=row.outlet,
            origin=row.id or f"{path.name}:{number}",
        )
    except (msgspec.MsgspecError, ValueError) as error:
        return ReportError(f"{path}:{number}: {error}", remedy="mend or remove this line")
