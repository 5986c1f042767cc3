"""Randomness without a state: a draw is a hash of what it is for.

The same (seed, purpose, week, county, ordinal) gives the same 64 bits in any order, on any number of threads,
before and after a kill; and two scenarios that differ only by their events share their draws. The hash is
SplitMix64 (Steele, Lea & Flood 2014, OOPSLA, doi:10.1145/2660193.2660195) with its key mixed from the words.
No draw goes through libm, whose last digit differs between machines: gaps are looked up, not computed.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from numba import njit
from numpy.typing import NDArray

Bits = np.uint64

_GOLDEN = Bits(0x9E3779B97F4A7C15)
_FIRST = Bits(0xBF58476D1CE4E5B9)
_SECOND = Bits(0x94D049BB133111EB)
_30, _27, _31, _11 = Bits(30), Bits(27), Bits(31), Bits(11)
_GUIDE = 12  # bits of a draw that say where in the table to begin
_UNIT = 2.0**-53


class Purpose(IntEnum):
    """What a draw is for; numbers are part of the results and never change."""

    START = 1
    MEETING = 2
    OFFICIAL = 3
    SNAPSHOT = 4


@njit(cache=True, inline="always")
def mixed(bits: Bits) -> Bits:
    """SplitMix64's finaliser (Stafford's mix 13)."""
    bits = (bits ^ (bits >> _30)) * _FIRST
    bits = (bits ^ (bits >> _27)) * _SECOND
    return bits ^ (bits >> _31)


@njit(cache=True, inline="always")
def key(seed: int, purpose: int, week: int, county: int) -> Bits:
    """Where the draws of one purpose in one county and week begin."""
    start = mixed(Bits(seed) + _GOLDEN * Bits(purpose))
    start = mixed(start + _GOLDEN * Bits(week + 1))
    return mixed(start + _GOLDEN * Bits(county + 1))


@njit(cache=True, inline="always")
def draw(start: Bits, ordinal: int) -> Bits:
    """The draw of that number: 64 uniform bits."""
    return mixed(start + _GOLDEN * Bits(ordinal + 1))


@njit(cache=True, inline="always")
def unit(bits: Bits) -> float:
    """The upper 53 bits as a number in [0, 1)."""
    return float(bits >> _11) * _UNIT


@njit(cache=True, inline="always")
def rounded(value: float, chance: float) -> int:
    """``value`` ≥ 0 up or down to a whole number, whose expectation is the value; ``chance`` is in [0, 1).

    Rounding to the nearest would push small quantities that decay a little each week to nought, or hold them
    up.
    """
    return int(value + chance)


def gaps(chance: float) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
    """Tables for geometric gaps: how many residents are passed over before one of whom each is met with
    ``chance``.

    The survival function (1 − p)^g in units of 2⁻⁶⁴ for g = 0, 1, …, and for each value of the leading 12
    bits of a draw the first g to try. Beyond the table the gap has no memory: it is drawn anew.
    """
    if not 0 < chance < 1:
        raise ValueError(f"a chance of {chance:g} to be met is not between 0 and 1")
    length = min(4096, int(16 / chance) + 2)
    survival = np.empty(length + 1, dtype=np.uint64)
    share = 1.0
    for g in range(length + 1):
        survival[g] = min(int(share * 2.0**64), 2**64 - 1)
        share *= 1 - chance
    guide = np.empty(2**_GUIDE, dtype=np.int64)
    at = length
    for lead in range(2**_GUIDE):  # the largest draw with this lead has the smallest gap
        most = Bits(((lead + 1) << (64 - _GUIDE)) - 1)
        while at > 0 and survival[at] <= most:
            at -= 1
        guide[lead] = at
    return survival, guide


@njit(cache=True, inline="always")
def gap(bits: Bits, survival: NDArray[np.uint64], guide: NDArray[np.int64]) -> int:
    """How many are passed over: the largest g with draw < (1 − p)^g, or the table's length where it is
    beyond.
    """
    at: int = guide[bits >> Bits(64 - _GUIDE)]
    while at + 1 < len(survival) and bits < survival[at + 1]:
        at += 1
    return at
