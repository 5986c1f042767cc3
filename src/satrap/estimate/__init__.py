"""Authority from claims: a state-space model of who holds how much, where and when, with its reasons."""

from satrap.estimate.change import Change
from satrap.estimate.conduct import Conduct, conduct
from satrap.estimate.coverage import Coverage, coverage
from satrap.estimate.estimate import Estimate, Settings
from satrap.estimate.hypotheses import Hypothesis, Jump, Move, parse
from satrap.estimate.influence import Contribution
from satrap.estimate.loadings import Loadings
from satrap.estimate.mood import Mood, mood
from satrap.estimate.observations import Unused
from satrap.estimate.run import estimate
from satrap.estimate.sensitivity import GROUPS
from satrap.estimate.shelf import model

__all__ = [
    "GROUPS",
    "Change",
    "Conduct",
    "Contribution",
    "Coverage",
    "Estimate",
    "Hypothesis",
    "Jump",
    "Loadings",
    "Mood",
    "Move",
    "Settings",
    "Unused",
    "conduct",
    "coverage",
    "estimate",
    "model",
    "mood",
    "parse",
]
