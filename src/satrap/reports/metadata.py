"""What is known about a report beside its text."""

from datetime import date

import msgspec

from satrap.claims import When
from satrap.reports.report import Report

UNKNOWN = "unknown publisher"


class Metadata(msgspec.Struct, frozen=True):
    """Given by the analyst for files that do not carry it. What is missing stays unknown, never guessed."""

    publisher: str | None = None
    published: When | None = None
    title: str | None = None
    url: str | None = None
    language: str = "en"

    def report(self, text: str, origin: str) -> Report:
        return Report(
            text=text,
            publisher=self.publisher or UNKNOWN,
            title=self.title,
            url=self.url,
            published=self.published,
            language=self.language,
            origin=origin,
        )


def published(text: str, today: date) -> When:
    """A publication date as an analyst types it; raises ValueError where it is none or lies in the future."""
    when = When.parse(text)
    if when.earliest > today:
        raise ValueError(f"{text!r} lies in the future: a report cannot be published after today")
    return when
