"""Authority from claims: a state-space model of who holds how much, where and when, with its reasons."""

from satrap.estimate.change import Change
from satrap.estimate.estimate import Estimate, Settings
from satrap.estimate.hypotheses import Hypothesis, Jump, Move, parse
from satrap.estimate.influence import Contribution
from satrap.estimate.loadings import Loadings
from satrap.estimate.observations import Unused
from satrap.estimate.run import estimate
from satrap.estimate.sensitivity import GROUPS
from satrap.estimate.shelf import model

__all__ = [
    "GROUPS",
    "Change",
    "Contribution",
    "Estimate",
    "Hypothesis",
    "Jump",
    "Loadings",
    "Move",
    "Settings",
    "Unused",
    "estimate",
    "model",
    "parse",
]
