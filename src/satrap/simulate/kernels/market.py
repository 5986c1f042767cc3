"""Equation 6: the market structure of taking. Source: Shleifer–Vishny 1993, "Corruption".

For n complementary permissions and demand A − B, n independent offices each charge A/(n + 1) and together
nA/(n + 1); one office that issues all charges A/2. Their ratio is 2n/(n + 1).
"""

from __future__ import annotations

import numpy as np

from satrap.simulate.units import Floats


def effective_offices(share: Floats, roofs: Floats) -> Floats:
    """(6a) n = 1/Σ a²: the number of equal offices as concentrated as these, shape (..., 1), at least 1.

    `roofs` (institution, roof) is 1 where an institution stands under a roof; those under one price jointly.
    """
    return np.asarray(1 / np.square(share @ roofs).sum(axis=-1, keepdims=True))


def mark_up(offices: Floats, complementarity: Floats) -> Floats:
    """(6b) (1 − q) + q · 2n/(n + 1): taking relative to one office that issues all permissions.

    q = 1: all permissions are needed; q = 0: offices take independently; q < 0: they compete for residents.
    """
    return np.asarray(1 - complementarity + complementarity * 2 * offices / (offices + 1))
