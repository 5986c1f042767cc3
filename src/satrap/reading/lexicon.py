"""Word classes, kept as YAML: what a "power" noun is, who counts as a resident, which words hedge."""

from functools import cache
from importlib.resources import files
from typing import Self

from pydantic import BaseModel, ConfigDict

from satrap.errors import ReadingError
from satrap.yamlfile import load

RULES = files("satrap.reading") / "rules"


class Lexicon(BaseModel):
    """Words by class. A word may stand in several classes; lemmas, lower case."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    classes: dict[str, tuple[str, ...]]

    @classmethod
    def bundled(cls) -> Self:
        return load(RULES / "lexicon.yaml", cls, ReadingError)

    def words(self, name: str) -> frozenset[str]:
        """The words of a class, classes named in it (``+official``) expanded."""
        return _expand(self, name)

    def has(self, name: str, lemma: str) -> bool:
        return lemma in _expand(self, name)

    def classes_of(self, word: str) -> set[str]:
        """Every class that holds the word; a noun for people that none holds but one of what people do, is
        taken for a resident."""
        found = set(_inverted(self).get(word, ()))
        return found | _ANYBODY if word in _people() and found <= _DOING else found

    def __hash__(self) -> int:
        return id(self)


_ANYBODY = frozenset({"residents", "human"})
_DOING = frozenset({"roll", "means", "illicit", "neighbour", "inmate", "judging", "soldiers", "servant"})


@cache
def _people() -> frozenset[str]:
    lines = (RULES / "people.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


@cache
def _expand(lexicon: Lexicon, name: str) -> frozenset[str]:
    found: set[str] = set()
    for word in lexicon.classes[name]:
        if word.startswith("+"):
            found |= _expand(lexicon, word[1:])
        else:
            found.add(word)
    return frozenset(found)


@cache
def _inverted(lexicon: Lexicon) -> dict[str, list[str]]:
    by_word: dict[str, list[str]] = {}
    for name in lexicon.classes:
        for word in _expand(lexicon, name):
            by_word.setdefault(word, []).append(name)
    return by_word
