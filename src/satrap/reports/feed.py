"""RSS and Atom feeds: one report an entry."""

from collections.abc import Iterator
from typing import Any

import feedparser

from satrap.errors import ReportError
from satrap.reports.html import fragment
from satrap.reports.metadata import Found, Metadata, compose, day
from satrap.reports.original import Original
from satrap.reports.report import Report


def read_feed(original: Original, metadata: Metadata) -> Iterator[Report | ReportError]:
    """The entries' full content where the feed has it, else their summaries."""
    data = original.read()
    try:
        parsed = feedparser.parse(data, sanitize_html=False)
    except ValueError as error:  # it forgives nearly all faults, but not all
        raise ReportError(f"{original.where}: a damaged feed", remedy="save it again") from error
    if not parsed.version and not parsed.entries:
        raise ReportError(
            f"{original.where}: no RSS or Atom feed", remedy="save the feed itself, not its page"
        )
    if not parsed.entries:
        raise ReportError(f"{original.where}: a feed without entries", remedy="leave it out")
    channel = Metadata(
        publisher=_plain(parsed.feed.get("title")), language=_plain(parsed.feed.get("language"))
    )
    for number, entry in enumerate(parsed.entries, 1):
        name = f"{original.name}:{number}"
        said = Metadata(
            title=_plain(entry.get("title")),
            url=_plain(entry.get("link")),
            author=_plain(entry.get("author")),
            published=day(entry.get("published")),
        )
        # Atom requires only when an entry was last changed; most feeds publish and never change.
        changed = Metadata(published=day(dict.get(entry, "updated")))
        layers = ((Found.FEED, said), (Found.FEED, channel), (Found.UPDATED, changed))
        try:
            yield compose(_text(entry), name, (Found.GIVEN, metadata), *layers)
        except ReportError as error:
            yield error


def _text(entry: Any) -> str:
    contents = [fragment(one.get("value") or "") for one in entry.get("content", ())]
    return max(contents, key=len, default="") or fragment(entry.get("summary") or "")


def _plain(value: Any) -> str | None:
    return fragment(value) or None if isinstance(value, str) else None
