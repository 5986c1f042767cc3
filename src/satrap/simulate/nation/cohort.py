"""Counts in place of people: exact where residents of a decile, and officials of one conduct, are
exchangeable.

How many are met, turn or reform is then binomial, and nobody needs to be followed. That fails as soon as what
a resident does depends on what they have been through: with savings that run out, hiding, or complaints by
the fearless. Such scenarios are refused.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from satrap.errors import ScenarioError
from satrap.simulate.kernels.conduct import CONDUCTS, HONEST, TAKER
from satrap.simulate.nation.meetings import COLUMNS, DECILES, Ground, Pull
from satrap.simulate.nation.nation import Lived
from satrap.simulate.nation.record import FEAR_STEP
from satrap.simulate.scenario import Scenario
from satrap.simulate.streams import stream

Counts = NDArray[np.int64]
Floats = NDArray[np.float64]

REFUSED = {
    "savings": "who has paid has less to pay with",
    "hiding": "the fearful hide",
    "complaints": "the fearless complain",
}
"""Mechanisms under which residents are not exchangeable, and why."""


def refuse(scenario: Scenario) -> None:
    """Raises ScenarioError where residents are not exchangeable, saying why."""
    reasons = [why for name, why in REFUSED.items() if getattr(scenario.mechanisms, name)]
    if reasons:
        names = ", ".join(f"{name}: false" for name in REFUSED if getattr(scenario.mechanisms, name))
        raise ScenarioError(
            f"{scenario.id}: residents are not exchangeable ({'; '.join(reasons)})",
            remedy=f"use the individual engine, or switch these mechanisms off ({names})",
        )


class Cohorts:
    """One member. ``takes`` and the other states are numbers of officials of each office (counties, I)."""

    def __init__(
        self,
        seed: int,
        member: int,
        lie: Ground,
        offices: Pull,
        usual: tuple[Floats, Floats],
        takers: float,
    ) -> None:
        """``usual``: fear and burden of a resident on the first day, (places,) each; ``takers``: the share
        of officials."""
        self.week = 0
        self._seed, self._member, self._meeting = seed, member, 1 - float(lie.survival[1]) / 2.0**64
        self._ground, self._pull = lie, offices
        counties = len(lie.place)
        posts = np.diff(lie.desks).reshape(counties, -1)
        self._posts = posts
        # officials by practice (new, practised) and conduct
        self._officials = np.zeros((2, CONDUCTS, *posts.shape), dtype=np.int64)
        self._officials[1, TAKER] = stream(seed, member, "nation:start").binomial(posts, takers)
        self._officials[1, HONEST] = posts - self._officials[1, TAKER]
        first = lie.residents[:-1, None] + np.arange(DECILES)
        self._deciles = (lie.residents[1:, None] - first + DECILES - 1) // DECILES  # of decile first % 10
        self._means = lie.means[first % DECILES]
        chance, people = stream(seed, member, "nation:felt"), np.diff(lie.residents)
        felt = [_rounded(chance, people, each[lie.place]) for each in usual]
        self._felt = np.column_stack(felt).astype(np.float64)

    def live(self, weeks: int) -> Lived:
        """Live some more weeks."""
        shape = self._posts.shape
        lived = Lived(
            self.week, np.zeros((weeks, *shape, len(COLUMNS)), dtype=np.int64), np.empty((weeks, shape[0], 2))
        )
        for at in range(weeks):
            chance = stream(self._seed, self._member, f"nation:{self.week}")
            self._change(chance)
            lived.tally[at, ..., COLUMNS.takers] = self._officials[:, TAKER].sum(axis=0)
            lived.tally[at, ..., COLUMNS.practised] = self._officials[1].sum(axis=0)
            self._meet(chance, lived.tally[at])
            lived.felt[at] = self._felt
            self.week += 1
        return lived

    def _now(self, values: Floats) -> Floats:
        return np.asarray(values[self.week, self._ground.place])

    def _change(self, chance: np.random.Generator) -> None:
        """Equation 4 for numbers of officials."""
        pull, officials = self._pull, self._officials
        posts = np.maximum(self._posts, 1)
        share = officials[1].sum(axis=0) / posts
        wanted = np.minimum(1.0, share * self._now(pull.gain))
        removed = chance.binomial(officials, self._now(pull.removed))
        officials -= removed
        officials[:, HONEST] += removed.sum(axis=1)
        with np.errstate(invalid="ignore", divide="ignore"):
            lose = np.where(wanted < share, 1 - wanted / share, 0.0)
            win = np.where(wanted > share, (wanted - share) / (1 - share), 0.0)
        lost, won = chance.binomial(officials[1], lose), chance.binomial(officials[0], win)
        officials[0] += lost - won
        officials[1] += won - lost
        learned = chance.binomial(officials[0], self._now(pull.learn))
        officials[0] -= learned
        officials[1] += learned
        chances = self._now(pull.conduct)
        became = [chance.multinomial(officials[:, one], chances[..., one, :]) for one in range(CONDUCTS)]
        officials[:] = np.moveaxis(np.sum(became, axis=0), -1, 1)

    def _meet(self, chance: np.random.Generator, tally: Counts) -> None:
        """Meetings by decile and office; of each with a practised taker something is taken."""
        pull, fade = self._pull, self._ground.fade
        shares = np.diff(self._now(pull.reach), axis=-1, prepend=0.0)
        met = chance.binomial(self._deciles, self._meeting)
        met = chance.multinomial(met, shares[:, None, :] / shares.sum(axis=-1)[:, None, None])
        caught = chance.binomial(met, (self._officials[1, TAKER] / np.maximum(self._posts, 1))[:, None, :])
        asked = self._now(pull.price)[:, None, :] * self._means[..., None]
        low = np.floor(asked)
        dearer = chance.binomial(caught, asked - low)
        up, scares = np.zeros_like(caught), np.zeros_like(caught)
        for price, number in ((low, caught - dearer), (low + 1, dearer)):
            up = up + _rounded(chance, number, price * pull.quota)
            scares = scares + _rounded(chance, number, price * pull.menace / FEAR_STEP)
        taken = caught * low.astype(np.int64) + dearer
        tally[..., COLUMNS.met] = met.sum(axis=1)
        tally[..., COLUMNS.taken_from] = np.where(taken > 0, caught, 0).sum(axis=1)
        tally[..., COLUMNS.taken] = taken.sum(axis=1)
        tally[..., COLUMNS.passed_up] = up.sum(axis=1)
        tally[..., COLUMNS.kept] = tally[..., COLUMNS.taken] - tally[..., COLUMNS.passed_up]
        self._felt[:, 0] = self._felt[:, 0] * fade[0, 1] + scares.sum(axis=(1, 2))
        self._felt[:, 1] = self._felt[:, 1] * fade[1, 1] + taken.sum(axis=(1, 2))


def _rounded(chance: np.random.Generator, number: Counts, each: Floats) -> Counts:
    """The sum of so many numbers, each rounded up or down by chance on its own."""
    low = np.floor(each)
    return np.asarray(number * low.astype(np.int64) + chance.binomial(number, each - low))
