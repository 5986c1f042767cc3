"""People whom a text introduces as its sources before they say anything.

"A woman whom we shall call Mrs Ri", "we met three teachers", "K., 41, crossed the river and now lives near
Incheon": from there on the paragraph is theirs, and they come back by name.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from satrap.claims import Source, SourceKind
from satrap.reading import nouns
from satrap.reading.layout import Layout
from satrap.reading.lexicon import Lexicon
from satrap.reading.sources import Sources, is_name
from satrap.reading.tokens import Token
from satrap.reading.voicewords import VoiceWords, any_of

_WORDS = VoiceWords.bundled()
_IS_SOURCE = any_of(_WORDS.source_patterns)
_CALLED = re.compile(_WORDS.name_pattern)

_OURS = frozenset({"we", "i", "our", "correspondent", "reporter"})


_HIM = frozenset({"he", "she", "him", "her"})
_UNKNOWN = (Source(SourceKind.UNSPECIFIED),)


@dataclass(frozen=True, slots=True)
class Witness:
    """Who is introduced, by which noun, and the names it will come back by."""

    noun: Token | None
    links: tuple[Source, ...]
    names: frozenset[str]


class Witnesses:
    """Finds introductions, sentence by sentence."""

    def __init__(self, layout: Layout, sources: Sources, lexicon: Lexicon, publisher: str) -> None:
        self._layout = layout
        self._sources = sources
        self._lexicon = lexicon
        self._publisher = publisher
        self._to_publisher = re.compile(rf"\b(?:to|with) {re.escape(publisher)}\b")
        self._last = Witness(None, _UNKNOWN, frozenset())  # the person told of last: who "she" is

    def introduced(self, tokens: list[Token]) -> Iterator[Witness]:
        if not tokens:
            return
        text = self._layout.plain[tokens[0].start : tokens[-1].end]
        named = _CALLED.search(text)
        met = bool(_IS_SOURCE.search(text) or self._to_publisher.search(text))
        names = {named.group(1).lower()} if named and met else set()
        for noun in self._candidates(tokens):
            one = (
                self._again(noun, tokens, met) if noun.text.lower() in _HIM else self._new(noun, tokens, met)
            )
            if one is not None:
                self._last = Witness(one.noun, one.links, one.names | names)
                yield self._last

    def _new(self, noun: Token, tokens: list[Token], met: bool) -> Witness | None:
        own = {one.text.lower().rstrip(".") for one in noun.kids("compound", "appos") if one.tag == "NNP"}
        names = frozenset(own | {noun.text.lower().rstrip(".")} if is_name(noun) else own)
        links = self._kind(noun, tokens, met)
        if links is None:
            if self._is_person(noun) and not nouns.is_plural(noun):
                known = self._sources.links(noun, self._publisher)
                self._last = Witness(None, known or _UNKNOWN, names)
            return None
        return Witness(noun, links, names)

    def _again(self, pronoun: Token, tokens: list[Token], met: bool) -> Witness | None:
        """ "She crossed the river and now lives in X": more of the person told of last."""
        if self._sources.gone.lives_abroad(pronoun, tokens):
            return Witness(pronoun, (Source(SourceKind.DEFECTOR),), self._last.names)
        return Witness(pronoun, self._last.links, self._last.names) if met else None

    def _candidates(self, tokens: list[Token]) -> Iterator[Token]:
        for verb in (one for one in tokens if one.is_verb):
            subjects = verb.kids("nsubj", "nsubjpass")
            ours = any(one.text.lower() in _OURS or one.lemma in _OURS for one in subjects)
            if ours and verb.lemma in _WORDS.meets:
                for one in (*verb.kids("dobj"), *_with_whom(verb)):
                    yield from nouns.conjuncts(one) if one.is_noun else [one]
            elif not ours and (verb.is_root or (verb.head.is_root and verb.dep in {"ccomp", "conj"})):
                yield from (one for one in subjects if one.named is None and (verb.is_root or is_name(one)))

    def _kind(self, noun: Token, tokens: list[Token], met: bool) -> tuple[Source, ...] | None:
        links = self._sources.links(noun, self._publisher)
        if links and links[-1].kind is SourceKind.DEFECTOR and not self._sources.gone.served_once(noun):
            return links
        person = self._is_person(noun)
        if person and not nouns.is_plural(noun) and self._sources.gone.lives_abroad(noun, tokens):
            return (Source(SourceKind.DEFECTOR),)
        if not met or not (person or links):
            return None
        if links and links[-1].kind not in {SourceKind.UNSPECIFIED}:
            return links
        place = self._sources.place_between(tokens[0].start, tokens[-1].end)
        if place is None and any(one.lemma == "former" for one in noun.subtree()):
            return (Source(SourceKind.DEFECTOR),)  # interviewed elsewhere about what he was
        return (Source(SourceKind.RESIDENT, place),) if place else (Source(SourceKind.UNSPECIFIED),)

    def _is_person(self, noun: Token) -> bool:
        if is_name(noun):
            return True
        classes = self._lexicon.classes_of(noun.lemma) | self._lexicon.classes_of(noun.text.lower())
        return "human" in classes and "org" not in classes


def _with_whom(verb: Token) -> Iterator[Token]:
    for prep in verb.kids("prep"):
        if prep.lemma in {"to", "with"}:
            yield from prep.kids("pobj")
