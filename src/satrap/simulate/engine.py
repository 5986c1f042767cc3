"""A block of ensemble members, stepped week by week through the equations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from satrap.simulate import units
from satrap.simulate.draws import draw_parameters, draw_reach
from satrap.simulate.kernels import authority, balancing, conduct, drift, market, residents, sanction, taking
from satrap.simulate.scenario import Scenario
from satrap.simulate.schedule import Happening, Schedule, lay_out
from satrap.simulate.state import InitialState
from satrap.simulate.streams import normals, poisson, uniforms
from satrap.simulate.units import Floats

ENGINES = EQUATIONS, INDIVIDUALS, COHORTS = ("equations", "individuals", "cohorts")
"""Provinces by the equations; every resident and official by themselves; counts of those who are alike."""

OFFICE = ("share", "sanction", "takers", "take")
"""Results per office: (runs, week, place, institution)."""
PLACE = ("burden", "fear", "support", "expressed", "resistance")
"""Results per place: (runs, week, place)."""


PAST = (
    *("home", "moved", "noise", "log_ratio", "share", "occasions", "first_occasions", "fresh"),
    *("officials", "practised", "exits", "take", "first_take", "scale", "relative", "first_burden"),
    *("sanction", "hazard", "pending", "fear", "support", "busy_until", "inspected"),
)
"""What a block remembers of its members' lives, by member."""

Single = NDArray[np.float32]
"""Results are in single precision: no input has seven digits."""

Arrays = dict[str, Single]
"""Results by name."""


def empty(scenario: Scenario, runs: int) -> Arrays:
    """Room for the results of `runs` members."""
    by_place = (runs, scenario.weeks, len(scenario.places))
    by_office = (*by_place, len(scenario.institutions))
    return {name: np.empty(by_office, np.float32) for name in OFFICE} | {
        name: np.empty(by_place, np.float32) for name in PLACE
    }


def run_block(
    scenario: Scenario,
    initial: InitialState,
    members: Sequence[int],
    seed: int,
    into: Arrays,
    at: Mapping[str, Floats] | None = None,
) -> list[Happening]:
    """Simulate `members` from `initial`, aligned to the scenario, `into` their rows; returns their log.

    A member's result depends on no other. ``at``: parameters at given quantiles, see `draw_parameters`; a
    member may then stand in several rows, the same chance at other parameters.
    """
    block = Block(scenario, initial, members, seed, at=at)
    attacks = uniforms(seed, members, "resistance", (scenario.weeks, len(scenario.places)))
    for week in block.weeks():
        block.write(week, attacks[:, week], into)
    return block.events.log


class Fork(NamedTuple):
    """Where the future of a run begins to differ: from `week` on, by `seed`."""

    week: int
    seed: int


