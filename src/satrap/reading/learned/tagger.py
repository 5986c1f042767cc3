"""The tagger beside the rules: it adds drafts where no rule fires, and weighs what the rules drafted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from satrap.claims import Direction, kinds
from satrap.reading.entities import Discourse
from satrap.reading.frames import Draft, Frames
from satrap.reading.learned.arguments import Paths, reached
from satrap.reading.learned.features import Features, Seen
from satrap.reading.learned.judge import Evidence, judged, log_odds
from satrap.reading.learned.model import NONE, Floats, Model
from satrap.reading.learned.words import Words
from satrap.reading.predicates import Slots
from satrap.reading.rule import Example, Rule
from satrap.reading.tokens import Token

LEARNED = "learned."  # how ids of the tagger's rules begin
LEAST = 0.4  # a kind less likely than this is not tried: the judge lets none pass
_LIKELY = 0.12  # paths less likely than this fill nothing
_TRIED = 3  # paths a role
_CLOSE = 3  # steps of syntax between two words for one claim
_STEP = 0.001  # scores have three digits
_ELSEWHERE = frozenset({NONE, "motive", "cause"})  # read by their own grammar, since they explain a claim


@dataclass(frozen=True, slots=True)
class Tag:
    """What the tagger makes of one predicate: the likeliest kind but none, its way, its probability.

    ``chances`` are the probabilities of all kinds, none first.
    """

    token: Token
    seen: Seen
    slots: Slots
    kind: str
    way: Direction | None
    probability: float
    chances: Floats


class Tagger:
    """Scores the predicates of a sentence and revises the rules' drafts of it."""

    def __init__(self, model: Model | None = None) -> None:
        self.words = Words.bundled()
        self.model = model or Model.bundled()
        self.version = self.model.version
        self._features = Features(self.words)
        self._paths = Paths(self.model.paths)
        self._rules = {
            kind: Rule(id=f"{LEARNED}{kind}", kind=kind, verbs=("any",), example=Example(text=""))
            for kind in kinds()
        }

    def tags(
        self, tokens: Sequence[Token], drafts: Sequence[Draft], frames: Frames, discourse: Discourse
    ) -> list[Tag]:
        """A tag for every word that may be a predicate, and for those that rules took for one."""
        triggers = [draft.trigger for draft in drafts]
        cases = dict.fromkeys((*self._features.candidates(tokens), *triggers))
        found = [(token, frames.slots(token)) for token in cases]
        if not found:
            return []
        seen = [self._features.of(token, slots, discourse) for token, slots in found]
        rows = self.model.probabilities(seen, self.words)
        return [
            Tag(token, one, slots, self.model.kinds[at], way, float(chances[at]), chances)
            for (token, slots), one, chances, (at, way) in zip(
                found, seen, self.model.by_kind(rows), self.model.best(rows), strict=True
            )
        ]

    def revise(
        self,
        tokens: Sequence[Token],
        drafts: Sequence[Draft],
        frames: Frames,
        discourse: Discourse,
        sentence: int,
    ) -> list[Draft]:
        """The drafts that stand, rules' and learned, each with its chance to be right as its rule's score."""
        weighed = self.weighed(tokens, drafts, frames, discourse, sentence)
        scores = judged([evidence for _, evidence in weighed], self.model.judge)
        likely = [
            _scored(draft, score)
            for draft, score in _in_order([draft for draft, _ in weighed], scores.tolist())
            if score >= self.model.threshold
        ]
        standing = [one for one in likely if not any(_beats(other, one) for other in likely)]
        for one in standing:
            if _is_learned(one) and "person" in one.roles:
                frames.complete_person(one.rule, one.trigger, one.slots, discourse, one.roles)
        return standing

    def weighed(
        self,
        tokens: Sequence[Token],
        drafts: Sequence[Draft],
        frames: Frames,
        discourse: Discourse,
        sentence: int,
    ) -> list[tuple[Draft, Evidence]]:
        """The rules' drafts and those of likely kinds that no rule saw, with what speaks for each."""
        found = []
        for tag in self.tags(tokens, drafts, frames, discourse):
            own = [draft for draft in drafts if draft.trigger is tag.token]
            for draft in own:
                found.append((draft, self._ruled(tag, draft, len(own) - 1)))
            if tag.probability < LEAST or tag.kind in _ELSEWHERE or tag.kind in {one.kind for one in own}:
                continue
            if not self._can_pass(tag, len(own)):
                continue
            draft, path = self._draft(tag, frames, discourse, sentence)
            filled = len(draft.roles) / len(kinds()[tag.kind].main)
            found.append((draft, self._learned(tag, len(own), path, filled)))
        return found

    def strongest(self, tag: Tag, most: int) -> list[tuple[str, float]]:
        """The features that speak most for a tag's kind."""
        name = f"{tag.kind}.{tag.way}" if tag.way else tag.kind
        return self.model.strongest(tag.seen, name, self.words, most)

    def _draft(self, tag: Tag, frames: Frames, discourse: Discourse, sentence: int) -> tuple[Draft, float]:
        """A draft of the tag's kind, its roles filled by the likeliest paths, and how likely the best is."""
        leads = reached(tag.token, tag.slots, frames, discourse)
        paths: dict[str, tuple[str, ...]] = {}
        surest = 0.0
        for role in kinds()[tag.kind].main:
            ranked = self._paths.ranked(tag.kind, role, tag.seen.shape, leads, discourse)
            likely = [path for likelihood, path in ranked if likelihood >= _LIKELY]
            if likely:
                paths[role] = tuple(likely[:_TRIED])
                surest = max(surest, ranked[0][0])
        roles = {
            role: filled
            for role, ways in paths.items()
            if (filled := frames.fill(role, ways, tag.token, tag.slots, discourse, discourse.plain))
        }
        rule = self._rules[tag.kind].model_copy(update={"roles": paths, "direction": tag.way})
        return Draft(tag.kind, tag.token, rule, tag.slots, roles, tag.way, sentence, [rule.id]), surest

    def _can_pass(self, tag: Tag, rivals: int) -> bool:
        """Whether the judge could let the tag's kind pass, were its roles all filled and beyond doubt."""
        best = self._learned(tag, rivals, 1.0, 1.0)
        return float(judged([best], self.model.judge)[0]) >= self.model.threshold

    def _learned(self, tag: Tag, rivals: int, path: float, filled: float) -> Evidence:
        tagged, margin = self._tagged(tag, tag.kind)
        return Evidence(1.0, tagged, margin, 0.0, 0.0, 0.0, min(rivals, 2), path, filled)

    def _ruled(self, tag: Tag, draft: Draft, rivals: int) -> Evidence:
        tagged, margin = self._tagged(tag, draft.kind)
        main = kinds()[draft.kind].main
        filled = sum(bool(draft.roles.get(role)) for role in main) / len(main)
        rule = log_odds(draft.rule.score)
        return Evidence(1.0, tagged, margin, 1.0, rule, tagged, min(rivals, 2), 0.0, filled)

    def _tagged(self, tag: Tag, kind: str) -> tuple[float, float]:
        """The log odds of a kind, and how many nats it is ahead of the next but none."""
        at = self.model.kinds.index(kind)
        chance = float(tag.chances[at])
        next_best = max(float(tag.chances[1:at].max(initial=0)), float(tag.chances[at + 1 :].max(initial=0)))
        return log_odds(chance), float(np.log(chance + 1e-4) - np.log(next_best + 1e-4))


