"""The chance that something would have been heard of, had it happened: what silence is worth.

It may have happened on any day of the question's, and may be told from then until the cut. In each period of
the reporting model (:mod:`satrap.estimate.coverage`) something is heard from a place with a chance h, and
what happened there is told of with the chance of a change of authority to be noticed, n (a declared prior,
not measured). So over periods t of the question, and u from t to the cut,

    detection = mean over t of 1 - prod over u of (1 - n h[u]).

What is asked of the whole state is heard of by reports that name no place.
"""

import numpy as np

from satrap.estimate.counted import counted
from satrap.forecast.cut import Cut
from satrap.forecast.questions import Question


def detection(question: Question, at: Cut) -> float:
    """Chance, 0 to 1, that what the question asks about would have been told of by the cut, had it happened.

    Where the cut is before the question's last day, up to the cut; 0 where nothing was reported since.
    """
    cover = at.coverage
    where = question.places[0] if question.places else at.pack.code
    place = cover.offices.province(where) if question.places else 0
    heard = cover.heard[place or 0] * counted().coverage.noticed.value
    first = cover.periods.index(max(question.asked, at.start))
    last = cover.periods.index(min(question.closes, at.day))
    if first is None or last is None:
        return 0.0
    unheard = np.cumsum(np.log1p(-heard)[::-1])[::-1]  # from each period to the cut
    return float(1.0 - np.exp(unheard[first : last + 1]).mean())
