"""What changed, how sure, and on whose word: one plain sentence each, ranked by what is at stake."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from satrap.claims import Direction, Horizon, Polarity, RecordedClaim, family
from satrap.country import Pack
from satrap.publish.authority import Moved, Shift
from satrap.publish.words import (
    EVEN,
    Number,
    Sentence,
    count,
    day,
    decimal,
    it_is,
    likelihood,
    listed,
    percent,
    plain,
    points,
    share,
)
from satrap.simulate import Comparison, DisplacementRatio

DISPLACEMENT = "outlook-displacement"
"""Names the list of the claims that all futures start from."""

MOSTLY_PRIOR = "How far it moved rests mostly on the prior; the direction rests on the claims."

Floats = NDArray[np.float64]


class Kind(StrEnum):
    """What a finding rests on: the estimate, simulated futures, or a mere count of what was told."""

    AUTHORITY = "authority"
    OUTLOOK = "outlook"
    CONDUCT = "conduct"


@dataclass(frozen=True)
class Finding:
    """One sentence and what it stands on.

    ``key`` names the list of the claims behind it; ``band`` is the 80% band of the quantity in the sentence;
    ``probability`` is None for counts; ``moved`` is the claims behind it, those that say most first;
    ``weight`` ranks findings of one kind (the kinds have no common unit); ``caveat`` is what a reader must
    know to not misread it.
    """

    kind: Kind
    key: str
    sentence: Sentence
    probability: float | None
    band: tuple[float, float] | None
    moved: tuple[Moved, ...]
    weight: float
    caveat: str = ""

    @property
    def words(self) -> str | None:
        """The calibrated term for its probability."""
        return None if self.probability is None else likelihood(self.probability)

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims behind it."""
        return tuple(one.claim for one in self.moved)

    def __str__(self) -> str:
        return plain(self.sentence)


def most_important(findings: Sequence[Finding], number: int = 3) -> list[Finding]:
    """The weightiest of each kind in turn (what changed, what may follow, what residents tell), then on."""
    by_kind = [
        sorted((one for one in findings if one.kind is kind), key=lambda one: (-one.weight, one.key))
        for kind in Kind
    ]
    in_turn = [ranked[turn] for turn in range(len(findings)) for ranked in by_kind if turn < len(ranked)]
    return in_turn[:number]


def of_authority(shifts: Iterable[Shift], pack: Pack) -> list[Finding]:
    """A finding per change of a share that claims tell of, unless its direction is a roughly even chance."""
    telling = (one for one in shifts if one.moved and not one.prior_only)
    return [_shift(one, pack) for one in telling if likelihood(one.down) != EVEN]


def _shift(shift: Shift, pack: Pack) -> Finding:
    falls = shift.down >= 0.5
    probability = max(shift.down, 1 - shift.down)
    where = f"in {pack.place(shift.place).name}" if shift.place else "at the centre"
    sentence = (
        *it_is(probability),
        f"the {pack.institution(shift.institution).name} {'lost' if falls else 'gained'} authority {where} "
        f"between {day(shift.start)} and {day(shift.end)}: its share went from ",
        Number(share(shift.before)),
        " to ",
        Number(share(shift.after)),
        ", a change of ",
        Number(points(shift.mean)),
        " points (80% band ",
        Number(f"{points(shift.low)} to {points(shift.high)}"),
        ").",
    )
    stakes = abs(shift.mean) * (2 * probability - 1) * _people(shift.place, pack)
    return Finding(
        Kind.AUTHORITY,
        shift.key,
        sentence,
        probability,
        (shift.low, shift.high),
        shift.moved,
        stakes,
        MOSTLY_PRIOR if shift.mostly_prior else "",
    )


def _people(place: str | None, pack: Pack) -> float:
    """The part of the nation's people whom a change concerns: what happens at the centre concerns all."""
    if place is None:
        return 1.0
    residents = pack.residents()
    return residents.get(place, 0) / max(sum(residents.values()), 1)


def of_outlook(effect: Comparison, week: int, behind: tuple[Moved, ...], pack: Pack) -> list[Finding]:
    """What the scenario does to residents, against the same futures without it.

    ``behind`` are the claims that the weakened institution's share at the start rests on. Weeks count from
    the scenario's start.
    """
    scenario = effect.other.scenario
    weakened = pack.institution(scenario.question.weakened).name
    when = day(scenario.start + timedelta(weeks=week))
    caveat = (
        f"A simulation from the estimated state; {len(scenario.prior_dominated())} of "
        f"{len(scenario.parameters)} parameters rest on judgement alone."
    )
    ratio = effect.displacement_ratio(week)
    burden = effect.effect("burden")[:, week]
    found = [_less_or_more(burden, when, behind, caveat)]
    if ratio.defined.any():
        found.append(_displaced(ratio, weakened, when, behind, caveat))
    return found


