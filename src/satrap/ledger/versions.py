"""A claim as it was known from one entry to another: a row of ``claim_version``."""

from datetime import date
from functools import lru_cache
from typing import NamedTuple

import msgspec

from satrap.claims import Claim, Status, When


class Reported(NamedTuple):
    """What is looked up of a report to place its claims: its entry, publisher, first day it may be of."""

    seq: int
    publisher: str
    earliest: str | None


class Version(msgspec.Struct, gc=False):
    """One row of ``claim_version``, in the order of its columns."""

    claim: int
    known_from: int
    known_until: int | None
    id: str
    shelf: str
    body: int
    report: int
    status: str
    kind: str
    horizon: str
    earliest: str | None
    latest: str | None
    certain_from: str | None
    certain_until: str | None
    reported: str | None

    def since(self, seq: int, status: Status | None = None) -> "Version":
        """The same content as a new version from another entry on."""
        return msgspec.structs.replace(
            self, known_from=seq, known_until=None, status=status.value if status else self.status
        )


SHELF = 2  # digits


def shelf(id: str) -> str:
    """Where the index keeps a claim."""
    return id[:SHELF]


def version_of(
    claim: Claim, id: str, first: int, seq: int, report: Reported, status: Status = Status.READ
) -> Version:
    """The version that entry ``seq``, which tells ``claim``, opens of a claim first read in entry ``first``.

    A claim without a date keeps none: when it was published is not when it began.
    """
    earliest, latest, certain_from, certain_until = _bounds(claim.when)
    return Version(
        first,
        seq,
        None,
        id,
        shelf(id),
        seq,
        report.seq,
        status.value,
        claim.kind,
        claim.horizon.value,
        earliest,
        latest,
        certain_from,
        certain_until,
        report.earliest,
    )


def days(claim: Claim, report: Reported) -> tuple[int | None, int | None]:
    """The first day that a claim may have been true, or where it is undated, was told; and the last that it
    may have been true, None where it is undated. As numbers: 1 is 0001-01-01."""
    if claim.when:
        return claim.when.earliest.toordinal(), claim.when.latest.toordinal()
    return date.fromisoformat(report.earliest).toordinal() if report.earliest else None, None


@lru_cache(maxsize=1 << 14)  # many claims are of the same day
def _bounds(when: When | None) -> tuple[str | None, str | None, str | None, str | None]:
    if when is None:
        return None, None, None, None
    certain = when.certain
    return (
        when.earliest.isoformat(),
        when.latest.isoformat(),
        certain[0].isoformat() if certain else None,
        certain[1].isoformat() if certain else None,
    )
