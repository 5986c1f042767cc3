"""E-mail: a message (.eml, .mht) or a mailbox (.mbox) of them, one report a message."""

import re
from collections.abc import Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart

from satrap.claims import When
from satrap.errors import ReportError
from satrap.reports.html import fragment
from satrap.reports.metadata import Found, Metadata, compose, day
from satrap.reports.original import LARGEST, Original
from satrap.reports.report import Report
from satrap.reports.wrapped import unwrapped

_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


def read_mail(original: Original, metadata: Metadata) -> Iterator[Report]:
    """One message: its plain text, else the words of its HTML; attachments are left out.

    Of its headers only the date is taken: sender and subject may tell who a source is.
    """
    yield _report(original.read(), original.where, original.name, metadata)


def read_mailbox(original: Original, metadata: Metadata) -> Iterator[Report | ReportError]:
    """Every message of a mailbox, held in memory one at a time; a broken one is its error, in its place."""
    for number, data in enumerate(_messages(original), 1):
        where, name = f"{original.where}: message {number}", f"{original.name}:{number}"
        try:
            if len(data) > LARGEST:
                raise ReportError(
                    f"{where}: more than {LARGEST >> 20} MB", remedy="take it out of the mailbox"
                )
            yield _report(data, where, name, metadata)
        except ReportError as error:
            yield error


def _messages(original: Original) -> Iterator[bytes]:
    """The messages of an mbox file (RFC 4155), ">From " unquoted; of a giant one only the beginning."""
    with original.open() as handle:
        if not handle.peek(5).startswith(b"From "):
            raise ReportError(
                f"{original.where}: not a mailbox", remedy="export it as mbox, or as .eml files"
            )
        gathered: list[bytes] = []
        size, after_blank = 0, True
        for line in handle:
            if after_blank and line.startswith(b"From "):
                if gathered:
                    yield _QUOTED_FROM.sub(rb"\1", b"".join(gathered))
                gathered, size = [], 0
            elif size <= LARGEST:
                gathered.append(line)
                size += len(line)
            after_blank = not line.strip()
        yield _QUOTED_FROM.sub(rb"\1", b"".join(gathered))


def _report(data: bytes, where: str, name: str, metadata: Metadata) -> Report:
    message = message_from_bytes(data, policy=policy.default)
    assert isinstance(message, EmailMessage)
    if message.get_content_type() in {"multipart/encrypted", "application/pkcs7-mime"}:
        raise ReportError(f"{where}: encrypted", remedy="decrypt it in your mail program and export it again")
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise ReportError(f"{where}: no text in it, only attachments", remedy="save the attachments apart")
    sent = Metadata(published=_sent(message))
    return compose(_text(body, where), name, (Found.GIVEN, metadata), (Found.MAIL, sent))


def _sent(message: EmailMessage) -> When | None:
    try:
        return day(str(message.get("date", "")))
    except (ValueError, IndexError, AttributeError, TypeError):  # what the standard parser trips over
        return None


def _text(body: MIMEPart, where: str) -> str:
    try:
        content = str(body.get_content())
    except LookupError as error:
        raise ReportError(f"{where}: in an unknown encoding", remedy="export it as UTF-8") from error
    except ValueError as error:
        raise ReportError(f"{where}: a damaged message", remedy="export it again") from error
    return fragment(content) if body.get_content_type() == "text/html" else unwrapped(content)
