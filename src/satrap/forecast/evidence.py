"""How likely each particle makes what a claim says.

on authority   the estimator's own observation model (an ordered probit) at its declared noise
on taking      where nobody says that it rose or fell: the office's takings in the weeks it speaks of over
               their mean so far, as who takes more is told of more; where somebody does: a probit of the
               change in log takings over half a year
"""

import numpy as np
from numpy.typing import NDArray
from scipy.special import log_ndtr

from satrap.claims import Direction, Horizon, Polarity, RecordedClaim, Status
from satrap.estimate.copies import without_copies
from satrap.estimate.counted import counted
from satrap.estimate.functionals import Functional
from satrap.estimate.likelihood import interval_probit
from satrap.estimate.loadings import bundled
from satrap.estimate.observations import declared_noise, observe, window
from satrap.estimate.offices import Offices, UnusableClaimError
from satrap.estimate.weeks import Weeks
from satrap.forecast.living import Living

Array = NDArray[np.float64]

TAKING = ("extortion", "bribery", "violence", "threat")
"""Kinds of conduct that are taking, or go with it."""
_HALF = 26  # weeks over which takings are said to rise or fall
_MOST = 2.0  # log likelihood that one claim of taking moves at most: judgement


def log_likelihood(told: RecordedClaim, living: Living, offices: Offices) -> Array | None:
    """log P of the claim for each particle (members,), up to a constant, on the weeks lived so far; None
    where it says nothing of them."""
    weeks = Weeks(living.scenario.start, living.week + 1)
    if weeks.count < 2:
        return None
    if told.claim.kind in TAKING:
        return _of_taking(told, living, offices, weeks)
    placed, _ = observe([told], offices, weeks, bundled())
    return _of_authority(placed[0][1], living, offices) if placed else None


def first_told(told: list[RecordedClaim], offices: Offices, weeks: Weeks) -> list[RecordedClaim]:
    """Without copies: of a story, each assertion on authority once, and each kind of taking once."""
    placed, _ = observe(told, offices, weeks, bundled())
    kept = {recorded.id for recorded, _ in without_copies(placed)[0]}
    seen: set[tuple[str, str]] = set()
    for one in told:
        what = one.story, one.claim.kind
        if one.claim.kind in TAKING and what not in seen:
            seen.add(what)
            kept.add(one.id)
    return [one for one in told if one.id in kept]


def _of_authority(claim: Functional, living: Living, offices: Offices) -> Array:
    value = np.zeros(living.count)
    for week, weight in claim.weeks:
        for at in np.flatnonzero(claim.places):
            values = living.log_ratios(week, offices.places[at]) @ claim.contrast
            value += weight * claim.places[at] * values
    prior = bundled().hyperparameters
    noise = np.full(living.count, prior["noise"].median * np.exp(claim.log_noise))
    lower = claim.lower * prior["cut"].median + claim.news * prior["bad_news"].median * noise
    upper = np.full(living.count, claim.upper * prior["cut"].median)
    return interval_probit(value, lower, upper, noise)[0]


def _of_taking(told: RecordedClaim, living: Living, offices: Offices, weeks: Weeks) -> Array | None:
    claim = told.claim
    if (
        claim.horizon is Horizon.FUTURE
        or claim.polarity is Polarity.DENIED
        or claim.status is Status.REJECTED
    ):
        return None
    who = np.flatnonzero(offices.side(claim.arguments("by")))
    try:
        first, last, _ = window(told, weeks, bundled())
    except UnusableClaimError:
        return None
    if not len(who):
        return None
    place = next((one for one in claim.places if one in offices.places), None)
    takings = np.log([living.takes(week, place)[:, who].sum(axis=1) for week in range(last + 1)])
    then = takings[first:].mean(axis=0)
    if claim.direction not in (Direction.UP, Direction.DOWN):
        return np.asarray(np.clip(then - takings.mean(axis=0), -_MOST, _MOST))
    change = then - takings[max(0, first - _HALF)]
    noise = counted().conduct.noise.value * np.exp(declared_noise(claim, bundled()))
    return np.asarray(log_ndtr((change if claim.direction is Direction.UP else -change) / noise))
