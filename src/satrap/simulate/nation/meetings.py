"""The weeks of one county: officials turn or reform, residents meet them, something is taken or not."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit, prange
from numpy.typing import NDArray

from satrap.simulate.nation import record
from satrap.simulate.nation.chance import Bits, Purpose, draw, gap, key, mixed, rounded

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

DECILES = 10
TAKER, PRACTISED, LAPSED = 1, 2, 4  # bits of an official
_MEETING, _OFFICIAL = int(Purpose.MEETING), int(Purpose.OFFICIAL)
_FEAR_STEP = record.FEAR_STEP
_MOST_BURDEN, _MOST_FEAR, _MOST_TIMES = (record.MOST[name] for name in ("burden", "fear", "exposure"))
_21, _42 = Bits(21), Bits(42)
_LOW = Bits(2**21 - 1)
_CHOICE = Bits(0xD1342543DE82EF95)  # steps to further draws of one meeting: an odd constant of another hash
_OF_21 = 2.0**-21
_OF_22 = 2.0**-22


class Tallied(NamedTuple):
    """What is counted of a county, an institution and a week; money in units of :data:`record.WEEK`."""

    met: int = 0
    taken_from: int = 1
    taken: int = 2
    kept: int = 3
    passed_up: int = 4
    complaints: int = 5
    takers: int = 6
    practised: int = 7


COLUMNS = Tallied()
_MET, _FROM, _TAKEN, _KEPT, _UP, _COMPLAINTS, _TAKERS, _PRACTISED = COLUMNS


class Ground(NamedTuple):
    """What does not change in a run. C counties, I institutions.

    ``residents`` (C + 1,) and ``desks`` (C · I + 1,): where the people of a county, and the officials of an
    office, begin. ``place`` (C,): the province of a county. ``means`` (10,): what a resident of each decile
    has, and is asked for, against the mean. ``fade`` (3, weeks + 1): what is left of fear, of burden and of a
    gap in wealth after so many weeks. ``fullest``: wealth at rest, mean over deciles; 0 where nobody ever
    runs out. ``survival`` and ``guide``: of gaps between meetings.
    """

    residents: Counts
    desks: Counts
    place: Counts
    means: Floats
    fade: Floats
    fullest: float
    survival: NDArray[np.uint64]
    guide: Counts


class People(NamedTuple):
    """The state. ``records`` (N,) of residents; of officials (M,) flags, the week since which they hold the
    post and what they have kept; ``felt`` (C, 2) the sums of fear and burden over a county's residents."""

    records: NDArray[np.uint64]
    flags: NDArray[np.uint8]
    since: NDArray[np.uint16]
    purse: Counts
    felt: Floats

    def copied(self) -> People:
        """The same people, apart from these."""
        return People(
            self.records.copy(), self.flags.copy(), self.since.copy(), self.purse.copy(), self.felt.copy()
        )


class Pull(NamedTuple):
    """What offices do in each week: arrays (weeks, places, institutions), and what holds for the whole run.

    ``reach``: running sums of the shares of meetings. ``price``: money asked by a practised taker, mean over
    deciles. ``conduct`` (…, 3, 3): weekly chances of each conduct given the last, in the order of
    :mod:`satrap.simulate.kernels.conduct`. ``learn``: of a new hand to practise. ``gain``: occasions over
    those of the week before, as far as both exceed those at the start. ``removed``: chance of dismissal.
    ``menace`` (I,): fear per unit taken. ``quota``: part of what is taken that is owed upward. ``hiding``,
    ``complaint``: see :func:`_meet`; ``usual_fear`` (places,) steps of fear at the start.
    """

    reach: Floats
    price: Floats
    conduct: Floats
    learn: Floats
    gain: Floats
    removed: Floats
    menace: Floats
    quota: float
    hiding: float
    complaint: float
    usual_fear: Floats

    def agrees(self, other: Pull, weeks: int) -> bool:
        """Whether both do the same in the first ``weeks`` weeks."""
        return all(
            np.array_equal(ours[:weeks], theirs[:weeks])
            for ours, theirs in (
                (self.reach, other.reach),
                (self.price, other.price),
                (self.conduct, other.conduct),
                (self.learn, other.learn),
                (self.gain, other.gain),
                (self.removed, other.removed),
            )
        )


@njit(cache=True, parallel=True)
def advance(
    seed: int,
    first_week: int,
    weeks: int,
    ground: Ground,
    people: People,
    pull: Pull,
    tally: Counts,
    felt: Floats,
) -> None:
    """Live ``weeks`` weeks from ``first_week`` on; ``tally`` (weeks, C, I, 8) is filled with what happened
    and ``felt`` (weeks, C, 2) with what residents feel at the end of each.

    Counties share nothing within a run, so each lives all its weeks at once, while its people fit the cache.
    """
    for county in prange(len(ground.place)):
        for at in range(weeks):
            _officials(seed, first_week + at, county, ground, people, pull, tally[at, county])
            _meet(seed, first_week + at, county, ground, people, pull, tally[at, county])
            felt[at, county] = people.felt[county]


