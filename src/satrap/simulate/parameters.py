"""A parameter of the model: a value or a prior, with its unit, its source and what really informs it."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

import numpy as np
import scipy.stats
from pydantic import BaseModel, ConfigDict, Field, model_validator

from satrap.simulate.units import Floats


class Declared(BaseModel):
    """Base of all that a scenario file declares: frozen, no unknown keys, no NaN or infinity."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False, populate_by_name=True)


class InformedBy(StrEnum):
    """What would move the parameter: data, thin evidence (`weak`), or nothing but judgement (`prior`)."""

    DATA = "data"
    WEAK = "weak"
    PRIOR = "prior"


class Normal(Declared):
    """Normal with mean `mean` and standard deviation `sd`."""

    dist: Literal["normal"]
    mean: float
    sd: float = Field(gt=0)


class Lognormal(Declared):
    """Lognormal; 90% of it lies within `median` times or divided by exp(1.645 · `log_sd`)."""

    dist: Literal["lognormal"]
    median: float = Field(gt=0)
    log_sd: float = Field(gt=0)


class Beta(Declared):
    """Beta(a, b) on [0, 1]."""

    dist: Literal["beta"]
    a: float = Field(gt=0)
    b: float = Field(gt=0)


class Uniform(Declared):
    """Uniform from `low` to `high`."""

    dist: Literal["uniform"]
    low: float
    high: float

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low >= self.high:
            raise ValueError(f"low {self.low} is not below high {self.high}")
        return self


Prior = Annotated[Normal | Lognormal | Beta | Uniform, Field(discriminator="dist")]


def _frozen(prior: Normal | Lognormal | Beta | Uniform) -> scipy.stats.distributions.rv_frozen:
    match prior:
        case Normal():
            return scipy.stats.norm(prior.mean, prior.sd)
        case Lognormal():
            return scipy.stats.lognorm(s=prior.log_sd, scale=prior.median)
        case Beta():
            return scipy.stats.beta(prior.a, prior.b)
        case Uniform():
            return scipy.stats.uniform(prior.low, prior.high - prior.low)


class Parameter(Declared):
    """One parameter: exactly one of `value` and `prior`.

    `unit` must be that of `catalogue.py`, so that a number per week cannot pass for one per month.
    """

    value: float | None = None
    prior: Prior | None = None
    unit: str
    source: str = Field(min_length=3)
    informed_by: InformedBy

    @model_validator(mode="after")
    def _one_of_two(self) -> Self:
        if (self.value is None) == (self.prior is None):
            raise ValueError("give exactly one of `value` and `prior`")
        return self

    def draw(self, uniform: Floats, low: float, high: float) -> Floats:
        """Quantiles of the prior, truncated to [low, high], at `uniform` in [0, 1); a value gives itself."""
        if self.prior is None:
            return np.full(uniform.shape, self.value)
        law = _frozen(self.prior)
        below, upto = law.cdf(low), law.cdf(high)
        return np.asarray(np.clip(law.ppf(below + uniform * (upto - below)), low, high), dtype=np.float64)

    def mass_within(self, low: float, high: float) -> float:
        """The share of the prior (or of the value: 0 or 1) inside [low, high]."""
        if self.prior is None:
            return float(self.value is not None and low <= self.value <= high)
        law = _frozen(self.prior)
        return float(law.cdf(high) - law.cdf(low))

    def describe(self) -> str:
        """The value or the prior in a few words, as in `lognormal(median 0.17, log_sd 0.33)`."""
        if self.prior is None:
            return f"{self.value:g}"
        numbers = ", ".join(f"{k} {v:g}" for k, v in self.prior.model_dump().items() if k != "dist")
        return f"{self.prior.dist}({numbers})"
