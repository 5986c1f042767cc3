"""Rules applied to a parsed sentence: each predicate that satisfies a rule becomes a draft claim."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from satrap.claims import Argument, Direction, kinds
from satrap.country import Pack
from satrap.reading import nouns
from satrap.reading.composition import bodies_of
from satrap.reading.entities import Discourse
from satrap.reading.postings import postings
from satrap.reading.predicates import Predicates, Slots
from satrap.reading.references import ACTORS, Classes, antecedent
from satrap.reading.rule import Rule
from satrap.reading.tokens import Token
from satrap.reading.verbs import predicate_lemmas

_TEXT_ROLES = frozenset(
    {"about", "reason", "what", "aim", "cause", "feeling", "form", "number", "amount", "over"}
)
_ABOUT = 300  # characters before and after a name in which a post of its bearer is sought
_LATELY = 2  # sentences
_PEOPLE = frozenset({"residents", "person", "official", "human", "staff"})
_APART = (("by", "on"), ("by", "person"), ("by", "to"), ("from", "to"), ("of", "toward"))
_WANTED = {"holder": ACTORS, "from": ACTORS, "to": ACTORS, "by": ACTORS, "on": _PEOPLE, "person": _PEOPLE}


@dataclass(eq=False, slots=True)
class Draft:
    """A claim in the making: what a rule saw, before voice, certainty and time are known."""

    kind: str
    trigger: Token
    rule: Rule
    slots: Slots
    roles: dict[str, tuple[Argument, ...]]
    direction: Direction | None
    sentence: int
    rules: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A condition of a rule: the classes wanted at some slots, the words found there, whether it holds."""

    slots: str
    wanted: tuple[str, ...]
    found: list[Token]
    holds: bool


