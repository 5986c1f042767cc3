"""Who a speaker is: the voice of a noun phrase, and "the source", "she", "Mrs NAME" as those heard before."""

from dataclasses import dataclass

from satrap.claims import Source, SourceKind
from satrap.reading import nouns
from satrap.reading.lexicon import Lexicon
from satrap.reading.sources import Sources
from satrap.reading.tokens import Token

Links = tuple[Source, ...]

_PERSON = frozenset({"he", "she", "him", "her"})
_BODY = frozenset({"it"})
_PRONOUNS = _PERSON | _BODY | {"they", "them"}
_DEFINITE = frozenset({"the", "this", "these", "those", "both"})
_AGAIN = frozenset({"same", "first", "second", "third", "other", "say", "latter", "former"})
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
    }
)
_BODY_NOUNS = frozenset(
    {
        "agency",
        "service",
        "body",
        "organization",
        "organisation",
        "office",
        "department",
        "committee",
        "bureau",
    }
)
_BRIEFED = frozenset({"lawmaker", "legislator", "parliamentarian", "senator", "congressman"})


@dataclass(frozen=True, slots=True)
class Heard:
    """A voice that has spoken: its links, its noun, the words it was introduced with."""

    links: Links
    lemma: str
    words: frozenset[str]
    person: bool


class Speakers:
    """Voices of one report, in the order they speak."""

    def __init__(self, sources: Sources, lexicon: Lexicon, publisher: str) -> None:
        self._sources = sources
        self._lexicon = lexicon
        self._publisher = publisher
        self._heard: list[Heard] = []

    def remember(self, noun: Token, links: Links) -> None:
        if noun.text.lower() in _PRONOUNS:
            return
        words = frozenset(
            one.text.lower() for one in noun.subtree("relcl", "ccomp", "advcl") if len(one.text) > 2
        )
        person = self._is_person(noun, links)
        self._heard.append(Heard(links, noun.lemma, words, person))

    def links(self, noun: Token) -> Links:
        part = nouns.partitive(noun) or _author(noun)
        if part is not None and part.is_noun:
            return self.links(part)
        if noun.text.lower() in _PRONOUNS:
            return self._meant(noun)
        links = self._recalled(noun) or self._sources.links(noun, self._publisher)
        for clause in noun.kids("acl", "relcl"):
            # "a group that cited a source", "lawmakers briefed by the service"
            if links and clause.lemma in {"cite", "quote", "brief", "tell", "inform"}:
                agents = [pobj for by in clause.kids("agent") for pobj in by.kids("pobj")]
                for one in (agents or clause.kids("dobj"))[:1]:
                    other = self._sources.links(one, self._publisher)
                    media = any(link.kind is SourceKind.MEDIA for link in other)
                    links = nest(other, links) if agents and media else nest(links, other)
        return links

    def addressee(self, verb: Token, links: Links) -> Links:
        """ "told NAME": the outlet that heard it, where it is not the publisher itself; lawmakers who were
        told by a service, since it is they who tell of it."""
        candidates = verb.kids("dobj", "dative")
        for prep in verb.kids("prep", "dative"):
            candidates += prep.kids("pobj") if prep.lemma in {"to", "with"} else []
        for one in candidates:
            if one.lemma in _BRIEFED and links and links[-1].kind is SourceKind.INTELLIGENCE_SERVICE:
                return (Source(SourceKind.OFFICIAL),)
            link = self._sources.named_link(one)
            if link is None or not link.name or link.kind is not SourceKind.MEDIA:
                continue
            if link.name.lower() != self._publisher.lower():
                return (link,)
        return ()

    def is_publisher(self, noun: Token) -> bool:
        return self._sources.name_of(noun).lower() == self._publisher.lower()

    def told(self, noun: Token) -> Links:
        """ "Lawmakers were also told": on the word of those who told them before, else on their own."""
        own = self.links(noun)
        chains = (one.links for one in reversed(self._heard))
        return next((links for links in chains if len(links) > 1 and links[:-1] == own), own)

    # -- heard before

    def _meant(self, pronoun: Token) -> Links:
        """ "she" is the last person heard, "it" the last body; whoever spoke last where there is none."""
        word = pronoun.text.lower()
        wanted = True if word in _PERSON else False if word in _BODY else None
        for one in reversed(self._heard):
            if wanted is None or one.person is wanted:
                return one.links
        return self._heard[-1].links if self._heard else ()

    def _recalled(self, noun: Token) -> Links:
        """ "the Hyesan source", "the official", a surname: the last voice of that name or kind."""
        if noun.tag in {"NNP", "NNPS"} and noun.named is None:
            word = noun.text.lower()
            return next((one.links for one in reversed(self._heard) if word in one.words), ())
        definite = any(kid.text.lower() in _DEFINITE for kid in noun.kids("det", "predet"))
        described = [
            kid
            for kid in noun.children
            if kid.dep in {"prep", "amod", "compound", "nmod", "relcl", "acl", "poss"}
            and kid.lemma not in _AGAIN
        ]
        again = self._same_noun(noun, definite, described)
        if again or not definite or described:
            return again
        kind = self._sources.kind_of_noun(noun)
        if kind is None:
            return ()
        kinds = frozenset({kind})
        if noun.lemma in _BODY_NOUNS:
            bodies = [
                one for one in reversed(self._heard) if not one.person and one.links[-1].kind in _BODIES
            ]
            return bodies[0].links if bodies else ()
        if kind is SourceKind.INSIDE_SOURCE:
            kinds = frozenset({kind, SourceKind.UNSPECIFIED})
            if not any(one.links[-1].kind in kinds for one in self._heard):
                kinds = _INSIDERS  # who was introduced as a trader is "the source" afterwards
        return next((one.links for one in reversed(self._heard) if one.links[-1].kind in kinds), ())

    def _same_noun(self, noun: Token, definite: bool, described: list[Token]) -> Links:
        """The same noun again, "the" or plural before it, and no description that the first did not have."""
        plural = nouns.is_plural_word(noun) and not noun.kids("det", "nummod", "amod", "poss")
        if not definite and not plural:
            return ()
        if any(kid.dep in {"relcl", "acl", "prep"} for kid in described):
            return ()
        words = {kid.text.lower() for kid in described}
        for one in reversed(self._heard):
            if one.lemma == noun.lemma and words <= one.words:
                return one.links
        return ()

    def _is_person(self, noun: Token, links: Links) -> bool:
        if self._lexicon.has("org", noun.lemma):
            return False
        if self._lexicon.has("human", noun.lemma) or self._lexicon.has("source", noun.lemma):
            return True
        kind = links[-1].kind
        if noun.tag in {"NNP", "NNPS"}:
            return links[-1].name is None and kind in _INSIDERS | {SourceKind.ANALYST}
        return kind in {SourceKind.RESIDENT, SourceKind.DEFECTOR, SourceKind.INSIDE_SOURCE}


def _author(noun: Token) -> Token | None:
    """ "citing a briefing by the agency": it is the agency that speaks."""
    if noun.lemma not in {"briefing", "assessment", "account", "testimony", "remark", "comment"}:
        return None
    by = [one for one in noun.kids("prep", "agent") if one.lemma in {"by", "from"}]
    owners = [*noun.kids("poss"), *(pobj for one in by for pobj in one.kids("pobj"))]
    return owners[0] if owners else None


def nest(outer: Links, inner: Links) -> Links:
    """One chain inside another; a link both have is kept once."""
    return outer + tuple(link for link in inner if link not in outer)
