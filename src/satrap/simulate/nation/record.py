"""A resident in eight bytes, brought up to date only when somebody meets them.

| bits | what | unit |
|---|---|---|
| 0–15 | wealth: what could be taken | hundredths of a week's spending |
| 16–31 | burden: takings remembered, fading | the same |
| 32–44 | week in which the record was last touched | weeks from the start |
| 45–56 | fear: violent takings remembered, fading | eight of these units |
| 57–63 | exposure: how often something was taken, up to 127 | times |

What fades or grows back does so by a constant share a week, so that the weeks between two meetings are one
multiplication. The fraction that a whole number cannot hold is settled by chance, without bias.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from satrap.simulate.nation.chance import Bits

WEEK = 100
"""Units of money in a week's spending of one person."""

FEAR_STEP = 8
"""Units of money, weighted by the taker's violence, in a step of fear."""

MOST = {"wealth": 2**16 - 1, "burden": 2**16 - 1, "fear": 2**12 - 1, "exposure": 2**7 - 1, "week": 2**13 - 1}

_16, _32, _45, _57 = Bits(16), Bits(32), Bits(45), Bits(57)
_WIDE, _WEEKS, _FEARS, _TIMES = Bits(2**16 - 1), Bits(2**13 - 1), Bits(2**12 - 1), Bits(2**7 - 1)


@njit(cache=True, inline="always")
def packed(wealth: int, burden: int, week: int, fear: int, exposure: int) -> Bits:
    """The record of these whole numbers, each within its bits."""
    return (
        Bits(wealth)
        | (Bits(burden) << _16)
        | (Bits(week) << _32)
        | (Bits(fear) << _45)
        | (Bits(exposure) << _57)
    )


@njit(cache=True, inline="always")
def wealth(record: Bits) -> int:
    return int(np.int64(record & _WIDE))


@njit(cache=True, inline="always")
def burden(record: Bits) -> int:
    return int(np.int64((record >> _16) & _WIDE))


@njit(cache=True, inline="always")
def week(record: Bits) -> int:
    return int(np.int64((record >> _32) & _WEEKS))


@njit(cache=True, inline="always")
def fear(record: Bits) -> int:
    return int(np.int64((record >> _45) & _FEARS))


@njit(cache=True, inline="always")
def exposure(record: Bits) -> int:
    return int(np.int64((record >> _57) & _TIMES))
