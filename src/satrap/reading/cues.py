"""Speech cues: who says something, in which words, and what follows for the sentence."""

import re
from collections.abc import Iterator

import msgspec

from satrap.claims import Source, SourceKind
from satrap.reading import nouns
from satrap.reading.attribution.model import Span
from satrap.reading.attribution.words import CueWords
from satrap.reading.layout import Layout, Sentence
from satrap.reading.lexicon import Lexicon
from satrap.reading.reach import Speech, everywhere, reach, within_clause
from satrap.reading.relays import is_lawmaker
from satrap.reading.sources import Sources, is_name
from satrap.reading.speakers import Links, Speakers, nest
from satrap.reading.tokens import Token
from satrap.reading.witnesses import Witnesses

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
_UNSPECIFIED = (Source(SourceKind.UNSPECIFIED),)


class SpeechCues:
    """Finds the cues of a report, sentence by sentence in order: "the source" is the one heard last."""

    def __init__(
        self, layout: Layout, sources: Sources, lexicon: Lexicon, speakers: Speakers, witnesses: Witnesses
    ) -> None:
        self._layout = layout
        self._lexicon = lexicon
        self._sources = sources
        self._speakers = speakers
        self._witnesses = witnesses
        self.said: dict[int, tuple[Span, ...]] = {}  # content by where its cue ends

    def find(self, sentence: Sentence, tokens: list[Token]) -> list[Speech]:
        found: list[Speech] = []
        for token in tokens:
            speech = self._cue(sentence, token)
            if speech is None:
                continue
            speech.content = within_clause(self._layout.plain, sentence, token, self.said.get(token.end, ()))
            if not any(one.holds(token) for one in found):
                speech.links = self._from_here(sentence, speech)
            found.append(speech)
            own = self._speakers.own(speech.speaker)
            hidden = bool(own) and own[-1].kind is SourceKind.OFFICIAL and _is_inside(speech.links[-1])
            if own and (hidden or speech.links[-1].kind is own[-1].kind):
                own = (*own[:-1], speech.links[-1])
            if own:
                self._speakers.remember(speech.speaker, own)
        return found

    def turn(self, tokens: list[Token]) -> Links:
        """Whom a sentence gives the floor without saying what they say: "She offered two reasons."."""
        for subject in (kid for one in tokens if one.is_root for kid in one.kids("nsubj", "nsubjpass")):
            self._speakers.tell_of(subject)
        introduced = self._introduced(tokens)
        if introduced is not None:
            return introduced
        for verb in (one for one in tokens if one.is_root):
            for subject in verb.kids("nsubj"):
                gives = self._lexicon.has("floor", verb.lemma) and any(
                    self._lexicon.has("telling", one.lemma) for one in verb.kids("dobj")
                )
                stands = verb.lemma == "be" and bool(verb.kids("acomp"))
                if gives or stands or self._lexicon.has("stance", verb.lemma):
                    links = self._speakers.links(subject)
                    links = self._speakers.passed_on(subject, verb, links)
                    if links and (gives or not stands or links[-1].kind is not SourceKind.OFFICIAL):
                        self._speakers.remember(subject, self._speakers.own(subject))
                        return links
        return ()

    def _introduced(self, tokens: list[Token]) -> Links | None:
        """Whom a sentence introduces as a source: () where it introduces several, None where nobody."""
        found: list[Links] = []
        for one in self._witnesses.introduced(tokens):
            if one.noun is None or not one.noun.is_noun:  # "he": more of the one before
                self._speakers.introduce(one.names, one.links)
                found = [*found[:-1], one.links]
                continue
            known = self._speakers.own(one.noun) if is_name(one.noun) else ()
            links = known if known and known[-1].kind is not SourceKind.UNSPECIFIED else one.links
            self._speakers.remember(one.noun, links, one.names)
            found.append(links)
        if not found:
            return None
        return found[0] if len(found) == 1 else ()

    def _cue(self, sentence: Sentence, token: Token) -> Speech | None:
        if token.text.lower() == "according":
            return self._according(sentence, token)
        if token.dep == "acomp":
            return self._by_adjective(token)
        if token.is_verb:
            return self._by_verb(sentence, token)
        return self._by_noun(sentence, token) if token.is_noun else None

    # -- verbs

    def _by_verb(self, sentence: Sentence, verb: Token) -> Speech | None:
        if self._aside(verb):
            return Speech(_UNSPECIFIED, sentence.start, sentence.end, verb, verb.kids("nsubjpass")[0])
        if verb.lemma != "learn" and not (
            self._says(verb) and (_is_asserted(verb) or _goes_on(verb, self._lexicon))
        ):
            return None
        speaker = self._speaker_of(sentence, verb)
        if speaker is None:
            return None
        subject, links = speaker
        if self._lexicon.has("showing", verb.lemma) and not any(link.kind in _PUBLISHED for link in links):
            return None
        if self._lexicon.has("opinion", verb.lemma) and not (
            verb.kids("ccomp", "prep", "xcomp", "acl", "dobj") or verb.dep in {"parataxis", "ROOT"}
        ):
            return None
        if self._lexicon.has("loose", verb.lemma) and not (
            verb.kids("ccomp")
            or verb.dep == "parataxis"
            or verb.end in self.said
            or self._denies(verb)
            or (links and links[-1].kind in _PUBLISHED)
        ):
            return None
        links = self._speakers.passed_on(subject, verb, links)
        links = (
            nest(self._speakers.addressee(verb, links), self._unnamed(sentence, links)) if links else links
        )
        for one in self._quoted_by(verb):
            links = nest(links, self._speakers.own(one))
        links = self._placed(sentence, verb, subject, links)
        return reach(self._layout, self._lexicon, sentence, verb, subject, links) if links else None

    def _says(self, verb: Token) -> bool:
        """By its base form, with its particle if it has one: "point out", "sum up"."""
        particles = [one for one in verb.kids("prt") if one.index == verb.index + 1]
        if self._lexicon.has("speech", verb.lemma) and not particles:
            return True
        for particle in verb.kids("prt", "advmod", "prep"):
            if particle.index == verb.index + 1 and self._lexicon.has(
                "speech", f"{verb.lemma} {particle.text.lower()}"
            ):
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

    def _placed(self, sentence: Sentence, verb: Token, subject: Token, links: Links) -> Links:
        """ "In Tesseney, residents say": they speak from there."""
        opening = next(
            (one for one in verb.kids("prep") if one.index < subject.index and one.lemma == "in"), None
        )
        if opening is None:
            return links
        words = opening.subtree("relcl")
        return self._speaking_from(words[0].start, words[-1].end, subject, links)

    def _from_here(self, sentence: Sentence, speech: Speech) -> Links:
        """Whoever speaks of a place, and of himself nothing else is said, speaks from there."""
        return self._speaking_from(sentence.start, sentence.end, speech.speaker, speech.links)

    def _speaking_from(self, start: int, end: int, subject: Token, links: Links) -> Links:
        own = links[-1] if links else None
        hidden = (
            own is not None
            and own.kind is SourceKind.UNSPECIFIED
            and self._lexicon.has("source", subject.lemma)
        )
        if (
            own is None
            or own.place
            or not (hidden or own.kind in {SourceKind.RESIDENT, SourceKind.INSIDE_SOURCE})
        ):
            return links
        place = self._sources.place_between(start, end)
        if place is None:
            return links
        kind = SourceKind.INSIDE_SOURCE if hidden else own.kind
        return (*links[:-1], msgspec.structs.replace(own, kind=kind, place=place))

    def _speaker_of(self, sentence: Sentence, verb: Token) -> tuple[Token, Links] | None:
        """The verb's subject, its "by" phrase if passive, or the noun beside it where the parse errs."""
        if verb.kids("nsubjpass", "auxpass"):
            agents = [pobj for by in verb.kids("agent") for pobj in by.kids("pobj")]
            told = verb.kids("nsubjpass")
            if not agents and told and verb.lemma in {"tell", "brief"} and is_lawmaker(told[0]):
                return told[0], self._speakers.links(told[0])
            if not agents and verb.lemma in {"quote", "cite"} and self._reported(verb):
                agents = told  # "the agency was quoted as saying"
            candidates = agents[:1]
        elif verb.lemma in {"quote", "cite"} and verb.tag == "VBG" and not verb.kids("nsubj"):
            candidates = verb.kids("dobj")[:1] if self._reported(verb) else []
        elif _goes_on(verb, self._lexicon):
            candidates = verb.head.kids("nsubj")[:1]
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
        if 0 < first < at:
            return before
        if not at or words[at - 1].text in {",", '"', "'"}:
            after = words[at + 1 : at + 8]
            return [one for one in after if (one.is_noun and one.dep != "compound") or nouns.partitive(one)][
                :1
            ]
        return []

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

    # -- set phrases and nouns

    def _according(self, sentence: Sentence, token: Token) -> Speech | None:
        nouns_of = [pobj for to in token.kids("prep") for pobj in to.kids("pobj")] or token.kids("pobj")
        if not nouns_of:
            return None
        links = self._speakers.links(nouns_of[0])
        links = self._speakers.passed_on(nouns_of[0], token, links)
        return everywhere(sentence, token, nouns_of[0], links) if links else None

    def _by_noun(self, sentence: Sentence, noun: Token) -> Speech | None:
        """ "in her view", "by one envoy's count", "the rumour that ..."."""
        if (
            self._lexicon.has("in_view", noun.lemma)
            and noun.dep == "pobj"
            and noun.head.lemma in {"in", "by", "to"}
            and (
                noun.head.head.is_verb
                or noun.head.start == sentence.start
                or self._layout.plain[noun.head.start - 2] == ","
            )
        ):
            for owner in self._owners(noun):
                links = self._speakers.links(owner)
                if links:
                    return everywhere(sentence, noun.head, owner, links)
        if (
            noun.dep == "pobj"
            and noun.head.lemma == "to"
            and noun.head.start == sentence.start
            and noun.head.head.lemma in {"look", "seem", "appear", "be"}
        ):
            links = self._speakers.links(noun)
            return everywhere(sentence, noun.head, noun, links) if links else None
        below = noun.kids("acl", "ccomp")
        if noun.dep == "nsubj" and self._lexicon.has("hearsay", noun.lemma):
            below += noun.head.kids("ccomp")  # "rumours are spreading that"
        clause = next((one for one in below if one.kids("mark")), None)
        if clause is None or not self._lexicon.has("telling", noun.lemma):
            return None
        denied = noun.dep in {"nsubjpass", "dobj"} and noun.head.lemma in {
            "deny",
            "reject",
            "dismiss",
            "refute",
        }
        if denied and self._lexicon.has("hearsay", noun.lemma):
            return None
        found = next(
            ((one, links) for one in self._owners(noun) if (links := self._speakers.links(one))), None
        )
        words = clause.subtree()
        if found is None and not self._lexicon.has("hearsay", noun.lemma):
            return None
        owner, links = found or (noun, _UNSPECIFIED)
        return Speech(links, words[0].start, words[-1].end, noun, owner)

    def _by_adjective(self, word: Token) -> Speech | None:
        """ "She is convinced that ...": the clause is hers."""
        if not self._lexicon.has("conviction", word.text.lower()) or not word.head.is_verb:
            return None
        clauses = [one for one in (*word.kids("ccomp"), *word.head.kids("ccomp")) if one.index > word.index]
        subjects = word.head.kids("nsubj")
        links = self._speakers.links(subjects[0]) if subjects and clauses else ()
        if not links or subjects[0].dep == "expl":
            return None
        words = clauses[0].subtree()
        return Speech(links, words[0].start, words[-1].end, word, subjects[0])

    def _denies(self, verb: Token) -> bool:
        """ "dismissed talk of a ban": what is denied is what was told."""
        return any(self._lexicon.has("telling", one.lemma) for one in verb.kids("dobj"))

    def _aside(self, verb: Token) -> bool:
        """ ", it is whispered, ...": on nobody's word in particular."""
        return (
            verb.dep in {"parataxis", "ccomp", "ROOT"}
            and self._lexicon.has("believed", verb.lemma)
            and any(one.lemma == "it" for one in verb.kids("nsubjpass"))
        )

    def _owners(self, noun: Token) -> Iterator[Token]:
        yield from noun.kids("poss")
        for by in noun.kids("prep"):
            if by.lemma in {"of", "by", "from", "among"}:
                yield from by.kids("pobj")


