"""Small originals, made at test time by the libraries that read them or by hand."""

import io
from collections.abc import Sequence

import docx
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from satrap.errors import ReportError
from satrap.reports import Metadata, Original, Report, load

DISMISSED = (
    "The head of the Ministry of State Security was dismissed in January, an inside source in South Hwanghae "
    "Province said."
)
MOVED = "Its powers were transferred to the party committees, the source said by telephone."


def read(data: bytes, form: str, metadata: Metadata | None = None) -> list[Report]:
    """Reports in ``data``; fails where any of it could not be read."""
    found = list(load([Original.of(data, f"a.{form}")], metadata or Metadata(), form=form))
    failed = [str(one) for one in found if isinstance(one, ReportError)]
    assert not failed
    return [one for one in found if isinstance(one, Report)]


def refused(data: bytes, form: str) -> str:
    """The message about ``data``, of which nothing can be read."""
    [error] = load([Original.of(data, f"a.{form}")], Metadata(), form=form)
    assert isinstance(error, ReportError)
    return str(error)


def pdf(pages: Sequence[Sequence[str]], *, password: bool = False) -> bytes:
    """A PDF of the lines of each page; with a password that nobody knows, if wanted."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >>",
    ]
    kids = []
    for lines in pages:
        shown = " ".join(f"({line}) Tj T*" for line in lines)
        drawn = f"BT /F1 11 Tf 14 TL 72 720 Td {shown} ET"
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream".encode())
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] "
            b"/Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>" % len(objects)
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    trailer = "/ID [<0123456789abcdef0123456789abcdef> <0123456789abcdef0123456789abcdef>]"
    if password:
        objects.append(b"<< /Filter /Standard /V 1 /R 2 /P -4 /O <%s> /U <%s> >>" % (b"0a" * 32, b"0b" * 32))
        trailer += f" /Encrypt {len(objects)} 0 R"
    data, offsets = b"%PDF-1.4\n", []
    for number, held in enumerate(objects, 1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, held)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return (
        data
        + b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
        + f"trailer << /Size {size} /Root 1 0 R {trailer} >>\nstartxref\n{len(data)}\n%%EOF".encode()
    )


def word(*paragraphs: str, author: str = "", title: str = "") -> bytes:
    """A Word document of paragraphs, with properties."""
    document = docx.Document()
    document.core_properties.author, document.core_properties.title = author, title
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def page(*paragraphs: str, head: str = "", headline: str = "Head of ministry dismissed") -> bytes:
    """A web page with a menu and a footer round its article."""
    body = "".join(f"<p>{one}</p>" for one in paragraphs)
    return (
        f"<!doctype html><html lang='en'><head><title>{headline} | A</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a> <a href='/all'>All stories</a></nav><article><h1>{headline}</h1>{body}"
        "</article><footer>Copyright 3 May 2016 by nobody in particular</footer></body></html>"
    ).encode()


def archive(*records: tuple[str, str, str, bytes], gzip: bool = True) -> bytes:
    """A WARC of (address, status, content type, body)."""
    held = io.BytesIO()
    writer = WARCWriter(held, gzip=gzip)
    for url, status, mime, body in records:
        headers = StatusAndHeaders(status, [("Content-Type", mime)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(url, "response", payload=io.BytesIO(body), http_headers=headers)
        )
    return held.getvalue()
