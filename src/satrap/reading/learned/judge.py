"""How likely a proposed claim is right: rules and tagger weighed together, calibrated on coded claims."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

_BOUND = 6.0  # in nats; beyond it a probability says no more


class Evidence(NamedTuple):
    """What speaks for a claim: each a number, in the order of the judge's weights."""

    always: float
    tagged: float  # log odds of the kind by the tagger
    margin: float  # nats ahead of the next kind but none
    by_rule: float  # 1 where a rule made it
    rule: float  # log odds of the rule's own score
    rule_tagged: float  # as ``tagged``, where a rule made it
    rivals: float  # rules of other kinds on the same word
    found: float  # of learned claims: how surely its best main role is filled
    filled: float  # share of the main roles that are filled


EVIDENCE = Evidence._fields


def log_odds(probability: float) -> float:
    """Bounded at six nats either way."""
    return float(np.clip(np.log(probability + 1e-9) - np.log1p(1e-9 - probability), -_BOUND, _BOUND))


def judged(evidence: Sequence[Evidence], weights: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """The probability that each claim is right: a logistic model; shape (claims,)."""
    if not evidence:
        return np.zeros(0, np.float32)
    scores = np.array(evidence, np.float32) @ weights
    return np.asarray(1 / (1 + np.exp(-scores)), np.float32)
