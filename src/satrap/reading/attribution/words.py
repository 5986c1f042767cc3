"""The cue list: which words put something on someone's word, and what they take as content."""

from typing import Self

from pydantic import BaseModel, ConfigDict

from satrap.errors import ReadingError
from satrap.reading.lexicon import RULES
from satrap.yamlfile import load

Words = frozenset[str]
Prepositions = dict[str, frozenset[str]]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class VerbCues(_Strict):
    """Verbs by what they take as content."""

    clause: Words
    quotation: Words
    infinitive: Words
    addressed: Words
    object: Words
    naming: Words
    preposition: Prepositions


class OtherCues(_Strict):
    """Nouns or adjectives by what they take."""

    clause: Words
    infinitive: Words
    preposition: Prepositions


class CueWords(_Strict):
    """``attribution.yaml``."""

    verbs: VerbCues
    support: Words
    nouns: OtherCues
    adjectives: OtherCues
    adverbs: Words
    headings: Words
    labels: Words

    @classmethod
    def bundled(cls) -> Self:
        return load(RULES / "attribution.yaml", cls, ReadingError)
