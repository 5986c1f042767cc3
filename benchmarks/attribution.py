"""Attribution: who says, thinks or wants what, against news annotated by others (PolNeAR, dev split).

The gold is read from ``data/gold/polnear-dev`` beside the seed; the component was never trained on it.
Half of the articles were looked at while its cue list and conventions were written; both halves are reported.
"""

import os
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from benchmarks.rows import ROOT, Row
from satrap.reading.attribution import Attribution, Directness, attributions
from satrap.reading.english import English
from satrap.reading.layout import lay_out
from satrap.reading.tokens import Token

COMMAND = "make bench-reading"
GOLD = Path(os.environ.get("SATRAP_SHARED", ROOT.parent / "shared")) / "data" / "gold" / "polnear-dev"
TARGET = 0.55
OVERLAP = 0.5  # content tokens shared, of all of both
_WORD = re.compile(r"\w+|[^\w\s]")
# fmt: off
_REPORTING = frozenset({
    "say", "tell", "add", "note", "write", "report", "state", "announce", "declare", "claim", "assert",
    "argue", "insist", "explain", "acknowledge", "admit", "confirm", "deny", "warn", "predict", "suggest",
    "tweet", "reply", "respond", "ask", "believe", "think",
})
# fmt: on

Spans = tuple[tuple[int, int], ...]
Extract = Callable[[str], list[Attribution]]


@dataclass(frozen=True, slots=True)
class Gold:
    """One annotated attribution; a source of no span is a gold attribution without source."""

    source: Spans
    cue: Spans
    content: Spans


def read_gold(path: Path) -> list[Gold]:
    """Attribution relations of a brat stand-off file that have a cue and content."""
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()]
    spans = {key: _offsets(value) for key, value, *_ in lines if key.startswith("T")}
    found: list[Gold] = []
    for key, value, *_ in lines:
        if key.startswith("E"):
            parts: dict[str, Spans] = defaultdict(tuple)
            for argument in value.split():
                role, target = argument.split(":")
                parts[role.rstrip("0123456789")] += spans[target]
            if parts["Cue"] and parts["Content"]:
                found.append(Gold(parts["Source"], parts["Cue"], parts["Content"]))
    return found


def _offsets(value: str) -> Spans:
    """ "Content 12 40;52 60"."""
    return tuple(
        (int(start), int(end)) for start, end in (one.split() for one in value.split(" ", 1)[1].split(";"))
    )


def words(text: str, spans: Iterable[tuple[int, int]]) -> frozenset[int]:
    """Where the words of spans start, quotation marks and punctuation at their edges left out."""
    found = [
        (one.start(), one.group().isalnum()) for a, b in spans for one in _WORD.finditer(text[:b], max(a, 0))
    ]
    found.sort()
    while found and not found[0][1]:
        del found[0]
    while found and not found[-1][1]:
        del found[-1]
    return frozenset(at for at, _ in found)


def hits(text: str, read: list[Attribution], gold: list[Gold]) -> int:
    """How many pairs match one to one: the largest matching there is."""
    if not read or not gold:
        return 0
    fits = np.zeros((len(read), len(gold)))
    read_words = [words(text, one.content) for one in read]
    gold_words = [words(text, one.content) for one in gold]
    for i, one in enumerate(read):
        source: Spans = () if one.source is None else (one.source,)
        for j, other in enumerate(gold):
            if not _overlap((one.cue,), other.cue) or bool(source) != bool(other.source):
                continue
            if source and not _overlap(source, other.source):
                continue
            union = read_words[i] | gold_words[j]
            fits[i, j] = len(read_words[i] & gold_words[j]) >= OVERLAP * len(union) > 0
    rows, columns = linear_sum_assignment(-fits)
    return int(fits[rows, columns].sum())


def _overlap(one: Spans, other: Spans) -> bool:
    return any(a < d and c < b for a, b in one for c, d in other)


@dataclass
class Tally:
    """Hits, predictions and gold over articles; of an article with k annotators each counts 1/k."""

    hit: float = 0
    read: float = 0
    gold: float = 0

    def take(self, text: str, read: list[Attribution], annotators: list[list[Gold]]) -> None:
        for gold in annotators:
            self.hit += hits(text, read, gold) / len(annotators)
            self.read += len(read) / len(annotators)
            self.gold += len(gold) / len(annotators)

    @property
    def precision(self) -> float:
        return self.hit / self.read if self.read else 0.0

    @property
    def recall(self) -> float:
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        total = self.read + self.gold
        return 2 * self.hit / total if total else 0.0


