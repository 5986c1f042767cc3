"""Append-only record of reports and claims in a Merkle tree, with two clocks."""

import satrap.ledger.sensitivity  # noqa: F401  declares what of each entry may leave
from satrap.ledger.entry import Entry, EntryKind
from satrap.ledger.finding import Filters
from satrap.ledger.history import EntryFilters
from satrap.ledger.ledger import Ledger
from satrap.ledger.reviews import Act
from satrap.ledger.search import Found, Hit
from satrap.ledger.verify import Verification
from satrap.ledger.writing import Recording

__all__ = [
    "Act",
    "Entry",
    "EntryFilters",
    "EntryKind",
    "Filters",
    "Found",
    "Hit",
    "Ledger",
    "Recording",
    "Verification",
]
