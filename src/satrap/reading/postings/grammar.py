"""The words of ranks, posts, units and links, kept as YAML (``words/*.yaml``)."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Self

from pydantic import BaseModel, ConfigDict, model_validator

from satrap.errors import ReadingError
from satrap.reading.postings.words import JOINERS, Word
from satrap.yamlfile import load

_WORDS = files("satrap.reading.postings") / "words"
_ROLES = frozenset({"person", "post", "org", "rank", "led"})


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Ranks(_Data):
    """Ranks by full form, what abbreviates them, and the small words of names."""

    abbreviations: dict[str, str]
    ranks: frozenset[str]
    acronyms: dict[str, str]
    honorifics: frozenset[str]
    retired: frozenset[str]
    particles: frozenset[str]


class Heads(_Data):
    """Phrases that make a post: an appointment, a function, or an appointment once its field follows."""

    title: tuple[str, ...]
    role: tuple[str, ...]
    of: tuple[str, ...]


class Posts(_Data):
    """Posts in security forces and the words around their heads."""

    heads: Heads
    acronyms: dict[str, str]
    fields: frozenset[str]
    qualifiers: frozenset[str]
    bare: frozenset[str]


class Units(_Data):
    """The nouns that make a number or a run of capitalised words a unit."""

    numbered: frozenset[str]
    before_number: frozenset[str]
    named: frozenset[str]
    operation: frozenset[str]
    arms: frozenset[str]
    ordinals: frozenset[str]
    openers: frozenset[str]
    possessors: frozenset[str]
    ships: frozenset[str]
    echoed: frozenset[str]
    missions: frozenset[str]
    services: frozenset[str]
    acronyms: frozenset[str]


class Example(_Data):
    """A sentence and what the link must find in it."""

    text: str
    rank: str | None = None
    post: str | None = None
    org: str | None = None


class Link(_Data):
    """A pattern over the shape of a paragraph; its groups say who holds what.

    ``ranked``: it holds only of a person with (without) a rank. ``first``: only of one who holds no post yet.
    """

    id: str
    shape: str
    ranked: bool | None = None
    first: bool = False
    example: Example


class Links(_Data):
    """The links in order of preference, and the letters of connective words."""

    macros: dict[str, str]
    links: tuple[Link, ...]
    words: dict[str, tuple[str, ...]]
    breaks: frozenset[str]

    @model_validator(mode="after")
    def _readable(self) -> Self:
        for link in self.links:
            try:
                groups = set(self.compiled(link).groupindex)
            except (re.error, KeyError) as bad:
                raise ValueError(f"shape of {link.id!r} is not a pattern: {bad}") from None
            foreign = {name.rstrip("2") for name in groups} - _ROLES
            if foreign or "person" not in groups:
                raise ValueError(f"shape of {link.id!r} must name a person and only {sorted(_ROLES)}")
        return self

    def compiled(self, link: Link) -> re.Pattern[str]:
        shape = link.shape
        for name, meaning in reversed(self.macros.items()):  # a macro may use those before it
            shape = shape.replace(f"{{{name}}}", meaning)
        return re.compile(shape)


class Phrases:
    """Fixed phrases, found at a place of a list of words; dots and hyphens between words do not count."""

    def __init__(self, phrases: Iterable[str], abbreviations: Mapping[str, str] | None = None) -> None:
        self._phrases = {tuple(phrase.split()) for phrase in phrases}
        self._short = {short: tuple(full.split()) for short, full in (abbreviations or {}).items()}
        self._vocabulary = {word for phrase in self._phrases for word in phrase}
        self._longest = max(map(len, self._phrases))
        first = {phrase[0] for phrase in self._phrases} | set(self._short)
        self._first = first | {f"{word}s" for word in first}

    def at(self, words: list[Word], first: int) -> tuple[int, bool] | None:
        """Where the longest phrase that begins at ``first`` ends, and whether its last word is plural."""
        if words[first].lower not in self._first:
            return None
        key: tuple[str, ...] = ()
        found = None
        place, stop = first, min(len(words), first + 2 * self._longest + 2)
        while place < stop and len(key) < self._longest:
            word = words[place].lower
            if word in JOINERS:
                if not key or (word == "." and words[place - 1].lower not in self._short):
                    break
                place += 1
                continue
            full, plural = self._full(word)
            if not full:
                break
            key += full
            place += 1
            if key in self._phrases:
                dotted = word in self._short and place < len(words) and words[place].text == "."
                found = (place + dotted, plural)
        return found

    def _full(self, word: str) -> tuple[tuple[str, ...], bool]:
        if word in self._short:
            return self._short[word], False
        if word in self._vocabulary:
            return (word,), False
        if word.endswith("s") and word[:-1] in self._vocabulary:
            return (word[:-1],), True
        return (), False


class Grammar:
    """All words of the grammar, ready for look-up."""

    def __init__(self, ranks: Ranks, posts: Posts, units: Units, links: Links) -> None:
        self.names, self.posts, self.units, self.links = ranks, posts, units, links
        self.ranks = Phrases(ranks.ranks, ranks.abbreviations)
        self.heads = {
            "title": Phrases(posts.heads.title),
            "role": Phrases(posts.heads.role),
        }
        self.fielded = Phrases(posts.heads.of)
        self.letters = {word: letter for letter, words in links.words.items() for word in words}
        self.patterns = [(link, links.compiled(link)) for link in links.links]


@cache
def bundled() -> Grammar:
    """The grammar that comes with satrap."""
    return Grammar(
        load(_WORDS / "ranks.yaml", Ranks, ReadingError),
        load(_WORDS / "posts.yaml", Posts, ReadingError),
        load(_WORDS / "units.yaml", Units, ReadingError),
        load(_WORDS / "links.yaml", Links, ReadingError),
    )
