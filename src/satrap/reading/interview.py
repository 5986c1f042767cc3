"""The person a text is a talk with: introduced once, then heard in answers and in the first person."""

from collections.abc import Sequence

from satrap.claims import Source, SourceKind
from satrap.reading import nouns
from satrap.reading.layout import Layout, Sentence
from satrap.reading.lexicon import Lexicon
from satrap.reading.sources import Sources
from satrap.reading.speakers import Links
from satrap.reading.tokens import Token
from satrap.reading.voicewords import VoiceWords, any_of
from satrap.reading.witnesses import Witnesses

_TOLD = any_of(VoiceWords.bundled().testimony_patterns)
_SUFFERED = VoiceWords.bundled().suffered
_LEFT = any_of(VoiceWords.bundled().left_patterns)

_US = frozenset({"us", "me", "our", "this"})
_HIM = frozenset({"he", "she", "him", "her"})
_FIRST = frozenset({"i", "my", "me", "myself", "mine"})
_OURS = frozenset({"we", "our", "us", "this", "these"})
_BEGINNING = 1  # paragraphs after the first in which the interviewee may be introduced
_MANY = 4  # sentences in the first person that make a text somebody's own


class Interview:
    """Who is interviewed, and which paragraphs are his or hers."""

    def __init__(
        self,
        layout: Layout,
        sources: Sources,
        lexicon: Lexicon,
        publisher: str,
        parsed: Sequence[tuple[Sentence, list[Token]]],
    ) -> None:
        self._layout = layout
        self._sources = sources
        self.links: Links = ()
        self.words: frozenset[str] = frozenset()
        self.noun: Token | None = None  # what the introduction calls the person
        self._since = 0  # the paragraph in which the interviewee is introduced
        self._introduce(Witnesses(layout, sources, lexicon, publisher), parsed)
        if self.links and not self._is_one(parsed):
            self.links = ()
        if self.links and self.links[-1].kind is SourceKind.UNSPECIFIED:
            self.links = self._as_resident(parsed)
        if not self.links:
            self._narrator(parsed)
        if self.links and (self.noun is None or not self.noun.is_noun):
            self.noun = self._called(parsed, lexicon)
        self._own: frozenset[int] = self._in_first_person(parsed) if self.links else frozenset()

    def holds(self, sentence: Sentence) -> bool:
        """Whether a sentence stands in a paragraph that the interviewee tells in the first person."""
        return sentence.number in self._own

    def answers(self, sentence: Sentence) -> bool:
        """Whether a sentence can be an answer: it comes after the introduction."""
        return bool(self.links) and sentence.paragraph > self._since

    # -- the introduction

    def _introduce(self, witnesses: Witnesses, parsed: Sequence[tuple[Sentence, list[Token]]]) -> None:
        """The one person whom the beginning introduces as its source; nobody where it introduces several."""
        begins = parsed[0][0].paragraph if parsed else 0
        for sentence, tokens in parsed:
            if sentence.paragraph > begins + _BEGINNING:
                return
            for one in witnesses.introduced(tokens):
                if one.noun is not None and nouns.is_plural(one.noun):
                    continue
                if self.links and self.words and one.names and not one.names & self.words:
                    self.links = ()
                    return
                self._since = self._since if self.links else sentence.paragraph
                self.links = one.links
                self.words |= one.names
                self.noun = self.noun or one.noun

    def _is_one(self, parsed: Sequence[tuple[Sentence, list[Token]]]) -> bool:
        """Whether the text is a talk or a testimony: questions, "I", or words that say so at first."""
        return (
            any(self._asks(one) for one in self._layout.sentences)
            or self._is_testimony()
            or any(self._is_first(one) for _, tokens in parsed for one in tokens)
        )

    def _is_testimony(self) -> bool:
        opening = [one for one in self._layout.sentences if one.paragraph <= max(self._since, 0)]
        return bool(opening) and bool(_TOLD.search(self._layout.plain[opening[0].start : opening[-1].end]))

    def _as_resident(self, parsed: Sequence[tuple[Sentence, list[Token]]]) -> Links:
        """Whom nothing else describes speaks as a resident of the place that the introduction names."""
        within = [one for one, _ in parsed if one.paragraph <= self._since]
        place = self._sources.place_between(within[0].start, within[-1].end) if within else None
        return (Source(SourceKind.RESIDENT, place),) if place else self.links

    def _called(self, parsed: Sequence[tuple[Sentence, list[Token]]], lexicon: Lexicon) -> Token | None:
        """Whom a preface is about before anybody says "I": "The witness is a woman who taught in Musan"."""
        for _, tokens in parsed:
            if any(self._is_first(one) for one in tokens):
                return None
            for subject in (one for one in tokens if one.dep == "nsubj" and one.head.is_root):
                said_of = [one for one in subject.head.kids("attr") if one.tag == "NN"]
                for one in (*said_of, subject):
                    if one.tag == "NN" and lexicon.has("human", one.lemma) | lexicon.has("source", one.lemma):
                        return one
        return None

    # -- the first person

    def _narrator(self, parsed: Sequence[tuple[Sentence, list[Token]]]) -> None:
        """Who tells a whole text as "I": somebody who suffered something in it, no columnist."""
        mine = [tokens for _, tokens in parsed if any(self._is_first(one) for one in tokens)]
        done = any(
            one.text.lower() == "me" and one.head.lemma in _SUFFERED and not self._is_quoted(one)
            for tokens in mine
            for one in tokens
        )
        if len(mine) < _MANY or len(mine) * 4 < len(parsed) or not done:
            return
        self._since = -1
        place = self._sources.place_between(0, len(self._layout.plain))
        gone = _LEFT.search(self._layout.plain)
        self.links = (Source(SourceKind.DEFECTOR),) if gone else (Source(SourceKind.RESIDENT, place),)

    def _in_first_person(self, parsed: Sequence[tuple[Sentence, list[Token]]]) -> frozenset[int]:
        """The paragraphs that are the interviewee's: told as "I", or all of a testimony."""
        asked = any(self._asks(one) for one in self._layout.sentences)
        testimony = not asked and (self._since < 0 or self._is_testimony())
        first = {
            sentence.paragraph
            for sentence, tokens in parsed
            if any(self._is_first(one) for one in tokens) and not self.ours(tokens)
        }
        found: set[int] = set()
        for sentence, tokens in parsed:
            if sentence.paragraph <= self._since or self.ours(tokens):
                continue
            if testimony or sentence.paragraph in first:
                found.add(sentence.number)
        return frozenset(found)

    def ours(self, tokens: list[Token]) -> bool:
        """A sentence in which the publisher speaks: "we could not confirm this", "this testimony"."""
        subjects = [one for verb in tokens if verb.is_root for one in verb.kids("nsubj", "nsubjpass")]
        return self._since >= 0 and any(
            (
                one.text.lower() in {"we", "i"}
                or any(kid.text.lower() in _OURS for kid in one.kids("det", "poss"))
            )
            and not self._is_quoted(one)
            for one in subjects
        )

    def _asks(self, sentence: Sentence) -> bool:
        """A paragraph that is nothing but a question."""
        same = [one for one in self._layout.sentences if one.paragraph == sentence.paragraph]
        return len(same) == 1 and self._layout.plain[sentence.start : sentence.end].endswith("?")

    def _is_first(self, token: Token) -> bool:
        return token.text.lower() in _FIRST and not self._is_quoted(token)

    def _is_quoted(self, token: Token) -> bool:
        return any(one.start <= token.start < one.end for one in self._layout.quotations)
