"""A Word document (.docx) as one report: paragraphs and table cells in the order of the document."""

import io
import zipfile
import zlib
from collections.abc import Iterator

import docx
from docx.opc.exceptions import PackageNotFoundError
from docx.oxml.ns import qn
from lxml.etree import XMLSyntaxError, _Element

from satrap.errors import ReportError
from satrap.reports.metadata import Found, Metadata, compose
from satrap.reports.original import LARGEST, Original
from satrap.reports.report import Report

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the container of .doc, and of a .docx with a password
_UNSHOWN = frozenset(
    {qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"}
)
_DAMAGED = (zipfile.BadZipFile, zlib.error, PackageNotFoundError, XMLSyntaxError, KeyError, ValueError)
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}


def read_docx(original: Original, metadata: Metadata) -> Iterator[Report]:
    """The text as it stands with all tracked changes accepted.

    Nothing is taken from the document's properties: their author is whoever typed it, who may be a source,
    their title often a file name, and their dates are the file's.
    """
    data = original.read()
    if data.startswith(_OLE):
        raise ReportError(
            f"{original.where}: an old Word document, or one with a password",
            remedy="save it as .docx without a password",
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
        if unpacked > 4 * LARGEST:
            raise ReportError(
                f"{original.where}: unpacks to {unpacked >> 20} MB", remedy="remove its pictures"
            )
        document = docx.Document(io.BytesIO(data))
    except _DAMAGED as error:
        raise ReportError(
            f"{original.where}: not a Word document that can be opened",
            remedy="open it in Word and save it again",
        ) from error
    paragraphs = (_text(one) for one in document.element.body.iter(qn("w:p")) if not _unshown(one))
    text = "\n\n".join(paragraph for paragraph in map(str.strip, paragraphs) if paragraph)
    yield compose(text, original.name, (Found.GIVEN, metadata))


def _text(paragraph: _Element) -> str:
    """Its own words: python-docx's ``paragraph.text`` leaves out insertions and content controls."""
    pieces: list[str] = []

    def gather(element: _Element) -> None:
        for child in element:
            if child.tag == qn("w:t"):
                pieces.append(child.text or "")
            elif child.tag in _BREAKS:
                pieces.append(_BREAKS[child.tag])
            elif child.tag != qn("w:p") and child.tag not in _UNSHOWN and isinstance(child.tag, str):
                gather(child)

    gather(paragraph)
    return "".join(pieces)


def _unshown(element: _Element) -> bool:
    return any(above.tag in _UNSHOWN for above in element.iterancestors())
