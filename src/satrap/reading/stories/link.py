"""Why two reports may be one story."""

from datetime import date, timedelta
from typing import NamedTuple

from satrap.reports import Report

WINDOW = timedelta(days=31)  # a telling is rewritten within weeks: chronology of 2017, F103 to F133


class Link(NamedTuple):
    """Two reports (by position) with what they have in common, in words, and how strong that is, 0 to 1."""

    a: int
    b: int
    strength: float
    evidence: str


def day_of(report: Report) -> date:
    """The first day that it may have been published; the undated stand after all others, on one day."""
    return report.published.earliest if report.published else date.max
