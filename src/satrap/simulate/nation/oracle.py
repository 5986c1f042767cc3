"""The same nation, slow and obvious: one array entry a resident, every resident every week, NumPy's own
randomness.

It exists to be compared with, in distribution: what the fast engines do by gaps, packed records and late
fading is done here as the equations say it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from satrap.simulate.kernels.conduct import HONEST, TAKER
from satrap.simulate.nation.meetings import COLUMNS, DECILES, Ground, Pull
from satrap.simulate.nation.nation import Lived
from satrap.simulate.nation.record import FEAR_STEP


class Oracle:
    """One member. Wealth, fear and burden are real numbers; nothing saturates."""

    def __init__(
        self,
        seed: int,
        lie: Ground,
        offices: Pull,
        *,
        meeting: float,
        takers: float,
        burden: NDArray[np.float64],
    ) -> None:
        self.week = 0
        self._chance = np.random.default_rng(seed)
        self._ground, self._pull, self._meeting = lie, offices, meeting
        people, posts = int(lie.residents[-1]), int(lie.desks[-1])
        self._county = np.repeat(np.arange(len(lie.place)), np.diff(lie.residents))
        self._means = lie.means[np.arange(people) % DECILES]
        self._wealth = lie.fullest * self._means
        self._fear = offices.usual_fear[lie.place[self._county]].copy()
        self._burden = burden[lie.place[self._county]].copy()
        self._conduct = np.where(self._chance.random(posts) < takers, TAKER, HONEST)
        self._practised = np.ones(posts, dtype=bool)

    def live(self, weeks: int) -> Lived:
        """Live some more weeks."""
        counties, institutions = len(self._ground.place), self._pull.price.shape[2]
        lived = Lived(
            self.week,
            np.zeros((weeks, counties, institutions, len(COLUMNS)), dtype=np.int64),
            np.empty((weeks, counties, 2)),
        )
        for at in range(weeks):
            for office in range(counties * institutions):
                self._office(office, office // institutions, office % institutions, lived.tally[at])
            self._meetings(lived.tally[at])
            for county in range(counties):
                here = self._county == county
                lived.felt[at, county] = self._fear[here].sum(), self._burden[here].sum()
            self.week += 1
        return lived

    def _office(self, office: int, county: int, institution: int, tally: NDArray[np.int64]) -> None:
        lie, pull, chance = self._ground, self._pull, self._chance
        here = slice(lie.desks[office], lie.desks[office + 1])
        now = (self.week, lie.place[county], institution)
        conduct, practised = self._conduct[here], self._practised[here]
        share = practised.mean() if len(practised) else 1.0
        wanted = min(1.0, share * pull.gain[now])  # equation 4g, of the office as a whole
        conduct = np.where(chance.random(len(conduct)) < pull.removed[now], HONEST, conduct)
        luck = chance.random(len(conduct))
        if wanted < share:
            practised = practised & (luck >= 1 - wanted / share)
        elif wanted > share:
            practised = practised | (luck < (wanted - share) / (1 - share))
        practised |= chance.random(len(conduct)) < pull.learn[now]
        upto = pull.conduct[now][conduct].cumsum(axis=1)
        conduct = (chance.random((len(conduct), 1)) >= upto[:, :-1]).sum(axis=1)
        self._conduct[here], self._practised[here] = conduct, practised
        tally[county, institution, COLUMNS.takers] = (conduct == TAKER).sum()
        tally[county, institution, COLUMNS.practised] = practised.sum()

    def _meetings(self, tally: NDArray[np.int64]) -> None:
        lie, pull, chance = self._ground, self._pull, self._chance
        self._fear *= lie.fade[0, 1]
        self._burden *= lie.fade[1, 1]
        full = lie.fullest * self._means
        self._wealth = full - (full - self._wealth) * lie.fade[2, 1]
        institutions = pull.price.shape[2]
        for one in np.flatnonzero(chance.random(len(self._county)) < self._meeting):
            county = self._county[one]
            place = lie.place[county]
            institution = int(
                np.searchsorted(pull.reach[self.week, place, :-1], chance.random(), side="right")
            )
            tally[county, institution, COLUMNS.met] += 1
            office = county * institutions + institution
            first, last = lie.desks[office], lie.desks[office + 1]
            if first == last:
                continue
            official = chance.integers(first, last)
            if not (self._conduct[official] == TAKER and self._practised[official]):
                continue
            usual, fear = pull.usual_fear[place], self._fear[one]
            if chance.random() < pull.hiding * fear / (fear + usual):
                continue
            asked = pull.price[self.week, place, institution] * self._means[one]
            asked = int(asked + chance.random())
            paid = min(asked, int(self._wealth[one])) if lie.fullest else asked
            if paid == 0:
                continue
            up = chance.binomial(paid, pull.quota)
            self._wealth[one] -= paid
            self._fear[one] += paid * pull.menace[institution] / FEAR_STEP
            self._burden[one] += paid
            row = tally[county, institution]
            row[COLUMNS.taken_from] += 1
            row[COLUMNS.taken] += paid
            row[COLUMNS.kept] += paid - up
            row[COLUMNS.passed_up] += up
            row[COLUMNS.complaints] += chance.random() < pull.complaint * usual / (fear + usual)
