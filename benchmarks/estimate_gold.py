"""The estimator's parts on what others published: a personalism index, and crowds' answers with the truth.

    python -m benchmarks.estimate_gold      # renews these rows alone

The index (gwf) is fitted from its items and held against the published column. Of each crowd set 30 questions
have their answer known, drawn anew for each seed: they weigh how far answers err together, and temper the
peer. The other questions score both.
"""

import os
import sys
from pathlib import Path
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import expit, log_expit, logit

from benchmarks.rows import ROOT, Row, renew, show
from satrap.estimate.items import Answers, scores, two_parameter
from satrap.estimate.parallel import each
from satrap.estimate.reliability import ERRORS, Statements, Tellers, tellers, verdict, worth

Array = NDArray[np.float64]
Index = NDArray[np.int64]

GOLD = Path(os.environ.get("SATRAP_SHARED", ROOT.parent / "shared")) / "data" / "gold"
COMMAND = "make bench-estimate"
_LABELS, _DRAWS = 30, 100
_BINS, _FLOOR_DRAWS = 10, 20
_PSEUDO = 0.01  # answers added to each count of the peer's, which else would be certain of small tellers
_BARS = {"duck": 0.36, "product": 0.37}  # log score


def rows() -> list[Row]:
    """The rows of what is at hand."""
    if not (GOLD / "gwf").exists():
        print(
            "no gwf and crowd under data/gold: their rows are left out (set SATRAP_SHARED)", file=sys.stderr
        )
        return []
    return [*index_rows(), *(row for name in _BARS for row in crowd_rows(name))]


def index_rows() -> list[Row]:
    """The personalism index of Geddes, Wright and Frantz; the file's third to tenth columns are its items."""
    table = pl.read_csv(GOLD / "gwf" / "items.csv")
    answers, index = Answers.of(table[:, 2:10].to_numpy().astype(np.float64))
    found = scores(two_parameter(answers), answers)
    exact = scores(two_parameter(answers, points=61), answers, points=61)
    theta, se = table["published_theta"].to_numpy(), table["published_se"].to_numpy()
    far = float(np.abs(found.mean[index] - theta).max()), float(np.abs(found.sd[index] - se).max())
    r, n = float(np.corrcoef(found.mean[index], theta)[0, 1]), len(theta)
    finer = np.abs(exact.mean[index] - theta).max(), np.abs(exact.sd[index] - se).max()
    how = "seven adaptive points, as published; with 61 it is {:.4f}"
    return [
        Row(id="estimate.gwf.r", value=r, target=0.99999, better="higher", unit="r", n=n, command=COMMAND,
            note=f"1 − r = {1 - r:.0e}"),
        Row(id="estimate.gwf.theta", value=far[0], target=0.005, better="lower", unit="sd", n=n,
            command=COMMAND, note=f"largest difference {far[0]:.1e}; {how.format(finer[0])}"),
        Row(id="estimate.gwf.se", value=far[1], target=0.002, better="lower", unit="sd", n=n,
            command=COMMAND, note=f"largest difference {far[1]:.1e}; {how.format(finer[1])}"),
    ]  # fmt: skip


def crowd(name: str) -> tuple[Statements, Index]:
    """Answers and truth of a set; every question is one story, all tellers are of one group."""
    read = {
        part: pl.read_csv(GOLD / "crowd" / name / f"{part}.csv", infer_schema=False).sort(pl.all())
        for part in ("answer", "truth")
    }
    questions = {question: at for at, question in enumerate(read["truth"]["question"])}
    workers = {worker: at for at, worker in enumerate(read["answer"]["worker"].unique().sort())}
    said = Statements(
        story=np.array([questions[question] for question in read["answer"]["question"]]),
        teller=np.array([workers[worker] for worker in read["answer"]["worker"]]),
        yes=read["answer"]["answer"].cast(pl.Int64).to_numpy(),
        question=np.arange(len(questions)),
        group=np.zeros(len(workers), np.int64),
    )
    return said, read["truth"]["truth"].cast(pl.Int64).to_numpy()


def dawid_skene(said: Statements) -> Array:
    """Log odds of yes by the two-coin model (Dawid & Skene 1979), by EM from the share of yes."""
    count, many = len(said.question), len(said.group)
    chance = np.bincount(said.story, said.yes, count) / np.bincount(said.story, minlength=count)
    for _ in range(500):
        rates = []
        for weight in (chance[said.story], 1 - chance[said.story]):
            yes, all_ = (np.bincount(said.teller, w, many) for w in (weight * said.yes, weight))
            rates.append(((yes + _PSEUDO) / (all_ + 2 * _PSEUDO))[said.teller])
        of_yes, of_no = rates
        told = np.where(said.yes == 1, np.log(of_yes / of_no), np.log((1 - of_yes) / (1 - of_no)))
        log_odds = logit(chance.mean()) + np.bincount(said.story, told, count)
        before, chance = chance, expit(log_odds)
        if np.abs(chance - before).max() < 1e-7:
            break
    return np.asarray(log_odds)


