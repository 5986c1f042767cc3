"""Coded claims as cases: sentences as the encoder sees them, with which words claim what, of whom."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
from benchmarks.scoring import Scorer
from training.corpus import Text

from satrap.claims import kinds
from satrap.claims.gold import GoldClaim
from satrap.reading import RuleReader
from satrap.reading.learned import shown
from satrap.reading.learned.arguments import standing
from satrap.reading.learned.heads import NONE, ROLES, classes
from satrap.reading.reader import Step
from satrap.reading.rule import Rule
from satrap.reading.rulebook import nowhere
from satrap.reading.tokens import Token
from satrap.reports import Report

_PARTS = {"V": "verbs", "N": "nouns", "J": "adjectives"}
OF_RULES = 0.5  # weight of a case from a rule's example: they are short and alike
OTHER_WORDS = 2  # of a rule, put in its example's place

Floats = npt.NDArray[np.float32]
Standing = tuple[npt.NDArray[np.intp], Floats]


@dataclass(frozen=True)
class Coded:
    """A coded claim of a sentence: its class, the words inside its quote, each with how far below the quote's
    head it stands, and the words that fill each role as coded; None where roles were not coded."""

    label: str
    within: Mapping[int, int]
    optional: bool = False
    roles: Mapping[str, Sequence[int]] | None = None


@dataclass(frozen=True)
class Case:
    """A sentence. ``candidates`` and ``arguments`` are places of words; ``standing`` tells of a candidate how
    each argument stands to it."""

    words: Sequence[str]
    candidates: Sequence[int]
    arguments: Sequence[int]
    coded: Sequence[Coded] = ()
    standing: Mapping[int, Standing] = field(default_factory=dict)
    weight: float = 1.0
    text: int | None = None  # number of the text; None for what is of no text


def label(kind: str, way: str | None) -> str:
    """The class of a claim: its kind, with its way where the kind often has one."""
    if f"{kind}.{way}" in classes():
        return f"{kind}.{way}"
    return kind if kind in classes() else f"{kind}.down"


def of_texts(texts: Sequence[Text], scorer: Callable[[str], Scorer]) -> list[Case]:
    """Every sentence of some texts; ``scorer`` is a country's."""
    return [
        case
        for number, one in enumerate(texts)
        for step in _reader(scorer(one.country)).steps(one.report)
        if not step.discourse.plain[step.sentence.start : step.sentence.end].rstrip("\"' ").endswith("?")
        for case in [_coded(step, one.gold, number, scorer(one.country))]
    ]


def _reader(scorer: Scorer) -> RuleReader:
    assert isinstance(scorer.reader, RuleReader)
    return scorer.reader


def _coded(step: Step, gold: Sequence[GoldClaim], number: int, scorer: Scorer) -> Case:
    frames, offered = _reader(scorer).frames, shown.arguments(step.tokens)
    found = []
    for claim in gold:
        if not step.sentence.start <= claim.start < step.sentence.end:
            continue
        main = kinds()[claim.kind].main
        if not set(main) <= set(ROLES):
            continue
        roles = {
            role: [one.index for one in offered if _fills(role, one, claim, step, scorer)] for role in main
        }
        within = {one.index: depth for one, depth in _inside(step, claim)}
        found.append(Coded(label(claim.kind, claim.direction), within, claim.optional, roles))
    inside = {at for one in found for at in one.within}
    candidates = _candidates(step)
    stands = {
        at: standing(step.tokens[at], offered, frames, step.discourse) for at in candidates if at in inside
    }
    words = [shown.word(one) for one in step.tokens]
    return Case(words, candidates, [one.index for one in offered], found, stands, text=number)


def _fills(role: str, token: Token, claim: GoldClaim, step: Step, scorer: Scorer) -> bool:
    """Whether a word of the sentence is what a role was coded as."""
    names = [name for names in claim.roles.get(role, ()) for name in names]
    if not names:
        return False
    slots = {"it": [token]}
    filled = _reader(scorer).frames.fill(role, ("it",), token, slots, step.discourse, step.discourse.plain)
    return any(scorer.same_name(one, name) for one in filled for name in names)


