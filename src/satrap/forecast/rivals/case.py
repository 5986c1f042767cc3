"""A case of rival explanations, as an analyst writes it."""

from __future__ import annotations

from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from satrap import yamlfile
from satrap.claims import Claim, Direction
from satrap.country import Pack
from satrap.errors import ForecastError, UnknownNameError
from satrap.forecast.about import fits
from satrap.forecast.language import parse_what
from satrap.forecast.questions import What

Much = Literal["much less", "less", "same", "more", "much more"]

FACTORS: dict[str, float] = {"much less": 0.25, "less": 0.5, "same": 1.0, "more": 2.0, "much more": 4.0}
"""By how much a rival expects the rate of a kind of evidence to change: what the words are taken to mean."""


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Evidence(_Declared):
    """Claims of one sort: ``claims`` in the language of questions ("extortion or bribery by MSS").

    Of kinds with a direction those that say ``direction`` count; without one, all but those that say down.
    ``words``: at least one of them stands in the quote, in any case.
    """

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str = Field(min_length=1)
    claims: str
    direction: Direction | None = None
    words: tuple[str, ...] = ()

    def counts(self, claim: Claim, what: What, pack: Pack) -> bool:
        """Whether a claim is evidence of this sort; ``what`` is that of ``claims``."""
        if self.direction is None:
            directed = claim.direction is not Direction.DOWN
        else:
            directed = claim.direction is self.direction
        quoted = claim.quote.exact.casefold()
        return (
            directed
            and fits(claim, what, pack)
            and (not self.words or any(word.casefold() in quoted for word in self.words))
        )


class Rival(_Declared):
    """An explanation, how likely it was beforehand (relative to the others), and what it expects of each
    kind of evidence, compared with before."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str = Field(min_length=1)
    says: str = Field(min_length=1)
    prior: float = Field(default=1.0, gt=0)
    expects: dict[str, Much]


class Case(_Declared):
    """Rivals that differ ``since`` a day; what was usual is learned from ``before`` until then, what came
    from then to ``until``. ``source`` says on what the expectations rest."""

    id: str = Field(pattern=r"^[a-z0-9-]+$")
    title: str
    country: str
    before: date
    since: date
    until: date
    source: str = Field(min_length=1)
    evidence: tuple[Evidence, ...] = Field(min_length=1)
    rivals: tuple[Rival, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _whole(self) -> Case:
        if not self.before < self.since < self.until:
            raise ValueError("before, since and until must follow each other")
        for what, ids in (
            ("evidence", [one.id for one in self.evidence]),
            ("rivals", [one.id for one in self.rivals]),
        ):
            if len(set(ids)) < len(ids):
                raise ValueError(f"two of the {what} have one id")
        wanted = {one.id for one in self.evidence}
        for one in self.rivals:
            if wrong := sorted(wanted ^ set(one.expects)):
                raise ValueError(f"{one.id} must say what it expects of {wrong[0]}, and of nothing unknown")
        return self

    def patterns(self, pack: Pack) -> tuple[What, ...]:
        """What each kind of evidence tells of; raises ForecastError where it cannot be read."""
        return tuple(
            parse_what(one.claims, pack, where=f"{self.id}: evidence {one.id}") for one in self.evidence
        )


def load_case(name: Path | str) -> Case:
    """A case by its file, or a bundled one by its id.

    Raises ForecastError that names file, line and key, UnknownNameError for an id that is not bundled.
    """
    path = Path(name)
    if path.suffix in (".yaml", ".yml"):
        return yamlfile.load(path, Case, ForecastError)
    if str(name) not in cases():
        raise UnknownNameError("case", str(name), cases(), remedy=f"there are {', '.join(cases())}")
    return yamlfile.load(_folder().joinpath(f"{name}.yaml"), Case, ForecastError)


def cases() -> list[str]:
    """Ids of the bundled cases."""
    return sorted(one.name.removesuffix(".yaml") for one in _folder().iterdir() if one.name.endswith(".yaml"))


def _folder() -> Traversable:
    return files("satrap.forecast.rivals").joinpath("cases")