class Block:
    """Members side by side. State arrays are (member, place, institution) or (member, place); parameters are
    (member, 1, 1).
    """

    def __init__(
        self,
        scenario: Scenario,
        initial: InitialState,
        members: Sequence[int],
        seed: int,
        fork: Fork | None = None,
        at: Mapping[str, Floats] | None = None,
    ) -> None:
        """`fork`: from its week on, chance is drawn by its seed: one past, another future."""
        self.scenario, self.members, self.seed = scenario, members, seed
        self.fork = fork or Fork(scenario.weeks, seed)
        population = np.array([one.population for one in scenario.places], dtype=np.float64)
        staff = np.array([one.staff for one in scenario.institutions])
        self.weight = population / population.sum()
        self.millions = population / 1e6
        self.staff = self.weight[:, None] * staff  # posts follow residents: no source gives them by province
        self.menace = np.array([one.fear for one in scenario.institutions])
        self.p = draw_parameters(scenario, members, seed, at)
        self.rates = _per_week(self.p)
        self.p_place = {name: value[..., 0] for name, value in self.p.items()}
        self.rates_place = {name: value[..., 0] for name, value in self.rates.items()}
        self.fresh = 1 - np.maximum(self.p["complementarity"], 0)
        self.events: Schedule = lay_out(scenario, self.p, self.staff, members, seed)
        self._start(initial)

    def _start(self, initial: InitialState) -> None:
        p, shape = self.p, (len(self.members), *self.staff.shape)
        rows = [member % len(initial.log_ratios) for member in self.members]
        self.home = np.asarray(initial.log_ratios[rows])
        self.moved, self.noise = np.zeros(shape), np.zeros(shape)
        self.sanction, self.practised = np.zeros(shape), np.ones(shape)
        self.officials = np.zeros((*shape, conduct.CONDUCTS))
        self.officials[..., conduct.TAKER] = p["takers"]
        self.officials[..., conduct.HONEST] = 1 - p["takers"]
        self.hazard, self.pending = np.zeros(shape), np.zeros(shape[:2])
        self.fear, self.support = np.zeros(shape[:2]), np.zeros(shape[:2])
        self.busy_until = np.zeros((shape[0], shape[2]), dtype=np.int64)
        weeks = self.scenario.weeks + balancing.INSPECTION_WEEKS
        self.inspected = np.zeros((shape[0], weeks, shape[2]), bool)
        self.share = authority.shares(self.home)
        self.exits = drift.customary_exit(self.temptation_rate(0), self.takers)
        self.occasions = self.first_occasions = taking.occasions(self.home, p["opportunity"])
        self.scale = np.ones((shape[0], 1, 1))
        take = self._take(self.home, 0)
        national = self.weight @ take.sum(axis=-1)[..., None]
        self.scale = p["burden"] / national[..., None]
        self.first_take = self._take(self.home, 0)
        self.first_burden = self.first_take.sum(axis=-1)

    def weeks(self) -> Iterator[int]:
        """Lives the weeks one by one; after each, the state is that at its end."""
        weeks, (places, institutions) = self.scenario.weeks, self.staff.shape
        past = np.arange(weeks) < self.fork.week
        shocks, other = (
            normals(seed, self.members, "authority", (weeks, places, institutions))
            for seed in (self.seed, self.fork.seed)
        )
        shocks = np.where(past[:, None, None], shocks, other)
        begins, other = (
            uniforms(seed, self.members, "balancing", (weeks, institutions))
            for seed in (self.seed, self.fork.seed)
        )
        begins = np.where(past[:, None], begins, other)
        for week in range(weeks):
            self.log_ratio = self._authority(week, shocks[:, week], begins[:, week])
            self.share = authority.shares(self.log_ratio)
            self._temper(week)
            self.take = self._take(self.log_ratio, week)
            self.relative = self.take.sum(axis=-1) / self.first_burden - 1
            self._feel(self.take, self.relative)
            yield week

    def follow(self, rows: NDArray[np.int64]) -> None:
        """Every row goes on from the past and the parameters of the row named for it, by its own chance."""
        for name in PAST:
            if hasattr(self, name):
                setattr(self, name, getattr(self, name)[rows])
        for drawn in (self.p, self.rates, self.p_place, self.rates_place):
            drawn.update({name: value[rows] for name, value in drawn.items()})
        laid = self.events
        self.events = replace(
            laid,
            push=laid.push[rows],
            orders=laid.orders[rows],
            dismissed=laid.dismissed[rows],
            central=laid.central[rows],
        )

    def write(self, week: int, attacks: Floats, into: Arrays) -> None:
        """The week's results; `attacks` are uniforms (member, place) for the attacks on officials."""
        p = self.p_place
        rate = residents.attack_rate(
            self.relative, self.fear, p["revenge_base"], p["revenge_burden"], p["revenge_fear"], self.millions
        )
        into["share"][:, week] = self.share
        into["sanction"][:, week] = self.sanction
        into["takers"][:, week] = self.takers * self.practised
        into["take"][:, week] = self.take
        into["burden"][:, week] = self.take.sum(axis=-1)
        into["fear"][:, week] = self.fear
        into["support"][:, week] = self.support
        into["expressed"][:, week] = residents.expressed(self.support, self.fear, p["expression"])
        into["resistance"][:, week] = poisson(attacks, rate)

    def _authority(self, week: int, shock: Floats, begin: Floats) -> Floats:
        """Equations 1–3: authority drifts back, fluctuates, and is moved by this week's events."""
        p, rates = self.p, self.rates
        self.moved = self.moved * (1 - rates["reversion"])
        self.noise = authority.fluctuate(self.noise, shock, rates["reversion"], rates["authority_noise"])
        self._inspect(week, begin)
        officers = self.removed(week)
        dismissed = 1000 * officers + self.events.central[:, week][:, None, :]
        push = p["transfer"] * self.events.push[:, week]
        self.moved = authority.displace(self.moved, push, p["cut"], dismissed)
        # Who practised is reckoned without the noise: fluctuations of standing change no hands.
        occasions = taking.occasions(self.home + self.moved, p["opportunity"])
        self.practised = drift.hand_over(
            self.practised, self.occasions, occasions, self.first_occasions, self.fresh
        )
        self.occasions = occasions
        self.sanction = sanction.expect(
            self.sanction,
            rates["forgetting"],
            p["order"] * self.events.orders[:, week],
            p["dismissal"],
            dismissed,
        )
        self.hazard = residents.approach(self.hazard, officers, rates["forgetting"])
        self.pending = self.pending + dismissed.sum(axis=-1)
        return np.asarray(self.home + self.moved + self.noise)

    def _inspect(self, week: int, begin: Floats) -> None:
        """Equation 2: who has grown too big is inspected; officers fall when the inspection closes."""
        p, scenario = self.p, self.scenario
        seed = self.seed if week < self.fork.week else self.fork.seed
        for row, column in np.argwhere(self.inspected[:, week]).tolist():
            member, one = self.members[row], scenario.institutions[column]
            name = f"balancing:{week}:{one.id}"
            rate = p["inspection_yield"][row, 0, 0] / 1000 * self.staff[:, column]
            counts = poisson(uniforms(seed, [member], f"dismissed:{name}", rate.shape)[0], rate)
            self.events.dismissed[row, week, :, column] += counts
            self.events.log.extend(
                Happening(member, week, "balancing", "dismissal", "province", one.id, place.id, number)
                for place, number in zip(scenario.places, counts.tolist(), strict=True)
                if number
            )
            if uniforms(seed, [member], f"order:{name}", (1,))[0, 0] < p["inspection_order"][row, 0, 0]:
                reach = draw_reach(scenario, [member], seed, name)[0]
                self.events.orders[row, week, :, column] += reach
                self.events.log.append(Happening(member, week, "balancing", "order", None, one.id, None, 1))
        hazard = balancing.inspection_hazard(
            self.weight @ self.share,
            self.rates_place["balancing_hazard"],
            self.p_place["balancing_slope"],
            self.p_place["balancing_threshold"],
        )
        starts = (begin < -np.expm1(-hazard)) & (self.busy_until <= week)
        for row, column in np.argwhere(starts).tolist():
            closing = week + balancing.INSPECTION_WEEKS
            self.busy_until[row, column] = closing
            self.inspected[row, closing, column] = True
            self.events.log.append(
                Happening(
                    self.members[row],
                    week,
                    "balancing",
                    "inspection",
                    None,
                    scenario.institutions[column].id,
                    None,
                    1,
                )
            )

    def temptation_rate(self, week: int) -> Floats:
        return drift.temptation_rate(
            self.rates["drift"],
            self.share,
            self.events.pay[week],
            self.p["temptation"],
            self.p["temptation_pay"],
        )

    @property
    def takers(self) -> Floats:
        """Takers among posts."""
        return np.asarray(self.officials[..., conduct.TAKER])

    def removed(self, week: int) -> Floats:
        """The share of each office's officers who are dismissed in the week."""
        return np.asarray(np.minimum(self.events.dismissed[:, week] / self.staff, 1.0))

    def _conduct_chances(self, week: int) -> Floats:
        """Equation 4: how likely each conduct is to follow on each within the week; see `conduct.chances`."""
        return conduct.chances(
            conduct.rates(
                self.temptation_rate(week),
                self.exits,
                self.rates["correction"] * self.sanction,
                -np.log1p(-self.rates["forgetting"]),
                self.p["relapse"],
            )
        )

    def _temper(self, week: int) -> None:
        """Equation 4: honest holders are tempted, takers stop and relapse, new hands learn."""
        self.turning = self._conduct_chances(week)
        self.officials = conduct.step(self.officials, self.removed(week), self.turning)
        self.practised = drift.learn(self.practised, self.temptation_rate(week))

    def _take(self, log_ratio: Floats, week: int) -> Floats:
        """Equations 5–6: takings of each office as a share of what residents spend."""
        occasions = taking.occasions(log_ratio, self.p["opportunity"])
        return taking.ration(occasions * self.practised * self.takers * self.price(week))

    def price(self, week: int) -> Floats:
        """What practised takers ask wherever there is an occasion, as a share of what residents spend."""
        p, events = self.p, self.events
        asked = (
            self.scale
            * taking.for_missing_pay(events.pay[week], p["pay_pressure"])
            * taking.shortened(self.hazard, self.rates["removal"], p["horizon"])
            * taking.deterred(self.sanction, p["deterrence"], p["quota"])
        )
        offices = market.effective_offices(self.share, events.roofs[week])
        return np.asarray(asked * market.mark_up(offices, p["complementarity"]))

    def _feel(self, take: Floats, relative: Floats) -> None:
        """Equation 7: fear follows violent taking; support follows the burden and the news of dismissals."""
        p, rates = self.p_place, self.rates_place
        violence = (take @ self.menace) / (self.first_take @ self.menace) - 1
        self.fear = residents.approach(self.fear, p["fear_gain"] * violence, rates["fear_decay"])
        heard, self.pending = residents.told(self.pending, p["news_lag"])
        earned = residents.approach(self.support, -p["support_burden"] * relative, rates["support_decay"])
        self.support = earned + p["schadenfreude"] * heard


def _per_week(p: dict[str, Floats]) -> dict[str, Floats]:
    """The parameters that are rates, converted from months to weeks."""
    chances = ("reversion", "forgetting", "fear_decay", "support_decay", "removal")
    return {
        **{name: units.weekly_probability(p[name]) for name in chances},
        "drift": units.intensity(p["drift"]),
        "balancing_hazard": units.intensity(p["balancing_hazard"]),
        "correction": units.weekly_intensity(p["correction"]),
        "authority_noise": units.weekly_sd(p["authority_noise"], p["reversion"]),
    }
