"""Conduct toward residents: how often predation is told of an office, per report on the place.

    stories[i, p, q] ~ NB(reports[p, q] · exp(a + institution[i] + office[i, p] + walk[i, q]))

``reports`` is what :mod:`satrap.estimate.coverage` expects from the place: where little is reported, little
is told, and that is no sign of good conduct. A claim that it rose or fell is a sign of the change from the
period before. What is estimated is what is told, not what is done.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array

from satrap.claims import Claim, Direction, Horizon, Polarity, RecordedClaim, Status
from satrap.country import Pack
from satrap.estimate.change import PRIOR_DOMINATED
from satrap.estimate.counted import counted
from satrap.estimate.counts import Block, Told, infer
from satrap.estimate.coverage import PROBS, Coverage, cover
from satrap.estimate.loadings import bundled
from satrap.estimate.observations import Unused, declared_noise, window
from satrap.estimate.offices import Offices, UnusableClaimError
from satrap.estimate.periods import Periods
from satrap.estimate.tables import band_columns
from satrap.estimate.weeks import Weeks

Array = NDArray[np.float64]

PER = 100  # reports

_LEVEL_SD = 2.0  # log rate
_MOST = 40.0  # log rate
_SIGNS = {Direction.UP: 1.0, Direction.DOWN: -1.0}


@dataclass(frozen=True, eq=False)
class Conduct:
    """Stories that tell of predation, per hundred reports, by institution (I), place (P) and period (Q).

    ``told`` (I, P, Q) counts them, ``rate`` (S, I, P, Q) are draws. Place 0 is where no place is told. An
    office that no claim touched is taken to be like the others: see ``prior_dominated`` in :meth:`to_polars`.
    """

    pack: Pack = field(repr=False)
    offices: Offices = field(repr=False)
    periods: Periods
    coverage: Coverage = field(repr=False)
    used: tuple[str, ...] = field(repr=False)
    unused: tuple[Unused, ...] = field(repr=False)
    told: Array = field(repr=False)
    rate: Array = field(repr=False)
    narrowing: Array = field(repr=False)

    @property
    def prior_only(self) -> bool:
        """Whether no claim was usable."""
        return not self.used

    def to_polars(self) -> pl.DataFrame:
        """A row per period, place and institution: stories ``told``, median ``rate`` per hundred reports with
        50, 80 and 95% bands, ``prior_dominated`` where what sets the office apart was hardly learned."""
        institutions, places, count = self.told.shape
        ids = [(one, self.pack.institution(one).name) for one in self.offices.institutions]
        names = ["(no place named)", *(self.pack.place(one).name for one in self.offices.places[1:])]
        flat = self.rate.reshape(len(self.rate), -1)
        return pl.DataFrame(
            {
                "period": np.tile(
                    np.array(self.periods.mondays, dtype="datetime64[D]"), institutions * places
                ),
                "place": np.tile(np.repeat(self.offices.places, count), institutions),
                "place_name": np.tile(np.repeat(names, count), institutions),
                "institution": np.repeat([one for one, _ in ids], places * count),
                "institution_name": np.repeat([name for _, name in ids], places * count),
                "told": self.told.ravel().astype(np.int64),
                "rate": np.median(flat, axis=0),
                **band_columns(flat, PROBS),
                "prior_dominated": self.narrowing.ravel() > PRIOR_DOMINATED,
            }
        ).sort("period", "place", "institution")


@dataclass(frozen=True, slots=True)
class _Row:
    institutions: tuple[int, ...]
    places: tuple[int, ...]
    period: int
    incident: bool
    sign: float
    noise: float


def conduct(claims: Sequence[RecordedClaim], pack: Pack, *, start: date, end: date, seed: int = 0) -> Conduct:
    """How predatory offices are said to be. Raises EstimateError where the span is empty; no claims give the
    prior."""
    weeks, offices, priors = Weeks.spanning(start, end), Offices(pack), counted().conduct
    periods = Periods(weeks, priors.weeks)
    shape = len(offices.institutions), len(offices.places), periods.count
    rows, used, unused = _rows(claims, offices, periods)
    told, signs = np.zeros(shape), []
    seen: set[tuple[str, int, int, int]] = set()
    for recorded, row in rows:
        for i in row.institutions:
            for p in row.places:
                key = (recorded.story, i, p, row.period)
                if row.incident and key not in seen:
                    seen.add(key)
                    told[i, p, row.period] += 1
                if row.sign and row.period:
                    signs.append((i, row.period, row.sign, row.noise))
    reported = cover(claims, offices, periods, seed)
    design = _design(*shape)
    exposure = np.log(np.broadcast_to(reported.expected, shape)).ravel()
    level = np.log(priors.level.value)
    counts = Told.counts(design, exposure + level, told.ravel(), reported.reports.any())
    changes = Told.signs(_changes(signs, shape), np.array([sign for _, _, sign, _ in signs]))
    found = infer(counts.and_(changes), _blocks(*shape), priors.hyperparameters, seed)
    own = design.tolil()
    own[:, 0] = 0
    return Conduct(
        pack,
        offices,
        periods,
        reported,
        tuple(used),
        tuple(unused),
        told,
        PER * np.exp(np.minimum(found.of(design) + level, _MOST)).reshape(-1, *shape),
        found.narrowing(csr_array(own)).reshape(shape),
    )


def _rows(
    claims: Sequence[RecordedClaim], offices: Offices, periods: Periods
) -> tuple[list[tuple[RecordedClaim, _Row]], list[str], list[Unused]]:
    rows, used, unused = [], [], []
    for recorded in {one.id: one for one in claims}.values():
        try:
            rows.append((recorded, _row(recorded, offices, periods)))
            used.append(recorded.id)
        except UnusableClaimError as why:
            unused.append(Unused(recorded.id, str(why)))
    return rows, used, unused


def _row(recorded: RecordedClaim, offices: Offices, periods: Periods) -> _Row:
    claim, priors = recorded.claim, counted().conduct
    if claim.kind not in priors.kinds:
        raise UnusableClaimError("not predation")
    if claim.status is Status.REJECTED:
        raise UnusableClaimError("rejected in review")
    if claim.horizon is Horizon.FUTURE:
        raise UnusableClaimError("a forecast is not an observation")
    if claim.polarity is Polarity.DENIED:
        raise UnusableClaimError("denied")
    first, last, _ = window(recorded, periods.weeks, bundled())
    who = np.flatnonzero(offices.side(claim.arguments("by"), periods.weeks.monday(first)))
    if not len(who):
        raise UnusableClaimError("who did it is not given, or is not a share institution")
    return _Row(
        tuple(who.tolist()),
        _places(claim, offices),
        ((first + last) // 2 if claim.when else last) // periods.length,
        claim.direction is not Direction.DOWN,
        _SIGNS.get(claim.direction, 0.0) if claim.direction else 0.0,
        priors.noise.value * float(np.exp(declared_noise(claim, bundled()))),
    )


def _places(claim: Claim, offices: Offices) -> tuple[int, ...]:
    named = [*claim.places, *(place for one in claim.arguments("by") for place in one.places)]
    return tuple(sorted({at for place in named if (at := offices.province(place))})) or (0,)


def _blocks(institutions: int, places: int, periods: int) -> list[Block]:
    return [
        Block(1, _LEVEL_SD),
        Block(institutions, "institution"),
        Block(institutions * places, "office"),
        Block(institutions * periods, "walk", periods),
    ]


def _design(institutions: int, places: int, periods: int) -> csr_array:
    """Rows by institution, place, period; columns as the blocks."""
    i, p, q = (axis.ravel() for axis in np.indices((institutions, places, periods)))
    rows = np.arange(len(i))
    office = 1 + institutions + i * places + p
    walk = 1 + institutions * (1 + places) + i * periods + q
    to = np.concatenate([np.zeros_like(rows), 1 + i, office, walk])
    width = 1 + institutions * (1 + places + periods)
    return csr_array(coo_array((np.ones(len(to)), (np.tile(rows, 4), to)), shape=(len(rows), width)))


def _changes(signs: Sequence[tuple[int, int, float, float]], shape: tuple[int, int, int]) -> csr_array:
    """The walk of an institution in a period less that in the one before, in units of each claim's noise."""
    institutions, places, periods = shape
    out = np.zeros((len(signs), 1 + institutions * (1 + places + periods)))
    for row, (i, period, _, noise) in enumerate(signs):
        at = 1 + institutions * (1 + places) + i * periods + period
        out[row, [at - 1, at]] = -1 / noise, 1 / noise
    return csr_array(out)
