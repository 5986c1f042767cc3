"""A web archive (WARC, gzipped or not): one report for every page in it that has a main text."""

from collections.abc import Iterator
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from satrap.errors import ReportError
from satrap.reports.html import page
from satrap.reports.metadata import Found, Metadata, compose
from satrap.reports.original import LARGEST, Original
from satrap.reports.report import Report

_PAGES = frozenset({"text/html", "application/xhtml+xml"})


class _Archive(ArchiveIterator):  # type: ignore[misc]
    """Would print the words that follow a damaged record on standard error; here it only counts it."""

    INC_RECORD = ""


def read_warc(original: Original, metadata: Metadata) -> Iterator[Report | ReportError]:
    """The archive's web pages that were answered with 200, a record at a time; all else in it is skipped.

    When a page was archived is not when it was published: only the page itself can say that.
    """
    with original.open() as handle:
        try:
            archive = _Archive(handle)
            for record in archive:
                page_read = _report(record, original, metadata) if _is_page(record) else None
                archive.read_to_end(record)
                if archive.err_count or getattr(
                    record.raw_stream, "limit", 0
                ):  # more or fewer bytes than it says
                    raise EOFError
                if page_read is not None:
                    yield page_read
        except (ArchiveLoadFailed, EOFError) as error:
            raise ReportError(
                f"{original.where}: cut short, damaged, or no web archive; what is before the damage is read",
                remedy="fetch it again, or repair it with `warcio recompress`",
            ) from error


def _is_page(record: Any) -> bool:
    if record.rec_type not in {"response", "resource"}:
        return False
    headers = record.http_headers or record.rec_headers
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    return status == "200" and _content_type(headers)[0] in _PAGES


def _content_type(headers: Any) -> tuple[str, str | None]:
    mime, _, rest = (headers.get_header("Content-Type") or "").partition(";")
    _, _, charset = rest.partition("charset=")
    return mime.strip().casefold(), charset.split(";")[0].strip(" \"'") or None


def _report(record: Any, original: Original, metadata: Metadata) -> Report | ReportError:
    url = record.rec_headers.get_header("WARC-Target-URI")
    where = f"{original.where}: {url}"
    data = record.content_stream().read(LARGEST + 1)
    charset = _content_type(record.http_headers or record.rec_headers)[1]
    try:
        text, layers = page(Original.of(data, where, url, charset))
        archive = (Found.ARCHIVE, Metadata(url=url))
        return compose(text, original.name, (Found.GIVEN, metadata), *layers, archive)
    except ReportError as error:
        return error
