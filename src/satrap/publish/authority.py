"""The estimate as the brief needs it: changes of shares with what moved them, and bands over time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from satrap.estimate import Contribution, Estimate
from satrap.estimate.change import PRIOR_DOMINATED

MOST = 0.8
"""The claims "behind" a number are the fewest that carry four fifths of all movement, up or down: the
smoother lets every claim move everything a little."""

EVERY = 4  # weeks between the points of a chart


@dataclass(frozen=True)
class Moved:
    """A claim and what it moved a share by, in share units; None where it was counted rather than weighed."""

    claim: str
    by: float | None


@dataclass(frozen=True)
class Shift:
    """How one institution's share changed at a place (None: the centre) from ``start`` to ``end``.

    ``mean``, ``low`` and ``high`` are the posterior mean and 80% band of the change in share; ``down`` is the
    posterior probability that it fell. ``mostly_prior`` tells that claims narrowed the change by less than a
    tenth, so that its size is the prior's; its direction is the claims' unless ``prior_only``.
    """

    institution: str
    place: str | None
    start: date
    end: date
    before: float
    mean: float
    low: float
    high: float
    down: float
    mostly_prior: bool
    prior_only: bool
    moved: tuple[Moved, ...] = ()

    @property
    def after(self) -> float:
        return self.before + self.mean

    @property
    def key(self) -> str:
        """Names the list of the claims behind it."""
        return f"change-{self.institution}-{self.place or 'centre'}"


@dataclass(frozen=True)
class Band:
    """A quantity over time, its middle and its bands (50, 80, 95 → low, high): a value for each day."""

    days: Sequence[date]
    middle: Sequence[float]
    bands: dict[int, tuple[Sequence[float], Sequence[float]]]


def shifts(estimate: Estimate, start: date, end: date) -> list[Shift]:
    """The change of every institution's share at the centre and in every province, without reasons yet."""
    first = estimate.weeks.monday(estimate.weeks.at(start))
    shares = estimate.shares().filter(pl.col("week") == first)
    before = {
        (place, institution): value
        for place, institution, value in shares.select("place", "institution", "share").iter_rows()
    }
    centre = estimate.pack.code
    return [
        _shift(
            estimate, institution, None if place == centre else place, start, end, before[place, institution]
        )
        for place in estimate.offices.places
        for institution in estimate.pack.authority
    ]


def _shift(
    estimate: Estimate, institution: str, place: str | None, start: date, end: date, before: float
) -> Shift:
    change = estimate.change(institution, place, start, end, (0.8,))
    low, high = change.bands[0.8]
    mostly = change.narrowing > PRIOR_DOMINATED
    return Shift(
        institution,
        place,
        start,
        end,
        before,
        change.mean,
        low,
        high,
        change.p_down,
        mostly,
        change.prior_dominated or estimate.prior_only,
    )


def with_reasons(estimate: Estimate, shift: Shift) -> Shift:
    """The same change with the claims behind it."""
    if estimate.prior_only:
        return shift
    reasons = estimate.why(shift.institution, shift.place, shift.end, shift.start)
    return replace(shift, moved=behind(reasons))


def level_reasons(estimate: Estimate, institution: str, place: str | None, on: date) -> tuple[Moved, ...]:
    """The claims behind a share's level, as distinct from the prior's."""
    return () if estimate.prior_only else behind(estimate.why(institution, place, on))


def behind(contributions: Iterable[Contribution]) -> tuple[Moved, ...]:
    """The claims that carry most of the movement, those that moved most first."""
    kept, carried = [], 0.0
    for one in contributions:
        if carried >= MOST or one.fraction == 0:
            break
        kept.append(Moved(one.claim, one.share))
        carried += one.fraction
    return tuple(kept)


def bands(estimate: Estimate, place: str | None) -> dict[str, Band]:
    """Mean shares at a place with 50, 80 and 95% bands, by institution, every few weeks."""
    table = estimate.bands((0.5, 0.8, 0.95), place or estimate.pack.code)
    days = estimate.weeks.mondays[::EVERY]
    table = table.filter(pl.col("week").is_in(days))
    found = {}
    for institution in estimate.pack.authority:
        rows = table.filter(pl.col("institution") == institution).sort("week")
        found[institution] = Band(
            days,
            rows["share"].to_list(),
            {
                level: (rows[f"low_{level}"].to_list(), rows[f"high_{level}"].to_list())
                for level in (50, 80, 95)
            },
        )
    return found
