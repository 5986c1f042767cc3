"""Speech cues: who says something, in which words, and how far what they say reaches in the sentence."""

import re
from dataclasses import dataclass

import msgspec

from satrap.claims import SourceKind
from satrap.reading.attribution.model import Span
from satrap.reading.attribution.words import CueWords
from satrap.reading.layout import Layout, Sentence
from satrap.reading.lexicon import Lexicon
from satrap.reading.sources import Sources
from satrap.reading.speakers import Links, Speakers, nest
from satrap.reading.tokens import Token

_UNNAMED = re.compile(r"anonym|not to be (?:named|identified)|declin\w+ to (?:give|be)", re.IGNORECASE)

_QUOTING = CueWords.bundled().verbs.quotation

# Voices that can "show" or "list" something, which for others is an act rather than speech.
_PUBLISHED = frozenset(
    {
        SourceKind.STATE_MEDIA,
        SourceKind.MEDIA,
        SourceKind.DOCUMENT,
        SourceKind.ANALYST,
        SourceKind.GROUP,
        SourceKind.INTELLIGENCE_SERVICE,
    }
)


@dataclass(slots=True)
class Speech:
    """A cue with its speaker's links and the stretch of text it introduces."""

    links: Links
    start: int
    end: int
    cue: Token
    speaker: Token
    content: tuple[Span, ...] = ()  # what is said, where it was found; else all from start to end

    def holds(self, token: Token) -> bool:
        spans = (*self.content, (self.start, self.end))
        return any(start <= token.start < end for start, end in spans)