def _displaced(
    ratio: DisplacementRatio, weakened: str, when: str, behind: tuple[Moved, ...], caveat: str
) -> Finding:
    low, middle, high = ratio.quantiles((0.1, 0.5, 0.9)).tolist()
    half = float((ratio.values[ratio.defined] >= 0.5).mean())
    sentence = (
        *it_is(max(half, 1 - half)),
        f"others take over {'at least' if half >= 0.5 else 'less than'} half of what the {weakened} no "
        f"longer takes from residents by {when}: the displacement ratio is ",
        Number(decimal(middle)),
        " (80% band ",
        Number(f"{decimal(low)} to {decimal(high)}"),
        ").",
    )
    scale = " At 0 nothing is taken over, at 1 all of it; below 0 others take less as well."
    if ratio.undefined > 0:
        scale += f" It is undefined in {percent(ratio.undefined)} of runs, where nothing was given up."
    return Finding(
        Kind.OUTLOOK, DISPLACEMENT, sentence, max(half, 1 - half), (low, high), behind, 1.0, caveat + scale
    )


def _less_or_more(burden: Floats, when: str, behind: tuple[Moved, ...], caveat: str) -> Finding:
    low, middle, high = np.quantile(burden, (0.1, 0.5, 0.9)).tolist()
    less = float((burden < 0).mean())
    sentence = (
        *it_is(max(less, 1 - less)),
        f"by {when} residents have {'less' if less >= 0.5 else 'more'} taken from them than they would "
        "without these measures: the difference is ",
        Number(points(middle)),
        " points of household spending (80% band ",
        Number(f"{points(low)} to {points(high)}"),
        ").",
    )
    return Finding(
        Kind.OUTLOOK, "outlook-burden", sentence, max(less, 1 - less), (low, high), behind, 0.5, caveat
    )


def of_conduct(claims: Iterable[RecordedClaim], pack: Pack, start: date, end: date) -> list[Finding]:
    """What was told of conduct toward residents between two days, counted by kind and institution."""
    told: dict[tuple[str, str], list[RecordedClaim]] = {}
    for one in claims:
        if _of_the_period(one, start, end):
            for institution in _doers(one, pack):
                told.setdefault((one.claim.kind, institution), []).append(one)
    return [_conduct(kind, institution, of, pack, start, end) for (kind, institution), of in told.items()]


def _of_the_period(one: RecordedClaim, start: date, end: date) -> bool:
    claim = one.claim
    at = claim.when.latest if claim.when else one.published
    return (
        family(claim.kind) == "conduct"
        and claim.polarity is Polarity.AFFIRMED
        and claim.horizon is not Horizon.FUTURE
        and at is not None
        and start < at <= end
    )


def _doers(one: RecordedClaim, pack: Pack) -> list[str]:
    """The share institutions named as doing it; "officials" and collective nouns are nobody in particular."""
    named = [
        pack.share_institution(by.id)
        for by in one.claim.arguments("by")
        if by.id is not None and by.id in pack.institutions
    ]
    return [each for each in dict.fromkeys(named) if each is not None]


def _conduct(
    kind: str, institution: str, told: Sequence[RecordedClaim], pack: Pack, start: date, end: date
) -> Finding:
    stories = len({one.story for one in told})
    places = {
        place for one in told for place in one.claim.places if place in pack.places and place != pack.code
    }
    trend = Counter(one.claim.direction for one in told)
    said = [
        f"{count(trend[way], 'claim')} {'says' if trend[way] == 1 else 'say'} that it {verb}"
        for way, verb in ((Direction.UP, "grew"), (Direction.DOWN, "fell"))
        if trend[way]
    ]
    sentence: Sentence = (
        f"{kind.capitalize()} by the {pack.institution(institution).name} is told in ",
        Number(count(len(told), "claim")),
        " from ",
        Number(count(stories, "story")),
        f" between {day(start)} and {day(end)}",
        *((", from ", Number(count(len(places), "province"))) if places else ()),
        *(("; ", Number(listed(said))) if said else ()),
        ".",
    )
    newest_first = sorted(told, key=lambda one: (one.published or date.min, one.id), reverse=True)
    return Finding(
        Kind.CONDUCT,
        f"conduct-{kind}-{institution}",
        sentence,
        None,
        None,
        tuple(Moved(one.id, None) for one in newest_first),
        float(stories),
        "A count of what was told, not a measure of what was done.",
    )
