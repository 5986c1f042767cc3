"""Train the kind tagger and say how well it reads: ``python -m training.tagger`` (``make train``).

1. Coded claims and the rules' examples become cases (``examples.py``): predicates with a class each, or none.
2. Texts are dealt into folds. For each fold a model is fitted without it, and the fold's texts are read with
   every proposal let through; what became of each tells the judge, also fitted without the fold, how often
   such a proposal is right.
3. The folds are read again with judge and threshold: these are the figures that are printed.
4. The model that ships is fitted on everything, with the judge of all folds.

No random number is drawn: texts are dealt by their place in the list.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass, replace
from functools import cache
from itertools import repeat
from pathlib import Path

import numpy as np
from benchmarks.scoring import Scorer
from scipy.sparse import csr_matrix
from training.corpus import HONEST, Text, phrases, texts
from training.examples import Coded, Examples, joined, of_phrases, of_rules, of_texts
from training.fit import Softmax, logistic, softmax

from satrap.claims import Claim, kinds
from satrap.claims.matching import Score
from satrap.country import load_pack
from satrap.reading import RuleReader
from satrap.reading.entities import Discourse
from satrap.reading.frames import Draft, Frames
from satrap.reading.learned.features import Seen
from satrap.reading.learned.judge import EVIDENCE, Evidence, judged
from satrap.reading.learned.model import NONE, WEIGHTS, Floats, Model, senses
from satrap.reading.learned.tagger import Tagger
from satrap.reading.learned.words import Words
from satrap.reading.rule import bundled_rules
from satrap.reading.tokens import Token

FOLDS = 5
LEAST_SEEN = 2  # cases that a feature must occur in
PENALTIES = (1.0, 3.0)  # of weights of features and of senses; the best of a coarse grid by cross-validation
INSIDE = 0.3  # weight of "none" for a predicate inside the quote of a claim that another one makes
REALIGNED = 1  # times that claims look anew for the likeliest predicate in their quote
DEPTH = 0.7  # nats that each step below the quote's head costs there
THRESHOLDS = np.arange(0.40, 0.60, 0.02)  # below, more reports without a claim would get one than may
FLOOR = 0.40  # F1 alone would let more pass, at the price of false claims on controls: see the model card
CLASSES = (
    NONE,
    *(
        one
        for kind in kinds()
        for one in {
            "authority": ("authority", "authority.up", "authority.down"),
            "capacity": ("capacity.up", "capacity.down"),
            "sentiment": ("sentiment.up", "sentiment.down"),
            "support": ("support.up", "support.down"),
        }.get(kind, (kind,))
    ),
)
_NUMBERED = "proposal."
START = Evidence(-1.0, 0.5, 0.0, 2.0, 0.0, -0.2, 0.0, 0.0, 0.0)  # a plain order, until a judge is fitted


@cache
def scorer(country: str) -> Scorer:
    """Reads a country's reports by the rules alone."""
    pack = load_pack(country)
    return Scorer(pack, RuleReader(pack, tagger=None))


# -- fitting


def fitted(examples: Examples, others: Examples, using: set[int]) -> Model:
    """A model of the cases of some texts and of the other examples, its judge letting everything through."""
    rows = [row for row, text in enumerate(examples.text) if text in using]
    cases = [examples.seen[row] for row in rows] + others.seen
    place = {row: at for at, row in enumerate(rows)}
    own = [
        replace(one, within=tuple((depth, place[row]) for depth, row in one.within))
        for one in examples.coded
        if one.within[0][1] in place
    ]
    added = [
        replace(one, within=tuple((depth, row + len(rows)) for depth, row in one.within))
        for one in others.coded
    ]
    counted = Counter(name for one in cases for name in set(one.names))
    names = {
        name: at for at, name in enumerate(sorted(n for n, times in counted.items() if times >= LEAST_SEEN))
    }
    given, vectors = matrix(cases, names), senses(cases, Words.bundled())
    found: Softmax | None = None
    for _ in range(1 + REALIGNED):
        wanted, weights = targets(len(cases), [*own, *added], found(given, vectors) if found else None)
        weights[len(rows) :] *= others.weights
        found = softmax(given, vectors, wanted, weights, PENALTIES, found)
    assert found is not None
    counts: Counter[tuple[str, bool]] = sum((examples.paths[text] for text in sorted(using)), Counter())
    paths = {
        key: (counts[key, True], counts[key, True] + counts[key, False])
        for key in sorted({key for key, _ in counts})
    }
    return Model(
        CLASSES, names, found.by_name, found.by_sense, found.bias, paths,
        np.array(astuple(START), np.float32), 0.0, "unjudged",
    )  # fmt: skip


