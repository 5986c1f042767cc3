"""Claims as pure values: what was asserted, in which words, by whom, how surely, and when."""

from satrap.claims.claim import Argument, Claim, Reading
from satrap.claims.kinds import KindSchema, family, kinds
from satrap.claims.quote import Quote
from satrap.claims.recorded import RecordedClaim
from satrap.claims.source import Chain, Source
from satrap.claims.vocabulary import (
    Access,
    Certainty,
    Direction,
    Horizon,
    Polarity,
    SourceKind,
    Status,
    Tier,
)
from satrap.claims.when import When

__all__ = [
    "Access",
    "Argument",
    "Certainty",
    "Chain",
    "Claim",
    "Direction",
    "Horizon",
    "KindSchema",
    "Polarity",
    "Quote",
    "Reading",
    "RecordedClaim",
    "Source",
    "SourceKind",
    "Status",
    "Tier",
    "When",
    "family",
    "kinds",
]
