"""Reading texts that a model has not seen, with every proposal let through: what became of each tells the
judge how often such a proposal is right, and the threshold which ones to let stand."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from benchmarks.scoring import Scorer
from scipy.optimize import minimize
from training.corpus import Text

from satrap.claims import Claim
from satrap.claims.matching import Score
from satrap.country import load_pack
from satrap.reading import RuleReader
from satrap.reading.entities import Discourse
from satrap.reading.frames import Draft, Frames
from satrap.reading.learned.heads import Floats
from satrap.reading.learned.judge import Evidence, judged
from satrap.reading.learned.model import Level, Model
from satrap.reading.learned.tagger import Sight, Tagger
from satrap.reading.tokens import Token

GENEROUS = Evidence(-1.0, 0.5, 0.0, 2.0, 0.0, -0.2, 0.0, 1.0, 1.0)  # a plain order, until a judge is fitted
THRESHOLDS = np.arange(0.25, 0.70, 0.01)
FALSE_A_CONTROL = 0.25  # claims that the tagger may add on average to a report without any
_NUMBERED = "proposal."


@dataclass(frozen=True, slots=True)
class Outcome:
    """A proposal that became a claim: what spoke for it, whether it was right, and in which text."""

    evidence: Evidence
    right: bool
    text: int


class Recorder(Tagger):
    """Lets every proposal stand, numbered among its rules, and remembers what spoke for it."""

    def __init__(self, level: Level, model: Model) -> None:
        open_to_all = replace(model.levels[level], judge=np.array(GENEROUS, np.float32), threshold=0.0)
        super().__init__(level, replace(model, levels={**model.levels, level: open_to_all}))
        self.proposed: list[Evidence] = []

    def revise(
        self,
        sight: Sight,
        tokens: Sequence[Token],
        drafts: Sequence[Draft],
        frames: Frames,
        discourse: Discourse,
        sentence: int,
    ) -> list[Draft]:
        evidence = {
            (draft.trigger, draft.kind): one
            for draft, one in self.weighed(sight, tokens, drafts, frames, discourse, sentence)
        }
        standing = super().revise(sight, tokens, drafts, frames, discourse, sentence)
        for draft in standing:
            draft.rules = [*draft.rules, f"{_NUMBERED}{len(self.proposed)}"]
            self.proposed.append(evidence[draft.trigger, draft.kind])
        return standing

    def spoke_for(self, claim: Claim) -> Evidence | None:
        """What spoke for a claim; None where it is of no proposal (a motive, a cause, an echo)."""
        numbers = [one.removeprefix(_NUMBERED) for one in claim.reading.rules if one.startswith(_NUMBERED)]
        return self.proposed[int(numbers[0])] if numbers else None


def outcomes(level: Level, model: Model, fold: Sequence[int], corpus: Sequence[Text]) -> list[Outcome]:
    """What every proposal of a model became in texts that it was not fitted on. Spared ones tell nothing."""
    made = []
    recorder = Recorder(level, model)
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


def judge(told: Sequence[Outcome], penalty: float = 1.0) -> Floats:
    """The judge's weights, from what proposals became: a logistic model by L-BFGS."""
    given = np.array([one.evidence for one in told])
    signs = np.where([one.right for one in told], 1.0, -1.0)

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = signs * (given @ weights)
        total = float(np.logaddexp(0, -scores).sum()) + penalty / 2 * float(weights @ weights)
        return total, -given.T @ (signs / (1 + np.exp(scores))) + penalty * weights

    found = minimize(loss, np.zeros(given.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x, np.float32)


def threshold(told: Sequence[Outcome], judge: Floats, fold: Sequence[int], corpus: Sequence[Text]) -> float:
    """The least score at which a proposal stands: for the best F1 over some texts, among those that add no
    more false claims to texts without any than may be. What rules claim there, their authors must mend."""
    scores = judged([one.evidence for one in told], judge)
    right = np.array([one.right for one in told])
    coded = sum(not one.optional for number in fold for one in corpus[number].gold)
    controls = {number for number in fold if not corpus[number].gold}
    on_control = np.array([one.text in controls and not one.evidence.by_rule for one in told])

    def f1(least: float) -> float:
        kept = scores >= least
        return 2 * float(right[kept].sum()) / (int(kept.sum()) + coded)

    allowed = [
        least
        for least in THRESHOLDS
        if int((on_control & (scores >= least)).sum()) <= FALSE_A_CONTROL * len(controls)
    ]
    return round(float(max(allowed or [THRESHOLDS[-1]], key=f1)), 2)


def summed(scores: Mapping[int, Score], corpus: Sequence[Text]) -> dict[str, Score]:
    """Scores of texts by part, and of all."""
    found: dict[str, Score] = defaultdict(Score)
    for number, score in scores.items():
        found[corpus[number].part] += score
        found["all"] += score
    return found


def false_a_control(scores: Mapping[int, Score], corpus: Sequence[Text]) -> tuple[int, int]:
    """False claims on texts without a coded one, and how many such texts there are."""
    controls = [score for number, score in scores.items() if not corpus[number].gold]
    return sum(len(score.false) for score in controls), len(controls)


def by_kind(score: Score) -> dict[str, tuple[float, int]]:
    """F1 and the number of coded claims of each kind."""
    hits, false, missed = (
        Counter(claim.kind for claim in claims)
        for claims in ([one for one, _ in score.pairs], score.false, score.misses)
    )
    return {
        kind: (
            2 * hits[kind] / max(1, 2 * hits[kind] + false[kind] + missed[kind]),
            hits[kind] + missed[kind],
        )
        for kind in sorted({*hits, *missed})
    }
