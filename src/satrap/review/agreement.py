"""How far reviewers agree: Krippendorff's α of each field, over claims that at least two of them reviewed."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations

import msgspec
import numpy as np
from numpy.typing import NDArray

from satrap.claims import Claim
from satrap.ledger import Act
from satrap.review.fields import FIELDS, changed

VERDICT = "verdict"  # accepted, corrected or rejected
RESAMPLES = 1000
BAND = (2.5, 97.5)  # percentiles

Codings = list[tuple[str, ...]]  # of each claim, what each of its reviewers said


class Agreement(msgspec.Struct, frozen=True):
    """α of one field: 1 is perfect agreement, 0 what chance would give; None where everybody always said the
    same, so that agreement cannot be told from habit. ``claims`` were coded by two or more, who agreed on
    ``agreed`` of them; 95% of resamples of the claims lie between ``low`` and ``high``."""

    field: str
    claims: int
    agreed: int
    alpha: float | None
    low: float | None
    high: float | None


class Dispute(msgspec.Struct, frozen=True):
    """A claim on which reviewers differ, and in which fields."""

    claim: str
    fields: tuple[str, ...]


def agreement(acts: Iterable[Act], *, seed: int = 0) -> list[Agreement]:
    """Of the verdict, and of each field where no reviewer rejected the claim.

    A claim that was accepted has the values that its reviewer accepted. Nominal α: Krippendorff, Content
    Analysis (2004), ch. 11, by NLTK; its band by a percentile bootstrap over claims.
    """
    reviewed = _reviewed(acts)
    found = [_agreement(VERDICT, [tuple(map(_verdict, each)) for each in reviewed.values()], seed)]
    for field in FIELDS:
        codings = [
            tuple(_value(act.said, field) for act in each if act.said)
            for each in reviewed.values()
            if all(act.said for act in each)
        ]
        found.append(_agreement(field, codings, seed))
    return found


def disputes(acts: Iterable[Act]) -> list[Dispute]:
    """Claims to settle, in the order in which they were first reviewed."""
    found: list[Dispute] = []
    for claim, each in _reviewed(acts).items():
        kept = [act.said for act in each if act.said]
        fields = {name for one, other in combinations(kept, 2) for name in changed(one, other)}
        told = (VERDICT,) if 0 < len(kept) < len(each) else ()
        if told or fields:
            found.append(Dispute(claim, (*told, *(name for name in FIELDS if name in fields))))
    return found


def alphas(counts: NDArray[np.float64], weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Nominal α of R resamples of U units: ``counts`` (U, C) says how many coders gave a unit each value,
    ``weights`` (R, U) how often each unit was drawn. NaN where a resample has one value only."""
    coders = counts.sum(axis=1)
    apart = (coders**2 - (counts**2).sum(axis=1)) / (coders - 1)
    total, of_value = weights @ coders, weights @ counts
    observed = weights @ apart / total
    expected = (total**2 - (of_value**2).sum(axis=1)) / (total * (total - 1))
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(expected > 0, 1 - observed / expected, np.nan))


def _agreement(field: str, codings: Codings, seed: int) -> Agreement:
    agreed = sum(len(set(each)) == 1 for each in codings)
    values = sorted({value for each in codings for value in each})
    if len(values) < 2:
        return Agreement(field, len(codings), agreed, None, None, None)
    from nltk.metrics.agreement import AnnotationTask  # takes seconds to load: only who asks waits

    data = [
        (str(who), str(unit), value) for unit, each in enumerate(codings) for who, value in enumerate(each)
    ]
    alpha = float(AnnotationTask(data=data).alpha())
    counts = np.array([[each.count(value) for value in values] for each in codings], dtype=float)
    size = len(codings)
    drawn = np.random.default_rng(seed).multinomial(size, np.full(size, 1 / size), RESAMPLES)
    resampled = alphas(counts, drawn.astype(float))
    low, high = np.nanpercentile(resampled, BAND).tolist()
    return Agreement(field, size, agreed, alpha, low, high)


def _reviewed(acts: Iterable[Act]) -> dict[str, Sequence[Act]]:
    """The last act of each reviewer on each claim that two or more reviewed."""
    last: dict[str, dict[str, Act]] = defaultdict(dict)
    for act in acts:
        last[act.claim][act.author] = act
    return {claim: list(each.values()) for claim, each in last.items() if len(each) > 1}


def _verdict(act: Act) -> str:
    if act.said is None:
        return "rejected"
    return "corrected" if changed(act.read, act.said) else "accepted"


def _value(claim: Claim | None, field: str) -> str:
    return msgspec.json.encode(getattr(claim, field), order="sorted").decode()
