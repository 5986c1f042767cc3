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
_BATCH = 512  # meetings: what is known of them stays in the first cache


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


class Batch(NamedTuple):
    """Meetings side by side: who is met, the chances, the official and their institution, and the resident's
    record as it was."""

    who: Counts
    bits: NDArray[np.uint64]
    settle: NDArray[np.uint64]
    official: Counts
    institution: Counts
    record: NDArray[np.uint64]


@njit(cache=True, inline="always")
def _empty() -> Batch:
    return Batch(
        np.empty(_BATCH, dtype=np.int64),
        np.empty(_BATCH, dtype=np.uint64),
        np.empty(_BATCH, dtype=np.uint64),
        np.empty(_BATCH, dtype=np.int64),
        np.empty(_BATCH, dtype=np.int64),
        np.empty(_BATCH, dtype=np.uint64),
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
        batch = _empty()
        for at in range(weeks):
            _officials(seed, first_week + at, county, ground, people, pull, tally[at, county])
            _meet(seed, first_week + at, county, ground, people, pull, tally[at, county], batch)
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
            practice = _low(bits)
            luck = _middle(bits)
            if _high(bits) < removed:
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


@njit(cache=True, inline="always")
def _low(bits: Bits) -> float:
    return float(np.int64(bits & _LOW)) * _OF_21


@njit(cache=True, inline="always")
def _middle(bits: Bits) -> float:
    return float(np.int64((bits >> _21) & _LOW)) * _OF_21


@njit(cache=True, inline="always")
def _high(bits: Bits) -> float:
    return float(np.int64(bits >> _42)) * _OF_22


@njit(cache=True)
def _meet(
    seed: int,
    week: int,
    county: int,
    ground: Ground,
    people: People,
    pull: Pull,
    tally: Counts,
    batch: Batch,
) -> None:
    """Residents who meet an official this week, one after the other.

    Who is met, and the chances by which the rest is decided, are the same in every scenario; which office it
    is, what it asks and whether its official takes are not. They are reckoned a batch at a time and without
    branches: a processor that guesses chance wrong loses more time than the work takes.
    """
    end, start = ground.residents[county + 1], key(seed, _MEETING, week, county)
    at, ordinal, fear, burden = ground.residents[county] - 1, 0, 0, 0
    while at < end:
        at, met = _find(start, at, ordinal, end, ground, batch)
        ordinal += len(batch.bits)
        caught = _choose(met, week, county, ground, people, pull, tally, batch)
        scared, borne = _take(caught, week, county, ground, people, pull, tally, batch)
        fear += scared
        burden += borne
    people.felt[county, 0] = people.felt[county, 0] * ground.fade[0, 1] + fear
    people.felt[county, 1] = people.felt[county, 1] * ground.fade[1, 1] + burden


@njit(cache=True)
def _find(start: Bits, at: int, ordinal: int, end: int, ground: Ground, batch: Batch) -> tuple[int, int]:
    """Who is met next: the last of them, or ``end`` if there are no more, and how many."""
    beyond = len(ground.survival) - 1
    for one in range(len(batch.bits)):
        batch.bits[one] = draw(start, ordinal + one)
    met = 0
    for one in range(len(batch.bits)):
        passed = gap(batch.bits[one], ground.survival, ground.guide)
        at += passed + (passed < beyond)
        if at >= end:
            return end, met
        batch.who[met] = at
        batch.bits[met] = batch.bits[one]
        met += passed < beyond
    return at, met


@njit(cache=True)
def _choose(
    met: int,
    week: int,
    county: int,
    ground: Ground,
    people: People,
    pull: Pull,
    tally: Counts,
    batch: Batch,
) -> int:
    """Which office and which official; those who met a practised taker stay in the batch."""
    institutions = pull.price.shape[2]
    reach = pull.reach[week, ground.place[county]]
    base = county * institutions
    for one in range(met):
        batch.bits[one] = mixed(batch.bits[one] + _CHOICE)
        batch.institution[one] = 0
    for other in range(institutions - 1):
        most = reach[other]
        for one in range(met):
            batch.institution[one] += _low(batch.bits[one]) >= most
    caught = 0
    for one in range(met):
        choice, institution = batch.bits[one], batch.institution[one]
        tally[institution, _MET] += 1
        desk = ground.desks[base + institution]
        held = ground.desks[base + institution + 1] - desk
        if held == 0:
            continue
        official = desk + int(_middle(choice) * held)
        batch.who[caught] = batch.who[one]
        batch.bits[caught] = choice
        batch.official[caught] = official
        batch.institution[caught] = institution
        caught += people.flags[official] == TAKER | PRACTISED
    return caught


@njit(cache=True)
def _take(
    caught: int,
    week: int,
    county: int,
    ground: Ground,
    people: People,
    pull: Pull,
    tally: Counts,
    batch: Batch,
) -> tuple[int, int]:
    """Equation 5 for those in the batch; returns the fear and the burden that were added.

    A resident hides with chance hiding · F/(F + F₀), pays what is asked as far as they have it, and complains
    with chance complaint · F₀/(F + F₀), F being their fear and F₀ the usual one.
    """
    place = ground.place[county]
    usual, price, fade = pull.usual_fear[place], pull.price[week, place], ground.fade
    for one in range(caught):
        batch.bits[one] = mixed(batch.bits[one] + _CHOICE)
        batch.settle[one] = mixed(batch.bits[one] + _CHOICE)
    for one in range(caught):
        batch.record[one] = people.records[batch.who[one]]
    fear_added, burden_added = 0, 0
    for one in range(caught):
        at, official, institution = batch.who[one], batch.official[one], batch.institution[one]
        chances, settle, old = batch.bits[one], batch.settle[one], batch.record[one]
        since = week - record.week(old)
        mean = ground.means[at % DECILES]
        full = ground.fullest * mean
        fear = rounded(record.fear(old) * fade[0, since], _low(chances))
        burden = rounded(record.burden(old) * fade[1, since], _middle(chances))
        wealth = rounded(full - (full - record.wealth(old)) * fade[2, since], _high(chances))
        hides = _low(settle) * (fear + usual) < pull.hiding * fear
        asked = rounded(price[institution] * mean, _middle(settle))
        has = wealth if ground.fullest > 0.0 else asked
        paid = 0 if hides else min(asked, has)
        up = rounded(paid * pull.quota, _high(settle))
        scare = rounded(paid * pull.menace[institution] / _FEAR_STEP, _middle(settle))
        scare = min(scare, _MOST_FEAR - fear)
        remembered = min(paid, _MOST_BURDEN - burden)
        pays = paid > 0
        complains = _high(settle) * (fear + usual) < pull.complaint * usual
        people.purse[official] += paid - up
        tally[institution, _FROM] += pays
        tally[institution, _TAKEN] += paid
        tally[institution, _KEPT] += paid - up
        tally[institution, _UP] += up
        tally[institution, _COMPLAINTS] += pays & complains
        fear_added += scare
        burden_added += remembered
        people.records[at] = record.packed(
            max(wealth - paid, 0),
            burden + remembered,
            week,
            fear + scare,
            min(record.exposure(old) + pays, _MOST_TIMES),
        )
    return fear_added, burden_added
