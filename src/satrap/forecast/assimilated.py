"""Particles of the simulator, kept up with what is told: each claim weighs them as it comes in.

Particles begin a year before the cut, from the estimate of what had been told by then. Claims of that year
that tell of falls, orders, transfers and inspections are put in as events; each other claim weighs particles,
see :mod:`satrap.forecast.evidence`. Copies of a telling count once.
"""

from dataclasses import dataclass, replace
from datetime import timedelta

from satrap.accounts.said import dated
from satrap.claims import RecordedClaim
from satrap.country import Pack
from satrap.estimate import estimate
from satrap.estimate.offices import Offices
from satrap.estimate.weeks import Weeks
from satrap.forecast.cut import Cut
from satrap.forecast.evidence import first_told, log_likelihood
from satrap.forecast.living import Living
from satrap.forecast.measures import Done, measures
from satrap.simulate import InitialState, Scenario
from satrap.simulate.particles import Particles

PAST = 52  # weeks before the cut from which particles live
_LEARNED = 104  # weeks of claims that the estimate of the start looks back on


@dataclass(frozen=True, eq=False)
class Assimilated:
    """Particles that have taken in claims up to week ``now``: ``used`` are the claims that weighed them,
    ``effective`` the number of particles left after each, ``done`` the events put in."""

    living: Living
    offices: Offices
    now: int
    done: tuple[Done, ...]
    used: tuple[str, ...] = ()
    effective: tuple[float, ...] = ()


def begun(cut: Cut, scenario: Scenario, ahead: int, count: int, seed: int) -> Assimilated:
    """Particles at the cut that have taken in what was told in the year before; they have ``ahead`` weeks."""
    start = cut.day - timedelta(weeks=PAST)
    first = start - timedelta(days=start.weekday())
    pack = court(cut.pack, scenario)
    before = [one for one in cut.claims if one.published is not None and one.published <= first]
    learned = estimate(before, pack, start=first - timedelta(weeks=_LEARNED), end=first, seed=seed)
    offices = learned.offices
    world = scenario.model_copy(update={"start": first, "weeks": PAST + 1 + ahead, "events": ()})
    done = tuple(measures(dated(cut.claims), world, offices, cut.day))
    world = world.model_copy(update={"events": tuple(one.event for one in done)})
    initial = InitialState(offices.places, offices.institutions, learned.draws(first, count, seed))
    living = Living(Particles(world, initial, count, seed))
    state = Assimilated(living, offices, world.week_of(cut.day), done)
    put_in = {one.claim for one in done}
    told = [(one.published, one.id, one) for one in cut.claims if one.published and one.id not in put_in]
    fresh = [one for published, _, one in sorted(told, key=lambda each: each[:2]) if published > first]
    for one in first_told(fresh, offices, Weeks(first, state.now + 1)):
        state = taken_in(state, one)
    living.particles.live(state.now)
    return state


def taken_in(state: Assimilated, told: RecordedClaim) -> Assimilated:
    """The same particles after one more claim: lived up to its publication, weighed, and drawn anew where few
    are left. Unchanged where the claim says nothing of what they know."""
    living = state.living
    if told.published is not None:
        living.particles.live(min(living.week_of(told.published), living.scenario.weeks - 1))
    weight = log_likelihood(told, living, state.offices)
    if weight is None:
        return state
    effective = living.particles.weigh(weight)
    return replace(state, used=(*state.used, told.id), effective=(*state.effective, effective))


def court(pack: Pack, scenario: Scenario) -> Pack:
    """The pack with the scenario's provinces and institutions alone."""
    shared = tuple(one.id for one in scenario.institutions)
    kept = {pack.code, *(one.id for one in scenario.places)}
    return replace(
        pack,
        header=pack.header.model_copy(update={"authority": shared}),
        places={id: place for id, place in pack.places.items() if id in kept},
    )
