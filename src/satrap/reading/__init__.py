"""Text to claims: sentences, names, predicates, certainty, dates and voices; the rules are data."""

from satrap.reading.reader import Reader, RuleReader
from satrap.reading.rule import Rule, bundled_rules

__all__ = ["Reader", "Rule", "RuleReader", "bundled_rules"]
