"""What changed, how sure, and on whose word: one plain sentence each, ranked by what is at stake."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from satrap.claims import Direction, Horizon, Polarity, RecordedClaim, family
from satrap.country import Pack
from satrap.publish.authority import Moved, Shift
from satrap.publish.words import (
    BAND,
    EVEN,
    Linked,
    Sentence,
    count,
    it_is,
    likelihood,
    listed,
    plain,
    points,
    share,
)

MOSTLY_PRIOR = "How far it moved rests mostly on the prior; the direction rests on the claims."
FOLLOWS = "No claim that the estimate uses names the province: this is the nation's change."


class Kind(StrEnum):
    """What a finding rests on: the estimate, a mere count of what was told, or simulated futures."""

    AUTHORITY = "authority"
    CONDUCT = "conduct"
    OUTLOOK = "outlook"


BASIS = {
    Kind.AUTHORITY: "Estimated from claims",
    Kind.CONDUCT: "Counted, not measured",
    Kind.OUTLOOK: "Simulated, not observed",
}


@dataclass(frozen=True)
class Finding:
    """A short sentence, a second one with its numbers, and what they stand on.

    ``key`` names the list of the claims behind it; ``band`` is the 80% band of the quantity in the numbers;
    ``probability`` is None for counts and for simulated futures, whose share is no probability of the world;
    ``moved`` is the claims behind it, those that say most first; ``weight`` ranks findings of one kind (the
    kinds have no common unit); ``caveat`` is what a reader must know to not misread it.
    """

    kind: Kind
    key: str
    headline: Sentence
    numbers: Sentence
    probability: float | None
    band: tuple[float, float] | None
    moved: tuple[Moved, ...]
    weight: float
    caveat: Sentence = ()

    @property
    def sentence(self) -> Sentence:
        """Headline and numbers."""
        return (*self.headline, " ", *self.numbers) if self.numbers else self.headline

    @property
    def basis(self) -> str:
        """What kind of thing it is, in words."""
        return BASIS[self.kind]

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
    """What rests on claims, the weightiest of each kind in turn, then one that was simulated."""
    ranked = {
        kind: sorted((one for one in findings if one.kind is kind), key=lambda one: (-one.weight, one.key))
        for kind in Kind
    }
    simulated = ranked.pop(Kind.OUTLOOK)
    told = [of[turn] for turn in range(len(findings)) for of in ranked.values() if turn < len(of)]
    first = told[: number - 1 if simulated else number]
    return [*first, *simulated[:1]]


def of_authority(shifts: Iterable[Shift], pack: Pack, named: Collection[str] | None = None) -> list[Finding]:
    """A finding per change of a share that claims tell of, unless its direction is a roughly even chance.

    ``named`` are the places that claims name: a province that is not among them only follows the nation, and
    its finding says so.
    """
    telling = (one for one in shifts if one.moved and not one.prior_only)
    return [of_shift(one, pack, named) for one in telling if likelihood(one.down) != EVEN]


def of_shift(shift: Shift, pack: Pack, named: Collection[str] | None = None) -> Finding:
    """The finding that one change makes; ``named`` as in `of_authority`."""
    follows = named is not None and shift.place is not None and shift.place not in named
    caveats = ([FOLLOWS] if follows else []) + ([MOSTLY_PRIOR] if shift.mostly_prior else [])
    falls = shift.down >= 0.5
    probability = max(shift.down, 1 - shift.down)
    where = f"in {pack.place(shift.place).name}" if shift.place else "at the centre"
    return Finding(
        Kind.AUTHORITY,
        shift.key,
        (
            *it_is(probability),
            f"the {pack.institution(shift.institution).name} {'lost' if falls else 'gained'} authority "
            f"{where}.",
        ),
        (
            "Its share went from ",
            Linked(share(shift.before)),
            " to ",
            Linked(share(shift.after)),
            ", a change of ",
            Linked(points(shift.mean)),
            " points (",
            BAND,
            " ",
            Linked(f"{points(shift.low)} to {points(shift.high)}"),
            ").",
        ),
        probability,
        (shift.low, shift.high),
        shift.moved,
        abs(shift.mean) * (2 * probability - 1) * _people(shift.place, pack),
        (" ".join(caveats),) if caveats else (),
    )


def _people(place: str | None, pack: Pack) -> float:
    """The part of the nation's people whom a change concerns: what happens at the centre concerns all."""
    if place is None:
        return 1.0
    residents = pack.residents()
    return residents.get(place, 0) / max(sum(residents.values()), 1)


def of_conduct(
    claims: Iterable[RecordedClaim], pack: Pack, start: date, end: date, by: str | None = None
) -> list[Finding]:
    """What was told of conduct toward residents between two days, counted by kind and institution.

    With ``by``, of that institution's only.
    """
    told: dict[tuple[str, str], list[RecordedClaim]] = {}
    for one in claims:
        if _of_the_period(one, start, end):
            for institution in _doers(one, pack):
                if by in {None, institution}:
                    told.setdefault((one.claim.kind, institution), []).append(one)
    return [_conduct(kind, institution, of, pack) for (kind, institution), of in told.items()]


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


def _conduct(kind: str, institution: str, told: Sequence[RecordedClaim], pack: Pack) -> Finding:
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
    # Among equals by their words: ids are made of what is never published
    newest_first = sorted(
        told, key=lambda one: (one.published or date.min, one.claim.quote.exact, one.id), reverse=True
    )
    return Finding(
        Kind.CONDUCT,
        f"conduct-{kind}-{institution}",
        (
            f"{kind.capitalize()} by the {pack.institution(institution).name} was reported in ",
            Linked(count(stories, "story")),
            *((", from ", Linked(count(len(places), "province"))) if places else ()),
            ".",
        ),
        (Linked(listed(said)), ".") if said else (),
        None,
        None,
        tuple(Moved(one.id, None) for one in newest_first),
        float(stories),
        ("It tells what was said, not how much was done.",),
    )
