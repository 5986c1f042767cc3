"""Many reports, of which one may bring out a fault: it must cost that one only."""

from collections.abc import Iterator, Sequence
from typing import Protocol, runtime_checkable

from satrap.claims import Claim
from satrap.errors import ReportError, SatrapError
from satrap.reading.reader import Reader
from satrap.reports import Found, Report


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


def foreign(report: Report) -> ReportError:
    """For a report in a language that no reader reads."""
    told = " by its words" if report.provenance.get("language") == Found.TEXT else ""
    return ReportError(
        f"{report.origin or report.hash[:12]}: in a language that no reader reads, {report.language}{told}",
        remedy="translate it first, or say which it is: --language en",
    )


def unread(report: Report, error: Exception) -> ReportError:
    """Names the report and the kind of fault, never its text: a message may be logged or sent on."""
    where = report.origin or report.hash[:12]
    if isinstance(error, SatrapError):
        return ReportError(f"{where}: {error.problem}", remedy=error.remedy)
    return ReportError(
        f"{where}: the reader failed on it ({type(error).__name__})",
        remedy="it was left out; report this as a bug, with the report if it may be shared",
    )
