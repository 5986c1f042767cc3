"""Who a speaker is: the voice of a noun phrase, and "the source", "she", "Mrs NAME" as those heard before."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from satrap.claims import Source, SourceKind
from satrap.reading import nouns
from satrap.reading.lexicon import Lexicon
from satrap.reading.relays import Relays, is_lawmaker
from satrap.reading.sources import Sources, is_name
from satrap.reading.tokens import Token
from satrap.reading.voicewords import VoiceWords

_WORDS = VoiceWords.bundled()

Links = tuple[Source, ...]

_PERSON = frozenset({"he", "she", "him", "her", "his"})
_BODY = frozenset({"it", "its"})
_MANY = frozenset({"they", "them", "their"})
_PRONOUNS = _PERSON | _BODY | _MANY
_OURS = frozenset({"i", "we", "me", "us", "my", "our", "you"})
_DEFINITE = frozenset({"the", "this", "these", "those", "both"})
_AGAIN = frozenset(
    {"same", "first", "second", "third", "fourth", "other", "say", "latter", "former", "two", "three"}
)
_ONE_OF = frozenset(
    {"one", "another", "other", "others", "both", "first", "second", "third", "two", "three", "latter"}
)
_INSIDERS = frozenset(
    {
        SourceKind.INSIDE_SOURCE,
        SourceKind.UNSPECIFIED,
        SourceKind.RESIDENT,
        SourceKind.OFFICIAL,
        SourceKind.DEFECTOR,
    }
)
_BODIES = frozenset(
    {
        SourceKind.INTELLIGENCE_SERVICE,
        SourceKind.OFFICIAL,
        SourceKind.MEDIA,
        SourceKind.GROUP,
        SourceKind.STATE_MEDIA,
        SourceKind.DOCUMENT,
    }
)
_INSIDE = SourceKind.INSIDE_SOURCE
_ANOTHER = frozenset({"another", "other", "second", "third", "fourth", "different", "separate"})
_APPOSED = re.compile(r",\s+((?:[A-Z][\w'-]+\.?\s?){1,4})")


@dataclass(frozen=True, slots=True)
class Heard:
    """A voice that has spoken: its links, its noun, the words it was introduced with."""

    links: Links
    lemma: str
    words: frozenset[str]
    person: bool
    many: bool
    lawmaker: bool


class Speakers:
    """Voices of one report, in the order they speak."""

    def __init__(
        self, sources: Sources, lexicon: Lexicon, publisher: str, plain: str, relays: Relays
    ) -> None:
        self._sources = sources
        self._lexicon = lexicon
        self._publisher = publisher
        self._plain = plain
        self._relays = relays
        self._heard: list[Heard] = []
        self._told_of: Links = ()

    def remember(self, noun: Token, links: Links, names: Iterable[str] = ()) -> None:
        if noun.text.lower() in _PRONOUNS:
            return
        again = self._again(noun)
        again = again if again is not None and again.links == links else None
        words = {
            one.text.lower()
            for one in noun.subtree("relcl", "ccomp", "advcl")
            if len(one.text) > 2 or one.tag == "NNP"
        }
        words |= {one.rstrip(".") for one in names}
        apposed = _APPOSED.match(self._plain, noun.end)
        if apposed:
            words |= {one.lower() for one in apposed.group(1).split()}
        if again is not None:
            words |= again.words
        lemma = again.lemma if again is not None and noun.tag in {"NNP", "CD"} else noun.lemma
        many = nouns.is_plural(noun) or (links[-1].number or 1) > 1
        lawmaker = is_lawmaker(noun) or (again is not None and again.lawmaker)
        self._heard.append(
            Heard(links, lemma, frozenset(words), self._is_person(noun, links), many, lawmaker)
        )

    def links(self, noun: Token) -> Links:
        """The chain of a speaker, () where it is none or the publisher itself."""
        links = self.own(noun)
        return self._relays.before(links) if links else ()

    def passed_on(self, noun: Token, verb: Token, links: Links) -> Links:
        """The chain of what a speaker says: a lawmaker who was briefed passes on what he was told."""
        if not links or links[0].kind is not SourceKind.OFFICIAL:
            return links
        again = self._again(noun)
        if not (is_lawmaker(noun) or (again is not None and again.lawmaker)):
            return links
        alone = noun.text.lower() in {"one", "another"}
        many = not alone and (nouns.is_plural(noun) or (again is not None and again.many))
        return self._relays.after(links, verb, many)

    def introduce(self, words: Iterable[str], links: Links) -> None:
        """Somebody who will be heard, by name or as "he", before the first cue says so."""
        self._heard.append(Heard(links, "person", frozenset(words), True, False, False))

    def own(self, noun: Token) -> Links:
        """The voice itself, whoever passes it on."""
        if noun.lemma in {"briefing", "briefer"} and self._relays.service is not None and not _author(noun):
            return (self._relays.service,)
        author = _author(noun)
        if author is not None:
            made_by = self.own(author)
            if made_by and made_by[-1].kind in _BODIES - {SourceKind.OFFICIAL}:
                return made_by
        part = nouns.partitive(noun)
        if part is not None and (part.is_noun or part.text.lower() in _PRONOUNS or part.tag == "CD"):
            return self.own(part)
        if noun.text.lower() in _OURS or self.is_publisher(noun):
            return ()
        again = self._again(noun)
        if again is None and noun.lemma in {"colleague", "compatriot"}:
            again = next((one for one in reversed(self._heard) if one.person), None)
        links = again.links if again is not None else self._sources.links(noun, self._publisher)
        if links and again is None:
            links = self._like_the_first(noun, links)
        if not links and is_name(noun):
            links = self._by_name(noun)
        for clause in noun.kids("acl", "relcl"):
            # "a group that cited a source", "lawmakers briefed by the service"
            if links and clause.lemma in {"cite", "quote", "brief", "tell", "inform"}:
                agents = [pobj for by in clause.kids("agent") for pobj in by.kids("pobj")]
                for one in (agents or clause.kids("dobj"))[:1]:
                    other = self.own(one)
                    media = any(link.kind is SourceKind.MEDIA for link in other)
                    links = nest(other, links) if agents and media else nest(links, other)
        return links

    def addressee(self, verb: Token, links: Links) -> Links:
        """ "told NAME": the outlet that heard it, where it is not the publisher itself."""
        candidates = verb.kids("dobj", "dative")
        for prep in verb.kids("prep", "dative"):
            candidates += prep.kids("pobj") if prep.lemma in {"to", "with"} else []
        for one in candidates:
            if links[-1].kind is SourceKind.INTELLIGENCE_SERVICE and is_lawmaker(one):
                return (Source(SourceKind.OFFICIAL),)
            link = self._sources.named_link(one)
            if link is None or not link.name or link.kind is not SourceKind.MEDIA:
                continue
            if link.name.lower() != self._publisher.lower():
                return (link,)
        return ()

    def is_publisher(self, noun: Token) -> bool:
        """By its name, its last word ("the Monitor"), or "this newspaper"."""
        if self._sources.name_of(noun).lower() == self._publisher.lower():
            return True
        last = self._publisher.split()[-1] if self._publisher else ""
        if noun.text in {last, _head(self._publisher)} and any(
            one.text.lower() == "the" for one in noun.kids("det")
        ):
            return not noun.kids("compound", "nmod", "prep")
        return (
            any(one.text.lower() in {"this", "our"} for one in noun.kids("det", "poss"))
            and noun.lemma in _WORDS.outlets
        )

    def _by_name(self, noun: Token) -> Links:
        """A name nobody introduced: one of a group that was, an outlet if it stands in quotation marks."""
        if self._lexicon.has("time", noun.lemma) or noun.dep not in {"nsubj", "pobj", "poss"}:
            return ()
        if self._plain[max(0, noun.start - 1)] == '"' or self._plain[noun.end : noun.end + 1] == '"':
            return (Source(SourceKind.MEDIA, None, noun.text),)
        group = next((one for one in reversed(self._heard) if one.person and one.many), None)
        if group is not None and group.links[-1].kind in _INSIDERS:
            own = group.links[-1]
            return (*group.links[:-1], Source(own.kind, own.place))
        return (Source(SourceKind.UNSPECIFIED),)

    def _like_the_first(self, noun: Token, links: Links) -> Links:
        """ "A second source": of the kind of the source heard before it."""
        own = links[-1]
        kids = {kid.text.lower() for kid in noun.kids("det", "amod")}
        if own.kind is not SourceKind.UNSPECIFIED or not kids & _ANOTHER:
            return links
        if any(one.lemma == noun.lemma and one.links[-1].kind is _INSIDE for one in self._heard):
            return (*links[:-1], Source(_INSIDE, own.place, own.name, own.number))
        return links

    # -- heard before

    def _again(self, noun: Token) -> Heard | None:
        """Who is meant again: by a pronoun, a name, or the words of the introduction."""
        word = noun.text.lower()
        here = self._in_sentence(noun) if word in _PERSON | _MANY else ()
        if here:
            return Heard(here, "person", frozenset(), True, word in _MANY, False)
        if word in _PRONOUNS or (word in _ONE_OF and not (noun.is_noun and noun.kids("prep", "amod"))):
            return self._meant(word)
        if noun.named is not None and noun.named.kind != "staff":
            return next((one for one in reversed(self._heard) if word in one.words), None)
        if is_name(noun):
            name = word.rstrip(".")
            return next((one for one in reversed(self._heard) if name in one.words), None)
        return self._recalled(noun)

    def _meant(self, word: str) -> Heard | None:
        """ "she" is the last person heard, "it" the last body; whoever spoke last where there is none."""
        for one in reversed(self._heard):
            if word in _PERSON:
                fits = one.person and not one.many
            else:
                fits = not one.person if word in _BODY else one.many
            if fits:
                return one
        if word in _PERSON and self._told_of:
            return Heard(self._told_of, "person", frozenset(), True, False, False)
        if self._heard:
            return self._heard[-1]
        unknown = (Source(SourceKind.UNSPECIFIED),)
        return Heard(unknown, "person", frozenset(), True, False, False) if word in _PERSON else None

    def _in_sentence(self, pronoun: Token) -> Links:
        """ "A diplomat disagrees: in his view", "all those freed had to sign, two of them said"."""
        root = nouns.root(pronoun)
        before = [one for one in root.subtree() if one.index < pronoun.index]
        of = pronoun.dep == "pobj" and nouns.partitive(pronoun.head.head) is pronoun
        colon = any(one.text == ":" for one in before)
        for one in before if of or colon else ():
            many = nouns.is_plural(one) or one.text.lower() == "those"
            if one.dep not in {"nsubj", "nsubjpass"} or many is not (pronoun.text.lower() in _MANY):
                continue
            if one.text.lower() == "those":
                return (Source(SourceKind.RESIDENT),)
            if one.named is None and self._is_human(one):
                return self.own(one)
        return ()

    def tell_of(self, noun: Token) -> None:
        """Somebody a sentence is about: who "he" is when nobody has spoken."""
        if noun.tag == "NN" and self._is_human(noun):
            self._told_of = self._sources.links(noun, self._publisher) or self._told_of

    def _recalled(self, noun: Token) -> Heard | None:
        """ "the Hyesan source", "the official": the last voice of that description or kind."""
        definite = any(kid.text.lower() in _DEFINITE for kid in noun.kids("det", "predet"))
        described = [
            kid
            for kid in noun.children
            if kid.dep in {"prep", "amod", "compound", "nmod", "relcl", "acl", "poss", "appos"}
            and kid.lemma not in _AGAIN
        ]
        again = self._same_noun(noun, definite, described)
        if again is not None or not definite or described:
            return again
        latest = [*reversed(self._heard)]
        human = self._is_human(noun) or self._lexicon.has("source", noun.lemma)
        if human and any(kid.lemma == "same" for kid in noun.kids("amod")):
            many = nouns.is_plural(noun)
            return next((one for one in latest if one.person and one.many is many), None)
        if noun.lemma in _WORDS.bodies:
            if self._relays.service is not None and noun.lemma in {"agency", "service", "department"}:
                service = (self._relays.service,)
                return Heard(service, noun.lemma, frozenset(), False, False, False)
            return next((one for one in latest if not one.person and one.links[-1].kind in _BODIES), None)
        kind = self._sources.kind_of_noun(noun)
        if kind is None or noun.lemma.startswith("spokes"):
            return None
        kinds = {kind, SourceKind.UNSPECIFIED} if kind is SourceKind.INSIDE_SOURCE else {kind}
        people = [one for one in latest if one.person] if kind in _INSIDERS else latest
        same = next((one for one in people if one.links[-1].kind in kinds), None)
        if same is None and noun.lemma in _WORDS.tellings:
            return next((one for one in latest if one.links[-1].kind in _BODIES and not one.person), None)
        if same is not None or kind not in _INSIDERS:
            return same
        if noun.lemma == "authority" or self._lexicon.has("org", noun.lemma):
            return None
        # who was introduced as a trader is "the source" afterwards, and the other way round
        loose = noun.lemma in _WORDS.anyone
        return next(
            (
                one
                for one in people
                if one.links[-1].kind in _INSIDERS and (loose or one.lemma in _WORDS.anyone)
            ),
            None,
        )

    def _same_noun(self, noun: Token, definite: bool, described: list[Token]) -> Heard | None:
        """The same noun again, "the" or plural before it, and no description that the first did not have."""
        plural = nouns.is_plural_word(noun) and not noun.kids("det", "nummod", "amod", "poss")
        if not definite and not plural:
            return None
        if any(kid.dep in {"relcl", "acl", "prep"} for kid in described):
            return None
        words = {kid.text.lower() for kid in described}
        for one in reversed(self._heard):
            if (one.lemma == noun.lemma or noun.lemma in one.words) and words <= one.words:
                return one
        return None

    def _is_human(self, noun: Token) -> bool:
        classes = self._lexicon.classes_of(noun.lemma) | self._lexicon.classes_of(noun.text.lower())
        return "human" in classes and "org" not in classes

    def _is_person(self, noun: Token, links: Links) -> bool:
        if links[-1].kind in {SourceKind.DEFECTOR, _INSIDE}:
            return True  # "a former guard", though "the guard" is a body, too
        if self._lexicon.has("org", noun.lemma):
            return False
        if self._lexicon.has("human", noun.lemma) or self._lexicon.has("source", noun.lemma):
            return True
        kind = links[-1].kind
        if is_name(noun):
            return links[-1].name is None and kind in _INSIDERS | {SourceKind.ANALYST, SourceKind.GROUP}
        return kind in _INSIDERS - {SourceKind.OFFICIAL} or "human" in self._lexicon.classes_of(noun.lemma)


def _author(noun: Token) -> Token | None:
    """ "citing a briefing by the agency": it is the agency that speaks."""
    if noun.lemma not in _WORDS.made:
        return None
    by = [one for one in noun.kids("prep", "agent") if one.lemma in {"by", "from", "of"}]
    owners = [*noun.kids("poss"), *(pobj for one in by for pobj in one.kids("pobj"))]
    return owners[0] if owners else None


def _head(name: str) -> str:
    """ "Panel" of "Panel of Inquiry into Detention"."""
    words = name.split()
    at = next((i for i, word in enumerate(words) if word in {"of", "for", "on", "against", "to"}), 0)
    return words[at - 1] if at else ""


def nest(outer: Links, inner: Links) -> Links:
    """One chain inside another; a link both have is kept once."""
    return outer + tuple(link for link in inner if not any(_is_same(link, one) for one in outer))


def _is_same(one: Source, other: Source) -> bool:
    return (one.kind, one.place, one.name) == (other.kind, other.place, other.name)
