"""As last time: the answer of the latest earlier window, with the chance that answers have stayed the same.

How often an answer was followed by itself is counted over the question's own windows and its siblings',
beginning with two windows that stayed and one that did not. Without an earlier window: as base rates.
"""

from collections import Counter
from itertools import pairwise

from satrap.forecast.analogues import earlier, others
from satrap.forecast.base_rates import rates
from satrap.forecast.cut import Cut
from satrap.forecast.forecasters import Forecast, Reason, said
from satrap.forecast.questions import YES, Question

_STAYED, _CHANGED = 2.0, 1.0  # windows; judgement


class Persistence:
    """Answers every question."""

    name, version = "persistence", "1"

    def forecast(self, question: Question, cut: Cut) -> Forecast | None:
        own = earlier(question, cut)
        if not own:
            return said(self, question, rates(question, cut), Reason("no earlier window"))
        last = own[-1].answer
        stays = _stays(question, cut, last)
        others = (1.0 - stays) / (len(question.options) - 1)
        probabilities = tuple(stays if one == last else others for one in question.options)
        words = f"{last} in the last window that is answered, asked on {own[-1].question.asked}"
        return said(self, question, probabilities, Reason(words, own[-1].outcome.claims))


def _stays(question: Question, cut: Cut, last: str) -> float:
    """Chance that an answer like the last one is followed by itself."""
    turns: Counter[bool] = Counter()
    histories = [earlier(question, cut), *others(question, cut)]
    for history in histories:
        for before, after in pairwise(history):
            if YES not in question.options or before.answer == last:
                turns[before.answer == after.answer] += 1
    return (_STAYED + turns[True]) / (_STAYED + _CHANGED + turns.total())