def surprise(log_odds: Array, truth: Index) -> float:
    """Log score in nats, lower is better."""
    return -float(log_expit((2 * truth - 1) * log_odds).mean())


def tempered(log_odds: Array, known: Index, truth: Index) -> Array:
    """Log odds divided by the temperature, 1 to 100, that suits the known answers best."""
    temperatures = np.geomspace(1, 100, 100)
    best = min(temperatures, key=lambda t: surprise(log_odds[known] / t, truth[known]))
    return np.asarray(log_odds / best)


def ece(probability: Array, truth: Index) -> float:
    """Expected calibration error: what the likelier answer is held to be and how often it was right, in ten
    equal bins of confidence from 0 to 1 (Guo et al. 2017, ICML), weighed by how full they are."""
    confidence, right = np.maximum(probability, 1 - probability), (probability > 0.5) == (truth == 1)
    bins = np.minimum((confidence * _BINS).astype(int), _BINS - 1)
    return float(np.abs(np.bincount(bins, confidence - right, _BINS)).sum() / len(truth))


class Draw(NamedTuple):
    """What one draw of known questions scores on the others, and the peer on the same ones."""

    log: float
    log_peer: float
    accuracy: float
    accuracy_peer: float
    ece: float
    ece_peer: float
    floor: float
    share: float


def draw(seed: int, candidates: list[Tellers], peer: Array, truth: Index) -> tuple[Draw, Array, Index]:
    """One draw; and its probabilities with the questions they are of."""
    rng = np.random.default_rng(seed)
    known = rng.choice(len(truth), _LABELS, replace=False)
    rest = np.setdiff1d(np.arange(len(truth)), known)
    found = verdict(candidates, known, truth[known])
    probability, cooled = found.probability[rest], tempered(peer, known, truth)[rest]
    perfect = [
        ece(probability, (rng.random(len(rest)) < probability).astype(int)) for _ in range(_FLOOR_DRAWS)
    ]
    return (
        Draw(
            log=surprise(logit(probability), truth[rest]),
            log_peer=surprise(cooled, truth[rest]),
            accuracy=float(((probability > 0.5) == truth[rest]).mean()),
            accuracy_peer=float(((cooled > 0) == truth[rest]).mean()),
            ece=ece(probability, truth[rest]),
            ece_peer=ece(expit(cooled), truth[rest]),
            floor=float(np.mean(perfect)),
            share=found.share,
        ),
        probability,
        rest,
    )


def crowd_rows(name: str) -> list[Row]:
    """A set's rows: means over draws, with the 5th and 95th percentile."""
    said, truth = crowd(name)
    candidates, peer = each(lambda error: tellers(said, error), ERRORS), dawid_skene(said)
    draws = [draw(seed, candidates, peer, truth) for seed in range(_DRAWS)]
    scored = np.array([one for one, _, _ in draws])
    mean = Draw(*scored.mean(axis=0).tolist())
    none = np.array([], np.int64)
    blind = verdict(candidates, none, none).probability
    pooled = ece(
        np.concatenate([p for _, p, _ in draws]), truth[np.concatenate([rest for *_, rest in draws])]
    )
    lost = 100 * (scored[:, 3] - scored[:, 2])
    answers = len(said.yes) / len(said.question)
    left = worth(np.array([answers]), scored[:, 7]) / answers

    def row(
        key: str, values: Array, target: float | None, unit: str, note: str, peer: float | None = None
    ) -> Row:
        low, high = np.percentile(values, [5, 95]).round(4)
        return Row(
            id=f"estimate.crowd.{name}.{key}",
            value=float(values.mean()),
            target=target,
            better="lower",
            unit=unit,
            n=len(truth),
            command=COMMAND,
            spread=(float(low), float(high)),
            peer=None if peer is None else "Dawid–Skene tempered by the same known answers",
            peer_value=peer,
            note=f"{note}; {_DRAWS} draws of {_LABELS} known answers, spread: 5th and 95th percentile",
        )

    raw, unlabelled = surprise(peer, truth), surprise(logit(blind), truth)
    rate = surprise(np.full(len(truth), logit(truth.mean())), truth)
    return [
        row("log", scored[:, 0], _BARS[name], "nats",
            f"without known answers {unlabelled:.3f}; Dawid–Skene untempered {raw:.3f}; the rate of yes "
            f"alone {rate:.3f}", mean.log_peer),
        row("accuracy-lost", lost, 0.5, "points",
            f"to Dawid–Skene: {mean.accuracy:.4f} against {mean.accuracy_peer:.4f}"),
        row("ece", scored[:, 4], 0.05, "share",
            f"{_BINS} bins of confidence; probabilities that are exactly right would have {mean.floor:.3f} "
            f"by chance; all draws together {pooled:.3f}", mean.ece_peer),
        row("worth", left, None, "ratio",
            f"independent answers that the {answers:.0f} of a question are worth, over {answers:.0f}; "
            f"rho {mean.share:.2f}"),
    ]  # fmt: skip


if __name__ == "__main__":
    found = rows()
    show(found)
    print(renew("estimate", found))
