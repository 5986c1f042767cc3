"""Likelihoods of rivals: how often each kind of evidence should be told, and how often it was.

Of the stories told in a time, a part tells of evidence e. What was usual is learned from the time before:

    rate[e] ~ Gamma(shape A, mean m),      n_before[e] ~ Poisson(rate[e] N_before)

and rival h expects f = FACTORS[its word] times as much after, give or take: log k ~ N(log f, SPREAD²), so

    n[e] ~ Poisson(k rate[e] N),           a mixture of negative binomials.

N counts the stories told at all, so that a time of few reports is no evidence of a calm. A story counts once.
Kinds of evidence are taken as independent given the rival. A, m and SPREAD are judgement; :func:`weigh` shows
what becomes of the answer when they, what the words mean and that independence are changed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray
from scipy.special import gammaln, logsumexp, xlogy

from satrap.accounts.said import takes_part
from satrap.claims import Certainty, Polarity, RecordedClaim
from satrap.country import Pack
from satrap.forecast.rivals.case import FACTORS, Case

Array = NDArray[np.float64]

SHAPE = 0.5  # A: known within a factor of about e² either way
MEAN = 0.05  # m: one story in twenty, as in the estimator's model of conduct
SPREAD = 0.35  # of log k: "twice as much" is between one and a half and three times, four times in five
BARE = 3.0  # odds "not worth more than a bare mention" (Kass & Raftery 1995, JASA 90:773)

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(9)  # of the quadrature over k


@dataclass(frozen=True)
class Setting:
    """One way to take the priors: ``words`` multiplies the logarithm of what the words mean, ``worth`` that
    of every likelihood."""

    name: str
    words: float = 1.0
    mean: float = MEAN
    shape: float = SHAPE
    worth: float = 1.0


SETTINGS = (
    Setting("as declared"),
    Setting("words mean half as much", words=0.5),
    Setting("words mean twice as much", words=2.0),
    Setting("rarely told before", mean=MEAN / 4),
    Setting("often told before", mean=4 * MEAN),
    Setting("what was usual is known well", shape=4 * SHAPE),
    Setting("kinds of evidence tell the same twice", worth=0.5),
)


@dataclass(frozen=True, eq=False)
class Tally:
    """Of each kind of evidence (E of them), the stories that told of it before and after, and the claim of
    each story after; ``told_before`` and ``told`` count all stories of these times."""

    before: NDArray[np.int64]
    after: NDArray[np.int64]
    told_before: int
    told: int
    claims: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, eq=False)
class Weighing:
    """``likelihoods`` (H, E) are logarithms of how likely what was told is under each rival; ``settings`` has
    the posterior of each rival under each setting of the priors, the first as declared."""

    case: Case
    tally: Tally
    likelihoods: Array
    settings: pl.DataFrame

    @property
    def prior(self) -> Array:
        given = np.array([one.prior for one in self.case.rivals])
        return np.asarray(given / given.sum())

    @property
    def posterior(self) -> Array:
        """Probability of each rival among these, (H,)."""
        return posterior(self.likelihoods.sum(axis=1), self.prior)

    @property
    def lead(self) -> float:
        """Odds of the best rival over the next: so much less likely beforehand, and it would lead no more."""
        second, best = np.sort(self.posterior)[-2:]
        return float(best / second)

    @property
    def rests_on_priors(self) -> bool:
        """Whether the best rival leads the next by less than three to one, or not under every setting."""
        rows = self.settings.drop("setting").to_numpy()
        best = int(np.argmax(rows[0]))
        return self.lead < BARE or bool((rows.argmax(axis=1) != best).any())


def weigh(case: Case, claims: Sequence[RecordedClaim], pack: Pack, until: date | None = None) -> Weighing:
    """Weigh a case's rivals by the claims told up to ``until`` (default: the case's own last day)."""
    tally = tallied(case, claims, pack, until or case.until)
    prior = np.array([one.prior for one in case.rivals])
    every = [likelihoods(case, tally, one) for one in SETTINGS]
    rows = [posterior(one.sum(axis=1), prior / prior.sum()) for one in every]
    table = {"setting": [one.name for one in SETTINGS]} | {
        rival.id: [float(row[at]) for row in rows] for at, rival in enumerate(case.rivals)
    }
    return Weighing(case, tally, every[0], pl.DataFrame(table))


def tallied(case: Case, claims: Sequence[RecordedClaim], pack: Pack, until: date) -> Tally:
    """Stories by the day on which they were first told; claims denied, doubtful or about the future tell of
    nothing."""
    first: dict[str, date] = {}
    for one in claims:
        if one.published is not None:
            first[one.story] = min(one.published, first.get(one.story, one.published))
    told_before = [story for story, day in first.items() if case.before <= day < case.since]
    told = [story for story, day in first.items() if case.since <= day <= until]
    patterns = case.patterns(pack)
    found: list[dict[str, str]] = [{} for _ in case.evidence]
    for one in claims:
        claim = one.claim
        if not takes_part(one) or claim.polarity is Polarity.DENIED or claim.certainty is Certainty.DOUBTFUL:
            continue
        for at, (evidence, what) in enumerate(zip(case.evidence, patterns, strict=True)):
            if evidence.counts(claim, what, pack):
                found[at].setdefault(one.story, one.id)
    before, after = set(told_before), set(told)
    return Tally(
        before=np.array([len(before & set(one)) for one in found], dtype=np.int64),
        after=np.array([len(after & set(one)) for one in found], dtype=np.int64),
        told_before=len(before),
        told=len(after),
        claims=tuple(tuple(id for story, id in one.items() if story in after) for one in found),
    )


def likelihoods(case: Case, tally: Tally, setting: Setting = SETTINGS[0]) -> Array:
    """Log likelihood of each count under each rival, (H, E)."""
    out = np.zeros((len(case.rivals), len(case.evidence)))
    for row, rival in enumerate(case.rivals):
        for column, evidence in enumerate(case.evidence):
            factor = FACTORS[rival.expects[evidence.id]]
            chances = predicted(tally, column, factor, tally.told, tally.after[[column]], setting)
            out[row, column] = setting.worth * float(np.log(chances[0]))
    return out


def predicted(
    tally: Tally,
    column: int,
    factor: float,
    stories: float,
    counts: NDArray[np.int64],
    setting: Setting = SETTINGS[0],
    since: tuple[int, int] = (0, 0),
) -> Array:
    """Chances of ``counts`` (K,) stories of a kind of evidence among ``stories``, where a rival expects
    ``factor`` times what was usual; ``since``: so many told of it, of how many, after the time before."""
    k = np.exp(setting.words * np.log(factor) + SPREAD * _NODES)
    shape = setting.shape + float(tally.before[column])
    rate = setting.shape / setting.mean + tally.told_before  # of the gamma, in stories
    seen, of = since
    weights = _WEIGHTS * _negative_binomial(np.array(seen), shape, rate, k * of)
    later = _negative_binomial(counts[:, None], shape + seen, rate + k * of, k * stories)
    return np.asarray(later @ (weights / weights.sum()))


def _negative_binomial(counts: NDArray[np.int64], shape: float, rate: Array | float, stories: Array) -> Array:
    """Of counts among ``stories`` whose rate is gamma."""
    ways = gammaln(counts + shape) - gammaln(shape) - gammaln(counts + 1)
    return np.asarray(
        np.exp(ways + shape * np.log(rate / (rate + stories)) + xlogy(counts, stories / (rate + stories)))
    )


def posterior(log_likelihoods: Array, prior: Array) -> Array:
    """Probabilities by Bayes' rule, (H,)."""
    joint = log_likelihoods + np.log(prior)
    return np.asarray(np.exp(joint - logsumexp(joint)))