class Frames:
    """The rules, indexed by the words that trigger them."""

    def __init__(self, rules: Sequence[Rule], predicates: Predicates, pack: Pack) -> None:
        self._predicates = predicates
        self._pack = pack
        self._known: dict[
            Token, Slots
        ] = {}  # of the sentence being read: rules and tagger ask again and again
        self._by_word: dict[tuple[str, str], list[Rule]] = defaultdict(list)
        for rule in rules:
            for part, words in (("verb", rule.verbs), ("noun", rule.nouns), ("adjective", rule.adjectives)):
                for word in words:
                    self._by_word[part, word].append(rule)

    def drafts(self, tokens: Iterable[Token], discourse: Discourse, plain: str, sentence: int) -> list[Draft]:
        """Draft claims of one sentence, in text order; per predicate the surest rule of each kind."""
        self._known.clear()
        found: list[Draft] = []
        for token in tokens:
            rules = self.candidates(token)
            if not rules:
                continue
            slots = self._slots(token)
            best: dict[str, Draft] = {}
            for rule in rules:
                draft = self.apply(rule, token, slots, discourse, plain, sentence)
                if draft is not None and (rule.kind not in best or _rank(draft) > _rank(best[rule.kind])):
                    best[rule.kind] = draft
            found += best.values()
        return found

    def candidates(self, token: Token) -> list[Rule]:
        """The rules that a word triggers, whatever they then require."""
        if (token.named is not None and token.named.kind != "staff") or _is_connective(token):
            return []
        return [
            rule for lemma in predicate_lemmas(token) for rule in self._by_word.get((_part(token), lemma), ())
        ]

    def requirements(
        self, rule: Rule, token: Token, discourse: Discourse, plain: str
    ) -> Iterator[Requirement]:
        """Each condition of a rule held against one predicate."""
        slots = self._slots(token)
        for paths, classes in rule.when.items():
            found = [
                one for path in paths.split("|") for one in self.tokens_at(path, token, slots, discourse)
            ]
            yield Requirement(paths, classes, found, self._holds(paths, classes, token, slots, discourse))
        for role in rule.needs:
            parts = [part for path in rule.roles[role] for part in path.split("+")]
            found = [one for part in parts for one in self.tokens_at(part, token, slots, discourse)]
            filled = self.fill(role, rule.roles[role], token, slots, discourse, plain)
            yield Requirement("|".join(rule.roles[role]), (f"a {role}",), found, bool(filled))

    def slots(self, token: Token) -> Slots:
        """The arguments of a predicate that are filled."""
        return {slot: found for slot, found in self._slots(token).items() if found}

    def _slots(self, token: Token) -> Slots:
        if token not in self._known:
            self._known[token] = self._predicates.slots(token)
        return self._known[token]

    def apply(
        self, rule: Rule, token: Token, slots: Slots, discourse: Discourse, plain: str, sentence: int
    ) -> Draft | None:
        """What a rule makes of one predicate; None where its conditions fail or a needed role stays empty."""
        for alternatives, classes in rule.when.items():
            if not self._holds(alternatives, classes, token, slots, discourse):
                return None
        roles = {}
        for role, paths in rule.roles.items():
            arguments = self.fill(role, paths, token, slots, discourse, plain)
            if arguments:
                roles[role] = arguments
        self._keep_apart(rule, roles, token, slots, discourse)
        if any(role not in roles for role in rule.needs):
            return None
        if rule.form is not None:
            roles["form"] = (Argument(rule.form),)
        if "person" in roles:
            self.complete_person(rule, token, slots, discourse, roles)
        return Draft(rule.kind, token, rule, slots, roles, rule.direction, sentence, [rule.id])

    # -- paths

    def tokens_at(self, path: str, token: Token, slots: Slots, discourse: Discourse) -> list[Token]:
        """The words a path leads to: "subj.of:org" is every "of" argument of a subject that is an organ."""
        steps, classes = _path(path)
        current = [token]
        here: Slots | None = slots
        for step in steps:
            reached: list[Token] = []
            for one in current:
                found = here if here is not None else self._slots(one)
                for target in found.get(step, ()):
                    part = None if target.kids("appos") else nouns.partitive(target)
                    reached.append(part if part is not None and step != "of" else target)
            if not reached:
                return []
            current, here = reached, None
        if classes:
            current = [one for one in current if self._any(one, classes, discourse)]
        return current

    def _holds(
        self, paths: str, classes: tuple[str, ...], token: Token, slots: Slots, discourse: Discourse
    ) -> bool:
        """Whether one of the paths ("obj|of") leads to an argument of the wanted classes."""
        condition = _condition(paths, classes)
        reached = [one for path in condition.paths for one in self.tokens_at(path, token, slots, discourse)]
        if "none" in classes:
            return not reached
        if any(self._barred(one, condition.barred, discourse) for one in reached):
            return False
        if not condition.wanted or "any" in condition.wanted:
            return bool(reached) or not condition.wanted
        return any(self._any(one, condition.wanted, discourse) for one in reached)

    def _barred(self, token: Token, classes: Classes, discourse: Discourse) -> bool:
        """Whether an argument is of a class it must not have. "They" who do what only the apparatus does are
        whoever of it was heard of lately, though residents were, too."""
        if not self._any(token, classes, discourse):
            return False
        if token.dep != "nsubj" or nouns.PERSONAL.get(token.text.lower()) != "many" or classes & ACTORS:
            return True
        doers = discourse.antecedent(token, ACTORS)
        return doers is None or discourse.number - doers.sentence > _LATELY

    def _any(self, token: Token, classes: frozenset[str], discourse: Discourse) -> bool:
        return bool(classes) and any(classes & discourse.classes(one) for one in nouns.conjuncts(token))

    # -- roles

    def fill(
        self,
        role: str,
        paths: Sequence[str],
        token: Token,
        slots: Slots,
        discourse: Discourse,
        plain: str,
    ) -> tuple[Argument, ...]:
        """Who fills a role, by the first path that leads to anybody."""
        for path in paths:
            filled: list[Argument] = []
            for part in path.split("+"):
                for one in self.tokens_at(part, token, slots, discourse):
                    filled += self._argument(role, one, discourse, plain)
            if filled:
                return tuple(dict.fromkeys(filled))
        return ()

    def _keep_apart(
        self,
        rule: Rule,
        roles: dict[str, tuple[Argument, ...]],
        token: Token,
        slots: Slots,
        discourse: Discourse,
    ) -> None:
        """Nobody robs, beats or dismisses himself: where two roles have come to one, the pronoun among them
        is somebody else, and one phrase fills one role."""
        for pair in _APART:
            doer, other = pair
            if not roles.get(doer) or roles[doer] != roles.get(other):
                continue
            words = {
                role: [
                    one for path in rule.roles[role] for one in self.tokens_at(path, token, slots, discourse)
                ]
                for role in pair
            }
            if set(words[doer]) & set(words[other]):
                del roles[other]
                continue
            for role in (other, doer):
                pronouns = [one for one in words[role] if one.text.lower() in nouns.PERSONAL]
                if pronouns and not pronouns[0].text.lower().endswith(("self", "selves")):
                    wanted = frozenset(_WANTED.get(role, ()))
                    meant = antecedent(
                        discourse, pronouns[0], wanted, {one.id or one.name for one in roles[role]}
                    )
                    if meant is not None:
                        roles[role] = meant.arguments
                    else:
                        del roles[role]
                    break

    def _argument(self, role: str, token: Token, discourse: Discourse, plain: str) -> tuple[Argument, ...]:
        if role == "reason" and {"time", "duration"} & discourse.classes(token):
            return ()
        if role in _TEXT_ROLES or (role == "toward" and not token.is_noun and token.tag != "PRP"):
            return (Argument(nouns.phrase(token, plain, "relcl")),)
        found = discourse.resolve(token, frozenset(_WANTED.get(role, ())))
        if role == "person":
            return tuple(self._described(one, token, plain) for one in found)
        return found

    def _described(self, argument: Argument, token: Token, plain: str) -> Argument:
        """People are named as the text describes them ("safety agents"), their body by its id."""
        if (
            not argument.staff
            or argument.id is None
            or (token.named is not None and token.named.kind == "staff")
        ):
            return argument
        return Argument(nouns.core(token, plain), argument.id, argument.tiers, argument.places, staff=True)

    def complete_person(
        self,
        rule: Rule,
        token: Token,
        slots: Slots,
        discourse: Discourse,
        roles: dict[str, tuple[Argument, ...]],
    ) -> None:
        """Post and institution, where the person's own phrase or the predicate's "as" names them."""
        other = kinds()[rule.kind].other
        for path in rule.roles["person"]:
            for one in self.tokens_at(path, token, slots, discourse):
                named = one.named
                if named is not None and named.post and "post" in other:
                    roles.setdefault("post", (Argument(named.post),))
                if named is not None and named.institution:
                    body = self._pack.institution(named.institution)
                    roles.setdefault("institution", (Argument(body.name, body.id),))
                for kid in nouns.beside(one):
                    if nouns.reads_as_name(kid):
                        roles.setdefault("post", (Argument(nouns.core(one, discourse.plain)),))
                        continue
                    if "post" not in roles and not (kid.named and kid.named.kind == "person"):
                        roles["post"] = (Argument(kid.text),)
                    bodies = bodies_of(discourse, kid)
                    if bodies:
                        roles.setdefault("institution", bodies[:1])
                is_name = one.text[:1].isupper()  # postings tells of names alone, and takes its time
                if is_name and "post" in other and not {"post", "institution"} <= roles.keys():
                    for role, said in _posted(one, discourse.plain):
                        roles.setdefault(role, (Argument(said),))


