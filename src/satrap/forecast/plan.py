"""What would change our mind: for a question, the reports that are expected to tell most of its answer.

Of a question about authority the estimate's joint draws say what each answer goes with. A claim that an
office rose between the question's days is told with the chance Φ(change / noise) of the estimator's model,
and that it fell with the rest, so the information it is expected to give is known before anybody tells it.

Of an event, a story of the place that it may happen in tells of it, if it happened, with the chance that it
would be noticed (a declared prior); what is told is taken as true. A story is worth what
:mod:`satrap.forecast.exposure` says.
"""

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import ndtr

from satrap.errors import ForecastError
from satrap.estimate import Estimate
from satrap.estimate.counted import counted
from satrap.forecast.cut import Cut
from satrap.forecast.exposure import Exposure, exposure
from satrap.forecast.forecasters import Forecast
from satrap.forecast.information import entropy, information
from satrap.forecast.questions import Event, Fate, Gain, Level, Question

Array = NDArray[np.float64]

DIRECTED = ("authority", "capacity")  # kinds of claim that say which way an office went

SCHEMA = {
    "kind": pl.String,
    "institution": pl.String,
    "place": pl.String,
    "source": pl.String,
    "bits": pl.Float64,
    "stories": pl.Float64,
    "uncertain": pl.Float64,
}


def plan(question: Question, cut: Cut, forecast: Forecast | None = None) -> pl.DataFrame:
    """A row for each observation, the most telling first.

    ``bits`` is the expected information of one claim about authority, or of one story that would have told of
    the event; ``stories`` how many come in a year, ``uncertain`` the bits that the answer is worth now.
    Place null is the centre, or no place named. Of an event ``forecast`` says how likely it is now. Raises
    ForecastError for a question about counts of stories, which only waiting answers, and without a forecast.
    """
    if isinstance(question, Level | Gain):
        rows = _authority(question, cut.estimate(question.closes), exposure(cut))
    elif isinstance(question, Event | Fate) and forecast is not None:
        rows = _event(question, np.array(forecast.probabilities), exposure(cut))
    else:
        raise ForecastError(
            f"no observation is known to tell of {question.text!r}", remedy="ask of authority, or of an event"
        )
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").sort("bits", descending=True)


def _authority(question: Level | Gain, made: Estimate, seen: Exposure) -> list[tuple[object, ...]]:
    first, last = (
        (question.than, question.on) if isinstance(question, Level) else (question.first, question.last)
    )
    surfaces = made.surfaces[:, :, [made.weeks.at(first), made.weeks.at(last)]].astype(np.float64)
    change = surfaces[:, :, 1] - surfaces[:, :, 0]  # (S, P, I)
    answers = _answers(question, surfaces, made)
    chances = np.bincount(answers, minlength=len(question.options)) / len(answers)
    noise = made.hyperparameters().filter(pl.col("name") == "noise")["mean"].item()
    told = made.loadings
    rows: list[tuple[object, ...]] = []
    for kind in DIRECTED:
        for column, source in enumerate(seen.sources):
            up = ndtr(change / (noise * told.sources.weights[source] / told.kinds[kind].loading))
            given = np.stack([up[answers == one].mean(axis=0) for one in np.flatnonzero(chances)])
            bits = information(chances[chances > 0], np.stack([given, 1 - given], axis=-1))
            for place, name in enumerate(seen.places):
                for at, institution in enumerate(made.offices.institutions):
                    rows.append(
                        (
                            kind,
                            institution,
                            name,
                            source.value,
                            float(bits[place, at]),
                            float(seen.stories[place, column]),
                            entropy(chances),
                        )
                    )
    return rows


def _answers(question: Level | Gain, surfaces: Array, made: Estimate) -> NDArray[np.int64]:
    """The option that each draw answers with, (S,)."""
    place = made.offices.place(question.place)
    if isinstance(question, Level):
        at = made.offices.institution(question.institution)
        lower = surfaces[:, place, 1, at] < surfaces[:, place, 0, at]
        return np.where(lower == (question.way == "lower"), 0, 1)
    shares = np.exp(surfaces[:, place])
    shares = shares / shares.sum(axis=-1, keepdims=True)
    among = [made.offices.institution(one) for one in question.among]
    return np.asarray((shares[:, 1] - shares[:, 0])[:, among].argmax(axis=1))


def _event(question: Event | Fate, chances: Array, seen: Exposure) -> list[tuple[object, ...]]:
    tells = 1.0 - (1.0 - counted().coverage.noticed.value) ** seen.worth  # (K,)
    given = np.stack([np.stack([tells, 1 - tells], axis=-1), np.tile([0.0, 1.0], (len(tells), 1))])
    bits = information(chances, given)
    wanted = question.places or (None,)
    kind = " or ".join(question.kinds)
    about = ", ".join(question.institutions) or (question.person if isinstance(question, Fate) else None)
    return [
        (
            kind,
            about,
            place,
            source.value,
            float(bits[column]),
            float(seen.stories[row, column]),
            entropy(chances),
        )
        for row, place in enumerate(seen.places)
        if place in wanted
        for column, source in enumerate(seen.sources)
    ]
