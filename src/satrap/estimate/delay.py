"""How long reports take: days from what happened to publication, log-normal, learned from dated claims."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np
from pydantic import BaseModel, ConfigDict, Field
from scipy.stats import t as student

from satrap.claims import Horizon, RecordedClaim


class DelayPrior(BaseModel):
    """Median in days and standard deviation of the logarithm, worth ``weight`` dated claims."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    median: float = Field(gt=0)
    spread: float = Field(gt=0)
    weight: float = Field(gt=0)
    source: str = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class Delay:
    """Posterior of the log-normal (normal-inverse-gamma, Gelman et al. 2013, section 3.3): mean and variance
    of the log of days, and how many claims they are worth; ``seen`` of these were dated."""

    mean: float
    variance: float
    worth: float
    seen: int

    @property
    def median(self) -> float:
        """Days."""
        return exp(self.mean)

    def days(self, share: float) -> float:
        """Within which a ``share`` of reports of events come out (posterior predictive)."""
        scale = sqrt(self.variance * (1 + 1 / self.worth))
        return float(exp(self.mean + scale * student.ppf(share, self.worth)))


def delay(claims: Iterable[RecordedClaim], prior: DelayPrior) -> Delay:
    """Learned from past events dated within a week and told in later reports; a story's claims count once."""
    days: dict[str, float] = {}
    for recorded in claims:
        when = recorded.claim.when
        if when is None or recorded.published is None or recorded.claim.horizon is not Horizon.PAST:
            continue
        waited = (recorded.published - when.latest).days
        if waited > 0 and (when.latest - when.earliest).days < 7:
            days[recorded.story] = min(waited, days.get(recorded.story, waited))
    logs = np.log(list(days.values())) if days else np.empty(0)
    n, m, k = len(logs), log(prior.median), prior.weight
    mean = (k * m + logs.sum()) / (k + n)
    squares = k * prior.spread**2 + ((logs - logs.mean()) ** 2).sum() if n else k * prior.spread**2
    if n:
        squares += k * n / (k + n) * (logs.mean() - m) ** 2
    return Delay(float(mean), float(squares / (k + n)), k + n, n)
