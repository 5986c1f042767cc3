"""Scoring claims against coded ones, by the matching section of the codebook.

Lenient: same sentence, same kind, and the arguments of some main role overlap. Strict: also the same
direction, polarity, certainty, horizon, innermost voice (kind and place) and every main role. Each claim is
matched at most once, greedily: the pair that agrees in most fields first. Optional coded claims, and what is
matched to them, count for nothing.

How names compare is a parameter (``same_name``), so that a country pack may say that "the secret police" is
the Ministry of State Security. The default compares words: one side's content words must all be among the
other's, or half of both must be shared. The codebook leaves roles that are clauses (an aim) to judgement;
this is ours.

A pair both of whose sides leave every main role empty overlaps (a passive without agent or victim).
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from satrap.claims.claim import Argument, Claim
from satrap.claims.gold import Alternatives, GoldClaim
from satrap.claims.kinds import kinds

Span = tuple[int, int]
SameName = Callable[[Argument, str], bool]
SamePlace = Callable[[str, str | None], bool]
FIELDS = ("direction", "polarity", "certainty", "horizon", "voice", "roles")

_EMPTY = frozenset(
    {
        "the",
        "a",
        "an",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "by",
        "and",
        "or",
        "its",
        "their",
        "his",
        "her",
        "some",
        "all",
        "other",
        "that",
        "with",
        "from",
    }
)  # words that name nothing


def same_words(argument: Argument, name: str) -> bool:
    """Whether two names share their content words: all of the shorter's, or half of both together."""
    mine, theirs = _content(argument.name), _content(name)
    if not mine or not theirs:
        return argument.name == name
    shared = mine & theirs
    return shared in (mine, theirs) or 2 * len(shared) >= len(mine | theirs)


def _content(name: str) -> frozenset[str]:
    words = "".join(
        one if one.isalnum() else " " for one in name.lower().replace("'s", "").replace("’s", "")
    ).split()
    return frozenset(word[:-1] if len(word) > 3 and word.endswith("s") else word for word in words) - _EMPTY


@dataclass(frozen=True, slots=True)
class Comparison:
    """How names and places compare, and the sentences of the text."""

    sentences: Sequence[Span]
    same_name: SameName = same_words
    same_place: SamePlace = lambda gold, read: gold == read

    def sentence(self, at: int) -> int:
        """Index of the sentence that holds an offset; -1 where none does."""
        return next((index for index, (start, end) in enumerate(self.sentences) if start <= at < end), -1)


@dataclass(slots=True)
class Score:
    """Outcome of matching: pairs, misses and false claims. Several documents add up."""

    pairs: list[tuple[Claim, GoldClaim]] = field(default_factory=list)
    spared: list[tuple[Claim, GoldClaim]] = field(default_factory=list)
    misses: list[GoldClaim] = field(default_factory=list)
    false: list[Claim] = field(default_factory=list)
    agree: dict[str, int] = field(default_factory=lambda: dict.fromkeys(FIELDS, 0))
    voiced: int = 0
    voice_right: int = 0

    def __iadd__(self, other: "Score") -> "Score":
        self.pairs += other.pairs
        self.spared += other.spared
        self.misses += other.misses
        self.false += other.false
        for name, count in other.agree.items():
            self.agree[name] += count
        self.voiced += other.voiced
        self.voice_right += other.voice_right
        return self

    @property
    def precision(self) -> float:
        return len(self.pairs) / max(1, len(self.pairs) + len(self.false))

    @property
    def recall(self) -> float:
        return len(self.pairs) / max(1, len(self.pairs) + len(self.misses))

    @property
    def f1(self) -> float:
        """2·P·R / (P + R); 0 where nothing is matched."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    @property
    def accuracy(self) -> Mapping[str, float]:
        """Share of matched core claims right in each field."""
        return {name: count / max(1, len(self.pairs)) for name, count in self.agree.items()}

    @property
    def voice_beyond_publisher(self) -> float:
        """Share with the right innermost voice among matched claims that have one beyond the publisher."""
        return self.voice_right / max(1, self.voiced)


def match(
    read: Iterable[Claim], gold: Iterable[GoldClaim], how: Comparison, *, strict: bool = False
) -> Score:
    """Match the claims of one text with its coded claims."""
    read, gold = list(read), list(gold)
    candidates = []
    for i, claim in enumerate(read):
        for j, coded in enumerate(gold):
            if not overlaps(claim, coded, how):
                continue
            right = agreement(claim, coded, how)
            if strict and not all(right.values()):
                continue
            # core before optional, then the fields that agree, then the words they share
            rank = (coded.optional, -sum(right.values()), abs(claim.quote.start - coded.start), i, j)
            candidates.append((rank, i, j, right))
    score = Score()
    free_read, free_gold = set(range(len(read))), set(range(len(gold)))
    for _, i, j, right in sorted(candidates, key=lambda one: one[0]):
        if i not in free_read or j not in free_gold:
            continue
        free_read.remove(i)
        free_gold.remove(j)
        if gold[j].optional:
            score.spared.append((read[i], gold[j]))
            continue
        score.pairs.append((read[i], gold[j]))
        for name, is_right in right.items():
            score.agree[name] += is_right
        if len(gold[j].said_by) > 1:
            score.voiced += 1
            score.voice_right += right["voice"]
    score.misses = [gold[j] for j in sorted(free_gold) if not gold[j].optional]
    score.false = [read[i] for i in sorted(free_read)]
    return score


def overlaps(claim: Claim, coded: GoldClaim, how: Comparison) -> bool:
    """The lenient criterion."""
    if claim.kind != coded.kind or how.sentence(claim.quote.start) != how.sentence(coded.start):
        return False
    main = kinds()[claim.kind].main
    if not any(claim.roles.get(role) for role in main) and not any(coded.roles.get(role) for role in main):
        return True
    return any(_shares(claim.roles.get(role, ()), coded.roles.get(role, ()), how) for role in main)


def agreement(claim: Claim, coded: GoldClaim, how: Comparison) -> dict[str, bool]:
    """Which of the strict fields agree."""
    voice, told = claim.voice, coded.said_by[-1]
    if told.place is None:
        place = voice.place is None
    else:
        place = any(how.same_place(one, voice.place) for one in told.place.split("|"))
    return {
        "direction": claim.direction == coded.direction,
        "polarity": claim.polarity == coded.polarity,
        "certainty": claim.certainty == coded.certainty,
        "horizon": claim.horizon == coded.horizon,
        "voice": voice.kind == told.kind and place,
        "roles": all(
            _same(claim.roles.get(role, ()), coded.roles.get(role, ()), how)
            for role in kinds()[claim.kind].main
        ),
    }


def _shares(mine: Sequence[Argument], theirs: Sequence[Alternatives], how: Comparison) -> bool:
    return any(how.same_name(one, name) for one in mine for names in theirs for name in names)


def _same(mine: Sequence[Argument], theirs: Sequence[Alternatives], how: Comparison) -> bool:
    """Every listed argument has a counterpart, both ways."""

    def fits(one: Argument, names: Alternatives) -> bool:
        return any(how.same_name(one, name) for name in names)

    return all(any(fits(one, names) for one in mine) for names in theirs) and all(
        any(fits(one, names) for names in theirs) for one in mine
    )
