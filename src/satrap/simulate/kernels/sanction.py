"""Equation 3: expected sanction, log-odds of punishment above the customary. Source: Becker–Stigler 1974."""

from __future__ import annotations

import numpy as np

from satrap.simulate.units import Floats


def expect(
    sanction: Floats, forgetting: Floats, order: Floats, dismissal: Floats, dismissed: Floats
) -> Floats:
    """(3) D' = (1 − δ)D + ω g Order + ν log(1 + d).

    `forgetting` δ per week; `order` is ω times the order's reach g; d per 1000 posts. D ≥ 0, in log-odds.
    """
    return np.asarray((1 - forgetting) * sanction + order + dismissal * np.log1p(dismissed))