def _is_learned(draft: Draft) -> bool:
    return draft.rules[0].startswith(LEARNED)


def _in_order(drafts: Sequence[Draft], scores: Sequence[float]) -> Iterator[tuple[Draft, float]]:
    """Of rules that fire on one word, the one whose author is surer keeps the better score: rivals are
    decided by it."""
    for draft, score in zip(drafts, scores, strict=True):
        surer = [
            judged
            for other, judged in zip(drafts, scores, strict=True)
            if other.trigger is draft.trigger
            and other.rule.score > draft.rule.score
            and not (_is_learned(other) or _is_learned(draft))
        ]
        yield draft, min([score, *(one - _STEP for one in surer)])


def _scored(draft: Draft, score: float) -> Draft:
    score = min(max(round(score, 3), _STEP), 1 - _STEP)
    return replace(draft, rule=draft.rule.model_copy(update={"score": score}))


def _beats(other: Draft, draft: Draft) -> bool:
    """Whether another draft says the same better: of one kind in one clause, or of two on one word."""
    if other is draft or not (_is_learned(draft) or _is_learned(other)):
        return False
    if other.rule.score <= draft.rule.score:
        return False
    if other.trigger is draft.trigger:
        return True
    return other.kind == draft.kind and (
        _hangs_on(other.trigger, draft.trigger) or _hangs_on(draft.trigger, other.trigger)
    )


def _hangs_on(word: Token, above: Token) -> bool:
    """Whether a word stands at most three steps below another: "is likely to be dismissed"."""
    return any(one is above for one in islice(word.ancestors(), _CLOSE))
