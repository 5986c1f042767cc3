"""Equation 4, the conduct of officials: honest, taker, or lapsed, as who stopped out of fear and has not
forgotten it.

Becker–Stigler 1974 (from memory): an official is honest while the sanction he expects outweighs the bribe.
The condition is one of the present, so it fails again as the sanction is forgotten. Equation 3 is the mean of
officials each of whom forgets with chance δ a week; whoever stopped out of fear takes again when he forgets.
"""

from __future__ import annotations

import math

import numpy as np

from satrap.simulate.units import Floats

HONEST, TAKER, LAPSED = range(3)
CONDUCTS = 3


def rates(tempted: Floats, exits: Floats, scared: Floats, forgetting: Floats, relapse: Floats) -> Floats:
    """(4c) Rates Q per week from one conduct (row) to another (column), shape (..., 3, 3); rows sum to zero.

    Honest turn takers at `tempted` L; takers and lapsed leave at `exits` μ₀, and honest men follow them;
    takers stop at `scared` μD, a part `relapse` ξ of them until they forget, at rate `forgetting` −ln(1 − δ),
    the rest for good. ξ = 0 is reform that lasts.
    """
    tempted, exits, scared, forgetting, relapse = np.broadcast_arrays(
        tempted, exits, scared, forgetting, relapse
    )
    found = np.zeros((*tempted.shape, CONDUCTS, CONDUCTS))
    found[..., HONEST, TAKER] = tempted
    found[..., TAKER, HONEST] = exits + (1 - relapse) * scared
    found[..., TAKER, LAPSED] = relapse * scared
    found[..., LAPSED, HONEST] = exits
    found[..., LAPSED, TAKER] = forgetting
    found[..., range(CONDUCTS), range(CONDUCTS)] = -found.sum(axis=-1)
    return found


def chances(rate: Floats) -> Floats:
    """(4d) e^Q, the chances of each conduct after a week given that before it, shape (..., 3, 3).

    Of a generator of three states Q³ = tQ² − mQ, with t its trace and m the sum of its principal minors; so
    e^Q = I + Q + bQ² + …, a series in Q and Q² alone. Fast rates are halved until it is short, then squared
    back (scaling and squaring: Moler & Van Loan 2003, SIAM Review 45).
    """
    fastest = float(np.abs(rate).max(initial=0.0))
    halvings = max(0, math.ceil(math.log2(fastest))) if fastest > 0 else 0
    q = rate / 2**halvings
    square = q @ q
    trace = np.trace(q, axis1=-2, axis2=-1)
    minors = (trace**2 - np.trace(square, axis1=-2, axis2=-1)) / 2
    first, second = np.ones_like(trace), np.zeros_like(trace)  # Q^n / n! = first Q + second Q²
    once, twice = first, second
    for n in range(2, 24):  # 2^24 / 24! is below the last digit
        first, second = -minors * second / n, (first + trace * second) / n
        once, twice = once + first, twice + second
    found = np.eye(CONDUCTS) + once[..., None, None] * q + twice[..., None, None] * square
    for _ in range(halvings):
        found = found @ found
    return np.asarray(np.maximum(found, 0))


def step(officials: Floats, removed: Floats, chance: Floats) -> Floats:
    """(4e) Shares of officials by conduct, last axis, a week later: `removed` of them make room for honest
    successors, then each moves by `chance`.
    """
    stay = officials * (1 - removed)[..., None]
    stay[..., HONEST] += removed
    return np.asarray((stay[..., None, :] @ chance)[..., 0, :])
