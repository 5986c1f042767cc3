"""Forecasts that can be wrong: questions, forecasters that know no more than their cut, outcomes, scores."""

from satrap.forecast.cut import Cut, Record, cut
from satrap.forecast.forecasters import Forecast, Forecaster, Reason, said
from satrap.forecast.language import load, parse
from satrap.forecast.questions import (
    NO,
    YES,
    AnyQuestion,
    Count,
    Event,
    Fate,
    Gain,
    Level,
    Question,
)
from satrap.forecast.resolution import Outcome, State, resolve

__all__ = [
    "NO",
    "YES",
    "AnyQuestion",
    "Count",
    "Cut",
    "Event",
    "Fate",
    "Forecast",
    "Forecaster",
    "Gain",
    "Level",
    "Outcome",
    "Question",
    "Reason",
    "Record",
    "State",
    "cut",
    "load",
    "parse",
    "resolve",
    "said",
]
