"""A plain-text or Markdown file as one report."""

from pathlib import Path

from satrap.errors import ReportError
from satrap.reports.metadata import Metadata
from satrap.reports.report import Report

LARGEST = 50 * 1024 * 1024  # bytes; a text beyond this is an archive, not a report


def read_plain(path: Path, metadata: Metadata) -> list[Report]:
    """The whole file is the text, unchanged, so that offsets are those of the file.

    Raises ReportError where the file is missing, empty, binary, too large or not UTF-8.
    """
    return [metadata.report(decoded(path), origin=path.name)]


def decoded(path: Path) -> str:
    """The file's text; raises ReportError with the remedy where it has none."""
    try:
        size = path.stat().st_size
        if size > LARGEST:
            raise ReportError(
                f"{path}: {size / 2**20:.0f} MB is more than {LARGEST / 2**20:.0f} MB",
                remedy="split it into its reports",
            )
        data = path.read_bytes()
    except OSError as error:
        raise ReportError(f"{path}: {error.strerror}", remedy="check the path and its permissions") from error
    if b"\0" in data:
        raise ReportError(f"{path}: a binary file", remedy="save it as plain text (UTF-8)")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ReportError(
            f"{path}: not UTF-8 at byte {error.start}",
            remedy=f"convert it, e.g. `iconv -f CP949 -t UTF-8 {path.name}`",
        ) from error
    if not text.strip():
        raise ReportError(f"{path}: empty", remedy="check the export that made it, or leave it out")
    return text
