"""Text in: whatever an analyst has becomes Reports, or errors that say why not."""

from satrap.reports.forms import Parser, known_forms
from satrap.reports.load import Fetch, Input, load
from satrap.reports.metadata import UNKNOWN, Found, Metadata, compose, published
from satrap.reports.original import Original
from satrap.reports.placement import Placement
from satrap.reports.report import UNDETERMINED, Report

__all__ = [
    "UNDETERMINED",
    "UNKNOWN",
    "Fetch",
    "Found",
    "Input",
    "Metadata",
    "Original",
    "Parser",
    "Placement",
    "Report",
    "compose",
    "known_forms",
    "load",
    "published",
]
