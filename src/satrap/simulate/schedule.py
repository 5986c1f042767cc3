"""A scenario's events laid out by week: what arrives where, for each member of a block."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from satrap.simulate.draws import draw_reach
from satrap.simulate.events import Dismissal, Inspection, Order, Rank, Restructuring, Transfer
from satrap.simulate.scenario import Scenario
from satrap.simulate.streams import normals, poisson, uniforms
from satrap.simulate.units import Floats


class Happening(NamedTuple):
    """A row of the events log; `place` is None where it happens at the centre."""

    member: int
    week: int
    event: str
    kind: str
    rank: str | None
    institution: str
    place: str | None
    number: int


@dataclass(frozen=True, slots=True)
class Schedule:
    """What the scenario's events do, by week. Axes: R members, T weeks, P places, I institutions."""

    push: Floats
    """(R, T, P, I) transfers that arrive, times or minus their reach; in units of T of equation 1."""
    orders: Floats
    """(R, T, P, I) orders that arrive, times their reach."""
    dismissed: NDArray[np.int64]
    """(R, T, P, I) officers dismissed in the provinces."""
    central: Floats
    """(R, T, I) dismissals at the centre, in officers per 1000 of every office of the institution."""
    pay: Floats
    """(T, I) pay, 1 = a living."""
    roofs: Floats
    """(T, I, I) column h is the set of institutions that price jointly."""
    log: list[Happening] = field(default_factory=list)


def lay_out(
    scenario: Scenario, parameters: dict[str, Floats], staff: Floats, members: Sequence[int], seed: int
) -> Schedule:
    """The schedule of a block of members; `staff` (P, I) is posts, `parameters` are the drawn ones."""
    weeks, institutions = scenario.weeks, scenario.institutions
    full = (len(members), weeks, *staff.shape)
    schedule = Schedule(
        push=np.zeros(full),
        orders=np.zeros(full),
        dismissed=np.zeros(full, dtype=np.int64),
        central=np.zeros((len(members), weeks, len(institutions))),
        pay=np.tile([one.pay for one in institutions], (weeks, 1)).astype(np.float64),
        roofs=np.tile(np.eye(len(institutions)), (weeks, 1, 1)),
    )
    layer = _Layer(scenario, schedule, parameters, staff, members, seed)
    for event in scenario.events:
        week = scenario.week_of(event.date)
        match event:
            case Order():
                layer.order(event, week)
            case Transfer():
                layer.transfer(event, week)
            case Inspection():
                layer.inspection(event, week)
            case Dismissal():
                layer.dismissal(event, week)
            case Restructuring():
                layer.restructuring(event, week)
    return schedule


@dataclass(frozen=True, slots=True)
class _Layer:
    """Writes one event after the other into the schedule."""

    scenario: Scenario
    schedule: Schedule
    parameters: dict[str, Floats]
    staff: Floats
    members: Sequence[int]
    seed: int

    def order(self, event: Order, week: int) -> None:
        reach = self._reach(event.id, event.places)
        for name in event.to:
            self.schedule.orders[:, week, :, self._column(name)] += event.strength * reach
            self._note_all(week, event.id, "order", name)

    def transfer(self, event: Transfer, week: int) -> None:
        weekly = event.strength * self._reach(event.id, event.places)[:, None] / event.over_weeks
        span = slice(week, week + event.over_weeks)
        self.schedule.push[:, span, :, self._column(event.to)] += weekly
        for name in event.from_:
            self.schedule.push[:, span, :, self._column(name)] -= weekly
        self._note_all(week, event.id, "transfer", event.to)

    def inspection(self, event: Inspection, week: int) -> None:
        self._note_all(week, event.id, "inspection", event.of)
        closing = np.full(len(self.members), week + event.weeks)
        self._dismiss(event.id, event.of, closing, self.parameters["inspection_yield"][:, :, 0], event.places)

    def dismissal(self, event: Dismissal, week: int) -> None:
        column = self._column(event.institution)
        self.schedule.central[:, week, column] += self.parameters["head_weight"][:, 0, 0]
        self._note_all(week, event.id, "dismissal", event.institution, Rank.HEAD)
        spread = self.parameters["cascade_spread"][:, 0, 0]
        for index, stage in enumerate(event.cascade):
            purpose = f"{event.id}:{index}"
            delay = stage.after_weeks * np.exp(spread * normals(self.seed, self.members, purpose, (1,))[:, 0])
            weeks = week + np.rint(delay).astype(np.int64)
            if stage.per_thousand is not None:
                self._dismiss(purpose, event.institution, weeks, np.array([[stage.per_thousand]]), None)
            for row, (member, when) in enumerate(zip(self.members, weeks.tolist(), strict=True)):
                if stage.number is not None and when < self.scenario.weeks:
                    # A deputy counts as one officer per 1000 of every office: a convention, not a finding.
                    self.schedule.central[row, when, column] += stage.number
                    self.schedule.log.append(
                        Happening(
                            member,
                            when,
                            event.id,
                            "dismissal",
                            stage.rank,
                            event.institution,
                            None,
                            stage.number,
                        )
                    )

    def restructuring(self, event: Restructuring, week: int) -> None:
        for name, pay in event.pay.items():
            self.schedule.pay[week:, self._column(name)] = pay
        if event.merge:
            columns = [self._column(name) for name in event.merge]
            self.schedule.roofs[week:, columns] = 0
            self.schedule.roofs[week:, columns, columns[0]] = 1
        for name in dict.fromkeys(event.institutions()):
            self._note_all(week, event.id, "restructuring", name)

    def _dismiss(
        self,
        purpose: str,
        institution: str,
        weeks: NDArray[np.int64],
        per_thousand: Floats,
        places: tuple[str, ...] | None,
    ) -> None:
        """Officers of the provincial offices fall in the given week of each member: Poisson per post."""
        column = self._column(institution)
        rate = per_thousand / 1000 * self.staff[:, column] * self._mask(places)
        uniform = uniforms(self.seed, self.members, f"dismissed:{purpose}", (len(self.staff),))
        counts = poisson(uniform, np.broadcast_to(rate, uniform.shape))
        for row, (member, week) in enumerate(zip(self.members, weeks.tolist(), strict=True)):
            if week >= self.scenario.weeks:
                continue
            self.schedule.dismissed[row, week, :, column] += counts[row]
            for place, number in zip(self.scenario.places, counts[row].tolist(), strict=True):
                if number:
                    self.schedule.log.append(
                        Happening(
                            member,
                            week,
                            purpose.split(":")[0],
                            "dismissal",
                            Rank.PROVINCE,
                            institution,
                            place.id,
                            number,
                        )
                    )

    def _reach(self, measure: str, places: tuple[str, ...] | None) -> Floats:
        return draw_reach(self.scenario, self.members, self.seed, measure) * self._mask(places)

    def _mask(self, places: tuple[str, ...] | None) -> Floats:
        return np.array([float(places is None or one.id in places) for one in self.scenario.places])

    def _column(self, institution: str) -> int:
        return [one.id for one in self.scenario.institutions].index(institution)

    def _note_all(self, week: int, event: str, kind: str, institution: str, rank: str | None = None) -> None:
        self.schedule.log.extend(
            Happening(member, week, event, kind, rank, institution, None, 1) for member in self.members
        )
