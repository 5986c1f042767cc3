"""The tagger beside the rules: it adds drafts where no rule fires, and weighs what the rules drafted."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

import numpy as np

from satrap.claims import Direction, kinds
from satrap.reading.entities import Discourse
from satrap.reading.frames import Draft, Frames
from satrap.reading.learned import shown
from satrap.reading.learned.arguments import standing
from satrap.reading.learned.heads import ROLES, Floats, by_kind, tagged, way
from satrap.reading.learned.judge import Evidence, judged, log_odds
from satrap.reading.learned.model import Level, Model
from satrap.reading.rule import Example, Rule
from satrap.reading.tokens import Token

LEARNED = "learned."  # how ids of the tagger's rules begin
LEAST = 0.15  # a kind less likely than this is not tried: the judge lets none pass
_LIKELY = 0.2  # arguments less likely than this fill nothing
_TRIED = 3  # arguments a role
_CLOSE = 3  # steps of syntax between two words for one claim
_STEP = 0.001  # scores have three digits


@dataclass(frozen=True, slots=True)
class Sight:
    """What the encoder makes of a sentence: ``vectors`` (words, width), ``chances`` (words, classes) and
    ``kinds`` (words, 1 + kinds), none first."""

    vectors: Floats
    chances: Floats
    kinds: Floats


@dataclass(frozen=True, slots=True)
class Tag:
    """What the tagger makes of one predicate: the likeliest kind but none, its way, its probability.

    ``chances`` are the probabilities of all kinds, none first.
    """

    token: Token
    kind: str
    way: Direction | None
    probability: float
    chances: Floats

    def next_likeliest(self, most: int) -> list[tuple[str, float]]:
        """The other kinds, and none, likeliest first."""
        named = zip(("none", *tagged()), self.chances.tolist(), strict=True)
        others = sorted((one for one in named if one[0] != self.kind), key=lambda one: -one[1])
        return others[:most]


class Tagger:
    """Scores the predicates of a sentence and revises the rules' drafts of it."""

    def __init__(self, level: Level = "fast", model: Model | None = None) -> None:
        self.level = level
        self._model = model or Model.bundled()
        self._reading = self._model.levels[level]
        self.version = f"{level}-{self._model.version}"
        self._rules = {
            kind: Rule(id=f"{LEARNED}{kind}", kind=kind, verbs=("any",), example=Example(text=""))
            for kind in tagged()
        }

    def look(self, sentences: Sequence[Sequence[Token]]) -> list[Sight]:
        """What the encoder makes of each sentence; of many together it is faster."""
        words = [[shown.word(token) for token in tokens] for tokens in sentences]
        states = self._model.encoder.encode(words, deep=self.level == "thorough")
        if not states:
            return []
        chances = self._reading.heads.classes(np.concatenate(states))
        of_kinds = by_kind(chances)
        ends = np.cumsum([len(one) for one in states])
        return [
            Sight(state, chances[end - len(state) : end], of_kinds[end - len(state) : end])
            for state, end in zip(states, ends.tolist(), strict=True)
        ]

    def tags(self, sight: Sight, tokens: Sequence[Token], drafts: Sequence[Draft]) -> list[Tag]:
        """A tag for every word that is likely to be a predicate, and for those that rules took for one."""
        triggers = {draft.trigger for draft in drafts}
        best = sight.kinds[:, 1:].argmax(1)
        surest = sight.kinds[:, 1:].max(1, initial=0)
        found = []
        for token, at, chance in zip(tokens, best.tolist(), surest.tolist(), strict=True):
            if token in triggers or (chance >= LEAST and shown.may_claim(token)):
                kind = tagged()[at]
                row = token.index
                found.append(Tag(token, kind, way(sight.chances[row], kind), chance, sight.kinds[row]))
        return found

    def revise(
        self,
        sight: Sight,
        tokens: Sequence[Token],
        drafts: Sequence[Draft],
        frames: Frames,
        discourse: Discourse,
        sentence: int,
    ) -> list[Draft]:
        """The drafts that stand, rules' and learned, each with its chance to be right as its rule's score."""
        weighed = self.weighed(sight, tokens, drafts, frames, discourse, sentence)
        scores = judged([evidence for _, evidence in weighed], self._reading.judge)
        likely = [
            _scored(draft, score)
            for draft, score in _in_order([draft for draft, _ in weighed], scores.tolist())
            if score >= self._reading.threshold
        ]
        standing = [one for one in likely if not any(_beats(other, one) for other in likely)]
        for one in standing:
            if _is_learned(one) and "person" in one.roles:
                frames.complete_person(one.rule, one.trigger, one.slots, discourse, one.roles)
        return standing

    def weighed(
        self,
        sight: Sight,
        tokens: Sequence[Token],
        drafts: Sequence[Draft],
        frames: Frames,
        discourse: Discourse,
        sentence: int,
    ) -> list[tuple[Draft, Evidence]]:
        """The rules' drafts and those of likely kinds that no rule saw, with what speaks for each."""
        found = []
        for tag in self.tags(sight, tokens, drafts):
            own = [draft for draft in drafts if draft.trigger is tag.token]
            found += [(draft, _ruled(tag, draft, len(own) - 1)) for draft in own]
            if tag.probability < LEAST or tag.kind in {one.kind for one in own}:
                continue
            if not self._can_pass(tag, len(own)):
                continue
            draft, surest = self._draft(tag, sight, tokens, frames, discourse, sentence)
            filled = len(draft.roles) / len(kinds()[tag.kind].main)
            found.append((draft, _learned(tag, len(own), surest, filled)))
        return found

    def _draft(
        self,
        tag: Tag,
        sight: Sight,
        tokens: Sequence[Token],
        frames: Frames,
        discourse: Discourse,
        sentence: int,
    ) -> tuple[Draft, float]:
        """A draft of the tag's kind, its roles filled by the likeliest words, and how likely the best is."""
        offered = [one for one in shown.arguments(tokens) if one is not tag.token]
        slots, paths, surest = dict(frames.slots(tag.token)), {}, 0.0
        if offered:
            chances = self._reading.heads.roles(
                sight.vectors[tag.token.index],
                sight.vectors[[one.index for one in offered]],
                tag.kind,
                *standing(tag.token, offered, frames, discourse),
            )
            for role in kinds()[tag.kind].main:
                column = chances[:, ROLES.index(role)]
                likely = [at for at in np.argsort(-column)[:_TRIED].tolist() if column[at] >= _LIKELY]
                for rank, at in enumerate(likely):
                    slots[f"as-{role}-{rank}"] = [offered[at]]
                if likely:
                    paths[role] = tuple(f"as-{role}-{rank}" for rank in range(len(likely)))
                    surest = max(surest, float(column[likely[0]]))
        roles = {
            role: filled
            for role, ways in paths.items()
            if (filled := frames.fill(role, ways, tag.token, slots, discourse, discourse.plain))
        }
        rule = self._rules[tag.kind].model_copy(update={"roles": paths, "direction": tag.way})
        return Draft(tag.kind, tag.token, rule, slots, roles, tag.way, sentence, [rule.id]), surest

    def _can_pass(self, tag: Tag, rivals: int) -> bool:
        """Whether the judge could let the tag's kind pass, were its roles all filled and beyond doubt."""
        best = _learned(tag, rivals, 1.0, 1.0)
        return float(judged([best], self._reading.judge)[0]) >= self._reading.threshold


def _learned(tag: Tag, rivals: int, surest: float, filled: float) -> Evidence:
    likelihood, margin = _tagged(tag, tag.kind)
    return Evidence(1.0, likelihood, margin, 0.0, 0.0, 0.0, min(rivals, 2), surest, filled)


def _ruled(tag: Tag, draft: Draft, rivals: int) -> Evidence:
    main = kinds()[draft.kind].main
    filled = sum(bool(draft.roles.get(role)) for role in main) / len(main)
    likelihood, margin = _tagged(tag, draft.kind)
    rule = log_odds(draft.rule.score)
    return Evidence(1.0, likelihood, margin, 1.0, rule, likelihood, min(rivals, 2), 0.0, filled)


def _tagged(tag: Tag, kind: str) -> tuple[float, float]:
    """The log odds of a kind, and how many nats it is ahead of the next but none."""
    at = 1 + tagged().index(kind)
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
