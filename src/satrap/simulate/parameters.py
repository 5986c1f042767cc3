"""A parameter of the model: a value or a prior, with its unit, its source and what really informs it."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Literal, Self

import numpy as np
from pydantic import BaseModel, ConfigDict, Field, model_validator
from scipy.special import betainc, betaincinv, ndtr, ndtri

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

    def below(self, value: float) -> float:
        """The share of the prior below `value`."""
        return float(ndtr((value - self.mean) / self.sd))

    def quantile(self, share: Floats) -> Floats:
        """The value that has `share` of the prior below it."""
        return np.asarray(self.mean + self.sd * ndtri(share))


class Lognormal(Declared):
    """Lognormal; 90% of it lies within `median` times or divided by exp(1.645 · `log_sd`)."""

    dist: Literal["lognormal"]
    median: float = Field(gt=0)
    log_sd: float = Field(gt=0)

    def below(self, value: float) -> float:
        """The share of the prior below `value`."""
        return float(ndtr(np.log(value / self.median) / self.log_sd)) if value > 0 else 0.0

    def quantile(self, share: Floats) -> Floats:
        """The value that has `share` of the prior below it."""
        return np.asarray(self.median * np.exp(self.log_sd * ndtri(share)))


class Beta(Declared):
    """Beta(a, b) on [0, 1]."""

    dist: Literal["beta"]
    a: float = Field(gt=0)
    b: float = Field(gt=0)

    def below(self, value: float) -> float:
        """The share of the prior below `value`."""
        return float(betainc(self.a, self.b, min(1.0, max(0.0, value))))

    def quantile(self, share: Floats) -> Floats:
        """The value that has `share` of the prior below it."""
        return np.asarray(betaincinv(self.a, self.b, share))


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

    def below(self, value: float) -> float:
        """The share of the prior below `value`."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))

    def quantile(self, share: Floats) -> Floats:
        """The value that has `share` of the prior below it."""
        return np.asarray(self.low + (self.high - self.low) * share)


class Quantiles(Declared):
    """Any distribution, by values at equal steps of probability from 0 to 1, linear between them."""

    dist: Literal["quantiles"]
    values: tuple[float, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        falls = any(later < earlier for earlier, later in pairwise(self.values))
        if falls or self.values[0] == self.values[-1]:
            raise ValueError("values must rise from the first to the last")
        return self

    def below(self, value: float) -> float:
        """The share of the prior below `value`."""
        return float(np.interp(value, self.values, np.linspace(0, 1, len(self.values))))

    def quantile(self, share: Floats) -> Floats:
        """The value that has `share` of the prior below it."""
        return np.asarray(np.interp(share, np.linspace(0, 1, len(self.values)), self.values))


Prior = Annotated[Normal | Lognormal | Beta | Uniform | Quantiles, Field(discriminator="dist")]


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
        below, upto = self.prior.below(low), self.prior.below(high)
        return np.clip(self.prior.quantile(below + uniform * (upto - below)), low, high)

    def mass_within(self, low: float, high: float) -> float:
        """The share of the prior (or of the value: 0 or 1) inside [low, high]."""
        if self.prior is None:
            return float(self.value is not None and low <= self.value <= high)
        return self.prior.below(high) - self.prior.below(low)

    def describe(self) -> str:
        """The value or the prior in a few words, as in `lognormal(median 0.17, log_sd 0.33)`."""
        if self.prior is None:
            return f"{self.value:g}"
        if isinstance(self.prior, Quantiles):
            low, middle, high = self.prior.quantile(np.array([0.05, 0.5, 0.95])).tolist()
            return f"median {middle:.3g} (90%: {low:.3g} to {high:.3g})"
        numbers = ", ".join(f"{k} {v:g}" for k, v in self.prior.model_dump().items() if k != "dist")
        return f"{self.prior.dist}({numbers})"
