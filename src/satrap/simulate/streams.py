"""Random numbers without state: what is drawn depends on (seed, member, purpose) and on nothing else.

Each triple keys its own Philox counter, so a member's draws do not change with the order, the number of
workers or the size of the ensemble, and two scenarios that differ by an intervention share all the rest
(common random numbers). Counts are drawn by inversion, one uniform each: a higher rate can only raise them.

Philox: Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3".
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from satrap.simulate.units import Floats


def stream(seed: int, member: int, purpose: str) -> np.random.Generator:
    """The generator that belongs to one purpose of one member of the ensemble."""
    key = hashlib.blake2b(f"{seed}/{member}/{purpose}".encode(), digest_size=16).digest()
    return np.random.Generator(np.random.Philox(key=int.from_bytes(key, "little")))


def uniforms(seed: int, members: Sequence[int], purpose: str, shape: tuple[int, ...]) -> Floats:
    """Uniform draws in [0, 1), of shape (members, *shape)."""
    return np.stack([stream(seed, member, purpose).random(shape) for member in members])


def normals(seed: int, members: Sequence[int], purpose: str, shape: tuple[int, ...]) -> Floats:
    """Standard normal draws, of shape (members, *shape)."""
    return np.stack([stream(seed, member, purpose).standard_normal(shape) for member in members])


def poisson(uniform: Floats, rate: Floats) -> NDArray[np.int64]:
    """Poisson counts of the given rates by inversion: the smallest n with P(N ≤ n) > uniform.

    Rates are expected to be below about 300 (posts lost in one office in one week, attacks in one province).
    """
    uniform, rate = np.broadcast_arrays(uniform, rate)
    counts = np.zeros(rate.shape, dtype=np.int64)
    probability = np.exp(-rate)
    cumulative = probability.copy()
    open_ = uniform >= cumulative
    # The cap, 12 sd above the mean, only ends the loop where rounding keeps the sum below the uniform.
    cap = int(np.max(rate, initial=0.0) + 12 * np.sqrt(np.max(rate, initial=0.0)) + 20)
    for n in range(1, cap):
        if not open_.any():
            break
        counts[open_] = n
        probability = probability * rate / n
        cumulative += probability
        open_ = uniform >= cumulative
    return counts
