"""On whose word: every claim's chain of voices, outermost first.

A speech cue ("told", "according to") opens a scope; nested scopes make a chain. A quotation belongs to the
cue that stands by it, or to whoever spoke last. Attribution carries on within its paragraph and ends with it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from satrap.reading.attribution.find import bundled
from satrap.reading.cues import Links, Speech, SpeechCues, nest
from satrap.reading.layout import Layout, Quotation, Sentence
from satrap.reading.lexicon import Lexicon
from satrap.reading.sources import Sources
from satrap.reading.tokens import Token

# Attributions that put an assertion on someone's word; wishes, verdicts and the like are read by the rules.
_SAID = frozenset({"verb.clause", "verb.quotation", "according"})
_ITEM = re.compile(r"[•*·–-]\s|\(?\d{1,2}[.)]\s")
_CLOSING = frozenset({"deny", "dismiss", "decline", "reply"})  # after these the outlet goes on itself

_LOOK_BACK = 80  # characters of white space between two sentences, at most


@dataclass(slots=True)
class Spoken:
    """What one sentence says about who speaks: its cues and what carries over into it."""

    speeches: list[Speech] = field(default_factory=list)
    carried: Links = ()


class Voices:
    """Attribution over a report, sentence by sentence in order."""

    def __init__(self, layout: Layout, sources: Sources, lexicon: Lexicon, publisher: str) -> None:
        self._layout = layout
        self._cues = SpeechCues(layout, sources, lexicon, publisher)
        self._lexicon = lexicon
        self._spoken: dict[int, Spoken] = {}
        self._quoted: dict[int, Links] = {}

    def listen(self, sentences: Sequence[tuple[Sentence, list[Token]]]) -> None:
        """Find every cue of the report, then settle quotations and what carries over."""
        for one in bundled().find(self._layout, sentences):
            if one.rule in _SAID:
                self._cues.said[one.cue[1]] = one.content
        for sentence, tokens in sentences:
            spoken = Spoken(self._cues.find(sentence, tokens))
            self._spoken[sentence.number] = spoken
        self._settle_quotations()
        self._carry()

    def chain(self, sentence: Sentence, token: Token) -> Links:
        """The voices behind a predicate, without the publisher."""
        spoken = self._spoken.get(sentence.number, Spoken())
        around = [
            one
            for one in spoken.speeches
            if one.holds(token) and (one.cue is not token or self._lexicon.has("showing", token.lemma))
        ]
        around.sort(key=lambda one: (one.start - one.end, one.cue.index))
        links: Links = ()
        for one in around:
            links = nest(links, one.links)
        if not around or not links:
            quoted = self._quotation_of(token)
            if quoted:
                return nest(quoted, links)
        if not around:
            return spoken.carried
        return links

    def speakers(self, sentence: Sentence) -> list[Token]:
        """Whom a sentence quotes: they are voices, not what the report is about."""
        return [speech.speaker for speech in self._spoken.get(sentence.number, Spoken()).speeches]

    # -- quotations and carrying on

    def _settle_quotations(self) -> None:
        last: Links = ()
        for index, quotation in enumerate(self._layout.quotations):
            links = self._cue_beside(quotation)
            if links:
                last = links
            elif quotation.closed and not any(one.start == quotation.start for one in self._layout.sentences):
                continue  # words quoted inside a sentence of the outlet's own
            self._quoted[index] = links or last

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

    def _carry(self) -> None:
        """Attribution carries on in its paragraph, and from a line that ends in a colon over its list."""
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
            voiced = [one for one in spoken.speeches if one.links]
            opening = text[:24].split(" ")[0].strip(",").lower()
            if self._lexicon.has("backward", opening) and not voiced:
                carried = ()
            if voiced:
                longest = max(voiced, key=lambda one: len(one.links))
                carried = () if longest.cue.lemma in _CLOSING else longest.links
                leads = carried if text.rstrip().endswith(":") else leads
            elif not spoken.speeches:
                spoken.carried = carried
