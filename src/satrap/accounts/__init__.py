"""What claims say of people, posts and offices when they are held against each other."""

from satrap.accounts.boundaries import Boundary
from satrap.accounts.conflicts import Conflict, Relation, Settled, Side, find_conflicts
from satrap.accounts.merging import merged
from satrap.accounts.record import SourceRecord, sources_record
from satrap.accounts.seats import Seat
from satrap.accounts.tenures import (
    Between,
    Careers,
    Event,
    Spell,
    Timeline,
    timelines,
)

__all__ = [
    "Between",
    "Boundary",
    "Careers",
    "Conflict",
    "Event",
    "Relation",
    "Seat",
    "Settled",
    "Side",
    "SourceRecord",
    "Spell",
    "Timeline",
    "find_conflicts",
    "merged",
    "sources_record",
    "timelines",
]
