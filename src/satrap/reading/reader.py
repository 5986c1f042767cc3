"""The reader: a report and a country pack in, claims out."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, tee
from typing import Protocol

from satrap.claims import Claim
from satrap.country import Pack
from satrap.reading import nouns
from satrap.reading.dates import Dated, find_dates
from satrap.reading.english import english
from satrap.reading.entities import Discourse
from satrap.reading.frames import Draft, Frames
from satrap.reading.language import Language
from satrap.reading.layout import Sentence
from satrap.reading.learned.model import Level
from satrap.reading.learned.tagger import Sight, Tagger
from satrap.reading.mentions import Names
from satrap.reading.passage import Passage
from satrap.reading.predicates import Predicates
from satrap.reading.prefilter import Prefilter
from satrap.reading.rule import Rule
from satrap.reading.sections import Section, divide
from satrap.reading.sources import Sources
from satrap.reading.tokens import Token
from satrap.reading.voices import Voices
from satrap.reports import Report

VERSION = "2"


class Reader(Protocol):
    """Anything that turns a report into claims; name and version say which reading a claim is from.

    ``languages``: codes (ISO 639-1) of those it reads.
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def languages(self) -> frozenset[str]: ...

    def read(self, report: Report) -> list[Claim]: ...


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence as it is read: its words, what the rules drafted of it, what stands of that and of the
    tagger's drafts, the claims it made, and how the tagger saw it.

    ``discourse`` is what was known before the sentence, as long as the next step has not been asked for.
    """

    sentence: Sentence
    tokens: list[Token]
    ruled: list[Draft]
    drafts: list[Draft]
    claims: list[Claim]
    discourse: Discourse
    sight: Sight | None


class RuleReader:
    """Reads by rules kept as data, and by a learned tagger beside them. One instance reads any number of
    reports of one country pack, in one language: English unless another is given.

    ``rules`` stand in place of the language's own. ``tagger`` is a level of the one that comes with satrap,
    which knows English alone, or None for the rules alone.
    """

    name = "rules"

    def __init__(
        self,
        pack: Pack,
        *,
        language: Language | None = None,
        rules: Iterable[Rule] | None = None,
        tagger: Tagger | Level | None = None,
    ) -> None:
        self.pack = pack
        self.language = language or english()
        if isinstance(tagger, str):
            tagger = Tagger(tagger) if self.language.code == "en" else None
        self.tagger = tagger
        self.lexicon = self.language.lexicon
        self.cues = self.language.cues
        self._names = Names(pack, self.lexicon)
        self._prefilter = Prefilter(pack)
        self.rules = self.language.rules if rules is None else tuple(rules)
        self._own = "" if self.rules == self.language.rules else f"+rules-{_digest(self.rules)}"
        self.frames = Frames(self.rules, Predicates(self.lexicon), pack)

    @property
    def version(self) -> str:
        """Of the rules, the language model and the tagger: all decide what is read."""
        tagger = f"+tagger-{self.tagger.version}" if self.tagger else ""
        return f"{VERSION}+{self.language.pipeline.version}{tagger}{self._own}"

    @property
    def languages(self) -> frozenset[str]:
        """The one it reads."""
        return frozenset({self.language.code})

    def read(self, report: Report) -> list[Claim]:
        """The claims of a report in text order; none where it has no prose or names nothing of the state."""
        return next(self.read_many([report]))

    def read_many(self, reports: Iterable[Report]) -> Iterator[list[Claim]]:
        """The claims of each report, in order. Short reports are read faster together than one by one: the
        parser takes the sentences of several at once, and reports are drawn from the iterable as it does.
        """
        ready, ahead = tee(
            (report, [one for one in self._sections(report) if one.relevant]) for report in reports
        )
        words = self.language.pipeline.parse(
            (section.layout.plain, *one)
            for _, sections in ahead
            for section in sections
            for one in section.prose
        )
        for report, sections in ready:
            dates = self._dates(report) if sections else []
            steps = (step for section in sections for step in self._walk(report, section, words, dates))
            yield [claim for step in steps for claim in step.claims]

    def steps(self, report: Report) -> Iterator[Step]:
        """A report sentence by sentence. Nothing is passed over: who asks for steps wants to see them all."""
        dates = self._dates(report)
        for section in self._sections(report):
            words = self.language.pipeline.parse((section.layout.plain, *one) for one in section.prose)
            yield from self._walk(report, section, words, dates)

    def is_relevant(self, report: Report) -> bool:
        """Whether any of it is read: see :mod:`satrap.reading.prefilter`."""
        return any(section.relevant for section in self._sections(report))

    def _dates(self, report: Report) -> list[Dated]:
        return find_dates(report.text, report.published, self.language.dates)

    def _sections(self, report: Report) -> Iterator[Section]:
        on = report.published.latest if report.published else None
        for layout, start, end in divide(self.language.lay_out(report.text)):
            text = report.text[start:end]
            named = self._names.find(text, on)
            relevant = self._prefilter.passes(text, named)
            if start:
                named = [replace(one, start=one.start + start, end=one.end + start) for one in named]
            yield Section(start, end, layout, named, relevant)

    def _walk(
        self, report: Report, section: Section, words: Iterator[list[Token]], dates: Sequence[Dated]
    ) -> Iterator[Step]:
        layout = section.layout
        prose = [sentence for sentence in layout.sentences if sentence.prose]
        parsed = list(zip(prose, islice(words, len(prose)), strict=True))
        outlets = tuple(name for name in (report.publisher, report.outlet) if name)
        bounds = (section.start, section.end)
        sources = Sources(self.language.sources, self.lexicon, layout.plain, section.named, outlets, bounds)
        voices = Voices(layout, sources, self.lexicon, report.publisher)
        voices.listen(parsed)
        discourse = Discourse(layout.plain, self.pack, self.lexicon, sources.outlets)
        within = [one for one in dates if section.start <= one.start < section.end]
        passage = Passage(report, layout, self, voices, discourse, sources, within)
        sights: list[Sight | None] = [None] * len(parsed)
        if self.tagger is not None:
            sights[:] = self.tagger.look([tokens for _, tokens in parsed])
        for (sentence, tokens), sight in zip(parsed, sights, strict=True):
            drafts = ruled = self.frames.drafts(tokens, discourse, layout.plain, sentence.number)
            if self.tagger is not None and sight is not None:
                drafts = self.tagger.revise(sight, tokens, ruled, self.frames, discourse, sentence.number)
            before = len(passage.claims)
            passage.take(sentence, tokens, drafts)
            yield Step(sentence, tokens, ruled, drafts, passage.claims[before:], discourse, sight)
            spoken = [one for one in voices.speakers(sentence) if not nouns.goes_by_name(one)]
            discourse.remember(one for one in tokens if not any(one.within(speaker) for speaker in spoken))


def _digest(rules: Iterable[Rule]) -> str:
    """So that a report is read again once an analyst's rules have changed."""
    return hashlib.sha256("\n".join(rule.model_dump_json() for rule in rules).encode()).hexdigest()[:8]


__all__ = ["Reader", "RuleReader", "Token"]
