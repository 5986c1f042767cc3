"""Coded claims as examples: which predicates make a claim of which kind, with which arguments."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from benchmarks.scoring import Scorer
from training.corpus import Text

from satrap.claims import kinds
from satrap.claims.gold import GoldClaim
from satrap.reading import RuleReader
from satrap.reading.learned import arguments
from satrap.reading.learned.features import Features, Seen
from satrap.reading.learned.model import NONE
from satrap.reading.learned.words import Words
from satrap.reading.reader import Step
from satrap.reading.rule import Rule
from satrap.reading.rulebook import nowhere
from satrap.reading.tokens import Token
from satrap.reports import Report

_WAYS = frozenset({"authority", "capacity", "sentiment", "support"})  # kinds that often go either way
_PARTS = {"V": "verbs", "N": "nouns", "J": "adjectives"}
BY_RULES = 0.5  # weight of a case from a rule's example: they are short and alike
EACH_RULE = 30  # of a rule's words, put in its example's place


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded claim of a sentence: its class, and the predicates inside its quote, outermost first.

    ``within`` are numbers of cases, with how far below the quote's head each stands.
    """

    label: str
    within: tuple[tuple[int, int], ...]
    optional: bool


@dataclass
class Examples:
    """All cases with the weight and the text of each, the coded claims over them, and counts of paths to
    arguments; the last two for coded texts alone.
    """

    seen: list[Seen] = field(default_factory=list)
    weights: list[float] = field(default_factory=list)
    text: list[int] = field(default_factory=list)
    coded: list[Coded] = field(default_factory=list)
    paths: dict[int, Counter[tuple[str, bool]]] = field(default_factory=dict)  # by text


def joined(some: Examples, more: Examples) -> Examples:
    """Both as one; of cases and coded claims only."""
    after = len(some.seen)
    moved = [
        replace(one, within=tuple((depth, row + after) for depth, row in one.within)) for one in more.coded
    ]
    return Examples(some.seen + more.seen, some.weights + more.weights, coded=some.coded + moved)


def label(kind: str, way: str | None) -> str:
    """The class of a claim: its kind, with its way where the kind often has one."""
    if kind not in _WAYS:
        return kind
    if way in {"up", "down"}:
        return f"{kind}.{way}"
    return kind if kind == "authority" else f"{kind}.down"


def of_texts(texts: Sequence[Text], scorer: Callable[[str], Scorer]) -> Examples:
    """Examples of reports, read sentence by sentence by the rules alone; ``scorer`` is a country's."""
    made = Examples()
    features = Features(Words.bundled())
    for number, one in enumerate(texts):
        reader = scorer(one.country).reader
        assert isinstance(reader, RuleReader)
        made.paths[number] = Counter()
        for step in reader.steps(one.report):
            cases = _cases(step, features)
            at = {token: len(made.seen) + row for row, token in enumerate(cases)}
            made.seen += [features.of(token, reader.frames.slots(token), step.discourse) for token in cases]
            made.text += [number] * len(cases)
            for claim in one.gold:
                if not step.sentence.start <= claim.start < step.sentence.end:
                    continue
                within = sorted((depth, at[token]) for token, depth in _inside(step, claim) if token in at)
                if within:
                    made.coded.append(
                        Coded(label(claim.kind, claim.direction), tuple(within), claim.optional)
                    )
                    token = next(one for one in cases if at[one] == within[0][1])
                    shape = made.seen[within[0][1]].shape
                    made.paths[number].update(_led(token, shape, claim, step, scorer(one.country)))
    return made


def of_phrases(phrases: Mapping[str, Sequence[str]]) -> Examples:
    """Clauses of our own, by the class they claim; each is made by its outermost predicate."""
    made = Examples()
    reader, features = RuleReader(nowhere(), tagger=None), Features(Words.bundled())
    for name, clauses in phrases.items():
        for step in (
            step for clause in clauses for step in reader.steps(Report(text=clause, publisher="own"))
        ):
            first, cases = len(made.seen), _cases(step, features)
            made.seen += [features.of(token, reader.frames.slots(token), step.discourse) for token in cases]
            depths = [(sum(1 for _ in token.ancestors()), first + row) for row, token in enumerate(cases)]
            if name != NONE and depths:
                made.coded.append(Coded(name, tuple(sorted(depths)), False))
    made.weights = [1.0] * len(made.seen)
    return made


