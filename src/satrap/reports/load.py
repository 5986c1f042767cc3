"""Files and folders to reports, one parser per form of file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from satrap.errors import ReportError
from satrap.reports.jsonl import read_jsonl
from satrap.reports.metadata import Metadata
from satrap.reports.plain import read_plain
from satrap.reports.report import Report

Parser = Callable[[Path, Metadata], Sequence[Report | ReportError]]

PARSERS: dict[str, Parser] = {
    ".txt": read_plain,
    ".text": read_plain,
    ".md": read_plain,
    ".jsonl": read_jsonl,
}


def load(paths: Iterable[Path], metadata: Metadata) -> Iterator[Report | ReportError]:
    """Every report under the paths, folders in name order.

    A file or line that cannot be read is yielded as its error, so that one bad report never stops a batch.
    """
    for path in paths:
        for file in _files(path):
            try:
                yield from _parser(file)(file, metadata)
            except ReportError as error:
                yield error


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(file for file in path.rglob("*") if file.suffix.lower() in PARSERS and file.is_file())


def _parser(file: Path) -> Parser:
    parser = PARSERS.get(file.suffix.lower())
    if parser is None and not file.suffix:
        return read_plain
    if parser is None:
        raise ReportError(
            f"{file}: no parser for {file.suffix} files",
            remedy=f"save it as one of {', '.join(PARSERS)}",
        )
    return parser
