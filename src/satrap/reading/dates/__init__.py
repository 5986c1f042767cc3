"""Calendar times in a text: `find_dates`, by the rules of a language (`rules/dates/`)."""

from satrap.reading.dates.finder import Dated, find_dates
from satrap.reading.dates.grammar import Grammar, english

__all__ = ["Dated", "Grammar", "english", "find_dates"]
