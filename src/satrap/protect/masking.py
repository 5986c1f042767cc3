"""Words of somebody at risk, with what would narrow down who spoke put in brackets.

Better a bracket too many than one too few: what looks like a local place, a day, a name or an age goes, known
to the country pack or not (`masks.yaml`). What tells by its meaning alone ("my brother guards the tunnel")
stays.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib.resources import files
from typing import Literal, NamedTuple

from pydantic import BaseModel, ConfigDict

from satrap.country import Pack
from satrap.country.gazetteer import Gazetteer, Mention
from satrap.country.terms import EntityKind
from satrap.errors import ProtectError
from satrap.yamlfile import load

_BODIES = {EntityKind.INSTITUTION, EntityKind.GROUP, EntityKind.POST}
_PLACE = "[place]"


class Mask(BaseModel):
    """One pattern and what is shown for it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    shown: str
    when: Literal["always", "months"] = "always"
    pattern: str
    examples: tuple[str, ...]


class MaskBook(BaseModel):
    """The patterns, with the parts that they share."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    parts: dict[str, str]
    masks: tuple[Mask, ...]

    def compiled(self, mask: Mask) -> re.Pattern[str]:
        """The pattern with its parts filled in."""
        text = mask.pattern
        for name, part in self.parts.items():
            text = text.replace(f"{{{name}}}", part)
        return re.compile(text)


@cache
def mask_book() -> MaskBook:
    """The patterns that come with satrap."""
    return load(files(__package__).joinpath("masks.yaml"), MaskBook, ProtectError)


@cache
def _patterns(months: bool) -> tuple[tuple[re.Pattern[str], str], ...]:
    book = mask_book()
    return tuple((book.compiled(mask), mask.shown) for mask in book.masks if mask.when == "always" or months)


class Masks(NamedTuple):
    """What goes beside local places, days, private names and ages."""

    months: bool = False
    places: bool = False  # provinces
    officials: bool = False  # those that the pack knows


class _Masked(NamedTuple):
    start: int
    end: int
    shown: str


def masked(text: str, pack: Pack, masks: Masks = Masks()) -> str:  # noqa: B008  a tuple
    """The text with what would narrow down who spoke in brackets: "[place in Ryanggang]", "[date]"."""
    mentions = _gazetteer(pack).find(text)
    found = [*_named(mentions, pack, masks), *_looks(text, mentions, masks)]
    kept: list[_Masked] = []
    for one in sorted(found, key=lambda one: (one.start, -one.end)):
        if kept and one.start < kept[-1].end:
            kept[-1] = kept[-1]._replace(end=max(one.end, kept[-1].end))
        else:
            kept.append(one)
    shown, at = "", 0
    for start, end, instead in kept:
        shown, at = shown + text[at:start] + instead, end
    return shown + text[at:]


@lru_cache(maxsize=8)
def _gazetteer(pack: Pack) -> Gazetteer:
    return Gazetteer(pack)


def _named(mentions: Sequence[Mention], pack: Pack, masks: Masks) -> Iterator[_Masked]:
    """Places and officials that the pack knows."""
    for one in mentions:
        if one.kind is EntityKind.PLACE and one.entity != pack.code:
            province = pack.place(one.entity).name
            if masks.places or one.name != province:
                yield _Masked(one.start, one.end, f"[place in {pack.name if masks.places else province}]")
        elif masks.officials and one.kind in {EntityKind.PERSON, EntityKind.POST, EntityKind.RANK}:
            yield _Masked(one.start, one.end, "[official]")


def _looks(text: str, mentions: Sequence[Mention], masks: Masks) -> Iterator[_Masked]:
    """What looks like a place, name, age or day; a body that the pack knows is no place."""
    bodies = [(one.start, one.end) for one in mentions if one.kind in _BODIES]
    for pattern, shown in _patterns(masks.months):
        for one in pattern.finditer(text):
            if shown != _PLACE or not any(a < one.end() and one.start() < b for a, b in bodies):
                yield _Masked(one.start(), one.end(), shown)
