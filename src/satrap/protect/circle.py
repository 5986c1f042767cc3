"""How many people could have known what a claim tells: an estimate from populations and a table of shares.

The number is rough, and the table (`circle.yaml`) says of each share what it rests on. It is a floor for what
the artefact itself tells; someone who recognises the event knows more than the artefact does.
"""

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from math import prod
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from satrap.claims import SourceKind, Tier, family
from satrap.country import Pack
from satrap.errors import ProtectError
from satrap.protect.times import Span
from satrap.yamlfile import load


class Share(BaseModel):
    """A part of people, between 0 and 1, and what it rests on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    share: float = Field(gt=0, le=1)
    basis: Literal["judgement", "source"]
    why: str
    source: str = ""

    @model_validator(mode="after")
    def _sourced(self) -> "Share":
        if (self.basis == "source") != bool(self.source):
            raise ValueError("a share rests on a source that is named, or is marked as judgement")
        return self


class Circle(BaseModel):
    """The table of shares; each multiplies the number of residents of the place that is told."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    voices: dict[SourceKind, Share]
    families: dict[str, Share]
    times: dict[Span, Share]
    tiers: dict[Tier, Share]
    post: Share
    incident: Share
    words: Share

    def people(
        self,
        residents: int,
        *,
        kind: str,
        voices: Iterable[SourceKind],
        span: Span,
        tiers: Iterable[Tier],
        of_a_person: bool,
        of_an_incident: bool,
        worded: bool,
    ) -> float:
        """How many could have known it: where several voices or tiers are told, the narrowest counts."""
        number = residents * self.families[family(kind)].share * self.times[span].share
        number *= min((self.voices[voice].share for voice in voices), default=1.0)
        number *= min((self.tiers[tier].share for tier in tiers), default=1.0)
        told = ((of_a_person, self.post), (of_an_incident, self.incident), (worded, self.words))
        return number * prod(narrower.share for is_so, narrower in told if is_so)


@cache
def circle() -> Circle:
    """The table that comes with satrap."""
    return load(files(__package__).joinpath("circle.yaml"), Circle, ProtectError)


def residents(places: Iterable[str], pack: Pack) -> int:
    """People in the least of the places told; in the whole state where none is.

    A province that the pack's census counts with another is taken to be as small as the smallest counted.
    """
    counted = pack.residents()
    if not counted:
        raise ProtectError(
            f"the country pack {pack.code} gives no populations", remedy="give each province its people"
        )
    whole = sum(counted.values())
    least = min(counted.values())
    return min((whole if one == pack.code else counted.get(one, least) for one in places), default=whole)
