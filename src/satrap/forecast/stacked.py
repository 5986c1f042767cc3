"""All forecasters together, weighed by how they did on what had been settled."""

from collections.abc import Sequence

from satrap.forecast.cut import Cut
from satrap.forecast.forecasters import Forecast, Forecaster, Reason, said
from satrap.forecast.pool import Pool
from satrap.forecast.questions import Question


class Stacked:
    """A pool of members. Who makes it sees to it that the pool was learned from what was settled by the cut:
    :mod:`satrap.forecast.backtest` and the ledger's settled forecasts are its teachers."""

    name, version = "stacked", "1"

    def __init__(self, members: Sequence[Forecaster], pool: Pool | None = None) -> None:
        self.members = tuple(members)
        self.pool = pool or Pool.equal([one.name for one in members])

    def forecast(self, question: Question, cut: Cut) -> Forecast | None:
        parts = (one.forecast(question, cut) for one in self.members)
        return self.of(question, [one for one in parts if one is not None])

    def of(self, question: Question, parts: Sequence[Forecast]) -> Forecast | None:
        """The pool of what the members have said already."""
        probabilities = self.pool.combined(question, parts)
        if probabilities is None:
            return None
        shares = self.pool.shares(question, parts)
        told = ", ".join(
            f"{name} {share:.0%}" for name, share in sorted(shares.items(), key=lambda one: -one[1])
        )
        return said(self, question, probabilities, Reason(f"{told}; {self.pool.settled} settled"))