def articles() -> list[tuple[str, str, list[list[Gold]]]]:
    """Name, text and the annotators' attributions of every article, by name."""
    annotated: dict[str, list[list[Gold]]] = defaultdict(list)
    for path in sorted((GOLD / "attributions").glob("*.ann")):
        annotated[path.stem.rsplit("_", 1)[0]].append(read_gold(path))
    return [
        (name, (GOLD / "text" / f"{name}.txt").read_text(encoding="utf-8"), gold)
        for name, gold in sorted(annotated.items())
    ]


def outermost(read: list[Attribution]) -> list[Attribution]:
    """What stands on the writer's own word: the gold holds no attribution inside the content of another."""
    return [one for one in read if not one.level]


def reporting_verbs(pipeline: English) -> Extract:
    """The peer: verbs of reporting with a subject, and their clause or the quotation of their sentence."""

    def extract(text: str) -> list[Attribution]:
        layout = lay_out(text)
        found: list[Attribution] = []
        parsed = pipeline.parse((layout.plain, one, []) for one in layout.sentences)
        for sentence, tokens in zip(layout.sentences, parsed, strict=True):
            for verb in tokens:
                within = any(one.start < verb.start < one.end for one in layout.quotations)
                if verb.lemma not in _REPORTING or not verb.is_verb or within:
                    continue
                subjects, clauses = verb.kids("nsubj"), verb.kids("ccomp")
                quotes = [
                    (max(one.start, sentence.start), min(one.end, sentence.end))
                    for one in layout.quotations
                    if one.start < sentence.end and sentence.start < one.end
                ]
                content = quotes or [_extent(one) for one in clauses]
                if subjects and content:
                    source = _extent(subjects[0])
                    cue = (verb.start, verb.end)
                    found.append(
                        Attribution(source, cue, tuple(content), Directness.MIXED, verb.lemma, "peer")
                    )
        return found

    return extract


def _extent(token: Token) -> tuple[int, int]:
    below = token.subtree()
    return below[0].start, below[-1].end


def spread(tallies: list[Tally], draws: int = 1000) -> tuple[float, float]:
    """95% of F1 over articles drawn with replacement (seed 0)."""
    table = np.array([[one.hit, one.read + one.gold] for one in tallies])
    drawn = np.random.default_rng(0).integers(len(table), size=(draws, len(table)))
    totals = table[drawn].sum(axis=1)
    low, high = np.quantile(2 * totals[:, 0] / totals[:, 1], [0.025, 0.975])
    return float(low), float(high)


def rows() -> list[Row]:
    """F1 over all articles and over each half, precision and recall, and the peer's F1 of the same run."""
    if not GOLD.is_dir():
        print(
            f"no {GOLD.name} under data/gold: attribution rows are left out (set SATRAP_SHARED)",
            file=sys.stderr,
        )
        return []
    pipeline = English()
    peer = reporting_verbs(pipeline)
    tallies: list[Tally] = []
    whole, other, nested, halves = Tally(), Tally(), Tally(), (Tally(), Tally())
    for number, (_, text, gold) in enumerate(articles()):
        found = attributions(text, pipeline)
        read = outermost(found)
        nested.take(text, found, gold)
        own = Tally()
        for tally in (own, whole, halves[number % 2]):
            tally.take(text, read, gold)
        other.take(text, peer(text), gold)
        tallies.append(own)
    note = "PolNeAR v1 dev, not trained on; outermost attributions; of k annotators each counts 1/k; "

    def row(
        name: str, tally: Tally, value: float, target: float | None, unit: str = "F1", more: str = ""
    ) -> Row:
        return Row(
            id=f"reading.attribution.polnear-dev.{name}",
            value=value,
            target=target,
            better="higher",
            unit=unit,
            n=round(tally.gold),
            command=COMMAND,
            note=note + more,
        )

    overall = row("f1", whole, whole.f1, TARGET, more="best rule-based .383, CRF .508, human .740 (quoted)")
    overall.spread = spread(tallies)
    overall.peer, overall.peer_value = "reporting verbs with their clause or quotation, same run", other.f1
    return [
        overall,
        row("f1.all_levels", nested, nested.f1, None, more="here those inside the content of another too"),
        row("precision", whole, whole.precision, None, "share"),
        row("recall", whole, whole.recall, None, "share"),
        row("f1.seen_half", halves[0], halves[0].f1, None, more="articles looked at while cues were listed"),
        row("f1.unseen_half", halves[1], halves[1].f1, TARGET, more="articles not looked at"),
    ]
