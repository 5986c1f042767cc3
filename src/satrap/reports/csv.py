"""A CSV or TSV file with a header row: one report a row."""

import csv
import io
from collections.abc import Iterator

from satrap.errors import ReportError
from satrap.reports.metadata import Metadata
from satrap.reports.original import LARGEST, Original, decoded
from satrap.reports.report import Report
from satrap.reports.rows import column, row_report

_DELIMITERS = ",;\t|"


def read_csv(original: Original, metadata: Metadata) -> Iterator[Report | ReportError]:
    """The reports of a table, a row at a time; one that cannot be read is its error, in its place.

    The columns are those of :data:`satrap.reports.rows.FIELDS`, or as mapped. The delimiter is what the
    header row has most of: comma, semicolon, tab or bar. A quotation mark left open ends the file.
    """
    csv.field_size_limit(LARGEST)  # the library's own is 128 KB, less than a long report
    with original.open() as handle:
        header = _header(handle, original)
        text = column("text", metadata)
        # Bytes that are not UTF-8 cost their row, not the file.
        lines = io.TextIOWrapper(handle, "utf-8", errors="surrogateescape", newline="")
        delimiter = max(_DELIMITERS, key=header.count)
        reader = csv.reader(lines, delimiter=delimiter)
        columns = next(csv.reader([header], delimiter=delimiter), [])
        if text not in columns:
            raise ReportError(
                f"{original.where}: no column {text!r} among {', '.join(columns)[:200]}",
                remedy="name the one that holds the text: --map text=COLUMN",
            )
        yield from _rows(reader, columns, original, metadata)
        lines.detach()  # else it would close a handle that is not its own


def _header(handle: io.BufferedReader, original: Original) -> str:
    line = handle.readline(LARGEST)
    if not line.strip():
        raise ReportError(f"{original.where}: empty", remedy="check the export that made it, or leave it out")
    return decoded(line, original.where).rstrip("\r\n")


def _rows(
    reader: Iterator[list[str]], columns: list[str], original: Original, metadata: Metadata
) -> Iterator[Report | ReportError]:
    number = 1  # the header's
    while True:
        number += 1
        where, name = f"{original.where}: row {number}", f"{original.name}:{number}"
        try:
            cells = next(reader)
            for cell in cells:
                cell.encode("utf-8")
            if any(cells):
                yield row_report(dict(zip(columns, cells, strict=False)), where, name, metadata)
        except StopIteration:
            return
        except UnicodeEncodeError:
            yield ReportError(f"{where}: not UTF-8", remedy="convert it, e.g. `iconv -f CP949 -t UTF-8`")
        except csv.Error as error:
            yield ReportError(f"{where}: {error}", remedy="look for a quotation mark that is not closed")
        except ReportError as error:
            yield error
