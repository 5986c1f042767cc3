"""Review: what to look at next, corrections checked key by key, how far reviewers agree, which rules err.

Pure: what the ledger told goes in, values come out; the command line asks and records.
"""

from satrap.review.agreement import Agreement, Dispute, agreement, disputes
from satrap.review.editing import edited, sheet, with_values
from satrap.review.queue import Queued, moves, queue, second_opinions
from satrap.review.rules import RuleRecord, rule_records

__all__ = [
    "Agreement",
    "Dispute",
    "Queued",
    "RuleRecord",
    "agreement",
    "disputes",
    "edited",
    "moves",
    "queue",
    "rule_records",
    "second_opinions",
    "sheet",
    "with_values",
]
