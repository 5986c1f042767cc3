"""Hyperparameters: what they are, and their priors."""

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

Array = NDArray[np.float64]
Group = tuple[str, str]


class Hyper(NamedTuple):
    """One setting of the model. Log-ratio units unless said otherwise."""

    start_sd: float  # national level in week 0
    walk_sd: float  # national change, per root week
    place_sd: float  # an office's lasting difference from the nation
    place_weeks: float  # weeks over which that difference forgets itself (AR(1): e-folding time)
    noise: float  # noise of a stated claim by a source of weight one
    cut: float  # change below which an office counts as unchanged
    bad_news: float  # how much rather losses are reported than gains, in standard deviations of noise
    story: float  # share of a plain claim's noise variance that its story shares, 0 to 1
    slant: float  # a publisher's standing error about the level of an institution
    publisher: float  # how far publishers differ in noise (log)
    source: float  # how far one publisher's kinds of source differ in noise from the weights declared (log)
    certainty: float  # how far the noise of certainty words differs from the weights declared (log)
    misreport: float  # how often a plain report of a death is contradicted later, 0 to 1
    slopes: tuple[float, ...] = ()  # what is added to the log noise of each group of claims

    def coarse(self, step: int) -> "Hyper":
        """The same model on a grid of ``step`` weeks."""
        return self._replace(walk_sd=self.walk_sd * step**0.5, place_weeks=self.place_weeks / step)


SHARED = ("start_sd", "walk_sd", "place_sd", "place_weeks", "noise", "story", "slant")  # move claims together
NAMES = Hyper._fields[:-1]


class Prior(BaseModel):
    """log (or logit, for a share) of the value ~ N(log median, spread²). ``source`` says where it is from."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    median: float = Field(gt=0)
    spread: float = Field(gt=0)
    scale: Literal["log", "logit"] = "log"
    source: str = Field(min_length=1)

    def value(self, u: float) -> float:
        """The value at ``u`` standard deviations from the median."""
        if self.scale == "log":
            return float(self.median * np.exp(self.spread * u))
        return float(1.0 / (1.0 + (1.0 / self.median - 1.0) * np.exp(-self.spread * u)))


def hyper_at(priors: Mapping[str, Prior], groups: Sequence[Group], u: Array) -> Hyper:
    """The setting at standard normal coordinates ``u``: one for each of NAMES, then one for each group, whose
    slope is the spread of its kind times its coordinate."""
    values = {name: priors[name].value(float(x)) for name, x in zip(NAMES, u[: len(NAMES)], strict=True)}
    slopes = (values[kind] * float(x) for (kind, _), x in zip(groups, u[len(NAMES) :], strict=True))
    return Hyper(**values, slopes=tuple(slopes))
