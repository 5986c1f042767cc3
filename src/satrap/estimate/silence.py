"""Silence as evidence, where somebody would have spoken: off unless asked for.

Where a place is reported on and no claim speaks of any office there for a whole period, each of its offices
is taken as "unchanged" over the period, told by nobody in particular. A change would have been told with a
chance r: that anything is heard from the place, times the part of changes that a report would tell of. As n
claims read rightly with chance r are worth r n, its noise is that of a plain claim over √r.
"""

from collections.abc import Sequence

import numpy as np

from satrap.estimate.counted import counted
from satrap.estimate.coverage import Coverage
from satrap.estimate.functionals import Functional

LEAST_HEARD = 0.5  # below it a place is silent more often than not, whatever happens there


def silences(coverage: Coverage, told: Sequence[Functional]) -> list[Functional]:
    """What is not said: a functional for each office of a place that is heard of and was silent on power."""
    periods, offices = coverage.periods, coverage.offices
    spoken = np.zeros(coverage.heard.shape, dtype=np.bool_)
    for row in told:
        weeks = [week for week, _ in row.weeks]
        span = slice(min(weeks) // periods.length, max(weeks) // periods.length + 1)
        spoken[np.flatnonzero(row.places), span] = True
    silent = (coverage.heard >= LEAST_HEARD) & ~spoken
    count, noticed = len(offices.institutions), counted().coverage.noticed.value
    found = []
    for place, period in zip(*np.nonzero(silent), strict=True):
        first = int(period) * periods.length
        last = min(first + periods.length, periods.weeks.count - 1)
        if place == 0 or first == last:
            continue
        name = f"silence of {offices.places[place]} from {periods.mondays[period]}"
        for at, institution in enumerate(offices.institutions):
            found.append(
                Functional(
                    claim=f"{name} on {institution}",
                    story=name,
                    contrast=np.eye(count)[at] - 1 / count,
                    places=np.eye(len(offices.places))[place],
                    weeks=((last, 1.0), (first, -1.0)),
                    lower=-1.0,
                    upper=1.0,
                    log_noise=-0.5 * float(np.log(coverage.heard[place, period] * noticed)),
                )
            )
    return found
