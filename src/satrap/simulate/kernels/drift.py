"""Equation 4: temptation, and authority still in new, clean hands (1 − k).

"Even if they begin on a straight and narrow path": powers beyond those an office had at the start arrive in
clean hands, which learn; powers that return to their former holder return to hands that had practised.
"""

from __future__ import annotations

import numpy as np

from satrap.simulate.units import Floats


def temptation_rate(drift: Floats, share: Floats, pay: Floats, temptation: Floats, slope: Floats) -> Floats:
    """(4a) L = λ a logit⁻¹(β₀ + β_w(1 − w)), per week: honest holders who turn takers. Becker–Stigler 1974.

    More authority or less pay means more temptation; w = 1 is a living wage.
    """
    return np.asarray(drift * share / (1 + np.exp(-(temptation + slope * (1 - pay)))))


def customary_exit(rate: Floats, takers: Floats) -> Floats:
    """(4b) μ₀ = L(1 − c)/c: the exits that keep `takers` c where they are while nothing changes."""
    return np.asarray(rate * (1 - takers) / takers)


def learn(practised: Floats, rate: Floats) -> Floats:
    """(4f) 1 − k' = (1 − k)e^(−L): new hands learn what the old ones do."""
    return np.asarray(1 - (1 - practised) * np.exp(-rate))


def hand_over(practised: Floats, before: Floats, after: Floats, home: Floats, fresh: Floats) -> Floats:
    """(4g) k' = min(1, k (max(w, w₀)/max(w', w₀))^fresh) as occasions go from w to w'; `home` is w₀.

    w₀ are the occasions at the start. What is gained above them arrives in clean hands, as far as it is not
    complementary (`fresh` = 1 − max(q, 0)): of two gatekeepers who both must be paid, the one that remains
    raises his price without anyone new being tempted. What is lost above w₀ is lost by the newest hands
    first; up to w₀, old hands get it back.
    """
    gain = np.maximum(after, home) / np.maximum(before, home)
    return np.asarray(np.minimum(1.0, practised * gain**-fresh))
