"""A Markdown file as one report: its words without the markup, its YAML front matter as metadata."""

import re
from collections.abc import Iterator
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from satrap.reports.metadata import Found, Metadata, compose, row_date
from satrap.reports.original import Original
from satrap.reports.report import Report

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELDS = {
    "title": ("title",),
    "author": ("author",),
    "publisher": ("publisher", "site", "source"),
    "url": ("url", "canonical", "canonical_url"),
    "language": ("language", "lang"),
}


def read_markdown(original: Original, metadata: Metadata) -> Iterator[Report]:
    """The text is what a reader of the rendered page sees: each block a paragraph, images left out."""
    source = original.text().replace("\r\n", "\n")
    matter = _FRONT_MATTER.match(source)
    said = _said(matter[1]) if matter else Metadata()
    text = rendered(source[matter.end() :] if matter else source)
    yield compose(text, original.name, (Found.GIVEN, metadata), (Found.FRONT_MATTER, said))


def rendered(source: str) -> str:
    """The words of a Markdown text, its blocks apart by an empty line."""
    blocks = [
        _words(token.children or ()) if token.type == "inline" else token.content
        for token in MarkdownIt("commonmark").enable("table").parse(source)
        if token.type in {"inline", "fence", "code_block"}
    ]
    return "\n\n".join(block for block in map(str.strip, blocks) if block)


def _words(children: list[Token] | tuple[()]) -> str:
    breaks = {"softbreak": " ", "hardbreak": "\n"}
    shown = {"text", "code_inline"}
    return "".join(breaks.get(one.type, one.content if one.type in shown else "") for one in children)


def _said(matter: str) -> Metadata:
    """What the front matter says; what is not YAML, or not what we know, says nothing."""
    try:
        keys = YAML(typ="safe", pure=True).load(matter)
        if not isinstance(keys, dict):
            return Metadata()
        folded = {str(key).casefold(): value for key, value in keys.items()}
        known: dict[str, Any] = {
            field: str(folded[name])
            for field, names in _FIELDS.items()
            for name in reversed(names)
            if isinstance(folded.get(name), str)
        }
        when = folded.get("published") or folded.get("date")
        return Metadata(**known, published=row_date(str(when)) if when else None)
    except (YAMLError, ValueError, RecursionError):
        return Metadata()
