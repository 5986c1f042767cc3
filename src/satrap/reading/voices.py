"""On whose word: every claim's chain of voices, outermost first.

A speech cue ("told", "according to") opens a scope; nested scopes make a chain. A quotation belongs to the
cue that stands by it, or to whoever spoke last. Attribution carries on within its paragraph and ends with it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from satrap.claims import Access, Certainty, Horizon, SourceKind
from satrap.reading import nouns
from satrap.reading.access import access
from satrap.reading.attribution.find import bundled
from satrap.reading.cues import Links, Speech, SpeechCues, nest
from satrap.reading.interview import Interview
from satrap.reading.layout import Layout, Quotation, Sentence
from satrap.reading.lexicon import Lexicon
from satrap.reading.relays import Relays
from satrap.reading.sources import Sources
from satrap.reading.speakers import Speakers
from satrap.reading.tokens import Token
from satrap.reading.voicewords import VoiceWords, any_of
from satrap.reading.witnesses import Witnesses

# Attributions that put an assertion on someone's word; wishes, verdicts and the like are read by the rules.
_SAID = frozenset({"verb.clause", "verb.quotation", "according"})
_ITEM = re.compile(r"[•*·–-]\s|\(?\d{1,2}[.)]\s")
_CLOSING = frozenset({"deny", "dismiss", "decline", "reply"})  # after these the outlet goes on itself

# An office's statement or a text is told with, not from there on.
_NO_FLOOR = frozenset({SourceKind.OFFICIAL, SourceKind.DOCUMENT, SourceKind.UNSPECIFIED})

_UNKNOWN = any_of(VoiceWords.bundled().unknown_patterns)


_LOOK_BACK = 80  # characters of white space between two sentences, at most


@dataclass(slots=True)
class Spoken:
    """What one sentence says about who speaks: its cues, whom it turns to, and what carries over into it."""

    speeches: list[Speech] = field(default_factory=list)
    turn: Links = ()
    carried: Links = ()
    nobodys: bool = False  # what nobody who has the floor says


class Voices:
    """Attribution over a report, sentence by sentence in order."""

    def __init__(self, layout: Layout, sources: Sources, lexicon: Lexicon, publisher: str) -> None:
        self._layout = layout
        self._sources = sources
        self._publisher = publisher
        self._lexicon = lexicon
        self._spoken: dict[int, Spoken] = {}
        self._quoted: dict[int, Links] = {}
        self._others: set[int] = set()
        self._described: dict[Links, str] = {}

    def listen(self, sentences: Sequence[tuple[Sentence, list[Token]]]) -> None:
        """Find every cue of the report, then settle quotations and what carries over."""
        relays = Relays(self._sources, (tokens for _, tokens in sentences))
        speakers = Speakers(self._sources, self._lexicon, self._publisher, self._layout.plain, relays)
        witnesses = Witnesses(self._layout, self._sources, self._lexicon, self._publisher)
        cues = SpeechCues(self._layout, self._sources, self._lexicon, speakers, witnesses)
        self._interview = Interview(self._layout, self._sources, self._lexicon, self._publisher, sentences)
        if self._interview.links:
            speakers.introduce(self._interview.words, self._interview.links)
            self._describe(self._interview.links, self._interview.noun)
        for one in bundled().find(self._layout, sentences):
            if one.rule in _SAID:
                cues.said[one.cue[1]] = one.content
        for sentence, tokens in sentences:
            found = Spoken(cues.find(sentence, tokens), cues.turn(tokens))
            found.nobodys = self._is_nobodys(tokens) and not self._interview.holds(sentence)
            self._spoken[sentence.number] = found
            for speech in found.speeches:
                self._describe(speech.links, speech.speaker)
        self._settle_quotations()
        self._carry()

    def _is_nobodys(self, tokens: list[Token]) -> bool:
        """ "He is rumoured to have fled", "no officer has been charged": what the outlet itself knows of."""
        for verb in (one for one in tokens if one.is_root and one.kids("auxpass")):
            if verb.kids("xcomp", "ccomp") and not verb.kids("agent") and self._hears(verb):
                return True
            perfect = any(one.lemma == "have" and one.tag in {"VBZ", "VBP"} for one in verb.kids("aux"))
            none = any(one.kids("det") and one.kids("det")[0].lemma == "no" for one in verb.kids("nsubjpass"))
            if perfect and (none or verb.kids("neg")):
                return True
        return False

    def _hears(self, verb: Token) -> bool:
        return verb.lemma == "say" or self._lexicon.has("believed", verb.lemma)

    def _describe(self, links: Links, noun: Token | None) -> None:
        """Keep the words a voice is first told of with, in which it is one person."""
        if links and noun is not None and noun.is_noun and not nouns.is_plural(noun) and not links[-1].name:
            words = nouns.phrase(noun, self._layout.plain, "relcl", "acl", "appos", "punct", "conj", "cc")
            known = self._described.get(links)
            the = any(one.text.lower() == "the" for one in noun.kids("det"))
            if the and not noun.kids("prep", "appos") and noun is not self._interview.noun:
                return  # somebody told of before
            if known is not None and known.split()[:1] != words.split()[:1]:
                words = ""  # another person of the same kind
            self._described[links] = words if known is None or not words else known

    def described(self, links: Links) -> str:
        """What the report calls the person whose word the innermost of these is; "" where it does not say."""
        return self._described.get(links, "")

    def _around(self, sentence: Sentence, token: Token) -> list[Speech]:
        """The speeches that hold a predicate, outermost first."""
        spoken = self._spoken.get(sentence.number, Spoken())
        around = [
            one
            for one in spoken.speeches
            if one.holds(token) and (one.cue is not token or self._lexicon.has("showing", token.lemma))
        ]
        return sorted(around, key=lambda one: (one.start - one.end, one.cue.index))

    def access(
        self, sentence: Sentence, token: Token, links: Links, certainty: Certainty, horizon: Horizon
    ) -> Access:
        """How the innermost voice behind a predicate knows of it."""
        tells = bool(self._quotation_of(token)) or self._interview.holds(sentence)
        around = self._around(sentence, token)
        return access(token, links, around, certainty, horizon, self._lexicon, tells=tells)

    def chain(self, sentence: Sentence, token: Token) -> Links:
        """The voices behind a predicate, without the publisher."""
        spoken = self._spoken.get(sentence.number, Spoken())
        around = self._around(sentence, token)
        links: Links = ()
        for one in around:
            links = nest(links, one.links)
        quoted = self._quotation_of(token)
        if quoted and not any(one.links == quoted for one in around):
            outside = [one for one in around if not self._is_quoted(one.cue)]
            if not outside:
                return nest(quoted, links)
        if not around:
            return spoken.carried
        if self._interview.holds(sentence) and sentence.paragraph not in self._others:
            return nest(self._interview.links, links)
        return links

    def speakers(self, sentence: Sentence) -> list[Token]:
        """Whom a sentence quotes: they are voices, not what the report is about."""
        return [speech.speaker for speech in self._spoken.get(sentence.number, Spoken()).speeches]

    # -- quotations and carrying on

    def _settle_quotations(self) -> None:
        heard: list[tuple[int, Links]] = sorted(
            (speech.cue.start, speech.links)
            for spoken in self._spoken.values()
            for speech in spoken.speeches
            if speech.links and not self._is_quoted(speech.cue)
        )
        for sentence in self._layout.sentences:
            spoken = self._spoken.get(sentence.number)
            if spoken is not None and spoken.turn:
                heard.append((sentence.start, spoken.turn))
        heard.sort(key=lambda one: one[0])
        last: Links = ()
        for index, quotation in enumerate(self._layout.quotations):
            own = [one for one in self._layout.sentences if one.start <= quotation.start < one.end]
            opens = any(one.start == quotation.start for one in own)
            links = self._cue_beside(quotation)
            if links:
                last = links
            elif own and own[0].start < quotation.start and self._introduced_by_colon(quotation):
                links = self._spoken.get(own[0].number, Spoken()).turn
            elif quotation.closed and not opens:
                continue  # words quoted inside a sentence of the outlet's own
            before = next((links for at, links in reversed(heard) if at < quotation.start), ())
            if own and opens and self._interview.answers(own[0]) and self._after_question(own[0]):
                before = self._interview.links
            self._quoted[index] = links or last or before or self._interview.links
            if opens and not links and self._after_question(own[0]):
                last = self._quoted[index] = self._interview.links or self._quoted[index]

    def _after_question(self, sentence: Sentence) -> bool:
        """Whether the paragraph before is a question: what follows is an answer."""
        before = [one for one in self._layout.sentences if one.paragraph == sentence.paragraph - 1]
        return bool(before) and self._layout.plain[before[-1].start : before[-1].end].rstrip('" ').endswith(
            "?"
        )

    def _introduced_by_colon(self, quotation: Quotation) -> bool:
        return self._layout.plain[: quotation.start].rstrip().endswith(":")

    def _cue_beside(self, quotation: Quotation) -> Links:
        touching = [
            one for one in self._layout.sentences if one.start < quotation.end and quotation.start < one.end
        ]
        if not touching:
            return ()
        numbers = [one.number for one in reversed(touching)]
        before = touching[0].number - 1
        if before >= 1 and self._layout.sentences[before - 1].paragraph == touching[0].paragraph:
            ends = self._layout.plain[max(0, touching[0].start - _LOOK_BACK) : touching[0].start].rstrip()
            if ends.endswith(":"):
                numbers.append(before)
        for number in numbers:
            for speech in self._spoken.get(number, Spoken()).speeches:
                inside = quotation.start <= speech.cue.start < quotation.end
                if speech.links and not inside:
                    return speech.links
        return ()

    def _quotation_of(self, token: Token) -> Links:
        for index, quotation in enumerate(self._layout.quotations):
            if quotation.start <= token.start < quotation.end:
                return self._quoted.get(index, ())
        return ()

    def _is_quoted(self, token: Token) -> bool:
        return any(one.start <= token.start < one.end for one in self._layout.quotations)

    def _carry(self) -> None:
        """Attribution carries on in its paragraph, and from a line that ends in a colon over its list."""
        self._others = self._told_by_others()
        carried: Links = ()
        leads: Links = ()
        paragraph = -1
        for sentence in self._layout.sentences:
            text = self._layout.plain[sentence.start : sentence.end]
            if sentence.paragraph != paragraph:
                paragraph = sentence.paragraph
                leads = leads if _ITEM.match(text) else ()
                carried = leads
            spoken = self._spoken.get(sentence.number)
            if spoken is None:
                continue
            if self._interview.holds(sentence) and sentence.paragraph not in self._others:
                carried = self._interview.links
            voiced = [one for one in spoken.speeches if one.links]
            opening = text[:24].split(" ")[0].strip(",").lower()
            if not voiced and (
                self._lexicon.has("backward", opening) or opening == "if" or _UNKNOWN.search(text)
            ):
                carried = ()
            outer = self._main(voiced, spoken)
            if outer is not None:
                own = outer.links[-1].kind
                ends = outer.cue.lemma in _CLOSING or own in _NO_FLOOR
                carried = () if ends and len(outer.links) == 1 else outer.links
                leads = outer.links if text.rstrip().endswith(":") else leads
            else:
                carried = () if spoken.nobodys and carried != leads else carried
                spoken.carried = carried
                if spoken.turn:
                    carried = spoken.turn
                    leads = carried if text.rstrip().endswith(":") else leads

    def _told_by_others(self) -> set[int]:
        """Paragraphs of a testimony in which others speak and the witness does not."""
        found: dict[int, bool] = {}
        for sentence in self._layout.sentences:
            spoken = self._spoken.get(sentence.number, Spoken())
            main = self._main([one for one in spoken.speeches if one.links], spoken)
            if main is not None and self._interview.links:
                own = main.links[-1].kind is self._interview.links[-1].kind
                found[sentence.paragraph] = found.get(sentence.paragraph, False) or own
        return {paragraph for paragraph, own in found.items() if not own}

    def _main(self, voiced: list[Speech], spoken: Spoken) -> Speech | None:
        """The speech whose word the sentence as a whole is: none where only a view or a part is."""
        if not voiced:
            return None
        outer = max(voiced, key=lambda one: (one.end - one.start, len(one.links)))
        root = outer.cue
        while not root.is_root:
            root = root.head
        covers = root is outer.cue or outer.holds(root)
        return outer if covers and not self._lexicon.has("opinion", outer.cue.lemma) else None
