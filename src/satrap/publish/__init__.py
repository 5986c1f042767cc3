"""The brief: what changed, how sure, on whose word; one self-contained page that endangers nobody."""

from satrap.publish.brief import Brief
from satrap.publish.content import Futures, compose
from satrap.publish.findings import Finding, most_important
from satrap.publish.html import render, write_brief

__all__ = [
    "Brief",
    "Finding",
    "Futures",
    "compose",
    "most_important",
    "render",
    "write_brief",
]
