"""What claims say about authority, as data: see ``loadings.yaml`` for the meaning of each number."""

from functools import cache
from importlib.resources import files
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, model_validator

from satrap import yamlfile
from satrap.claims import Access, Certainty, Direction, SourceKind, Tier, kinds
from satrap.errors import EstimateError
from satrap.estimate.delay import DelayPrior
from satrap.estimate.hyper import NAMES, Prior


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Rule(_Declared):
    """How one kind of claim is read."""

    shape: Literal["directed", "transfer", "personnel", "inspection"]
    loading: PositiveFloat
    reach: Literal["state", "centre"]
    source: str = Field(min_length=1)
    sign: Direction | None = None

    @model_validator(mode="after")
    def _signed(self) -> Self:
        if (self.sign in (Direction.UP, Direction.DOWN)) != (self.shape == "personnel"):
            raise ValueError("sign is up or down for personnel, and left out for every other shape")
        return self


class Rank(_Declared):
    loading: PositiveFloat
    source: str


class Time(_Declared):
    """Weeks."""

    delay: DelayPrior
    lead: int = Field(ge=1)
    settle: int = Field(ge=0)
    past: int = Field(ge=1)
    present: int = Field(ge=1)
    source: str


class SourceWeights(_Declared):
    weights: dict[SourceKind, PositiveFloat]
    source: str


class CertaintyWeights(_Declared):
    weights: dict[Certainty, PositiveFloat]
    source: str


class AccessWeights(_Declared):
    weights: dict[Access, PositiveFloat]
    source: str


class TierWeights(_Declared):
    weights: dict[Tier, PositiveFloat]
    source: str


class Loadings(_Declared):
    """Everything the estimator believes before it sees a claim."""

    kinds: dict[str, Rule]
    rank: Rank
    ignored: dict[str, str]
    time: Time
    sources: SourceWeights
    certainty: CertaintyWeights
    access: AccessWeights
    tiers: TierWeights
    hyperparameters: dict[str, Prior]

    @model_validator(mode="after")
    def _complete(self) -> Self:
        for what, declared, wanted in (
            ("kind of claim", [*self.kinds, *self.ignored], kinds()),
            ("hyperparameter", self.hyperparameters, NAMES),
            ("source kind", self.sources.weights, SourceKind),
            ("certainty", self.certainty.weights, Certainty),
            ("access", self.access.weights, Access),
            ("tier", self.tiers.weights, Tier),
        ):
            wrong = sorted({*declared} ^ {*wanted})
            if wrong:
                raise ValueError(f"{what} {wrong[0]!r} is declared and unknown, or known and not declared")
        return self


@cache
def bundled() -> Loadings:
    """The loadings that come with satrap; raises EstimateError naming file, line and key of a bad edit."""
    return yamlfile.load(files(__package__).joinpath("loadings.yaml"), Loadings, EstimateError)