@dataclass(frozen=True, slots=True)
class _Condition:
    """One line of a rule's ``when``, taken apart."""

    paths: tuple[str, ...]
    barred: frozenset[str]
    wanted: frozenset[str]


@cache
def _condition(paths: str, classes: tuple[str, ...]) -> _Condition:
    barred = frozenset(name[1:] for name in classes if name.startswith("!"))
    return _Condition(
        tuple(paths.split("|")), barred, frozenset(name for name in classes if not name.startswith("!"))
    )


@cache
def _path(path: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """A path's steps, and the classes that its end must have one of."""
    path, _, wanted = path.partition(":")
    steps = tuple(step for step in path.split(".") if step != "self")
    return steps, frozenset(wanted.split("|") if wanted else ())


def _posted(person: Token, plain: str) -> Iterator[tuple[str, str]]:
    """The one post and the one unit told of a person about where he is named, by the grammar of postings.

    Of several it does not say which is meant: "the former GOC, Gen. Obi, was made commandant".
    """
    first = plain.find(" ", person.start - _ABOUT, person.start) if person.start > _ABOUT else 0
    last = plain.rfind(" ", person.end, person.end + _ABOUT) if person.end + _ABOUT < len(plain) else None
    if -1 in {first, last}:
        return  # no whole words about it
    for one in postings(plain[first:last]):
        if one.person.start < person.end - first and person.start - first < one.person.end:
            posts = (*one.titles, *one.roles)
            if len(posts) == 1:
                yield "post", posts[0].text
            if len(one.organizations) == 1:
                yield "institution", one.organizations[0].text


def _is_connective(token: Token) -> bool:
    """ "in order to", "in case": words that have lost their own meaning."""
    return (
        token.lemma in {"order", "case", "return", "exchange"}
        and token.dep == "pobj"
        and token.head.lemma == "in"
        and not token.kids("det", "poss")
    )


def _rank(draft: Draft) -> tuple[bool, float]:
    return any(draft.roles.get(role) for role in kinds()[draft.kind].main), draft.rule.score


def _part(token: Token) -> str:
    if token.is_verb:
        return "verb"
    return "noun" if token.is_noun else "adjective"
