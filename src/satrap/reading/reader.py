"""The reader: a report and a country pack in, claims out."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from satrap.claims import Claim
from satrap.country import Pack
from satrap.reading.certainty import Cues
from satrap.reading.english import MODEL, English, Pipeline
from satrap.reading.entities import Discourse
from satrap.reading.frames import Frames
from satrap.reading.layout import Sentence, lay_out
from satrap.reading.lexicon import Lexicon
from satrap.reading.mentions import Named, Names
from satrap.reading.passage import Passage
from satrap.reading.predicates import Predicates
from satrap.reading.rule import Rule, bundled_rules
from satrap.reading.sources import SourceNames, Sources
from satrap.reading.tokens import Token
from satrap.reading.voices import Voices
from satrap.reports import Report

VERSION = "1"


class Reader(Protocol):
    """Anything that turns a report into claims; name and version say which reading a claim is from."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def read(self, report: Report) -> list[Claim]: ...


class RuleReader:
    """Reads by rules kept as data. One instance reads any number of reports of one country pack."""

    name = "rules"

    def __init__(
        self,
        pack: Pack,
        *,
        pipeline: Pipeline | None = None,
        model: str = MODEL,
        rules: Iterable[Rule] | None = None,
    ) -> None:
        self.pack = pack
        self.lexicon = Lexicon.bundled()
        self.cues = Cues.bundled()
        self._pipeline = pipeline or English(model)
        self._source_names = SourceNames.bundled()
        self._names = Names(pack, self.lexicon)
        self.rules = tuple(rules) if rules is not None else bundled_rules()
        self._frames = Frames(self.rules, Predicates(self.lexicon), pack)

    @property
    def version(self) -> str:
        """Of the rules and of the language model: both decide what is read."""
        return f"{VERSION}+{self._pipeline.version}"

    def read(self, report: Report) -> list[Claim]:
        """The claims of a report in text order; none where it has no prose."""
        layout = lay_out(report.text)
        on = report.published.latest if report.published else None
        named = self._names.find(report.text, on)
        prose = [sentence for sentence in layout.sentences if sentence.prose]
        parsed = list(
            zip(prose, self._pipeline.parse(layout.plain, list(_with_names(prose, named))), strict=True)
        )
        outlets = tuple(name for name in (report.publisher, report.outlet) if name)
        sources = Sources(self._source_names, self.lexicon, layout.plain, named, outlets)
        voices = Voices(layout, sources, self.lexicon, report.publisher)
        voices.listen(parsed)
        discourse = Discourse(layout.plain, self.pack, self.lexicon, sources.outlets)
        passage = Passage(report, layout, self, voices, discourse, sources)
        for sentence, tokens in parsed:
            drafts = self._frames.drafts(tokens, discourse, layout.plain, sentence.number)
            passage.take(sentence, tokens, drafts)
            spoken = voices.speakers(sentence)
            discourse.remember(one for one in tokens if not any(one.within(speaker) for speaker in spoken))
        return passage.claims


def _with_names(sentences: list[Sentence], named: list[Named]) -> Iterator[tuple[Sentence, list[Named]]]:
    for sentence in sentences:
        yield sentence, [one for one in named if sentence.start <= one.start and one.end <= sentence.end]


__all__ = ["Reader", "RuleReader", "Token"]
