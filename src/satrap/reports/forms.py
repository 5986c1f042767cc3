"""Forms of file and their parsers: those that come with satrap, and those that plug in."""

import re
from collections.abc import Callable, Iterable
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from satrap.errors import ReportError
from satrap.reports.metadata import Metadata
from satrap.reports.original import Original
from satrap.reports.report import Report

Parser = Callable[[Original, Metadata], Iterable[Report | ReportError]]
"""Reports of an original, in order. What cannot be read is raised as ReportError, or, where the rest can
still be read, yielded as one in its place."""

GROUP = "satrap.parsers"  # entry points: a form's name, which is also its suffix, to its Parser

BUILT_IN = {
    "text": "plain:read_plain",
    "markdown": "markdown:read_markdown",
    "html": "html:read_html",
    "pdf": "pdf:read_pdf",
    "docx": "docx:read_docx",
    "mail": "mail:read_mail",
    "mbox": "mail:read_mailbox",
    "feed": "feed:read_feed",
    "jsonl": "jsonl:read_jsonl",
    "csv": "csv:read_csv",
    "warc": "warc:read_warc",
}
SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".pdf": "pdf",
    ".docx": "docx",
    ".doc": "docx",  # only to say what to do about it
    ".eml": "mail",
    ".mht": "mail",
    ".mhtml": "mail",
    ".mbox": "mbox",
    ".rss": "feed",
    ".atom": "feed",
    ".xml": "feed",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".warc": "warc",
    ".warc.gz": "warc",
}
_HEADER = re.compile(rb"[A-Za-z][A-Za-z-]*:[ \t]")
_OF_MAIL = re.compile(rb"^(?:received|message-id|mime-version|delivered-to):", re.IGNORECASE | re.MULTILINE)


def known_forms() -> tuple[str, ...]:
    """Names of the forms that can be read here."""
    return tuple(sorted({*BUILT_IN, *_plug_ins()}))


def by_suffix(name: str) -> str | None:
    """The form that a file's name tells, or None. A plug-in's suffix goes before one of ours."""
    folded = name.casefold()
    for plugged in _plug_ins():
        if folded.endswith(f".{plugged}"):
            return plugged
    return next((form for suffix, form in SUFFIXES.items() if folded.endswith(suffix)), None)


def by_content(head: bytes) -> str:
    """The form that a file's first bytes tell; plain text where they tell nothing."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    folded = start[:1024].lower()
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\3\4", b"\xd0\xcf\x11\xe0")):
        return "docx"
    if head.startswith((b"WARC/", b"\x1f\x8b")):
        return "warc"
    if head.startswith(b"From "):
        return "mbox"
    if any(tag in folded for tag in (b"<rss", b"<feed", b"<rdf:rdf")):
        return "feed"
    if folded.startswith((b"<!doctype html", b"<html", b"<!--", b"<?xml")):
        return "html"
    if start.startswith(b"{"):
        return "jsonl"
    if _HEADER.match(start) and _OF_MAIL.search(start):
        return "mail"
    return "text"


def parser(form: str) -> Parser:
    """A known form's parser, imported now and not before; ReportError for a plug-in that does not load."""
    if form in _plug_ins():
        try:
            return cast(Parser, _plug_ins()[form].load())
        except Exception as error:  # somebody else's code
            raise ReportError(
                f"the plug-in for {form} does not load ({type(error).__name__})",
                remedy=f"mend or remove {_plug_ins()[form].value}",
            ) from error
    module, _, name = BUILT_IN[form].partition(":")
    return cast(Parser, getattr(import_module(f"satrap.reports.{module}"), name))


@cache
def _plug_ins() -> dict[str, EntryPoint]:
    return {one.name.casefold(): one for one in entry_points(group=GROUP)}
