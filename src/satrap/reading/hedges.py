"""The words that hedge, as ``rules/certainty.yaml`` lists them, and those found by their letters alone."""

import re
from collections.abc import Iterator
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from satrap.claims import Certainty
from satrap.errors import ReadingError
from satrap.reading.lexicon import RULES
from satrap.yamlfile import load

_JOINTS = re.compile(r"[;:]|,? [-\u2014] |, (?:and|but|yet|while|whereas|though|although)\b| because\b")
_REASON = re.compile(
    r"\b([a-z]+ly|perhaps|maybe) (?:because|due to|owing to|out of|on account of|as a result of)\b[^,;]*$",
    re.IGNORECASE,
)


class Cues(BaseModel):
    """Hedges by the way they attach to a predicate, as ``rules/certainty.yaml`` describes them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    adverbs: dict[str, Certainty]
    modals: dict[str, Certainty]
    governors: dict[str, Certainty]
    subjectless: dict[str, Certainty]
    hearsay: dict[str, Certainty]
    views: dict[str, Certainty]
    phrases: dict[str, Certainty]
    asides: dict[str, Certainty]
    unproven: tuple[str, ...]
    negated: dict[str, Certainty]
    raised: tuple[str, ...]
    perceived: tuple[str, ...]
    complements: dict[str, tuple[str, ...]]
    happening: tuple[str, ...]
    people: tuple[str, ...]
    negative: tuple[str, ...]
    blocked: tuple[str, ...]
    examples: dict[str, str]

    @classmethod
    def bundled(cls) -> "Cues":
        return load(RULES / "certainty.yaml", cls, ReadingError)

    def phrases_over(self, text: str, at: int) -> Iterator[tuple[str, Certainty]]:
        """Phrases that hedge what stands at an offset of a sentence: those in its own part of the sentence,
        and in that or the next part those that say nobody could prove it.
        """
        lower = text.lower()
        joints = [0, *(joint.start() for joint in _JOINTS.finditer(lower)), len(lower), len(lower)]
        mine = max(index for index, start in enumerate(joints[:-2]) if start <= at)
        part = lower[joints[mine] : joints[mine + 1]]
        for words, level in self.phrases.items():
            if words in part:
                yield words, level
        for aside in self._aside.finditer(lower, joints[mine], min(len(lower), joints[mine + 1] + 1)):
            yield aside[1], self.asides[aside[1]]
        for pattern in self._unproven:
            if found := pattern.search(lower, at, joints[mine + 2]):
                yield found.group(), Certainty.DOUBTFUL

    def before_reason(self, text: str) -> tuple[str, Certainty] | None:
        """The hedge of a reason, from its sentence up to its predicate: "possibly because"."""
        found = _REASON.search(text)
        level = self.adverbs.get(found[1].lower()) if found else None
        return (found[1], level) if found and level is not None else None

    @cached_property
    def _aside(self) -> re.Pattern[str]:
        """ "His men, a doctor there reckons, would quit": parsers often take the verb for a noun."""
        words = "|".join(sorted((re.escape(word) for word in self.asides), key=len, reverse=True))
        return re.compile(rf"(?:,|\A| -)\s*(?:[\w'.-]+\s+){{0,9}}?\b({words})(?=\s*[,;:.]|$| -)")

    @cached_property
    def _unproven(self) -> list[re.Pattern[str]]:
        return [re.compile(pattern) for pattern in self.unproven]