def of_rules(rules: Sequence[Rule]) -> Examples:
    """The rules' own examples, and each again with other words of its rule in the place of the predicate."""
    made = Examples()
    reader = RuleReader(nowhere(), rules=rules, tagger=None)
    words = Words.bundled()
    features = Features(words)
    for rule in rules:
        for step in reader.steps(Report(text=rule.example.text, publisher="example")):
            cases = _cases(step, features)
            first = len(made.seen)
            made.seen += [features.of(token, reader.frames.slots(token), step.discourse) for token in cases]
            for kind in sorted({draft.kind for draft in step.drafts}):
                fired = [draft for draft in step.drafts if draft.kind == kind]
                best = next((one for one in fired if one.rule is rule), fired[0])
                if best.trigger not in cases:
                    continue
                row = first + cases.index(best.trigger)
                name = label(best.rule.kind, best.rule.direction)
                made.coded.append(Coded(name, ((0, row),), False))
                if best.rule is rule:
                    for other in _others(rule, best.trigger):
                        made.coded.append(Coded(name, ((0, len(made.seen)),), False))
                        made.seen.append(_renamed(made.seen[row], other, words))
    made.weights = [BY_RULES] * len(made.seen)
    return made


def _cases(step: Step, features: Features) -> list[Token]:
    return list(dict.fromkeys((*features.candidates(step.tokens), *(one.trigger for one in step.drafts))))


def _inside(step: Step, claim: GoldClaim) -> Iterator[tuple[Token, int]]:
    """The words inside a quote, with how far each stands below a word whose head lies outside it."""
    inside = {one for one in step.tokens if one.start >= claim.start - 1 and one.end <= claim.end + 1}
    for token in inside:
        depth, above = 0, token
        while not above.is_root and above.head in inside:
            above, depth = above.head, depth + 1
        yield token, depth


def _led(
    token: Token, shape: str, claim: GoldClaim, step: Step, scorer: Scorer
) -> Iterator[tuple[str, bool]]:
    """The classes of every path of a predicate, and whether it led to what the claim's role was coded as."""
    reader = scorer.reader
    assert isinstance(reader, RuleReader)
    slots = reader.frames.slots(token)
    for path, words in arguments.reached(token, slots, reader.frames, step.discourse).items():
        for role in kinds()[claim.kind].main:
            if role in {"aim", "cause"}:
                continue
            filled = reader.frames.fill(role, (path,), token, slots, step.discourse, step.discourse.plain)
            if not filled:
                continue
            hit = any(
                scorer.same_name(one, name)
                for one in filled
                for names in claim.roles.get(role, ())
                for name in names
            )
            fit = arguments.fits(role, words, step.discourse)
            for key in arguments.keys(claim.kind, role, shape, path, fit):
                yield key, hit


def _others(rule: Rule, trigger: Token) -> list[str]:
    words: tuple[str, ...] = getattr(rule, _PARTS.get(trigger.tag[:1], "adjectives"))
    return [word for word in words if word != trigger.lemma][:EACH_RULE]


def _renamed(seen: Seen, word: str, words: Words) -> Seen:
    """The same predicate by another word."""
    part = seen.shape[0]
    row = words.row(word, part)
    old = next(name for name in seen.names if name.startswith("word:")).removeprefix("word:")
    names = []
    for name in seen.names:
        if name.startswith("sense:"):
            continue
        if name in {f"word:{old}", f"word:{old}:{seen.shape}"}:
            name = name.replace(old, word, 1)
        elif name.startswith(f"{old}|"):
            name = word + name[len(old) :]
        names.append(name)
    if row >= 0:
        names += {f"sense:{sense}" for sense in words.senses(row)}
    return replace(seen, names=names, row=row)
