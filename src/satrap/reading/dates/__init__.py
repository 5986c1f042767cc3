"""Calendar times in a text: `find_dates`, by the rules of a language (`rules/dates.yaml`)."""

from satrap.reading.dates.finder import Dated, find_dates
from satrap.reading.dates.grammar import Grammar, english
from satrap.reading.dates.rule import DateRules

__all__ = ["DateRules", "Dated", "Grammar", "english", "find_dates"]
