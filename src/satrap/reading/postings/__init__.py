"""Persons, ranks and posts of security forces, read by a grammar kept as data."""

from satrap.reading.postings.posting import Posting, Span, postings

__all__ = ["Posting", "Span", "postings"]
