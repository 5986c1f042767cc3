"""Who a noun phrase is: names, offices, staff, groups, and what "they", "the agency" and "he" stand for."""

from collections.abc import Iterable
from dataclasses import dataclass

from satrap.claims import Argument, Tier
from satrap.country import Pack
from satrap.reading import nouns
from satrap.reading.composition import composed
from satrap.reading.lexicon import Lexicon
from satrap.reading.offices import places_of, tier_of, tiers_of
from satrap.reading.tokens import Token

_POINTING = frozenset({"the", "these", "those", "this", "that", "such"})
_ONE = frozenset({"person", "residents"})  # whom "he" and "she" can be
_REACH = 40  # entities remembered; older ones are no longer what "they" means
SPEAKERS = frozenset({"i", "we", "me", "us"})
SPEAKER = "speaker"  # stands for whoever speaks until the voice is known
Classes = frozenset[str]
ACTORS = frozenset({"org", "person", "official", "staff"})


@dataclass(frozen=True, slots=True)
class Heard:
    """An entity as it was last mentioned."""

    arguments: tuple[Argument, ...]
    classes: Classes
    lemma: str
    words: frozenset[str]
    plural: bool
    by_name: bool = False


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
        self._sentence: dict[Token, Heard | None] = {}  # entities of the sentence being read

    # -- remembering

    def remember(self, tokens: Iterable[Token]) -> None:
        """Take up the entities of a sentence once it has been read."""
        for token in tokens:
            if token.dep == "conj" and (
                self._elided(token.head) is token or (token.named is not None and token.named.kind == "group")
            ):
                continue  # heard with the noun that shares its head: "security and legal agencies"
            entity = self.entity(token)
            if entity is not None:
                self.heard.append(entity)
        del self.heard[:-_REACH]
        self._sentence.clear()

    def entity(self, token: Token) -> Heard | None:
        """What a noun of the sentence being read stands for, as it would be remembered."""
        if token not in self._sentence:
            self._sentence[token] = None  # what is being resolved cannot be its own antecedent
            self._sentence[token] = self._described(token)
        return self._sentence[token]

    def _described(self, token: Token) -> Heard | None:
        if token.dep in {"compound", "nmod", "appos"} or not (
            token.is_noun or token.text.lower() in {"others"}
        ):
            return None
        classes = self.classes(token)
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
            nouns.is_plural(token) or len(arguments) > 1,
            (token.named is not None and token.named.kind == "person")
            or nouns.reads_as_name(token)
            or any(nouns.reads_as_name(kid) for kid in nouns.beside(token)),
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
            return self.classes(part)
        if nouns.stands_alone(token):
            counted = self._counted(token)
            return counted.classes if counted else frozenset()
        if token.named is not None:
            known = _NAMED_CLASSES.get(token.named.kind, frozenset())
            if token.named.kind in {"staff", "post"}:
                known |= self.lexicon.classes_of(token.text.lower().rsplit(" ", 1)[-1]) & {
                    "title",
                    "staff_noun",
                }
            return known | ({"title"} if token.named.kind == "post" else set())
        pronoun = nouns.PERSONAL.get(token.text.lower())
        if pronoun:
            return self._pronoun_classes(token, pronoun)
        found = self.lexicon.classes_of(token.lemma) | self.lexicon.classes_of(token.text.lower())
        if not found and token.tag == "NNPS":  # "Pensioners" at the head of a sentence
            found = self.lexicon.classes_of(token.text.lower().removesuffix("s"))
        if self._surname(token):
            return frozenset({"person", "official", "human"})
        if nouns.core(token, self.plain) in self._outlets:
            return frozenset()
        if token.tag in {"NNP", "NNPS"} and not found and token.kids("compound", "nmod"):
            found = {"person"}  # two capitalised words that the pack does not know
        elided = self._elided(token)
        if elided is not None:
            return self.classes(elided)
        if token.text.lower() in SPEAKERS:
            found = {"speaker", "residents", "human"}
        return frozenset(found)

    def _pronoun_classes(self, token: Token, pronoun: str) -> Classes:
        if pronoun == "person":
            heard = self._antecedent(token, frozenset())
            return frozenset({"person", "human"}) | (heard.classes if heard else frozenset())
        before = [one for one in nouns.before(token) if not token.within(one)]  # not "one of them"
        offered = [self.classes(one) for one in before if one.text.lower() not in nouns.PERSONAL]
        past = [heard.classes for heard in reversed(self.heard) if heard.plural or pronoun == "thing"][:3]
        return frozenset({"dummy"} if token.text.lower() == "it" else ()).union(*offered, *past)

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
            return self.resolve(part, want)
        several = self._several(token)
        if several and (token.tag == "CD" or "person" in self.classes(token)):
            return several
        if nouns.stands_alone(token):
            heard = self._counted(token)
            return heard.arguments if heard else ()
        if token.text.lower() in nouns.PERSONAL:
            heard = self._antecedent(token, want)
            return heard.arguments if heard else ()
        surname = self._surname(token)
        if surname:
            return surname
        if token.named is None or token.named.kind in {"post", "staff"}:
            people = self._people_beside(token)
            if people:
                return people  # "his deputies A and B"
        if token.text.lower() in SPEAKERS:
            return (Argument(SPEAKER),)
        if token.tag in {"WP", "WDT", "WP$"} or token.text.lower() in {"you", "who", "which"}:
            return ()
        if token.named is not None:
            return (*self._sharing_head(token), self._named(token))
        elided = self._elided(token)
        if elided is not None:
            return (self._group(f"{token.text} {elided.text}"),)
        return composed(self, token) or self._pointed(token) or self._split(token)

    def _people_beside(self, token: Token) -> tuple[Argument, ...]:
        """The people a description is of: "the outgoing director, General Pavel Orlov"."""
        if not self.classes(token) & {"official", "person", "title", "residents"}:
            return ()
        return tuple(
            self._named(one) if one.named is not None else Argument(nouns.core(one, self.plain))
            for kid in nouns.beside(token)
            for one in nouns.conjuncts(kid)
            if (one.named is not None and one.named.kind == "person") or nouns.reads_as_name(one)
        )

    def _group(self, name: str) -> Argument:
        """A collective noun: the pack's where it has one of that name."""
        for group in self.pack.groups.values():
            if name in {group.name, *(term.text for term in group.terms.get("en", ()))}:
                return Argument(group.name, group.id)
        return Argument(name)

    def _surname(self, token: Token) -> tuple[Argument, ...]:
        """A person of whom only one name is repeated: "Jang has been ousted"."""
        if token.tag not in {"NNP", "NNPS"} or token.named is not None or token.kids("compound", "nmod"):
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
        return Argument(name, named.id, tiers, places_of(token, self.pack.code), named.kind == "staff")

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

    def _pointed(self, token: Token) -> tuple[Argument, ...]:
        """ "the agency", "these officials", "the country's security body": an entity already heard of."""
        classes = self.classes(token)
        if not classes & (ACTORS | {"residents", "source"}):
            return ()
        own = nouns.modifiers(token) - _PLAIN_MODIFIERS
        plural = nouns.is_plural_word(token)
        definite = nouns.determiner(token) in _POINTING or bool(token.kids("poss"))
        if definite and not own and "org" in classes and not plural:
            namesake = next(
                (
                    heard
                    for heard in reversed(self.heard)
                    if not heard.plural
                    and token.lemma
                    in {word for one in heard.arguments if one.id for word in one.name.lower().split()}
                ),
                None,
            )
            if namesake is not None:
                return self._scoped(token, namesake)
        for heard in reversed(self.heard):
            if not heard.classes & classes or heard.plural != plural:
                continue
            if own and "org" in classes and not plural and self._named_like(heard, own):
                return self._scoped(token, heard)
            if not definite or own:
                continue
            if heard.lemma == token.lemma or self._can_be(token, heard):
                return self._scoped(token, heard)
        return ()

    def _scoped(self, token: Token, heard: Heard) -> tuple[Argument, ...]:
        tiers, places = tiers_of(token, self.lexicon), places_of(token, self.pack.code)
        return tuple(
            Argument(one.name, one.id, tiers or one.tiers, places or one.places, one.staff)
            for one in heard.arguments
        )

    def _named_like(self, heard: Heard, words: set[str]) -> bool:
        """Whether a description shares a telling word with a body's name or an earlier description."""
        names = {word for one in heard.arguments if one.id for word in one.name.lower().split()}
        return bool(words & ((names | (heard.words if names else set())) - _PLAIN_MODIFIERS))

    def _can_be(self, token: Token, heard: Heard) -> bool:
        if "org" in self.classes(token):
            names = " ".join(one.name for one in heard.arguments).lower().split()
            if not self.lexicon.has("generic_body", token.lemma):
                return False  # "the council" is no ministry that happens to have been named last
            party = self.lexicon.has("party_noun", token.lemma)
            anybody = self.lexicon.has("any_body", token.lemma)
            return anybody or (any(one.id for one in heard.arguments) and party == ("party" in names))
        return False

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
        name = nouns.core(token, self.plain)
        return (Argument(name, None, tiers, places, staff),)

    def _several(self, token: Token) -> tuple[Argument, ...]:
        """The people named last, as many as "the two" or "the two men" says."""
        number = token if token.tag == "CD" else next(iter(token.kids("nummod")), None)
        if number is None or nouns.determiner(token) not in _POINTING:
            return ()
        wanted = {"two": 2, "three": 3}.get(number.text.lower(), 0)
        people: list[Argument] = []
        for heard in reversed(self.heard):
            if heard.by_name:
                people += [one for one in reversed(heard.arguments) if one not in people]
        return tuple(reversed(people[:wanted])) if wanted and len(people) >= wanted else ()

    def _counted(self, token: Token) -> Heard | None:
        """What a bare number counts: "eleven officers were dismissed and three were sent to a mine"."""
        here = [self.entity(one) for one in nouns.before(token) if one.tag != "CD"]
        pool = [*reversed([one for one in here if one]), *reversed(self.heard)]
        return next(
            (one for one in pool if one.plural and one.classes & {"official", "staff", "residents"}), None
        )

    def _antecedent(self, token: Token, want: Classes) -> Heard | None:
        pronoun = nouns.PERSONAL[token.text.lower()]
        here = [
            entity
            for one in nouns.before(token)
            if one.text.lower() not in nouns.PERSONAL
            and not nouns.owns(one, token)
            and (entity := self.entity(one)) is not None
        ]
        subjects = [
            self.entity(one)
            for one in nouns.before(token)
            if one.dep in {"nsubj", "nsubjpass"}
            and one.text.lower() not in nouns.PERSONAL
            and not nouns.owns(one, token)
        ]
        barred = [] if token.dep == "poss" else [self.entity(one) for one in nouns.doers_beside(token)]
        pool = [*(one for one in subjects if one), *reversed(here), *reversed(self.heard)]
        nearby = [one for one in subjects if one]
        for heard in pool:
            if want and not heard.classes & want:
                continue
            if heard in barred:
                continue
            if pronoun == "person" and heard in nearby and not heard.plural and heard.classes & _ONE:
                return heard
            if (
                pronoun == "person"
                and not heard.plural
                and "person" in heard.classes
                and (heard.by_name or not any(other.by_name for other in pool))
            ):
                return heard
            if pronoun == "thing" and "org" in heard.classes and (not heard.plural or heard in subjects):
                return heard
            if pronoun == "many" and (heard.plural or heard.classes & {"org", "residents"}):
                return heard
        if pronoun == "person" and token.dep == "poss":  # "Despite his order, X has told ..."
            for one in nouns.root(token).kids("nsubj"):
                if one.index > token.index and one.named is not None and one.named.kind == "person":
                    return self.entity(one)
        return None


_PLAIN_MODIFIERS = frozenset(
    {
        "central", "local", "provincial", "national", "state", "the", "other", "former", "own",
        "same", "entire", "whole", "of", "ministry", "department", "committee", "agency",
    }
)  # fmt: skip
_NAMED_CLASSES = {
    "institution": frozenset({"org"}),
    "group": frozenset({"org"}),
    "staff": frozenset({"staff", "official", "human"}),
    "person": frozenset({"person", "official", "human"}),
    "post": frozenset({"person", "official", "human"}),
    "rank": frozenset({"rank", "person", "official", "human"}),
    "place": frozenset({"place"}),
}
