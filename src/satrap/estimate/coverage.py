"""Reporting intensity: how many reports come from a place, and so where silence says nothing.

    reports[p, q] ~ NB(exp(a + log residents[p] + place[p] + walk[q])),  overdispersion learned

Counted are stories that name a place, by when they were first published; stories that name none are a row of
their own, with its own level. It is no part of the estimate of authority unless that is asked for.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from satrap.claims import RecordedClaim
from satrap.country import Pack
from satrap.estimate.change import PRIOR_DOMINATED
from satrap.estimate.counted import counted
from satrap.estimate.counts import Block, Field, Told, infer
from satrap.estimate.offices import Offices
from satrap.estimate.periods import Periods
from satrap.estimate.tables import band_columns
from satrap.estimate.traits import TRAITS
from satrap.estimate.weeks import Weeks

Array = NDArray[np.float64]

PROBS = (0.5, 0.8, 0.95)

_LEVEL_SD = 2.0  # log reports
_MOST = 40.0  # log reports


@dataclass(frozen=True, eq=False)
class Coverage:
    """Reports by place and period: ``reports`` (P, Q) counted, ``intensity`` (S, P, Q) drawn, in reports a
    period. Place 0 stands for reports that name no place. ``heard`` (P, Q) is the chance of at least one
    report from a place in a period: an upper bound of the chance to hear of anything in particular there."""

    pack: Pack = field(repr=False)
    offices: Offices = field(repr=False)
    periods: Periods
    reports: Array = field(repr=False)
    intensity: Array = field(repr=False)
    heard: Array = field(repr=False)
    narrowing: Array = field(repr=False)

    @property
    def expected(self) -> Array:
        """Reports to be expected, (P, Q): the posterior median of the intensity."""
        return np.asarray(np.median(self.intensity, axis=0))

    def to_polars(self) -> pl.DataFrame:
        """A row per period and place: reports counted and expected, bands of the intensity, ``heard``."""
        places, count = len(self.offices.places), self.periods.count
        names = ["(no place named)", *(self.pack.place(one).name for one in self.offices.places[1:])]
        return pl.DataFrame(
            {
                "period": np.tile(np.array(self.periods.mondays, dtype="datetime64[D]"), places),
                "place": np.repeat(self.offices.places, count),
                "place_name": np.repeat(names, count),
                "reports": self.reports.ravel().astype(np.int64),
                "expected": self.expected.ravel(),
                **band_columns(self.intensity.reshape(len(self.intensity), -1), PROBS),
                "heard": self.heard.ravel(),
                "prior_dominated": self.narrowing.ravel() > PRIOR_DOMINATED,
            }
        ).sort("period", "place")


def coverage(
    claims: Sequence[RecordedClaim], pack: Pack, *, start: date, end: date, seed: int = 0
) -> Coverage:
    """How much is reported from where; without any report, the prior. Raises EstimateError where the span is
    empty."""
    return cover(claims, Offices(pack), Periods(Weeks.spanning(start, end), counted().coverage.weeks), seed)


def cover(claims: Sequence[RecordedClaim], offices: Offices, periods: Periods, seed: int) -> Coverage:
    """As :func:`coverage`, on axes that are there already."""
    shape = len(offices.places), periods.count
    reports = _counted(claims, offices, periods)
    residents = offices.pack.residents()
    people = np.array([residents.get(one, 0) for one in offices.places[1:]], dtype=np.float64)
    known = people[people > 0]
    head = np.log(np.where(people > 0, people, known.mean() if len(known) else 1.0))
    offset = np.repeat([0.0, *(head - (head.mean() if len(head) else 0.0))], shape[1])
    design = _design(*shape)
    blocks = [Block(2, _LEVEL_SD), Block(shape[0] - 1, "place"), Block(shape[1], "walk", shape[1])]
    told = Told.counts(design, offset, reports.ravel(), reports.any())
    found = infer(told, blocks, counted().coverage.hyperparameters, seed)
    intensity = np.exp(np.minimum(found.of(design) + offset, _MOST))
    size = 1 / found.overdispersion[:, None]
    silent = np.exp(-size * np.log1p(intensity / size)).mean(axis=0)
    return Coverage(
        offices.pack,
        offices,
        periods,
        reports,
        intensity.reshape(-1, *shape),
        (1 - silent).reshape(shape),
        _own_narrowing(found, design).reshape(shape),
    )


def _counted(claims: Sequence[RecordedClaim], offices: Offices, periods: Periods) -> Array:
    """Stories by place and the period in which they were first published, (P, Q)."""
    first: dict[str, date] = {}
    places: dict[str, set[int]] = {}
    for one in claims:
        named = {at for place in TRAITS["place"](one) if (at := offices.province(place))}
        places.setdefault(one.story, set()).update(named)
        if one.published is not None:
            first[one.story] = min(one.published, first.get(one.story, one.published))
    out = np.zeros((len(offices.places), periods.count))
    for story, day in first.items():
        period = periods.index(day)
        if period is not None:
            out[sorted(places[story]) or [0], period] += 1
    return out


def _design(places: int, periods: int) -> csr_array:
    """Rows by place, then period; columns: level without a place, level, places, walk."""
    place, period = (axis.ravel() for axis in np.indices((places, periods)))
    rows = np.arange(len(place))
    named = place > 0
    columns = [np.where(named, 1, 0), 1 + place, 1 + places + period]
    at = np.concatenate([rows, rows[named], rows])
    to = np.concatenate([columns[0], columns[1][named], columns[2]])
    return csr_array(coo_array((np.ones(len(at)), (at, to)), shape=(len(rows), 1 + places + periods)))


def _own_narrowing(found: Field, design: csr_array) -> Array:
    """How much was learned beyond the common level, (rows,)."""
    own = design.tolil()
    own[:, :2] = 0
    return found.narrowing(csr_array(own))
