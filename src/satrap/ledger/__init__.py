"""Append-only, hash-chained record of reports and claims, with two clocks."""

from satrap.ledger.entry import EntryKind
from satrap.ledger.ledger import Ledger
from satrap.ledger.verify import Verification

__all__ = ["EntryKind", "Ledger", "Verification"]
