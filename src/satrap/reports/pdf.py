"""A PDF as one report: its text layer, without running heads, page numbers and line breaks."""

import re
from collections import Counter
from collections.abc import Iterator

import pypdfium2 as pdfium
from pypdfium2.raw import FPDF_ERR_PASSWORD

from satrap.errors import ReportError
from satrap.reports.metadata import Found, Metadata, compose
from satrap.reports.original import Original
from satrap.reports.report import Report
from satrap.reports.wrapped import unwrapped

_HYPHENATED = re.compile("[\ufffe\x02]\\s*")  # how PDFium marks a word that a line end divides
_NUMBERED = re.compile(r"\d+")
_REPEATED = 3  # pages that open or close with the same line: it is a running head or foot


def read_pdf(original: Original, metadata: Metadata) -> Iterator[Report]:
    """The pages' text in reading order as the file gives it.

    Nothing is taken from the document's properties: their author is whoever typed it, who may be a source,
    their title often a file name, and their dates are the file's. Raises ReportError where it is encrypted or
    has no text.
    """
    try:
        document = pdfium.PdfDocument(original.read())
        pages = [_lines(document, number) for number in range(len(document))]
        document.close()
    except pdfium.PdfiumError as error:
        if getattr(error, "err_code", None) == FPDF_ERR_PASSWORD:
            raise ReportError(
                f"{original.where}: encrypted, it needs a password", remedy="save a copy without it"
            ) from error
        raise ReportError(
            f"{original.where}: not a PDF, or a damaged one", remedy="open it in a viewer and print it anew"
        ) from error
    text = unwrapped("\n".join(line for page in _bodies(pages) for line in page))
    if not text:
        raise ReportError(
            f"{original.where}: {len(pages)} pages without text, probably scanned",
            remedy="recognise its text first, e.g. `ocrmypdf in.pdf out.pdf`",
        )
    yield compose(text, original.name, (Found.GIVEN, metadata))


def _lines(document: pdfium.PdfDocument, number: int) -> list[str]:
    page = document[number]
    textpage = page.get_textpage()
    text: str = textpage.get_text_range()
    textpage.close()
    page.close()
    return _HYPHENATED.sub("", text).splitlines()


def _bodies(pages: list[list[str]]) -> Iterator[list[str]]:
    """Pages without the first and last lines that are page numbers, or the same on several pages."""
    bodies = [[line for line in page if line.strip()] for page in pages]
    edges = Counter(edge for body in bodies if body for edge in {_edge(body[0]), _edge(body[-1])})
    for body in bodies:
        while body and _runs(body[0], edges):
            body.pop(0)
        while body and _runs(body[-1], edges):
            body.pop()
        yield body


def _runs(line: str, edges: Counter[str]) -> bool:
    return _edge(line) in {"#", "page #", "- # -", "page # of #", "#/#"} or edges[_edge(line)] >= _REPEATED


def _edge(line: str) -> str:
    return " ".join(_NUMBERED.sub("#", line.casefold()).split())
