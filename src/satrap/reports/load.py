"""Files, folders and streams to reports."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import msgspec

from satrap.errors import ReportError, UnknownNameError
from satrap.reports.forms import by_content, by_suffix, known_forms, parser
from satrap.reports.metadata import Found, Metadata
from satrap.reports.original import Original
from satrap.reports.report import Report

Input = Path | str | Original
Fetch = Callable[[str], Original]  # an address to what is there; raises ReportError where there is nothing

_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)
# Files in a folder that may well be reports, though nothing reads them: never passed over in silence.
_UNREAD = frozenset(
    ".odt .rtf .pages .wpd .epub .msg .pst .ppt .pptx .xls .xlsx .ods .zip .7z .rar .gz .tar .json".split()  # noqa: SIM905
)


def load(
    inputs: Iterable[Input], metadata: Metadata, *, form: str | None = None, fetch: Fetch | None = None
) -> Iterator[Report | ReportError]:
    """Every report in the inputs, lazily: one is in memory at a time. Folders are read in name order.

    What cannot be read is yielded as its error, in its place: one bad report never stops a batch. ``form``
    (one of :func:`satrap.reports.forms.known_forms`) overrules names and first bytes;
    UnknownNameError where there is no such form. Addresses are fetched with ``fetch``, never without.
    """
    if form is not None and form not in known_forms():
        raise UnknownNameError("form", form, known_forms())
    for one in inputs:
        for original in _originals(one, fetch):
            if isinstance(original, ReportError):
                yield original
            else:
                yield from _parsed(original, metadata, form)


def _parsed(original: Original, metadata: Metadata, form: str | None) -> Iterator[Report | ReportError]:
    told = form
    try:
        told = told or by_suffix(original.name) or by_content(original.head())
        for report in parser(told)(original, metadata):
            yield _at(original.url, report)
    except ReportError as error:
        yield error
    except Exception as error:  # a library's fault in one file must not cost the others
        yield ReportError(
            f"{original.where}: the {told} parser failed on it ({type(error).__name__})",
            remedy="save it in another form",
        )


def _at(url: str | None, report: Report | ReportError) -> Report | ReportError:
    """With the address it was fetched from, where it names no other as its own."""
    if url is None or isinstance(report, ReportError) or report.url is not None:
        return report
    return msgspec.structs.replace(
        report, url=url, provenance=report.provenance | {"url": str(Found.ADDRESS)}
    )


def _originals(one: Input, fetch: Fetch | None) -> Iterator[Original | ReportError]:
    if isinstance(one, Original):
        yield one
    elif isinstance(one, str) and _ADDRESS.match(one):
        yield _fetched(one, fetch)
    elif Path(one).is_dir():
        yield from _folder(Path(one))
    else:
        yield Original.file(Path(one))


def _fetched(url: str, fetch: Fetch | None) -> Original | ReportError:
    if fetch is None:
        return ReportError(
            f"{url}: an address; satrap does not go to the network unless told to",
            remedy="say --fetch, or save the page (HTML, PDF or WARC) and name the file",
        )
    try:
        return fetch(url)
    except ReportError as error:
        return error


def _folder(folder: Path) -> Iterator[Original | ReportError]:
    """Files under a folder that some parser reads, and errors for those that should have been read."""
    denied: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=denied.append):
        folders.sort()
        for name in sorted(files):
            path = Path(parent, name)
            if by_suffix(name) and path.is_file():
                yield Original.file(path)
            elif path.suffix.casefold() in _UNREAD:
                yield ReportError(
                    f"{path}: no parser for {path.suffix} files", remedy="save it as PDF, .docx or text"
                )
    for error in denied:
        yield ReportError(f"{error.filename}: {error.strerror}", remedy="check its permissions")
