"""From recorded claims to functionals of authority: what each says, of which offices, over which weeks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import log

import numpy as np
from numpy.typing import NDArray

from satrap.claims import Certainty, Claim, Direction, Horizon, Polarity, RecordedClaim, Status
from satrap.estimate.functionals import Functional
from satrap.estimate.loadings import Loadings, Rule
from satrap.estimate.offices import Offices, UnusableClaimError
from satrap.estimate.weeks import Weeks

Array = NDArray[np.float64]

_LEVEL_POINTS = 5  # weeks at which an imprecisely dated level is averaged
_LEAST_SCORE = 0.05


@dataclass(frozen=True, slots=True)
class Unused:
    """A claim that is not an observation of authority, and why."""

    claim: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Assertion:
    """What a claim asserts, before it is placed: ``contrast`` is what went up, or stands higher."""

    contrast: Array
    level: bool = False
    unchanged: bool = False
    news: float = 0.0


Pairs = list[tuple[RecordedClaim, Functional]]


def observe(
    claims: Sequence[RecordedClaim], offices: Offices, weeks: Weeks, loadings: Loadings
) -> tuple[Pairs, list[Unused]]:
    """Each claim as a functional, or the reason why it is not one: nothing is lost silently."""
    return place(claims, lambda one: _functional(one, offices, weeks, loadings))


def place(
    claims: Iterable[RecordedClaim], make: Callable[[RecordedClaim], Functional]
) -> tuple[Pairs, list[Unused]]:
    """As :func:`observe`, by any rule that looks at what claims say and not at where they stand. What several
    claims say alike is placed once, so that a million alike take seconds."""
    used: Pairs = []
    unused: list[Unused] = []
    known: dict[object, Functional | str] = {}
    for recorded in claims:
        said = _said(recorded)
        if said not in known:
            try:
                known[said] = make(recorded)
            except UnusableClaimError as why:
                known[said] = str(why)
        found = known[said]
        if isinstance(found, str):
            unused.append(Unused(recorded.id, found))
        else:
            used.append((recorded, replace(found, claim=recorded.id, story=recorded.story)))
    return used, unused


def _said(recorded: RecordedClaim) -> object:
    """All of a claim but its report, words, story and id."""
    claim = recorded.claim
    return (
        claim.kind,
        tuple(claim.roles.items()),
        claim.said_by,
        claim.direction,
        claim.polarity,
        claim.certainty,
        claim.access,
        claim.horizon,
        claim.when,
        claim.places,
        claim.status,
        claim.reading.score,
        recorded.publisher,
        recorded.outlet,
        recorded.published,
    )


def _functional(recorded: RecordedClaim, offices: Offices, weeks: Weeks, loadings: Loadings) -> Functional:
    claim = recorded.claim
    if claim.status is Status.REJECTED:
        raise UnusableClaimError("rejected in review")
    if claim.kind in loadings.ignored:
        raise UnusableClaimError(loadings.ignored[claim.kind])
    if claim.horizon is Horizon.FUTURE:
        raise UnusableClaimError("a forecast is not an observation")
    rule = loadings.kinds[claim.kind]
    first, last, told = window(recorded, weeks, loadings)
    said = _assertion(claim, rule, offices, weeks.monday(first))
    contrast = said.contrast - said.contrast.mean()
    if not np.abs(contrast).max() > 1e-9:
        raise UnusableClaimError("it names every share institution, or both ends fall in one of them")
    functional = Functional(
        claim=recorded.id,
        story=recorded.story,
        contrast=contrast,
        places=offices.reach(claim, claim.arguments(*_PLACED[rule.shape]), rule.reach),
        weeks=(level(first, last, weeks) if said.level else _change(first, last, told, weeks, loadings)),
        news=said.news,
        log_noise=declared_noise(claim, loadings) - log((loadings.rank if said.level else rule).loading),
        level=said.level,
        publisher=recorded.outlet or recorded.publisher,
        groups=groups(recorded),
    )
    if said.unchanged:
        if claim.polarity is Polarity.DENIED:
            raise UnusableClaimError("that nothing is unchanged has no direction")
        return replace(functional, lower=-1.0, upper=1.0)
    if claim.polarity is Polarity.DENIED:  # "did not rise" leaves falling and staying
        return replace(functional, contrast=-contrast, lower=0.0 if said.level else -1.0, news=0.0)
    return functional


_PLACED = {
    "directed": ("holder",),
    "transfer": ("from", "to"),
    "personnel": ("institution", "post"),
    "inspection": ("of",),
}


def _assertion(claim: Claim, rule: Rule, offices: Offices, on: date) -> _Assertion:
    if rule.shape == "transfer":
        to, origin = claim.arguments("to"), claim.arguments("from")
        return _Assertion(_difference(offices.side(to), offices.side(origin)))
    if rule.shape == "inspection":
        inspected = offices.side(claim.arguments("of"), on)
        if not inspected.any():
            raise UnusableClaimError("who is inspected is not a share institution")
        return _Assertion(_difference(offices.side(claim.arguments("by")), inspected), news=-1.0)
    if rule.shape == "personnel":
        for role in ("institution", "post", "person"):
            gain = rule.sign is Direction.UP
            side = offices.side(claim.arguments(role), on, "start" if gain else "end")
            if side.any():
                return _Assertion(side if gain else -side, news=1.0 if gain else -1.0)
        raise UnusableClaimError("the institution of the person is not given, or is not a share institution")
    holder, over = offices.side(claim.arguments("holder")), offices.side(claim.arguments("over"))
    if not holder.any():
        raise UnusableClaimError("the holder is not a share institution")
    if claim.direction is None:
        if not over.any():
            raise UnusableClaimError("it gives neither a direction nor a rank over another institution")
        return _Assertion(holder - over, level=True)
    contrast = holder - over
    return _Assertion(
        -contrast if claim.direction is Direction.DOWN else contrast,
        unchanged=claim.direction is Direction.UNCHANGED,
    )


def _difference(gains: Array, loses: Array) -> Array:
    if not (gains.any() or loses.any()):
        raise UnusableClaimError("neither end is a share institution")
    return gains - loses


def window(recorded: RecordedClaim, weeks: Weeks, loadings: Loadings) -> tuple[int, int, int | None]:
    """First and last week in which it happened or held, and the week of publication, if known."""
    claim = recorded.claim
    told = None if recorded.published is None else weeks.index(recorded.published)
    if claim.when is not None:
        first, last = weeks.index(claim.when.earliest), weeks.index(claim.when.latest)
        if told is not None and first <= told:
            last = min(last, told)
    elif told is not None:
        span = loadings.time.past if claim.horizon is Horizon.PAST else loadings.time.present
        first, last = told - span, told
    else:
        raise UnusableClaimError("undated: neither the claim nor its report has a date")
    if not 0 <= (first + last) / 2 < weeks.count:
        raise UnusableClaimError("outside the estimated weeks")
    return max(first, 0), min(last, weeks.count - 1), told


def _change(
    first: int, last: int, told: int | None, weeks: Weeks, loadings: Loadings
) -> tuple[tuple[int, float], ...]:
    """z after − z before, widened to the whole window: on one of its weeks it happened."""
    end = last + loadings.time.settle
    if told is not None:
        end = min(end, max(told, last))
    end = min(max(end, 1), weeks.count - 1)
    start = min(max(first - loadings.time.lead, 0), end - 1)
    if start < 0:
        raise UnusableClaimError("a change needs at least two estimated weeks")
    return (end, 1.0), (start, -1.0)


def level(first: int, last: int, weeks: Weeks) -> tuple[tuple[int, float], ...]:
    """Mean of z over the window."""
    points = sorted({round(float(at)) for at in np.linspace(first, last, _LEVEL_POINTS)})
    return tuple((min(point, weeks.count - 1), 1.0 / len(points)) for point in points)


def groups(recorded: RecordedClaim) -> tuple[tuple[str, str], ...]:
    """What a claim's noise may be learned by; words that state plainly are the unit of certainty."""
    claim, teller = recorded.claim, recorded.outlet or recorded.publisher
    hedge = () if claim.certainty is Certainty.STATED else (("certainty", claim.certainty.value),)
    return (("publisher", teller), ("source", f"{claim.voice.kind.value} of {teller}"), *hedge)


def declared_noise(claim: Claim, loadings: Loadings) -> float:
    """Log noise from source, certainty, access, tier and the reader's own score (n claims read rightly with
    chance r are worth r n: noise variance over r). A claim that people accepted or corrected needs no
    reader's score."""
    reviewed = claim.status in (Status.ACCEPTED, Status.CORRECTED)
    score = 1.0 if reviewed else min(max(claim.reading.score, _LEAST_SCORE), 1.0)
    tiers = {tier for role in claim.roles.values() for argument in role for tier in argument.tiers}
    tier = min((loadings.tiers.weights[one] for one in tiers), default=1.0)
    declared = (
        loadings.sources.weights[claim.voice.kind],
        loadings.certainty.weights[claim.certainty],
        loadings.access.weights[claim.access],
        tier,
    )
    return sum(map(log, declared)) - 0.5 * log(score)
