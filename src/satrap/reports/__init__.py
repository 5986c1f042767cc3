"""Text in: a file becomes a Report."""

from satrap.reports.load import PARSERS, load
from satrap.reports.metadata import UNKNOWN, Metadata, published
from satrap.reports.report import Report

__all__ = ["PARSERS", "UNKNOWN", "Metadata", "Report", "load", "published"]