class SpeechCues:
    """Finds the cues of a report, sentence by sentence in order: "the source" is the one heard last."""

    def __init__(self, layout: Layout, sources: Sources, lexicon: Lexicon, publisher: str) -> None:
        self._layout = layout
        self._lexicon = lexicon
        self._speakers = Speakers(sources, lexicon, publisher)
        self.said: dict[int, tuple[Span, ...]] = {}  # content by where its cue ends

    def find(self, sentence: Sentence, tokens: list[Token]) -> list[Speech]:
        found: list[Speech] = []
        for token in tokens:
            according = token.text.lower() == "according"
            speech = (
                self._according(sentence, token)
                if according
                else self._by_verb(sentence, token)
                if token.is_verb
                else None
            )
            if speech is not None:
                speech.content = self.said.get(token.end, ())
                found.append(speech)
                if speech.links and not self._lexicon.has("opinion", token.lemma):
                    self._speakers.remember(speech.speaker, speech.links)
        return found

    def _by_verb(self, sentence: Sentence, verb: Token) -> Speech | None:
        if verb.lemma != "learn" and not self._says(verb):
            return None
        speaker = self._speaker_of(sentence, verb)
        if speaker is None:
            return None
        subject, links = speaker
        if self._lexicon.has("showing", verb.lemma) and not any(link.kind in _PUBLISHED for link in links):
            return None
        if self._lexicon.has("opinion", verb.lemma) and not verb.kids("ccomp", "prep", "xcomp", "acl"):
            return None
        if self._lexicon.has("grievance", verb.lemma) and not verb.kids("ccomp"):
            return None
        links = nest(self._speakers.addressee(verb, links), self._unnamed(sentence, links))
        for one in self._quoted_by(verb):
            links = nest(links, self._speakers.links(one))
        return self._scoped(sentence, verb, subject, links) if links else None

    def _says(self, verb: Token) -> bool:
        whole = " ".join([verb.lemma, *(one.lemma for one in verb.kids("prt"))])
        if self._lexicon.has("speech", verb.lemma) or self._lexicon.has("speech", whole):
            return True
        return verb.end in self.said and verb.lemma in _QUOTING

    def _unnamed(self, sentence: Sentence, links: Links) -> Links:
        """Who speaks from inside on condition of anonymity is an inside source, whatever the post."""
        words = self._layout.plain[sentence.start : sentence.end]
        own = links[-1] if links else None
        if (
            own is None
            or own.place is None
            or own.kind is not SourceKind.OFFICIAL
            or not _UNNAMED.search(words)
        ):
            return links
        return (*links[:-1], msgspec.structs.replace(own, kind=SourceKind.INSIDE_SOURCE))

    def _speaker_of(self, sentence: Sentence, verb: Token) -> tuple[Token, Links] | None:
        """The verb's subject, its "by" phrase if passive, or the noun beside it where the parse errs."""
        if verb.kids("nsubjpass", "auxpass"):
            agents = [pobj for by in verb.kids("agent") for pobj in by.kids("pobj")]
            told = verb.kids("nsubjpass")
            if not agents and told and verb.lemma in {"tell", "brief"} and verb.kids("ccomp"):
                return told[0], self._speakers.told(told[0])
            candidates = agents[:1]
        elif verb.lemma in {"quote", "cite"} and verb.tag == "VBG" and not verb.kids("nsubj"):
            candidates = verb.kids("dobj")[:1] if self._reported(verb) else []
        elif verb.lemma == "learn":
            candidates = [
                pobj for prep in verb.kids("prep") if prep.lemma == "from" for pobj in prep.kids("pobj")
            ][:1]
        else:
            candidates = verb.kids("nsubj")[:1]
            if verb.tag in {"VBD", "VBZ", "VBP"} and not (candidates and self._speakers.links(candidates[0])):
                candidates += self._beside(sentence, verb)
        for one in candidates:
            links = self._speakers.links(one)
            if links or self._speakers.is_publisher(one):
                return one, links
        return None

    def _beside(self, sentence: Sentence, verb: Token) -> list[Token]:
        """Nouns between the last comma and the cue, or right after it: ", said a source in X"."""
        root = [verb, *verb.ancestors()][-1]
        words = [one for one in root.subtree() if one.start >= sentence.start]
        at = words.index(verb)
        first = next((i + 1 for i in range(at - 1, -1, -1) if words[i].text in {",", '"', "'"}), at)
        before = [one for one in words[first:at] if one.is_noun and one.dep not in {"compound", "poss"}]
        return (
            before
            if 0 < first < at
            else [one for one in words[at + 1 : at + 5] if one.is_noun][:1]
            if (at and words[at - 1].text in {",", '"'})
            else []
        )

    def _quoted_by(self, verb: Token) -> list[Token]:
        """Whom an outlet quotes or cites."""
        if verb.lemma in {"quote", "cite"} and not verb.kids("auxpass"):
            return verb.kids("dobj")[:1]
        return [
            one
            for citing in verb.kids("advcl")
            if citing.lemma in {"cite", "quote"} and not self._reported(citing)
            for one in citing.kids("dobj")[:1]
        ]

    def _reported(self, citing: Token) -> bool:
        """ "..., quoting them as saying that": a speech of its own."""
        return any(prep.lemma == "as" for prep in citing.kids("prep"))

    def _according(self, sentence: Sentence, token: Token) -> Speech | None:
        nouns_of = [pobj for to in token.kids("prep") for pobj in to.kids("pobj")] or token.kids("pobj")
        links = self._speakers.links(nouns_of[0]) if nouns_of else ()
        if not links:
            return None
        below = token.subtree()
        start, end = below[0].start, below[-1].end
        before = start - sentence.start > sentence.end - end
        return Speech(
            links, sentence.start if before else end, start if before else sentence.end, token, nouns_of[0]
        )

    def _scoped(self, sentence: Sentence, verb: Token, subject: Token, links: Links) -> Speech:
        """Fronted content runs up to the cue; otherwise content is what follows it."""
        cue_start = min(
            verb.start,
            *(
                one.subtree("relcl")[0].start
                for one in (subject, *verb.kids("nsubj", "nsubjpass"))
                if one.index < verb.index or one is subject
            ),
        )
        comma = max(self._layout.plain.rfind(mark, sentence.start, verb.start) for mark in (",", '"'))
        if comma >= 0 and subject.start > comma and len(self._layout.plain[comma : verb.start].split()) <= 14:
            cue_start = min(cue_start, comma + 1)
        before = self._layout.plain[sentence.start : cue_start].rstrip()
        fronted = (
            len(before) > 12
            and (before.endswith((",", '"', "'", ",'")))
            and not self._is_introduction(before)
        )
        if fronted:
            resumes = self._layout.plain.find('"', max(verb.end, cue_start), sentence.end)
            end = cue_start if resumes < 0 else sentence.end
            return Speech(links, sentence.start, end, verb, subject)
        if self._lexicon.has("showing", verb.lemma) or (verb.kids("auxpass") and subject.index > verb.index):
            return Speech(links, sentence.start, sentence.end, verb, subject)
        return Speech(
            links,
            max(verb.end, subject.end if subject.index > verb.index else 0),
            sentence.end,
            verb,
            subject,
        )

    def _is_introduction(self, before: str) -> bool:
        """ "When asked about this, the source said ...": an opening phrase, not the content."""
        words = before.strip('"').split()
        first = words[0].lower()
        if first == "according":
            return True
        return (
            len(words) < 12
            and before.endswith(",")
            and first
            in {
                "when",
                "asked",
                "in",
                "on",
                "speaking",
                "according",
                "meanwhile",
                "however",
                "at",
                "after",
                "citing",
                "during",
                "earlier",
                "later",
                "last",
                "also",
                "following",
                "before",
                "while",
                "despite",
                "since",
                "as",
                "instead",
                "moreover",
                "still",
                "yet",
                "but",
                "and",
                "under",
                "for",
                "this",
            }
        )


__all__ = ["Links", "Speech", "SpeechCues", "nest"]
