"""A JSONL file: one report a line, as ``{"text", "publisher", "published", "title", "url", …}``."""

from collections.abc import Iterator

import msgspec

from satrap.errors import ReportError
from satrap.reports.metadata import Metadata
from satrap.reports.original import LARGEST, Original, decoded
from satrap.reports.report import Report
from satrap.reports.rows import row_report


def read_jsonl(original: Original, metadata: Metadata) -> Iterator[Report | ReportError]:
    """The reports of a JSONL file, a line at a time; one that cannot be read is its error, in its place.

    The keys are those of :data:`satrap.reports.rows.FIELDS`, or as mapped; others are left alone. ``id``
    becomes the report's origin.
    """
    with original.open() as handle:
        number = 0
        while line := handle.readline(LARGEST + 1):
            number += 1
            where, name = f"{original.where}:{number}", f"{original.name}:{number}"
            try:
                if len(line) > LARGEST:
                    raise ReportError(f"{where}: a line of more than {LARGEST >> 20} MB", remedy="split it")
                if line.strip():
                    yield row_report(_row(line, where), where, name, metadata)
            except ReportError as error:
                yield error
            while len(line) > LARGEST and not line.endswith(b"\n"):
                line = handle.readline(LARGEST + 1) or b"\n"
    if not number:
        raise ReportError(f"{original.where}: empty", remedy="check the export that made it, or leave it out")


def _row(line: bytes, where: str) -> dict[str, object]:
    try:
        return msgspec.json.decode(decoded(line, where), type=dict[str, object])
    except (msgspec.MsgspecError, RecursionError) as error:
        raise ReportError(f"{where}: {error}", remedy="mend or remove this line") from error
