"""The parameters the model has: symbol, unit, admissible range and meaning. Numbers live in the scenarios.

Equation numbers are those of docs/explanation/simulator.md. "per 1000" means per thousand posts of an office.
"""

from __future__ import annotations

from typing import NamedTuple


class Entry(NamedTuple):
    """What the model asks of one parameter; draws are confined to [low, high]."""

    symbol: str
    unit: str
    low: float
    high: float
    meaning: str


_MONTHLY = 0.95  # the highest monthly probability accepted: beyond it, state a mechanism, not a rate

CATALOGUE: dict[str, Entry] = {
    # 1 authority
    "reversion": Entry("κ", "per month", 0, _MONTHLY, "pull of authority back to where it started"),
    "authority_noise": Entry("σ", "log-ratio per month", 0, 2, "unexplained movement of authority"),
    "transfer": Entry("T", "log-ratio", 0, 5, "what one ordered transfer moves"),
    "cut": Entry("ζ", "log-ratio per dismissal per 1000", 0, 2, "authority lost with dismissed officers"),
    "head_weight": Entry("m_h", "dismissals per 1000", 0, 100, "officers that the head's fall is worth"),
    "cascade_spread": Entry("s_c", "log-sd", 0, 2, "spread of the delays within a cascade"),
    "reach": Entry("g", "share", 0, 1, "how much of a central measure arrives in a province"),
    # 2 balancing
    "balancing_hazard": Entry("h0", "per month", 0, _MONTHLY, "inspection of one at the threshold"),
    "balancing_slope": Entry("χ", "per unit share", 0, 20, "how steeply size attracts inspection"),
    "balancing_threshold": Entry("θ", "share", 0, 1, "share at which the hazard is h0"),
    "inspection_yield": Entry("m", "dismissals per 1000", 0, 100, "officers one inspection removes"),
    "inspection_order": Entry("π_o", "probability", 0, 1, "an inspection ends in an order"),
    # 3 sanction
    "order": Entry("ω", "log-odds", 0, 5, "expected sanction that one order adds"),
    "dismissal": Entry("ν", "log-odds", 0, 5, "expected sanction per log(1 + dismissals per 1000)"),
    "forgetting": Entry("δ", "per month", 0, _MONTHLY, "decay of expected sanction"),
    # 4 drift
    "drift": Entry("λ", "per month", 0, _MONTHLY, "honest holders of authority who turn takers"),
    "temptation": Entry("β0", "log-odds", -10, 10, "temptation at full pay"),
    "temptation_pay": Entry("βw", "log-odds per unit pay", 0, 10, "temptation when pay falls short"),
    "correction": Entry("μ", "per month per log-odds", 0, 5, "takers who stop under sanction"),
    "relapse": Entry("ξ", "share", 0, 1, "of those whom fear stops, who take again once they forget it"),
    "takers": Entry("c0", "share", 0.01, 0.99, "takers among posts at the start"),
    # 5 taking
    "opportunity": Entry("α", "exponent", 0, 3, "occasions to take, per authority"),
    "deterrence": Entry("ψ", "per log-odds", 0, 5, "taking forgone per unit of expected sanction"),
    "pay_pressure": Entry("φ", "log per unit pay", 0, 5, "taking that makes up for missing pay"),
    "horizon": Entry("ρ", "exponent", 0, 3, "taking brought forward when tenure looks short"),
    "removal": Entry("r0", "per month", 1e-4, _MONTHLY, "customary removal of a post holder"),
    "quota": Entry("u", "share", 0, 1, "part of taking owed upward whatever the risk"),
    "burden": Entry("X0", "share of household spending", 1e-4, 0.5, "all taking, at the start"),
    # 6 market structure
    "complementarity": Entry("q", "share", -1, 1, "permissions that all are needed (>0) or compete (<0)"),
    # meetings, where residents are followed one by one; the ranges keep the richest within a record's 16 bits
    "meetings": Entry(
        "m", "per month", 0.001, _MONTHLY, "a resident faces an office that could take something"
    ),
    "savings": Entry("W", "weeks of spending", 0, 150, "what a resident has that could be taken, mean"),
    "inequality": Entry("s_W", "log-sd", 0, 1.3, "spread of savings and of what is asked among residents"),
    "regaining": Entry("r_W", "per month", 0, _MONTHLY, "part of what savings lack that comes back"),
    "hiding": Entry("h", "probability", 0, 1, "who is far more afraid than usual avoids the meeting"),
    "complaint": Entry("k", "probability", 0, 1, "who is not at all afraid complains of what was taken"),
    # 7–8 residents
    "fear_gain": Entry("v", "sd", 0, 5, "fear when violent taking doubles"),
    "fear_decay": Entry("δf", "per month", 0, _MONTHLY, "fear forgotten"),
    "support_decay": Entry("r", "per month", 0, _MONTHLY, "support forgotten"),
    "support_burden": Entry("γ", "sd", 0, 5, "support lost when the burden doubles"),
    "schadenfreude": Entry("γJ", "sd per dismissal per 1000", 0, 1, "support won by visible dismissals"),
    "news_lag": Entry("τn", "weeks", 0.1, 52, "mean delay until residents hear of dismissals"),
    "revenge_base": Entry("b0", "log events per million per month", -12, 3, "attacks on officials"),
    "revenge_burden": Entry("b1", "log per unit relative burden", 0, 5, "attacks when the burden doubles"),
    "revenge_fear": Entry("b2", "log per sd", 0, 5, "attacks that fear prevents"),
    "expression": Entry("ℓ", "sd per sd", 0, 3, "fear that is expressed as support"),
}
