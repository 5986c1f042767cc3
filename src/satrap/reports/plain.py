"""A plain-text file as one report."""

from collections.abc import Iterator

from satrap.reports.metadata import Found, Metadata, compose
from satrap.reports.original import Original
from satrap.reports.report import Report


def read_plain(original: Original, metadata: Metadata) -> Iterator[Report]:
    """The whole file is the text, unchanged, so that offsets are those of the file."""
    yield compose(original.text(), original.name, (Found.GIVEN, metadata))
