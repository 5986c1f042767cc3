"""Priors of what is counted, as data: see ``counted.yaml`` for the meaning of each number."""

from functools import cache
from importlib.resources import files
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from satrap import yamlfile
from satrap.claims import kinds
from satrap.errors import EstimateError
from satrap.estimate.hyper import Prior


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Number(_Declared):
    value: float = Field(gt=0)
    source: str = Field(min_length=1)


class CoveragePriors(_Declared):
    weeks: int = Field(ge=1)
    hyperparameters: dict[str, Prior]
    noticed: Number


class ConductPriors(_Declared):
    weeks: int = Field(ge=1)
    level: Number
    kinds: dict[str, str]
    hyperparameters: dict[str, Prior]
    noise: Number


class Counted(_Declared):
    """Everything that is believed of counts before one is seen."""

    coverage: CoveragePriors
    conduct: ConductPriors

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for what, declared, wanted in (
            (
                "hyperparameter of coverage",
                {*self.coverage.hyperparameters},
                {"place", "walk", "overdispersion"},
            ),
            (
                "hyperparameter of conduct",
                {*self.conduct.hyperparameters},
                {"institution", "office", "walk", "overdispersion"},
            ),
            ("kind of claim", {*self.conduct.kinds} - {*kinds()}, set()),
        ):
            if wrong := sorted(declared ^ wanted):
                raise ValueError(f"{what} {wrong[0]!r} is declared and unknown, or known and not declared")
        return self


@cache
def counted() -> Counted:
    """The priors that come with satrap; raises EstimateError naming file, line and key of a bad edit."""
    return yamlfile.load(files(__package__).joinpath("counted.yaml"), Counted, EstimateError)
