"""What the estimator expects: authority is a random walk beyond the cut, from where the claims leave it."""

from satrap.forecast.cut import Cut
from satrap.forecast.forecasters import Forecast, Reason, said
from satrap.forecast.questions import Gain, Level, Question
from satrap.forecast.resolution import authority_chances


class Predictive:
    """Answers questions about authority by joint posterior draws of the surface, months ahead included."""

    name, version = "estimator", "1"

    def forecast(self, question: Question, cut: Cut) -> Forecast | None:
        if not isinstance(question, Level | Gain):
            return None
        made = cut.estimate(question.closes)
        words = "no usable claim: the prior" if made.prior_only else f"{len(made.used)} claims used"
        return said(self, question, authority_chances(question, cut), Reason(words))
