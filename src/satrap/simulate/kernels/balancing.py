"""Equation 2: the balancing rule, "whoever grows too big is inspected" (a Chagang source, 2017-01-18)."""

from __future__ import annotations

import numpy as np

from satrap.simulate.units import Floats

INSPECTION_WEEKS = 13
"""How long an inspection takes: that of the army's political bureau in late 2017 took three months."""


def inspection_hazard(share: Floats, hazard: Floats, slope: Floats, threshold: Floats) -> Floats:
    """(2) h = h₀ exp(χ(ā − θ)), the weekly intensity at which an institution's inspection begins.

    `share` ā is the population-weighted mean share, shape (member, institution).
    """
    return np.asarray(hazard * np.exp(slope * (share - threshold)))
