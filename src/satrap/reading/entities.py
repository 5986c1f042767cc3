"""Who a noun phrase is: names, offices, staff, groups, and what "they", "the agency" and "he" stand for."""

from collections.abc import Iterable
from dataclasses import replace

from satrap.claims import Argument, Tier
from satrap.country import Pack
from satrap.reading import nouns
from satrap.reading.composition import composed
from satrap.reading.lexicon import Lexicon
from satrap.reading.offices import places_of, tier_of, tiers_of
from satrap.reading.references import (
    ACTORS,
    Classes,
    Heard,
    antecedent,
    counted,
    pointed,
    several_named,
    weight,
)
from satrap.reading.tokens import Token

_REACH = 40  # entities remembered; older ones are no longer what "they" means
SPEAKERS = frozenset({"i", "we", "me", "us"})
SPEAKER = "speaker"  # stands for "I" until the voice is known
SPEAKERS_SIDE = "speakers"  # stands for "we": the speaker and those like him


class Discourse:
    """The entities of one report so far, and what a noun phrase refers to given them."""

    def __init__(
        self, plain: str, pack: Pack, lexicon: Lexicon, outlets: frozenset[str] = frozenset()
    ) -> None:
        self._outlets = outlets  # names that are voices, not people the report is about
        self.plain = plain
        self.pack = pack
        self.lexicon = lexicon
        self.heard: list[Heard] = []
        nation = pack.places.get(pack.code)
        self._capital = nation.capital if nation else ""
        self.number = 0  # sentences remembered
        self._sentence: dict[Token, Heard | None] = {}  # entities of the sentence being read
        self._pronouns: dict[tuple[Token, Classes], Heard | None] = {}

    # -- remembering

    def remember(self, tokens: Iterable[Token]) -> None:
        """Take up the entities of a sentence once it has been read."""
        heard: list[Heard] = []
        for token in tokens:
            if token.dep == "conj" and (
                self._elided(token.head) is token or (token.named is not None and token.named.kind == "group")
            ):
                continue  # heard with the noun that shares its head: "security and legal agencies"
            entity = self.entity(token)
            if token.text.lower() in nouns.PERSONAL:
                meant = self.antecedent(token)
                entity = meant and replace(meant, sentence=self.number, weight=weight(token))
            if entity is not None:
                heard.append(entity)
        self.heard += heard
        del self.heard[:-_REACH]
        self.number += 1
        self._sentence.clear()
        self._pronouns.clear()

    def antecedent(self, token: Token, want: Classes = frozenset()) -> Heard | None:
        """What a personal pronoun of the sentence being read stands for."""
        if (token, want) not in self._pronouns:
            self._pronouns[token, want] = None
            self._pronouns[token, want] = antecedent(self, token, want)
        return self._pronouns[token, want]

    def entity(self, token: Token) -> Heard | None:
        """What a noun of the sentence being read stands for, as it would be remembered."""
        if token not in self._sentence:
            self._sentence[token] = None  # what is being resolved cannot be its own antecedent
            self._sentence[token] = self._described(token)
        return self._sentence[token]

    def _described(self, token: Token) -> Heard | None:
        if token.dep in {"compound", "nmod", "appos"} or not (
            token.is_noun or token.text.lower() in {"others", "those"} or nouns.partitive(token) is not None
        ):
            return None
        part = nouns.partitive(token)
        meant = self.antecedent(part) if part is not None and part.text.lower() in nouns.PERSONAL else None
        classes = meant.classes if meant and not self._told_apart(token) else self.classes(token)
        if not classes & (ACTORS | {"residents", "source"}):
            return None
        arguments = self.resolve(token)
        if not arguments:
            return None
        head = self._elided(token) or token
        words = frozenset(nouns.modifiers(token) | {head.lemma})
        return Heard(
            arguments,
            classes,
            head.lemma,
            words,
            nouns.is_several(token) or len(arguments) > 1,
            nouns.is_a_name(token) or any(nouns.reads_as_name(kid) for kid in nouns.beside(token)),
            self.number,
            weight(token),
        )

    def _elided(self, token: Token) -> Token | None:
        """The noun that "security" leaves unsaid in "security and legal agencies"."""
        if nouns.is_plural_word(token) or token.named is not None or self.lexicon.has("org", token.lemma):
            return None
        for kid in token.kids("conj"):
            near = kid.index - token.index <= 4 and not kid.kids("det", "poss")
            if (
                near
                and kid.is_noun
                and nouns.is_plural_word(kid)
                and kid.kids("amod", "compound", "nmod")
                and "org" in self.classes(kid)
            ):
                return kid
        return None

    # -- classes

    def classes(self, token: Token) -> Classes:
        """The lexicon classes of a noun phrase's head; of what a pronoun stands for."""
        part = nouns.partitive(token)
        if part is not None:
            described = self._told_apart(token)
            return self.classes(described or part)
        if nouns.stands_alone(token):
            number = counted(self, token)
            return number.classes if number else frozenset()
        if token.lemma in nouns.PAIRED and several_named(self, token):
            return _NAMED_CLASSES["person"]
        if token.named is not None:
            known = _NAMED_CLASSES.get(token.named.kind, frozenset())
            if self._stands_for_the_state(token):
                return known | {"org"}
            if token.named.kind in {"staff", "post"}:
                known |= self.lexicon.classes_of(token.text.lower().rsplit(" ", 1)[-1]) & {
                    "title",
                    "staff_noun",
                }
            return known | ({"title"} if token.named.kind == "post" else set())
        pronoun = nouns.PERSONAL.get(token.text.lower())
        if pronoun:
            return self._pronoun_classes(token, pronoun) | (
                self.lexicon.classes_of(token.text.lower()) & {"reflexive"}
            )
        found = self.lexicon.classes_of(token.lemma) | self.lexicon.classes_of(token.text.lower())
        if not found and token.tag == "NNPS":  # "Pensioners" at the head of a sentence
            found = self.lexicon.classes_of(token.text.lower().removesuffix("s"))
        if self._surname(token):
            return frozenset({"person", "official", "human"})
        if nouns.core(token, self.plain) in self._outlets:
            return frozenset()
        if token.tag in {"NNP", "NNPS"} and not found and token.kids("compound", "nmod"):
            article = any(kid.text.lower() == "the" for kid in token.kids("det"))
            found = {"org"} if article else {"person"}  # two capitalised words that the pack does not know
            if token.dep == "pobj" and token.head.lemma in {"in", "at", "near", "from", "to"}:
                found = set()  # a place or a body abroad
        elided = self._elided(token)
        if elided is not None:
            return self.classes(elided)
        if token.text.lower() in SPEAKERS:
            found = {"speaker", "residents", "human"}
        return frozenset(found)

    def _pronoun_classes(self, token: Token, pronoun: str) -> Classes:
        if pronoun == "person":
            heard = self.antecedent(token)
            return frozenset({"person", "human"}) | (heard.classes if heard else frozenset())
        before = [one for one in nouns.before(token) if not token.within(one)]  # not "one of them"
        offered = [self.classes(one) for one in before if one.text.lower() not in nouns.PERSONAL]
        past = [heard.classes for heard in reversed(self.heard) if heard.plural or pronoun == "thing"][:3]
        return frozenset({"dummy"} if token.text.lower() == "it" else ()).union(*offered, *past)

    def _stands_for_the_state(self, token: Token) -> bool:
        """Whether the state or its capital does what its rulers do: "Asmara ordered its embassies ..."."""
        named = token.named
        return (
            named is not None
            and named.kind == "place"
            and (named.id == self.pack.code or named.text == self._capital)
            and token.dep == "nsubj"
            and token.head.is_verb
            and not token.head.kids("auxpass")
        )

    # -- resolving

    def resolve(self, token: Token, want: Classes = frozenset()) -> tuple[Argument, ...]:
        """Who a phrase is; ``want`` are the classes that fit where a pronoun leaves a choice."""
        found: list[Argument] = []
        for one in nouns.conjuncts(token):
            for argument in self._single(one, want):
                if argument not in found:
                    found.append(argument)
        return tuple(found)

    def _single(self, token: Token, want: Classes) -> tuple[Argument, ...]:
        part = nouns.partitive(token)
        if part is not None:
            return self._one_of(token) or self.resolve(part, want)
        several = several_named(self, token)
        if several and (not token.is_noun or "person" in self.classes(token)):
            return several
        if nouns.stands_alone(token):
            if token.text.lower() in nouns.ORDINALS:
                return self._one_of(token) or (Argument(token.text.lower()),)
            heard = counted(self, token)
            return heard.arguments if heard else ()
        if token.text.lower() in nouns.PERSONAL:
            heard = self.antecedent(token, want)
            return heard.arguments if heard else ()
        surname = self._surname(token)
        if surname:
            return surname
        if token.named is None or token.named.kind in {"post", "staff"}:
            people = self._people_beside(token)
            if people:
                return people  # "his deputies A and B"
        if token.text.lower() in SPEAKERS:
            return (Argument(SPEAKER if token.text.lower() in {"i", "me"} else SPEAKERS_SIDE),)
        if token.tag in {"WP", "WDT", "WP$"} or token.text.lower() in {"you", "who", "which"}:
            return ()
        if token.named is not None:
            ranked = pointed(self, token) if token.named.kind == "rank" else ()
            return ranked or (*self._sharing_head(token), self._named(token))
        elided = self._elided(token)
        if elided is not None:
            return (self._group(f"{token.text} {elided.text}"),)
        return composed(self, token) or pointed(self, token) or self._split(token)

    def _told_apart(self, token: Token) -> Token | None:
        """What tells one of several apart: "One of them, a teacher from Brest"."""
        if token.text.lower() not in {"one", "another", *nouns.ORDINALS}:
            return None
        beside = [kid for kid in token.kids("appos") if kid.is_noun]
        return next((kid for kid in beside if nouns.is_a_name(kid) or "human" in self.classes(kid)), None)

    def _one_of(self, token: Token) -> tuple[Argument, ...]:
        one = self._told_apart(token)
        if one is None:
            return ()
        if nouns.is_a_name(one):
            return (self._named(one) if one.named else Argument(nouns.core(one, self.plain)),)
        places = places_of(one, self.pack.code)
        return self._people_beside(one) or (Argument(nouns.phrase(one, self.plain, "relcl"), places=places),)

    def _people_beside(self, token: Token) -> tuple[Argument, ...]:
        """The people a description is of: "the outgoing director, General Pavel Orlov"."""
        if not self.classes(token) & {"official", "person", "title", "residents"}:
            return ()
        return tuple(
            self._named(one) if one.named is not None else Argument(nouns.core(one, self.plain))
            for kid in nouns.beside(token)
            for one in nouns.conjuncts(kid)
            if nouns.is_a_name(one)
        )

    def _group(self, name: str) -> Argument:
        """A collective noun: the pack's where it has one of that name."""
        for group in self.pack.groups.values():
            if name in {group.name, *(term.text for term in group.terms.get("en", ()))}:
                return Argument(group.name, group.id)
        return Argument(name)

    def _surname(self, token: Token) -> tuple[Argument, ...]:
        """A person of whom only one name is repeated: "Jang has been ousted"."""
        if token.tag not in {"NNP", "NNPS"} or token.named is not None:
            return ()
        if not all(self.lexicon.has("title", kid.lemma) for kid in token.kids("compound", "nmod")):
            return ()
        for heard in reversed(self.heard):
            for one in heard.arguments:
                if "person" in heard.classes and token.text in one.name.split():
                    return (one,)
        return ()

    def _named(self, token: Token) -> Argument:
        named = token.named
        assert named is not None
        name = named.name
        if named.kind == "institution":
            name = self.pack.institution(named.id).name
        elif named.kind == "staff":
            name = named.text
        tiers = tuple(
            dict.fromkeys((*((Tier(named.tier),) if named.tier else ()), *tiers_of(token, self.lexicon)))
        )
        return Argument(
            name, named.id or None, tiers, places_of(token, self.pack.code), named.kind == "staff"
        )

    def _sharing_head(self, token: Token) -> tuple[Argument, ...]:
        """The first of "security and legal agencies", where the pack knows the second."""
        named = token.named
        if named is None or named.kind != "group":
            return ()
        for kid in token.kids("amod", "nmod", "compound"):
            if kid.named is not None and kid.named.kind == "group":
                return (self._named(kid),)
            if kid.end < named.start and any(one.start >= named.start for one in kid.kids("conj")):
                return (self._group(f"{kid.text} {token.text}"),)
        return ()

    def _split(self, token: Token) -> tuple[Argument, ...]:
        """ "security and legal agencies" are security agencies and legal agencies."""
        tiers, places = tiers_of(token, self.lexicon), places_of(token, self.pack.code)
        staff = self.lexicon.has("staff_noun", token.lemma)
        if nouns.is_plural(token) and "org" in self.classes(token):
            for kid in token.kids("amod", "nmod", "compound"):
                joined = [one for one in kid.kids("conj") if one.index < token.index]
                if joined and not tier_of(kid, self.lexicon):
                    return tuple(
                        Argument(f"{one.text} {token.text}", None, tiers, places) for one in (kid, *joined)
                    )
        told_apart = token.text.lower() == "those" and token.kids("acl", "relcl")
        name = nouns.phrase(token, self.plain) if told_apart else nouns.core(token, self.plain)
        return (Argument(name, None, tiers, places, staff),)


_NAMED_CLASSES = {
    "institution": frozenset({"org"}),
    "group": frozenset({"org"}),
    "staff": frozenset({"staff", "official", "human"}),
    "person": frozenset({"person", "official", "human"}),
    "post": frozenset({"person", "official", "human"}),
    "rank": frozenset({"rank", "person", "official", "human"}),
    "place": frozenset({"place"}),
}
