"""The analysis of competing hypotheses (Heuer 1999, Psychology of Intelligence Analysis, ch. 8) with marks
from likelihoods: which evidence speaks for which rival, and which tells rivals apart at all.

A cell is ln p(evidence | rival) less the logarithm of the rivals' mean likelihood: above 0 the evidence
speaks for the rival more than for the average one. Its mark goes by odds of 3 and 10. Diagnosticity
of a kind of evidence is the distance between the rivals it speaks for most and least, in log odds: 0 where it
speaks alike of all.

An analyst may overrule a cell, with a note; the mark then counts as the odds at which it begins.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import logsumexp

from satrap.errors import ForecastError, UnknownNameError
from satrap.forecast.rivals.case import Case
from satrap.forecast.rivals.weigh import Weighing, posterior

Array = NDArray[np.float64]


class Mark(StrEnum):
    STRONGLY_FOR = "strongly consistent"
    FOR = "consistent"
    NEITHER = "neutral"
    AGAINST = "inconsistent"
    STRONGLY_AGAINST = "strongly inconsistent"


_BEGINS = {
    Mark.STRONGLY_FOR: np.log(10.0),
    Mark.FOR: np.log(3.0),
    Mark.NEITHER: 0.0,
    Mark.AGAINST: -np.log(3.0),
    Mark.STRONGLY_AGAINST: -np.log(10.0),
}


@dataclass(frozen=True)
class Overruling:
    """An analyst's own mark of a cell, and why. ``by`` and ``at`` are who and when."""

    rival: str
    evidence: str
    mark: Mark
    note: str
    by: str = ""
    at: str = ""


@dataclass(frozen=True, eq=False)
class Matrix:
    """``computed`` and ``cells`` are (H, E), the second with what was overruled; ``diagnosticity`` (E,) is of
    ``cells``, and so is ``posterior`` (H,)."""

    weighing: Weighing
    computed: Array
    cells: Array
    overruled: tuple[Overruling, ...]

    @property
    def diagnosticity(self) -> Array:
        return np.asarray(self.cells.max(axis=0) - self.cells.min(axis=0))

    @property
    def posterior(self) -> Array:
        return posterior(self.cells.sum(axis=1), self.weighing.prior)

    def mark(self, rival: int, evidence: int) -> Mark:
        return mark_of(float(self.cells[rival, evidence]))

    def to_polars(self) -> pl.DataFrame:
        """A row for each kind of evidence and rival, the most diagnostic evidence first."""
        case, tally = self.weighing.case, self.weighing.tally
        notes = {(one.rival, one.evidence): one for one in self.overruled}
        rows = []
        for column in np.argsort(-self.diagnosticity, kind="stable"):
            evidence = case.evidence[column]
            for row, rival in enumerate(case.rivals):
                own = notes.get((rival.id, evidence.id))
                rows.append(
                    {
                        "evidence": evidence.id,
                        "rival": rival.id,
                        "expects": rival.expects[evidence.id],
                        "before": int(tally.before[column]),
                        "after": int(tally.after[column]),
                        "log_odds": float(self.cells[row, column]),
                        "mark": self.mark(row, int(column)).value,
                        "computed": mark_of(float(self.computed[row, column])).value,
                        "note": own.note if own else "",
                        "diagnosticity": float(self.diagnosticity[column]),
                    }
                )
        return pl.DataFrame(rows)


def matrix(weighing: Weighing, overruled: Iterable[Overruling] = ()) -> Matrix:
    """The matrix of a weighing; the last overruling of a cell counts. Raises UnknownNameError and
    ForecastError as :func:`check` does."""
    case = weighing.case
    computed = weighing.likelihoods - (logsumexp(weighing.likelihoods, axis=0) - np.log(len(case.rivals)))
    cells = computed.copy()
    last = {(one.rival, one.evidence): one for one in overruled}
    for one in last.values():
        row, column = check(case, one)
        cells[row, column] = _BEGINS[one.mark]
    return Matrix(weighing, computed, cells, tuple(last.values()))


def check(case: Case, one: Overruling) -> tuple[int, int]:
    """Where in the matrix an overruling belongs. Raises UnknownNameError where the case has no such rival or
    evidence, ForecastError where it gives no reason."""
    rivals, evidence = [each.id for each in case.rivals], [each.id for each in case.evidence]
    if one.rival not in rivals:
        raise UnknownNameError("rival", one.rival, rivals)
    if one.evidence not in evidence:
        raise UnknownNameError("evidence", one.evidence, evidence)
    if not one.note.strip():
        raise ForecastError("overruling a mark needs its reason", remedy="say why in a few words")
    return rivals.index(one.rival), evidence.index(one.evidence)


def mark_of(cell: float) -> Mark:
    """The mark of a cell by its log odds."""
    for mark in (Mark.STRONGLY_FOR, Mark.FOR):
        if cell >= _BEGINS[mark]:
            return mark
    for mark in (Mark.STRONGLY_AGAINST, Mark.AGAINST):
        if cell <= _BEGINS[mark]:
            return mark
    return Mark.NEITHER
