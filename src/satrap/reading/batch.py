"""Many reports, of which one may bring out a fault: it must cost that one only."""

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from satrap.claims import Claim
from satrap.reading.reader import Reader
from satrap.reports import Report


@runtime_checkable
class ReadsMany(Protocol):
    """A reader that is faster on several reports together."""

    def read_many(self, reports: Sequence[Report]) -> Iterator[list[Claim]]: ...


def read_each(reader: Reader, reports: Sequence[Report]) -> Iterator[tuple[Report, list[Claim] | Exception]]:
    """Every report with its claims, in order, or with the fault that reading it met.

    A fault among reports read together may be that of a later one, looked at ahead: the one that is due is
    then read by itself, and those after it together again.
    """
    due = 0
    while due < len(reports):
        together = reader.read_many(reports[due:]) if isinstance(reader, ReadsMany) else iter(())
        try:
            for claims in together:
                yield reports[due], claims
                due += 1
        except Exception:
            pass
        if due < len(reports):
            yield reports[due], _alone(reader, reports[due])
            due += 1


def _alone(reader: Reader, report: Report) -> list[Claim] | Exception:
    try:
        return reader.read(report)
    except Exception as fault:
        return fault
