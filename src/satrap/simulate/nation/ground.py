"""Where everybody lives and works, and how they are on the first day."""

from __future__ import annotations

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray
from scipy.special import ndtri

from satrap.simulate.engine import Block
from satrap.simulate.nation import record
from satrap.simulate.nation.chance import Purpose, draw, gaps, key, mixed, rounded, unit
from satrap.simulate.nation.meetings import DECILES, PRACTISED, TAKER, Ground, People
from satrap.simulate.scenario import Scenario
from satrap.simulate.units import weekly_probability

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

_START = int(Purpose.START)
_MOST_FEAR, _MOST_BURDEN = record.MOST["fear"], record.MOST["burden"]


def divided(total: int, weights: Floats) -> Counts:
    """``total`` in whole parts in proportion to the weights: the largest remainders get what is left over."""
    exact = total * weights / weights.sum()
    parts: Counts = np.floor(exact).astype(np.int64)
    order = np.argsort(parts - exact, kind="stable")
    parts[order[: total - int(parts.sum())]] += 1
    return parts


def ground(scenario: Scenario, block: Block) -> Ground:
    """The counties of every place, in order, with equal parts of its people and of every office's posts."""
    p, rates = block.p, {name: float(value[0, 0, 0]) for name, value in block.rates.items()}
    place = np.repeat(np.arange(len(scenario.places)), [one.counties for one in scenario.places])
    residents = np.concatenate(
        [divided(one.population, np.ones(one.counties)) for one in scenario.places], dtype=np.int64
    )
    posts = np.empty((len(place), len(scenario.institutions)), dtype=np.int64)
    for column, institution in enumerate(scenario.institutions):
        posts[:, column] = divided(institution.staff, residents.astype(np.float64))
    spread = np.exp(float(p["inequality"][0, 0, 0]) * ndtri((np.arange(DECILES) + 0.5) / DECILES))
    means = spread / spread.mean()
    fullest = record.WEEK * float(p["savings"][0, 0, 0])
    regaining = float(weekly_probability(p["regaining"])[0, 0, 0])
    kept = 1 - np.array([rates["fear_decay"], rates["support_decay"], regaining])
    survival, guide = gaps(float(weekly_probability(p["meetings"])[0, 0, 0]))
    return Ground(
        residents=np.concatenate([[0], np.cumsum(residents)]),
        desks=np.concatenate([[0], np.cumsum(posts.ravel())]),
        place=place,
        means=means,
        fade=np.cumprod(np.column_stack([np.ones(3), *([kept] * scenario.weeks)]), axis=1),
        fullest=fullest,
        survival=survival,
        guide=guide,
    )


def usual(block: Block) -> tuple[Floats, Floats]:
    """(places,): fear (steps) and takings remembered (money) of a resident on the first day, in the mean."""
    fear = record.WEEK * (block.first_take @ block.menace)[0] / record.FEAR_STEP
    burden = record.WEEK * block.first_burden[0]
    fear_decay, decay = (float(block.rates[name][0, 0, 0]) for name in ("fear_decay", "support_decay"))
    return fear / fear_decay, burden / decay


def first_day(seed: int, lie: Ground, block: Block) -> People:
    """Everybody with full savings, remembering the customary burden and fear; takers by chance."""
    counties, posts = len(lie.place), int(lie.desks[-1])
    fear, burden = usual(block)
    people = People(
        records=np.empty(int(lie.residents[-1]), dtype=np.uint64),
        flags=np.empty(posts, dtype=np.uint8),
        since=np.zeros(posts, dtype=np.uint16),
        purse=np.zeros(posts, dtype=np.int64),
        felt=np.zeros((counties, 2)),
    )
    institutions = (len(lie.desks) - 1) // counties
    _settle(seed, lie, people, burden, fear, float(block.p["takers"][0, 0, 0]), institutions)
    return people


@njit(cache=True, parallel=True)
def _settle(
    seed: int, lie: Ground, people: People, burden: Floats, fear: Floats, takers: float, institutions: int
) -> None:
    for county in prange(len(lie.place)):
        place = lie.place[county]
        _residents(seed, county, lie, people, burden[place], fear[place])
        _posts(seed, county, lie, people, takers, institutions)


@njit(cache=True)
def _residents(seed: int, county: int, lie: Ground, people: People, burden: float, fear: float) -> None:
    first, last = lie.residents[county], lie.residents[county + 1]
    start = key(seed, _START, 0, county)
    for at in range(first, last):
        bits = draw(start, at - first)
        scared = min(rounded(fear, unit(bits)), _MOST_FEAR)
        borne = min(rounded(burden, unit(mixed(bits))), _MOST_BURDEN)
        has = rounded(lie.fullest * lie.means[at % DECILES], 0.5)
        people.records[at] = record.packed(has, borne, 0, scared, 0)
        people.felt[county, 0] += scared
        people.felt[county, 1] += borne


@njit(cache=True)
def _posts(seed: int, county: int, lie: Ground, people: People, takers: float, institutions: int) -> None:
    first, last = lie.desks[county * institutions], lie.desks[(county + 1) * institutions]
    start = key(seed, _START, 1, county)
    for one in range(first, last):
        takes = unit(draw(start, one - first)) < takers
        people.flags[one] = PRACTISED + TAKER if takes else PRACTISED