def targets(cases: int, coded: Sequence[Coded], chances: Floats | None) -> tuple[Floats, Floats]:
    """The wanted class of each case and its weight.

    A claim is made by the outermost predicate of its quote or, once ``chances`` are known, by the one that
    reads most like it. Optional claims weigh nothing: neither yes nor no.
    """
    wanted = np.zeros((cases, len(CLASSES)), np.float32)
    weights = np.ones(cases, np.float32)
    inside, spared = np.zeros(cases, bool), np.zeros(cases, bool)
    for one in coded:
        column = CLASSES.index(one.label)
        _, row = one.within[0]
        if chances is not None:
            _, row = max(one.within, key=lambda at: np.log(chances[at[1], column] + 1e-3) - DEPTH * at[0])
        wanted[row, column] = 1
        inside[[at for _, at in one.within]] = True
        spared[row] |= one.optional
    made = wanted.any(1)
    wanted[~made, 0] = 1
    weights[inside & ~made] = INSIDE
    weights[spared] = 0
    return wanted / wanted.sum(1, keepdims=True), weights


def matrix(seen: Sequence[Seen], names: dict[str, int]) -> csr_matrix:
    """Features as ones in a sparse matrix, shape (cases, features)."""
    rows = [sorted({names[name] for name in one.names if name in names}) for one in seen]
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.array([column for row in rows for column in row], np.int32)
    return csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(seen), len(names)))


# -- reading with every proposal let through


@dataclass(frozen=True, slots=True)
class Outcome:
    """A proposal that became a claim: what spoke for it, whether it was right, and in which text."""

    evidence: Evidence
    right: bool
    text: int


class Recorder(Tagger):
    """Lets every proposal stand, numbered among its rules, and remembers what spoke for it."""

    def __init__(self, model: Model) -> None:
        super().__init__(model)
        self.proposed: list[Evidence] = []

    def revise(
        self,
        tokens: Sequence[Token],
        drafts: Sequence[Draft],
        frames: Frames,
        discourse: Discourse,
        sentence: int,
    ) -> list[Draft]:
        evidence = {
            (draft.trigger, draft.kind): one
            for draft, one in self.weighed(tokens, drafts, frames, discourse, sentence)
        }
        standing = super().revise(tokens, drafts, frames, discourse, sentence)
        for draft in standing:
            draft.rules = [*draft.rules, f"{_NUMBERED}{len(self.proposed)}"]
            self.proposed.append(evidence[draft.trigger, draft.kind])
        return standing

    def spoke_for(self, claim: Claim) -> Evidence | None:
        """What spoke for a claim; None where it is of no proposal (a motive, a cause, an echo)."""
        numbers = [one.removeprefix(_NUMBERED) for one in claim.reading.rules if one.startswith(_NUMBERED)]
        return self.proposed[int(numbers[0])] if numbers else None


def outcomes(model: Model, fold: Sequence[int], corpus: Sequence[Text]) -> list[Outcome]:
    """What every proposal of a model became in texts that it was not fitted on. Spared ones tell nothing."""
    made = []
    recorder = Recorder(model)
    for number, score in read(recorder, fold, corpus):
        for right, claims in ((True, [claim for claim, _ in score.pairs]), (False, score.false)):
            told = [recorder.spoke_for(claim) for claim in claims]
            made += [Outcome(one, right, number) for one in told if one is not None]
    return made


def read(tagger: Tagger | None, fold: Sequence[int], corpus: Sequence[Text]) -> Iterator[tuple[int, Score]]:
    """The lenient score of each text of a fold."""
    readers: dict[str, Scorer] = {}
    for number in fold:
        one = corpus[number]
        if one.country not in readers:
            pack = load_pack(one.country)
            readers[one.country] = Scorer(pack, RuleReader(pack, tagger=tagger))
        yield number, readers[one.country].score(one.report, one.gold)


def judge(told: Sequence[Outcome]) -> Floats:
    """The judge's weights, from what proposals became."""
    evidence = np.array([astuple(one.evidence) for one in told], np.float32)
    return logistic(evidence, [one.right for one in told])


def threshold(told: Sequence[Outcome], judge: Floats, corpus: Sequence[Text]) -> float:
    """The least score at which a proposal stands, for the best mean of the parts' F1: each part counts alike,
    however long it is and however hard."""
    scores = judged([one.evidence for one in told], judge)
    right = np.array([one.right for one in told])
    parts = np.array([corpus[one.text].part for one in told])
    coded = Counter(
        corpus[number].part
        for number in {one.text for one in told}
        for one in corpus[number].gold
        if not one.optional
    )

    def f1(least: float) -> float:
        kept = scores >= least
        return sum(
            2 * float(right[kept & (parts == part)].sum()) / (int((kept & (parts == part)).sum()) + count)
            for part, count in coded.items()
        )

    return max(FLOOR, float(max(THRESHOLDS, key=f1)))


# -- figures


