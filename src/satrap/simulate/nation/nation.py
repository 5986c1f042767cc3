"""A nation that lives week by week, and what is known of it afterwards."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from satrap.errors import ScenarioError
from satrap.simulate.engine import Block, Fork
from satrap.simulate.nation.ground import first_day, ground
from satrap.simulate.nation.meetings import COLUMNS, Ground, People, Pull, advance
from satrap.simulate.nation.pull import Offices, offices
from satrap.simulate.nation.record import FEAR_STEP, WEEK
from satrap.simulate.scenario import Scenario
from satrap.simulate.state import InitialState

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Lived:
    """What happened in some weeks, from ``first_week`` on.

    ``tally`` (weeks, counties, institutions, 8): see :class:`satrap.simulate.nation.meetings.Tallied`; whole
    numbers, money in hundredths of a week's spending of one person. ``felt`` (weeks, counties, 2): sums over
    residents of fear (steps) and of takings remembered (money).
    """

    first_week: int
    tally: Counts
    felt: Floats

    @property
    def imbalance(self) -> Counts:
        """(weeks, counties): money taken less what officials kept and passed up. Zero, or money was made."""
        taken, kept, up = (self.tally[..., at].sum(axis=-1) for at in _MONEY)
        return np.asarray(taken - kept - up)


_MONEY = (COLUMNS.taken, COLUMNS.kept, COLUMNS.passed_up)


class Origin(NamedTuple):
    """What a nation's chance comes from: the ensemble's seed, its member, and the fork it took, if any."""

    seed: int
    member: int
    fork: Fork | None = None


class Nation:
    """One member of an ensemble, every resident and official by themselves: the individual engine."""

    def __init__(
        self,
        seed: int,
        lie: Ground,
        people: People,
        pull: Pull,
        week: int = 0,
        origin: Origin | None = None,
    ) -> None:
        """``seed`` is that of its people."""
        self.seed, self.week, self.origin = seed, week, origin or Origin(seed, 0)
        self.ground, self.people, self.pull = lie, people, pull

    @classmethod
    def begin(cls, scenario: Scenario, initial: InitialState, member: int, seed: int) -> Self:
        """The first day. The same arguments give the same bits, on any number of threads."""
        return cls.of(offices(scenario, initial, member, seed), scenario, member, seed)

    @classmethod
    def of(cls, found: Offices, scenario: Scenario, member: int, seed: int) -> Self:
        """As :meth:`begin`, of offices that are known."""
        lie = ground(scenario, found.block)
        own = member_seed(seed, member)
        return cls(own, lie, first_day(own, lie, found.block), found.pull, origin=Origin(seed, member))

    def branch(self, scenario: Scenario, initial: InitialState, seed: int) -> Nation:
        """Another future of the same people: from this week on by ``seed``, and with what ``scenario`` has
        happen.

        The nation itself is left as it is. Raises ScenarioError where the scenario's past is another one.
        """
        fork = Fork(self.week, seed)
        found = offices(scenario, initial, self.origin.member, self.origin.seed, fork)
        return self.forked(found, scenario, fork)

    def forked(self, found: Offices, scenario: Scenario, fork: Fork) -> Nation:
        """As :meth:`branch`, of offices that are known."""
        if not self.pull.agrees(found.pull, self.week):
            raise ScenarioError(
                f"{scenario.id} differs before week {self.week}",
                remedy="a branch shares its past: change events and mechanisms only from that week on",
            )
        people = self.people.copied()
        origin = self.origin._replace(fork=fork)
        own = member_seed(fork.seed, origin.member)
        return Nation(own, ground(scenario, found.block), people, found.pull, self.week, origin)

    @property
    def weeks(self) -> int:
        """How many weeks there are to live in all."""
        return len(self.pull.price)

    def live(self, weeks: int) -> Lived:
        """Live some more weeks. Raises ScenarioError where the scenario has no more of them."""
        if not 0 <= weeks <= self.weeks - self.week:
            raise ScenarioError(
                f"{weeks} more weeks after week {self.week} of {self.weeks}",
                remedy=f"ask for at most {self.weeks - self.week}, or give the scenario more weeks",
            )
        counties, institutions = len(self.ground.place), self.pull.price.shape[2]
        lived = Lived(
            self.week,
            np.zeros((weeks, counties, institutions, len(COLUMNS)), dtype=np.int64),
            np.empty((weeks, counties, 2)),
        )
        advance(self.seed, self.week, weeks, self.ground, self.people, self.pull, lived.tally, lived.felt)
        self.week += weeks
        return lived


def member_seed(seed: int, member: int) -> int:
    """The seed of one member's people: 63 bits of the hash of both numbers."""
    return int(np.random.SeedSequence([seed, member]).generate_state(1, np.uint64)[0] >> np.uint64(1))


def by_place(values: Counts | Floats, lie: Ground, places: int) -> Floats:
    """Sums over the counties of each place: (weeks, counties, …) → (weeks, places, …)."""
    out = np.zeros((len(values), places, *values.shape[2:]))
    for county, place in enumerate(lie.place):
        out[:, place] += values[:, county]
    return out


def measures(lived: Lived, lie: Ground, block: Block) -> dict[str, Floats]:
    """Results in the names and units of a run: (weeks, places, institutions) or (weeks, places).

    ``take`` is what each office took as a share of what residents spend; ``fear`` and ``support`` are the
    means over residents of what the individuals remember, in sd from the start; ``complaints`` counts them.
    """
    p, rates = block.p_place, block.rates_place
    places = len(block.weight)
    people = by_place(np.diff(lie.residents)[None, :], lie, places)
    posts = by_place(np.diff(lie.desks).reshape(1, len(lie.place), -1), lie, places)
    tally = by_place(lived.tally, lie, places)
    felt = by_place(lived.felt, lie, places) / people[..., None]
    take = tally[..., COLUMNS.taken] / (people[..., None] * WEEK)
    violent = FEAR_STEP * felt[..., 0] * rates["fear_decay"] / (WEEK * (block.first_take @ block.menace))
    burden = felt[..., 1] * rates["support_decay"] / (WEEK * block.first_burden)
    return {
        "take": take,
        "burden": take.sum(axis=-1),
        "takers": tally[..., COLUMNS.takers] / posts,
        "fear": p["fear_gain"] * (violent - 1),
        "support_of_burden": -p["support_burden"] * (burden - 1),
        "complaints": tally[..., COLUMNS.complaints].sum(axis=-1),
    }
