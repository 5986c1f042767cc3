"""The words by which voices are told apart, as ``voices.yaml`` lists them."""

import re
from functools import cache
from typing import Self

from pydantic import BaseModel, ConfigDict

from satrap.errors import ReadingError
from satrap.reading.lexicon import RULES
from satrap.yamlfile import load

Words = frozenset[str]


class VoiceWords(BaseModel):
    """``voices.yaml``: lists of lemmas, and of patterns (regular expressions, any of which fits)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lawmakers: Words
    briefed: Words
    service: Words
    own_view: Words
    own_words: Words
    anyone: Words
    bodies: Words
    made: Words
    tellings: Words
    outlets: Words
    introducing: Words
    meets: Words
    suffered: Words
    source_patterns: tuple[str, ...]
    name_pattern: str
    testimony_patterns: tuple[str, ...]
    left_patterns: tuple[str, ...]
    unknown_patterns: tuple[str, ...]

    @classmethod
    @cache
    def bundled(cls) -> Self:
        return load(RULES / "voices.yaml", cls, ReadingError)


def any_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern that fits where any of them does."""
    return re.compile("|".join(patterns))