def table(title: str, by_part: dict[str, Score]) -> list[str]:
    """Precision, recall and F1 of each part as lines of Markdown."""
    lines = [f"| {title} | precision | recall | F1 | claims coded |", "|---|---|---|---|---|"]
    for part, score in by_part.items():
        coded = len(score.pairs) + len(score.misses)
        lines.append(f"| {part} | {score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} | {coded} |")
    return lines


def calibration(scores: Sequence[Score]) -> list[str]:
    """Of claims by their score, how many were right; optional ones count for nothing."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for score in scores:
        for claims, right in (([claim for claim, _ in score.pairs], True), (score.false, False)):
            for claim in claims:
                if claim.kind not in {"motive", "cause"}:
                    bins[min(9, int(claim.reading.score * 10))].append((claim.reading.score, right))
    lines = ["| score | mean score | right | claims |", "|---|---|---|---|"]
    for at, found in sorted(bins.items()):
        mean, share = np.mean([one for one, _ in found]), np.mean([one for _, one in found])
        lines.append(f"| {at / 10:.1f}–{(at + 1) / 10:.1f} | {mean:.2f} | {share:.2f} | {len(found)} |")
    return lines


def by_kind(score: Score) -> list[str]:
    """F1 by kind."""
    hits, false, missed = (
        Counter(claim.kind for claim in claims)
        for claims in ([one for one, _ in score.pairs], score.false, score.misses)
    )
    return ["| kind | F1 | coded |", "|---|---|---|"] + [
        f"| {kind} | {2 * hits[kind] / max(1, 2 * hits[kind] + false[kind] + missed[kind]):.2f} "
        f"| {hits[kind] + missed[kind]} |"
        for kind in kinds()
    ]


def without(at: int, corpus: Sequence[Text], examples: Examples, others: Examples) -> Model:
    """The model that has not seen a fold."""
    return fitted(examples, others, {number for number in range(len(corpus)) if number % FOLDS != at})


def fold(at: int, corpus: Sequence[Text]) -> range:
    return range(at, len(corpus), FOLDS)


def tried(at: int, model: Model, corpus: Sequence[Text]) -> list[Outcome]:
    return outcomes(model, fold(at, corpus), corpus)


def main() -> None:
    corpus = texts()
    examples = of_texts(corpus, scorer)
    others = joined(of_rules(bundled_rules()), of_phrases(phrases()))
    print(
        f"{len(corpus)} texts, {len(examples.seen)} cases, {len(others.seen)} more from rules and phrases\n",
        flush=True,
    )
    everything = set(range(len(corpus)))
    with ProcessPoolExecutor() as pool:
        whole = pool.submit(fitted, examples, others, everything)
        numbers = range(FOLDS)
        models = list(pool.map(without, numbers, repeat(corpus), repeat(examples), repeat(others)))
        told = list(pool.map(tried, numbers, models, repeat(corpus)))
        judging = []
        for at, model in enumerate(models):
            rest = [one for number, made in enumerate(told) if number != at for one in made]
            weights = judge(rest)
            judging.append(replace(model, judge=weights, threshold=threshold(rest, weights, corpus)))
        alone = list(pool.map(figures, numbers, repeat(None), repeat(corpus)))
        beside = list(pool.map(figures, numbers, judging, repeat(corpus)))
        model = whole.result()
    made = [one for each in told for one in each]
    weights = judge(made)
    digest = hashlib.sha256(b"".join(one.tobytes() for one in (model.by_name, model.by_sense, weights)))
    model = replace(
        model, judge=weights, threshold=threshold(made, weights, corpus), version=digest.hexdigest()[:8]
    )
    with Path(str(WEIGHTS)).open("wb") as file:
        model.save(file)
    for title, made_by_part in (("rules alone", alone), ("rules and tagger", beside)):
        print("\n".join(table(title, summed(made_by_part))), end="\n\n")
    for scores in ([summed(beside)["all"]], [summed(beside)[HONEST]]):
        print("\n".join(calibration(scores)), end="\n\n")
    print("\n".join(by_kind(summed(beside)["all"])), end="\n\n")
    judges = ", ".join(f"{name} {value:.2f}" for name, value in zip(EVIDENCE, weights, strict=True))
    print(f"judge: {judges}; threshold {model.threshold:.2f}; version {model.version}")


def figures(at: int, model: Model | None, corpus: Sequence[Text]) -> dict[str, Score]:
    """The scores of one fold, by part."""
    found: dict[str, Score] = defaultdict(Score)
    for number, score in read(Tagger(model) if model else None, fold(at, corpus), corpus):
        found[corpus[number].part] += score
    return found


def summed(folds: Sequence[dict[str, Score]]) -> dict[str, Score]:
    """The folds together, by part and all."""
    found: dict[str, Score] = defaultdict(Score)
    for each in folds:
        for part, score in each.items():
            found[part] += score
            found["all"] += score
    return found


if __name__ == "__main__":
    main()
