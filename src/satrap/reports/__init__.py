"""Text in: a file becomes a Report."""

from satrap.reports.report import Report

__all__ = ["Report"]
