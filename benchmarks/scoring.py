"""Scoring a reader against coded claims, names compared as a country pack understands them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from satrap.claims import Argument
from satrap.claims.gold import GoldClaim
from satrap.claims.matching import Comparison, Score, match, same_words
from satrap.country import Gazetteer, Pack
from satrap.reading import Reader
from satrap.reading.layout import lay_out
from satrap.reports import Report


@dataclass
class Scorer:
    """Matches what a reader made of a report with its coded claims, by the codebook.

    Two names are the same where they share their words, or where the pack knows both as one body or place.
    """

    pack: Pack
    reader: Reader
    _known: dict[str, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._gazetteer = Gazetteer(self.pack)

    def score(self, report: Report, gold: Iterable[GoldClaim]) -> Score:
        """The lenient score."""
        return self.scores(report, gold)[0]

    def scores(self, report: Report, gold: Iterable[GoldClaim]) -> tuple[Score, Score]:
        """The lenient and the strict score of one reading."""
        sentences = [(one.start, one.end) for one in lay_out(report.text).sentences]
        how = Comparison(sentences, self.same_name, self._same_place)
        read, coded = self.reader.read(report), list(gold)
        return match(read, coded, how), match(read, coded, how, strict=True)

    def same_name(self, read: Argument, gold: str) -> bool:
        """Whether a name that was read is one that was coded."""
        return same_words(read, gold) or (read.id is not None and read.id in self._entities(gold))

    def _same_place(self, gold: str, read: str | None) -> bool:
        known = self._entities(gold)
        # A place abroad is none of the pack's: a reader cannot be asked for its id.
        return read in known if known else read in {None, gold}

    def _entities(self, name: str) -> set[str]:
        if name not in self._known:
            found = self._gazetteer.find(name)
            whole = len(name) - len("the ")  # a part of a name is another body
            self._known[name] = {one.entity for one in found if len(one.text) >= whole}
        return self._known[name]