@njit(cache=True)
def _officials(
    seed: int, week: int, county: int, ground: Ground, people: People, pull: Pull, tally: Counts
) -> None:
    """Powers are handed over, officials are dismissed, learn and change conduct: equation 4, man by man."""
    place, institutions = ground.place[county], pull.price.shape[2]
    start = key(seed, _OFFICIAL, week, county)
    base = ground.desks[county * institutions]
    for institution in range(institutions):
        office = county * institutions + institution
        first, last = ground.desks[office], ground.desks[office + 1]
        practised = 0
        for one in range(first, last):
            practised += (people.flags[one] & PRACTISED) >> 1
        gain = pull.gain[week, place, institution]
        lose = 1.0 - gain if gain < 1.0 else 0.0  # gain is k'/k: below one where powers are new
        new = last - first - practised
        win = min(1.0, practised * (gain - 1.0) / new) if gain > 1.0 and new > 0 else 0.0
        chances = pull.conduct[week, place, institution]
        learn, removed = pull.learn[week, place, institution], pull.removed[week, place, institution]
        takers = 0
        practised = 0
        for one in range(first, last):
            bits = draw(start, one - base)
            flag: int = 0 + people.flags[one]
            practice = float(bits & _LOW) * _OF_21
            luck = float((bits >> _21) & _LOW) * _OF_21
            if float(bits >> _42) * _OF_22 < removed:
                flag &= PRACTISED  # the successor is honest; practice belongs to the post
                people.since[one] = week
                people.purse[one] = 0
            if flag & PRACTISED:
                if practice < lose * (1.0 - learn):
                    flag -= PRACTISED
            elif practice < win + (1.0 - win) * learn:
                flag += PRACTISED
            conduct = (flag & TAKER) + ((flag & LAPSED) >> 1)  # 0 honest, 1 taker, 2 lapsed
            low, high = (1 if conduct == 0 else 0), (1 if conduct == 2 else 2)  # the other two
            if luck < chances[conduct, low]:
                conduct = low
            elif luck < chances[conduct, low] + chances[conduct, high]:
                conduct = high
            flag = (flag & PRACTISED) + (conduct & TAKER) + ((conduct << 1) & LAPSED)
            people.flags[one] = flag
            takers += flag & TAKER
            practised += (flag & PRACTISED) >> 1
        tally[institution, _TAKERS] = takers
        tally[institution, _PRACTISED] = practised


@njit(cache=True)
def _meet(
    seed: int, week: int, county: int, ground: Ground, people: People, pull: Pull, tally: Counts
) -> None:
    """Residents who meet an official this week, one after the other.

    Who is met, and the chances by which the rest is decided, are the same in every scenario; which office it
    is, what it asks and whether its official takes are not. A resident hides with chance hiding · F/(F + F₀),
    pays what is asked as far as they have it, and complains with chance complaint · F₀/(F + F₀), F being
    their fear and F₀ the usual one.
    """
    place, institutions = ground.place[county], pull.price.shape[2]
    begin, end = ground.residents[county], ground.residents[county + 1]
    start = key(seed, _MEETING, week, county)
    beyond = len(ground.survival) - 1
    usual = pull.usual_fear[place]
    reach, price, desks = pull.reach[week, place], pull.price[week, place], ground.desks
    fear_added, burden_added = 0.0, 0.0
    at, ordinal = begin - 1, 0
    while True:
        bits = draw(start, ordinal)
        ordinal += 1
        passed = gap(bits, ground.survival, ground.guide)
        at += passed
        if passed == beyond:
            if at >= end:
                break
            continue
        at += 1
        if at >= end:
            break
        choice = mixed(bits + _CHOICE)
        institution = 0
        which = float(choice & _LOW) * _OF_21
        while institution < institutions - 1 and which >= reach[institution]:
            institution += 1
        office = county * institutions + institution
        tally[institution, _MET] += 1
        held = desks[office + 1] - desks[office]
        if held == 0:
            continue
        official = desks[office] + int(float((choice >> _21) & _LOW) * _OF_21 * held)
        if people.flags[official] != TAKER | PRACTISED:
            continue
        old = people.records[at]
        since = week - record.week(old)
        chances = mixed(choice + _CHOICE)
        one = float(chances & _LOW) * _OF_21
        two = float((chances >> _21) & _LOW) * _OF_21
        three = float(chances >> _42) * _OF_22
        fear = rounded(record.fear(old) * ground.fade[0, since], one)
        burden = rounded(record.burden(old) * ground.fade[1, since], two)
        mean = ground.means[at % DECILES]
        full = ground.fullest * mean
        wealth = rounded(full - (full - record.wealth(old)) * ground.fade[2, since], three)
        exposure = record.exposure(old)
        settle = mixed(chances + _CHOICE)
        one = float(settle & _LOW) * _OF_21
        two = float((settle >> _21) & _LOW) * _OF_21
        three = float(settle >> _42) * _OF_22
        if one * (fear + usual) >= pull.hiding * fear:
            asked = rounded(price[institution] * mean, two)
            paid = min(asked, wealth) if ground.fullest > 0.0 else asked
            if paid > 0:
                up = rounded(paid * pull.quota, three)
                scare = rounded(paid * pull.menace[institution] / _FEAR_STEP, two)
                scare = min(scare, _MOST_FEAR - fear)
                remembered = min(paid, _MOST_BURDEN - burden)
                if three * (fear + usual) < pull.complaint * usual:
                    tally[institution, _COMPLAINTS] += 1
                wealth = max(wealth - paid, 0)
                fear += scare
                burden += remembered
                exposure = min(exposure + 1, _MOST_TIMES)
                people.purse[official] += paid - up
                tally[institution, _FROM] += 1
                tally[institution, _TAKEN] += paid
                tally[institution, _KEPT] += paid - up
                tally[institution, _UP] += up
                fear_added += scare
                burden_added += remembered
        people.records[at] = record.packed(wealth, burden, week, fear, exposure)
    people.felt[county, 0] = people.felt[county, 0] * ground.fade[0, 1] + fear_added
    people.felt[county, 1] = people.felt[county, 1] * ground.fade[1, 1] + burden_added