def _is_inside(link: Source) -> bool:
    return link.kind is SourceKind.INSIDE_SOURCE


def _goes_on(verb: Token, lexicon: Lexicon) -> bool:
    """ "He was sent away, the official said, adding that": the same voice."""
    return (
        verb.tag == "VBG"
        and verb.dep == "advcl"
        and not verb.kids("nsubj", "aux")
        and bool(verb.kids("ccomp"))
        and lexicon.has("speech", verb.head.lemma)
    )


def _is_asserted(verb: Token) -> bool:
    """Whether the saying itself is told as done: not "would comment", "to speak", "nobody is asking"."""
    if any(kid.tag == "MD" or kid.tag == "TO" for kid in verb.kids("aux")):
        return False
    subjects = verb.kids("nsubj")
    if any(one.lemma in {"nobody", "nothing"} or (one.text.lower() in {"no", "none"}) for one in subjects):
        return False
    if any(one.lemma == "no" for subject in subjects for one in subject.kids("det")):
        return False
    if verb.lemma in {"say", "think", "believe"} and verb.tag in {"VBD", "VBN"}:
        infinitives = [one for one in verb.kids("xcomp") if any(aux.tag == "TO" for aux in one.kids("aux"))]
        if infinitives and not verb.kids("ccomp"):
            return False  # "a man said to have been banished"
    if any(one.lemma == "neither" for one in verb.children):
        return False
    if verb.tag in {"VBN", "VBG"} and verb.dep != "ROOT":
        return bool(verb.kids("aux", "auxpass", "nsubj")) or verb.lemma in {"cite", "quote"}
    return True


__all__ = ["Links", "Speech", "SpeechCues", "nest"]
