"""The person a text is a talk with: introduced once, then heard in answers and in the first person."""

from collections.abc import Sequence

import msgspec

from satrap.claims import Source, SourceKind
from satrap.reading.layout import Layout, Sentence
from satrap.reading.lexicon import Lexicon
from satrap.reading.sources import Sources
from satrap.reading.speakers import Links
from satrap.reading.tokens import Token
from satrap.reading.voicewords import VoiceWords, any_of

_TOLD = any_of(VoiceWords.bundled().testimony_patterns)
_LEFT = any_of(VoiceWords.bundled().left_patterns)

_US = frozenset({"us", "me", "our", "this"})
_HIM = frozenset({"he", "she", "him", "her"})
_FIRST = frozenset({"i", "my", "me", "myself", "mine"})
_OURS = frozenset({"we", "our", "us", "this", "these"})
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
        self._lexicon = lexicon
        self._publisher = publisher
        self.links: Links = ()
        self._since = 0  # the paragraph in which the interviewee is introduced
        self._introduced: Links = ()
        self._words: set[str] = set()
        for sentence, tokens in parsed:
            self._introduce(sentence, tokens)
            if self._introduced and self._meets(tokens):
                self._since = self._since if self.links else sentence.paragraph
                self.links = self._introduced
            elif self.links and self._introduced and self._is_same(tokens):
                self.links = self._introduced
        if self.links and not self._is_one(parsed):
            self.links = ()
        if self.links and self.links[-1].kind is SourceKind.UNSPECIFIED:
            self.links = self._as_resident(parsed)
        if not self.links:
            self._narrator(parsed)
        self.words = frozenset(self._words)
        self._own: frozenset[int] = self._in_first_person(parsed) if self.links else frozenset()

    def holds(self, sentence: Sentence) -> bool:
        """Whether a sentence stands in a paragraph that the interviewee tells in the first person."""
        return sentence.number in self._own

    def answers(self, sentence: Sentence) -> bool:
        """Whether a sentence can be an answer: it comes after the introduction."""
        return bool(self.links) and sentence.paragraph > self._since

    # -- the introduction

    def _introduce(self, sentence: Sentence, tokens: list[Token]) -> None:
        for subject in (
            one for verb in tokens if verb.dep in {"ROOT", "ccomp", "conj"} for one in verb.kids("nsubj")
        ):
            if subject.text.lower() in _HIM:
                if not self._introduced:
                    self._introduced = (Source(SourceKind.UNSPECIFIED),)
                if self._left(tokens, subject):
                    own = self._introduced[-1]
                    self._introduced = (msgspec.structs.replace(own, kind=SourceKind.DEFECTOR, place=None),)
                continue
            if subject.named is not None or not self._is_person(subject):
                continue
            links = self._sources.links(subject, self._publisher) or (Source(SourceKind.UNSPECIFIED),)
            if self._left(tokens, subject):
                links = (Source(SourceKind.DEFECTOR),)
            if not self.links:
                self._introduced = links
                self._words = {
                    subject.text.lower(),
                    *(one.text.lower() for one in subject.kids("compound", "appos")),
                }

    def _is_person(self, noun: Token) -> bool:
        if noun.tag == "NNP":
            return len(noun.text.rstrip(".")) == 1 or bool(noun.kids("appos", "nummod", "amod", "relcl"))
        return noun.tag == "NN" and "human" in (
            self._lexicon.classes_of(noun.lemma) | self._lexicon.classes_of(noun.text.lower())
        )

    def _left(self, tokens: list[Token], subject: Token) -> bool:
        lemmas = {one.lemma for one in tokens if one.is_verb and one.index > subject.index}
        if lemmas & {"defect", "flee", "escape", "resettle"}:
            return True
        words = {one.lemma for one in tokens}
        if lemmas & {"leave", "cross"} and words & {"country", "north", "river", "border", "homeland"}:
            return True
        return bool(words & {"now", "today"}) and bool(lemmas & {"live", "work", "drive", "study", "run"})

    def _meets(self, tokens: list[Token]) -> bool:
        """ "she spoke to us", "we met him", "has given this station an account"."""
        for verb in tokens:
            if not verb.is_verb or not self._lexicon.has("meeting", verb.lemma):
                continue
            below = [
                one
                for kid in verb.kids("dobj", "dative", "prep", "nsubj")
                for one in kid.subtree("relcl", "ccomp")
            ]
            words = {one.text.lower() for one in below}
            span = self._layout.plain[tokens[0].start : tokens[-1].end]
            ours = bool(words & (_US | {"we", "i"})) or (
                self._publisher in span and any(self._publisher.endswith(one.text) for one in below)
            )
            if ours and (words & _HIM or verb.kids("nsubj")) and not verb.kids("ccomp"):
                return True
        return False

    def _is_same(self, tokens: list[Token]) -> bool:
        subjects = [one for verb in tokens if verb.is_root for one in verb.kids("nsubj")]
        return bool(subjects) and subjects[0].text.lower() in _HIM

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

    # -- the first person

    def _narrator(self, parsed: Sequence[tuple[Sentence, list[Token]]]) -> None:
        """Who tells a whole text as "I": somebody who suffered something in it, no columnist."""
        mine = [tokens for _, tokens in parsed if any(self._is_first(one) for one in tokens)]
        done = any(
            one.text.lower() == "me" and one.dep in {"dobj", "nsubj", "dative"} and not self._is_quoted(one)
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
            if any(self._is_first(one) for one in tokens) and not self._meets(tokens)
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