def of_phrases(phrases: Mapping[str, Sequence[str]]) -> list[Case]:
    """Clauses of our own, by the class they claim."""
    reader = RuleReader(nowhere(), tagger=None)
    found = []
    for name, clauses in phrases.items():
        for clause in clauses:
            for step in reader.steps(Report(text=clause, publisher="own")):
                within = {one.index: sum(1 for _ in one.ancestors()) for one in step.tokens}
                coded = [] if name == NONE else [Coded(name, within)]
                found.append(Case([shown.word(one) for one in step.tokens], _candidates(step), [], coded))
    return found


def of_rules(rules: Sequence[Rule]) -> list[Case]:
    """The rules' own examples, and each again with other words of its rule in the place of the predicate."""
    reader = RuleReader(nowhere(), rules=rules, tagger=None)
    found = []
    for rule in rules:
        for step in reader.steps(Report(text=rule.example.text, publisher="example")):
            case = _exemplary(step, rule, reader)
            found.append(case)
            trigger = next((one.trigger for one in step.ruled if one.rule is rule), None)
            if trigger is not None:
                found += (
                    replace(
                        case,
                        words=[
                            _inflected(other, trigger.tag) if at == trigger.index else word
                            for at, word in enumerate(case.words)
                        ],
                    )
                    for other in _others(rule, trigger)
                )
    return found


def _exemplary(step: Step, rule: Rule, reader: RuleReader) -> Case:
    """A rule's example, coded by what the rules make of it."""
    offered, coded, stands = shown.arguments(step.tokens), [], {}
    for kind in sorted({draft.kind for draft in step.ruled}):
        fired = [draft for draft in step.ruled if draft.kind == kind]
        best = next((one for one in fired if one.rule is rule), fired[0])
        roles = {}
        for role in kinds()[kind].main:
            wanted = {one.name for one in best.roles.get(role, ())}
            roles[role] = [one.index for one in offered if wanted & _names(role, one, step, reader)]
        at = best.trigger.index
        coded.append(Coded(label(kind, best.rule.direction), {at: 0}, roles=roles))
        stands[at] = standing(best.trigger, offered, reader.frames, step.discourse)
    words = [shown.word(one) for one in step.tokens]
    places = [one.index for one in offered]
    return Case(words, _candidates(step), places, coded, stands, weight=OF_RULES)


def _names(role: str, token: Token, step: Step, reader: RuleReader) -> set[str]:
    slots = {"it": [token]}
    filled = reader.frames.fill(role, ("it",), token, slots, step.discourse, step.discourse.plain)
    return {one.name for one in filled}


def _candidates(step: Step) -> list[int]:
    triggers = (one.trigger.index for one in step.ruled)
    return list(dict.fromkeys((*shown.candidates(step.tokens), *triggers)))


def _inside(step: Step, claim: GoldClaim) -> Iterator[tuple[Token, int]]:
    """The words inside a quote, with how far each stands below a word whose head lies outside it."""
    inside = {one for one in step.tokens if one.start >= claim.start - 1 and one.end <= claim.end + 1}
    for token in inside:
        depth, above = 0, token
        while not above.is_root and above.head in inside:
            above, depth = above.head, depth + 1
        yield token, depth


def _others(rule: Rule, trigger: Token) -> list[str]:
    """Some of a rule's words, from all over its list."""
    words: tuple[str, ...] = getattr(rule, _PARTS.get(trigger.tag[:1], "adjectives"))
    others = [word for word in words if word != trigger.lemma]
    return others[:: max(1, -(-len(others) // OTHER_WORDS))]


def _inflected(word: str, tag: str) -> str:
    """A regular form of a word; of an irregular one it is wrong, but its pieces are much the same."""
    head, _, particle = word.partition(" ")
    if tag in {"VBD", "VBN"}:
        head += "d" if head.endswith("e") else "ed"
    elif tag == "VBG":
        head = f"{head.removesuffix('e')}ing"
    elif tag in {"VBZ", "NNS"}:
        head += "es" if head.endswith(("s", "h", "x")) else "s"
    return f"{head} {particle}".strip()
