"""How often the answer was yes: of the same question asked earlier, leaning on the same of others.

    p = (m s + yes) / (s + n),     m = (1/2 + yes of all) / (1 + n of all)

with n windows of the question itself and ``WORTH`` = s windows for the rate m of its siblings. Where the
options are names (who gains most), each begins with one window shared among all.
"""

from collections import Counter

from satrap.forecast.analogues import earlier, others
from satrap.forecast.cut import Cut
from satrap.forecast.forecasters import Forecast, Reason, said
from satrap.forecast.questions import YES, Question

WORTH = 4.0  # windows; judgement


class BaseRates:
    """Answers every question, at worst with the even odds of one that has no past."""

    name, version = "base rates", "1"

    def forecast(self, question: Question, cut: Cut) -> Forecast | None:
        own = Counter(one.answer for one in earlier(question, cut))
        words = (
            Reason(f"{own[YES]} of {own.total()} earlier windows")
            if YES in question.options
            else Reason(
                ", ".join(f"{name} {count}" for name, count in own.most_common()) or "no earlier window"
            )
        )
        return said(self, question, rates(question, cut), words)


def rates(question: Question, cut: Cut) -> tuple[float, ...]:
    """Probabilities of the question's options by past frequencies alone."""
    own = Counter(one.answer for one in earlier(question, cut))
    if YES not in question.options:
        total = own.total() + 1.0
        return tuple((own[one] + 1.0 / len(question.options)) / total for one in question.options)
    every = own + Counter(one.answer for each in others(question, cut) for one in each)
    pooled = (0.5 + every[YES]) / (1.0 + every.total())
    yes = (WORTH * pooled + own[YES]) / (WORTH + own.total())
    return yes, 1.0 - yes
