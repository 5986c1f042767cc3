"""Append-only, hash-chained record of reports and claims, with two clocks."""
