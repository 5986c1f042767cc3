"""The brief: what changed, how sure, on whose word; one self-contained page that endangers nobody."""

from satrap.publish.brief import Brief
from satrap.publish.content import Futures, compose
from satrap.publish.findings import Finding, most_important
from satrap.publish.html import render
from satrap.publish.markdown import markdown
from satrap.publish.pdf import pdf
from satrap.publish.writing import write_brief

__all__ = [
    "Brief",
    "Finding",
    "Futures",
    "compose",
    "markdown",
    "most_important",
    "pdf",
    "render",
    "write_brief",
]
