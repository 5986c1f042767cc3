"""Rival explanations: what each would have claims tell, and how well the claims agree.

A case is data (``cases/*.yaml``): kinds of evidence, rivals, and of each rival whether it expects more or
less of each kind of evidence. :mod:`weigh` makes likelihoods of it, :mod:`matrix` the table that analysts
know as the analysis of competing hypotheses, with what they overrule; :mod:`collect` says what to look for.
"""

from satrap.forecast.rivals.case import Case, cases, load_case
from satrap.forecast.rivals.collect import collect
from satrap.forecast.rivals.matrix import Mark, Matrix, Overruling, matrix
from satrap.forecast.rivals.weigh import Weighing, weigh

__all__ = [
    "Case",
    "Mark",
    "Matrix",
    "Overruling",
    "Weighing",
    "cases",
    "collect",
    "load_case",
    "matrix",
    "weigh",
]
