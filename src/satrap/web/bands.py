"""Shares over time with their bands, from the draws that the estimate holds, every few weeks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import softmax

from satrap.estimate import Estimate
from satrap.estimate.change import PRIOR_DOMINATED
from satrap.estimate.tables import quantiles
from satrap.web.changes import LEVELS
from satrap.web.figure import ENDS, Column, Figure
from satrap.web.held import Days, Held
from satrap.web.office import Office

Array = NDArray[np.float64]

STEP = 4  # weeks between the points of a chart


@dataclass(frozen=True, eq=False)
class Bands:
    """At one place, by week shown and institution: ``mean`` (T, I), ``ends`` (6, T, I), and where claims
    narrowed the share by less than a tenth, ``prior`` (T, I)."""

    days: tuple[date, ...]
    mean: Array
    ends: Array
    prior: NDArray[np.bool_]

    def of(self, institution: int) -> Iterator[dict[str, Any]]:
        """Rows of one institution, oldest first."""
        for at, day in enumerate(self.days):
            yield {
                "day": day,
                "share": round(float(self.mean[at, institution]), 4),
                **{
                    name: round(float(end), 4)
                    for name, end in zip(ENDS, self.ends[:, at, institution], strict=True)
                },
                "prior": bool(self.prior[at, institution]),
            }


def bands(estimate: Estimate, place: int) -> Bands:
    """Of every institution at a place, by position."""
    weeks = list(range(estimate.weeks.count - 1, 0, -STEP))[::-1]
    shares = softmax(estimate.surfaces[:, place, weeks], axis=2)
    mean = shares.mean(axis=0, dtype=np.float64)
    shares.sort(axis=0)
    return Bands(
        tuple(estimate.weeks.monday(week) for week in weeks),
        mean,
        np.array(quantiles(shares, LEVELS)),
        estimate.narrowing[place, weeks] > PRIOR_DOMINATED,
    )


def bands_figure(held: Held, place: str | None, days: Days, only: str = "") -> Figure:
    """Shares at a place over time: of every institution, or of one."""
    pack, estimate = held.pack, held.estimate
    at = estimate.offices.place(place)
    drawn = held.kept(("bands", at), lambda: bands(estimate, at))
    where = pack.place(place).name if place else "the centre"
    rows = [
        {
            "key": id,
            "name": pack.institution(id).name,
            "colour": id,
            **row,
            "href": Office(id, place).why_on(row["day"]),
        }
        for at, id in enumerate(pack.authority)
        if only in ("", id)
        for row in drawn.of(at)
    ]
    whose = f"the {pack.institution(only).name}" if only else "every institution"
    share = Column("share", "Share", "share", estimate=True, band=("low_80", "high_80"))
    named = () if only else (Column("name", "Institution"),)
    return Figure(
        "bands",
        "bands",
        f"Authority over time: {where}",
        f"Mean share of {whose} with 50, 80 and 95% bands; the table has the 80% band.",
        (Column("day", "Week of"), *named, share),
        rows,
        every=13,
        options={
            "as_of": days.as_of,
            "unit": "share",
            "marks": [{"day": days.since, "label": "since"}, {"day": days.as_of, "label": "as of"}],
        },
        source=held.basis,
    )
