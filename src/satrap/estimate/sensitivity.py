"""On whom a change rests: what is left of it when a source, publisher, story or place goes out.

With the sites of the other claims held, the posterior without a group is one solve per setting of the
hyperparameters: its sites are set to nothing. That leaves out what a new fit would do beyond it: the others'
sites, the hyperparameters and the copies that take the place of what went; a refit says how much that is.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import ndtr, softmax

from satrap.claims import RecordedClaim
from satrap.errors import UnknownNameError
from satrap.estimate.parallel import each
from satrap.estimate.posterior import Conditional, Posterior
from satrap.estimate.surface import prior_change_sd, prior_sd, towards
from satrap.estimate.traits import TRAITS

Array = NDArray[np.float64]
Mask = NDArray[np.bool_]

GROUPS = ("source", "publisher", "story", "place")

_NOTHING = 1e-6  # log-ratio: a change of which no part is worth naming


@dataclass(frozen=True, slots=True)
class Target:
    """The change of an office's log-ratio between two weeks, by position; without a first, its level."""

    institution: int
    place: int
    first: int | None
    last: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Posterior mean of a change in log-ratio and in share (at the mean log-ratios), and the chance that the
    log-ratio fell; of a level, the change from equal shares."""

    log_ratio: float
    share: float
    p_down: float


def sensitivity(
    posterior: Posterior,
    observed: Sequence[RecordedClaim],
    drop: str,
    target: Target,
    top: int,
    confirm: int,
    refitted: Callable[[str], Posterior],
) -> pl.DataFrame:
    """The table of ``Estimate.sensitivity``; ``refitted`` estimates anew without a group, by its name."""
    if drop not in GROUPS:
        raise UnknownNameError("group", drop, GROUPS, remedy=f"drop by {', '.join(GROUPS)}")
    members: dict[str, set[str]] = {}
    for one in observed:
        for name in TRAITS[drop](one):
            members.setdefault(name, set()).add(one.id)
    moved = posterior.influence(target.place, target.last)
    if target.first is not None:
        moved = moved - posterior.influence(target.place, target.first)
    parts = dict(zip(posterior.seen.claims, moved[:, target.institution], strict=True))
    names = sorted(members, key=lambda name: (-abs(sum(parts[claim] for claim in members[name])), name))[:top]
    masks = [np.array([one not in members[name] for one in posterior.seen.claims]) for name in names]
    whole, *left = answers(posterior, target, [np.ones(len(posterior.seen), dtype=np.bool_), *masks])
    order = sorted(range(len(names)), key=lambda at: (-abs(left[at].log_ratio - whole.log_ratio), names[at]))
    rows = [_row(None, len(posterior.seen), whole, whole, None)]
    for rank, at in enumerate(order):
        again = None
        if rank < confirm:
            rest = refitted(names[at])
            [again] = answers(rest, target, [np.ones(len(rest.seen), dtype=np.bool_)])
        rows.append(_row(names[at], len(members[names[at]]), left[at], whole, again))
    return pl.DataFrame(rows, schema=_SCHEMA, orient="row")


_TOLD = ("log_ratio", "share", "p_down", "rests_on_it")
_SCHEMA: dict[str, type[pl.DataType]] = {
    "without": pl.String,
    "claims": pl.Int64,
    **dict.fromkeys((*_TOLD, *(f"refit_{name}" for name in _TOLD)), pl.Float64),
}


def answers(posterior: Posterior, target: Target, kept: Sequence[Mask]) -> list[Answer]:
    """The answer on each selection of the claims (J,), with the sites of those in it held."""
    seen = posterior.seen
    count = seen.contrasts.shape[1]

    def of(part: Conditional) -> Array:
        first = target.last if target.first is None else target.first
        walk, place = towards(seen, part.hyper, np.array([float(first), float(target.last)]))
        reach = walk + place * seen.places[:, target.place]
        if target.first is None:
            reach[0] = 0.0
            prior = prior_sd(seen.weeks.shape[1], count, part.hyper)[target.last] ** 2
        else:
            prior = prior_change_sd(abs(target.last - first), count, part.hyper) ** 2
        k = (reach[1] - reach[0]) * seen.contrasts[:, target.institution]
        rows = []
        for mask in kept:
            tau, nu = part.solution.sites.tau * mask, part.solution.sites.nu * mask
            given = posterior.given(part) if mask.all() else part.solution.prior.condition(tau)
            means = given.mean(np.column_stack([nu, tau * k]))
            alpha = nu - tau * means[:, 0]
            variance = prior - k @ (tau * (k - means[:, 1]))
            ends = (reach * alpha) @ seen.contrasts
            rows.append([*ends.ravel(), variance])
        return np.array(rows)

    found = np.array(each(of, posterior.parts))
    weights = np.array([part.count / posterior.total for part in posterior.parts])
    ends, variance = found[:, :, :-1].reshape(len(weights), len(kept), 2, count), found[:, :, -1]
    change = ends[:, :, 1, target.institution] - ends[:, :, 0, target.institution]
    p_down = weights @ ndtr(-change / np.sqrt(np.maximum(variance, np.finfo(np.float64).tiny)))
    shares = softmax(np.einsum("s,sgti->gti", weights, ends), axis=2)[:, :, target.institution]
    told = zip(weights @ change, shares[:, 1] - shares[:, 0], p_down, strict=True)
    return [Answer(float(log_ratio), float(share), float(p)) for log_ratio, share, p in told]


def _row(name: str | None, claims: int, left: Answer, whole: Answer, again: Answer | None) -> list[object]:
    row: list[object] = [name, claims, left.log_ratio, left.share, left.p_down, _rests(left, whole)]
    if again is None:
        return [*row, None, None, None, None]
    return [*row, again.log_ratio, again.share, again.p_down, _rests(again, whole)]


def _rests(left: Answer, whole: Answer) -> float | None:
    """The part of the change that goes with the group; none of no change."""
    if abs(whole.log_ratio) < _NOTHING:
        return None
    return (whole.log_ratio - left.log_ratio) / whole.log_ratio + 0.0  # no minus before zero
