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


@dataclass(frozen=True, slots=True)
class Witness:
    """Who is introduced, by which noun, and the names it will come back by."""

    noun: Token
    links: tuple[Source, ...]
    names: frozenset[str]


class Witnesses:
    """Finds introductions, sentence by sentence."""

    def __init__(self, layout: Layout, sources: Sources, lexicon: Lexicon, publisher: str) -> None:
        self._layout = layout
        self._sources = sources
        self._lexicon = lexicon
        self._publisher = publisher

    def introduced(self, tokens: list[Token]) -> Iterator[Witness]:
        if not tokens:
            return
        text = self._layout.plain[tokens[0].start : tokens[-1].end]
        named = _CALLED.search(text)
        names = {named.group(1).lower()} if named else set()
        met = bool(_IS_SOURCE.search(text))
        for noun in self._candidates(tokens, met):
            kind = self._kind(noun, tokens, met)
            if kind is not None:
                own = {
                    one.text.lower().rstrip(".") for one in noun.kids("compound", "appos") if one.tag == "NNP"
                }
                own |= {noun.text.lower()} if noun.tag == "NNP" else set()
                yield Witness(noun, kind, frozenset(own | names))

    def _candidates(self, tokens: list[Token], met: bool) -> Iterator[Token]:
        for verb in (one for one in tokens if one.is_verb and (one.is_root or one.dep in {"ccomp", "conj"})):
            subjects = verb.kids("nsubj", "nsubjpass")
            ours = any(one.text.lower() in _OURS or one.lemma in _OURS for one in subjects)
            if ours and verb.lemma in _WORDS.meets:
                objects = verb.kids("dobj") + [
                    pobj
                    for prep in verb.kids("prep")
                    if prep.lemma in {"to", "with"}
                    for pobj in prep.kids("pobj")
                ]
                for one in objects:
                    yield from nouns.conjuncts(one)
            elif not ours and verb.is_root:
                yield from (one for one in subjects if one.named is None)
            elif not ours and verb.head.is_root and verb.dep == "ccomp":
                yield from (one for one in subjects if one.named is None and one.tag == "NNP")

    def _kind(self, noun: Token, tokens: list[Token], met: bool) -> tuple[Source, ...] | None:
        links = self._sources.links(noun, self._publisher)
        if links and links[-1].kind is SourceKind.DEFECTOR:
            return links
        person = self._is_person(noun)
        if person and not nouns.is_plural(noun) and self._sources.lives_abroad(noun, tokens):
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
