"""What kind of voice a noun phrase is, and where it speaks from."""

import re
from collections.abc import Sequence
from typing import Self

from pydantic import BaseModel, ConfigDict

from satrap.claims import Source, SourceKind
from satrap.errors import ReadingError
from satrap.reading import nouns
from satrap.reading.gone import Gone, after
from satrap.reading.lexicon import RULES, Lexicon
from satrap.reading.mentions import Named
from satrap.reading.tokens import Token
from satrap.yamlfile import load

_PLACED = frozenset({SourceKind.INSIDE_SOURCE, SourceKind.RESIDENT, SourceKind.OFFICIAL})
_IRREGULAR = frozenset({"media", "minutes"})  # taken for plurals of something else
_STATE_OUTLETS = frozenset(
    {"media", "tv", "television", "press", "radio", "newspaper", "agency", "broadcaster", "paper", "daily"}
)
_STATE = frozenset({"state", "official", "state-run", "government", "state-controlled", "party", "central"})
_DESCRIBED = (
    SourceKind.DEFECTOR,
    SourceKind.ANALYST,
    SourceKind.MEDIA,
    SourceKind.OFFICIAL,
    SourceKind.GROUP,
)


class SourceNames(BaseModel):
    """Names and words of ``sources.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    named: dict[SourceKind, tuple[str, ...]]
    words: dict[SourceKind, tuple[str, ...]]
    public: tuple[str, ...]
    insiders: tuple[str, ...]
    insider_phrases: tuple[str, ...]
    left: tuple[str, ...]
    served: tuple[str, ...]
    lives_phrases: tuple[str, ...]
    abroad: tuple[str, ...]
    inside: tuple[str, ...]
    inside_phrases: tuple[str, ...]

    @classmethod
    def bundled(cls) -> Self:
        return load(RULES / "sources.yaml", cls, ReadingError)


class Sources:
    """Turns the noun phrase of a speaker into links of a chain."""

    def __init__(
        self,
        names: SourceNames,
        lexicon: Lexicon,
        plain: str,
        named: Sequence[Named] = (),
        known_outlets: tuple[str, ...] = (),
        bounds: tuple[int, int] | None = None,
    ) -> None:
        self._places = [one for one in named if one.kind == "place"]
        self._names = names
        self._lexicon = lexicon
        self._plain = plain
        self.gone = Gone(names.left, names.lives_phrases, names.served, self._places, plain)
        self._words = {word: kind for kind, words in reversed(names.words.items()) for word in words}
        self._kinds = {name: kind for kind, all_names in names.named.items() for name in all_names}
        for outlet in known_outlets:
            self._kinds.setdefault(outlet, SourceKind.MEDIA)
        longest_first = sorted(self._kinds, key=len, reverse=True)
        pattern = re.compile(r"\b(?:" + "|".join(map(re.escape, longest_first)) + r")(?!\w)")
        start, end = bounds or (0, len(plain))
        self._spans = [(one.start(), one.end(), one.group()) for one in pattern.finditer(plain, start, end)]

    @property
    def outlets(self) -> frozenset[str]:
        """Every name that is known as a voice."""
        return frozenset(self._kinds)

    def links(self, noun: Token, publisher: str) -> tuple[Source, ...]:
        """The voice of a noun phrase, () where it is none or is the publisher itself."""
        part = nouns.partitive(noun)
        if part is not None:
            return self.links(part, publisher)
        named = self.named_link(noun)
        if named is not None:
            return () if named.name and named.name.lower() == publisher.lower() else (named,)
        kind = self.kind_of_noun(noun)
        if kind is None:
            return ()
        place = self._place(noun)
        of_the_state = noun.lemma in self._names.insiders or self._within_body(noun)
        if kind is SourceKind.INSIDE_SOURCE and not (of_the_state or self._is_inside(noun, place)):
            kind = SourceKind.UNSPECIFIED
        if kind in _MAY_BE_INSIDE and self._tells_from_within(noun):
            kind = SourceKind.INSIDE_SOURCE
        if kind not in _PLACED:
            place = None
        own = Source(kind, place, None, _number(noun))
        for prep in noun.kids("prep"):  # "a correspondent of the group NAME"
            for body in prep.kids("pobj") if prep.lemma in {"of", "for", "with"} else []:
                link = self.named_link(body)
                if link is not None and self._lexicon.has("source", noun.lemma) and link.name != publisher:
                    return (link, own)
        return (own,)

    def kind_of_noun(self, noun: Token) -> SourceKind | None:
        """The kind a noun names, from its own word and the nouns before it."""
        lemma = noun.text.lower() if noun.text.lower() in _IRREGULAR else noun.lemma
        words = nouns.modifiers(noun) | {lemma}
        if is_name(noun):
            return self._described(noun) or self._words.get(noun.text.lower()) or self._words.get(lemma)
        if noun.named is not None:
            if self.gone.has_left(noun):
                return SourceKind.DEFECTOR
            if noun.named.kind in {"person", "institution", "staff", "group", "post"}:
                return _OFFICIAL
            return self._words.get(noun.text.lower())  # "Minsk denies": its government
        if self._lexicon.has("source", lemma):
            if words & {"government", "ministry"} and self._is_abroad(noun):
                return _OFFICIAL  # "a government source in Seoul"
            return SourceKind.INTELLIGENCE_SERVICE if "intelligence" in words else SourceKind.INSIDE_SOURCE
        if lemma in _STATE_OUTLETS and (words | {one.text.lower() for one in noun.kids("compound")}) & _STATE:
            return SourceKind.STATE_MEDIA
        if self.gone.has_left(noun):
            return SourceKind.DEFECTOR
        if words & {"intelligence", "spy"} and (
            self._words.get(lemma) in {SourceKind.OFFICIAL, SourceKind.INTELLIGENCE_SERVICE}
            or lemma in {"service", "agency"}
        ):
            return SourceKind.INTELLIGENCE_SERVICE
        if "citizen" in words and lemma in {"journalist", "reporter"}:
            return SourceKind.RESIDENT
        if "press" in words and lemma in {"service", "office", "department", "secretary"}:
            return _OFFICIAL
        if self._words.get(lemma) is SourceKind.MEDIA and "opposition" in words:
            return SourceKind.MEDIA
        if words & {"rights", "right", "aid", "opposition", "un"} or self._is_of_group(noun):
            return SourceKind.GROUP
        if self.gone.served_once(noun):
            return SourceKind.DEFECTOR
        staff = {lemma, *(f"{kid.lemma} {lemma}" for kid in noun.kids("compound"))}
        if staff & set(self._names.insiders) and self._serves_inside(noun):
            return SourceKind.INSIDE_SOURCE
        if lemma == "paper" and words & {"local", "regional", "provincial", "daily", "morning", "evening"}:
            return SourceKind.MEDIA
        if lemma in {"some", "many", "people"} and re.match(
            r" (?:here|locally|there)\b", self._plain[noun.end :][:9]
        ):
            return SourceKind.RESIDENT
        if self._lexicon.has("title", lemma):  # the director of an institute speaks as the institute does
            for prep in noun.kids("prep"):
                for body in prep.kids("pobj") if prep.lemma in {"of", "at"} else []:
                    kind = (self.named_link(body) or Source(self._words.get(body.lemma, _OFFICIAL))).kind
                    if kind in {SourceKind.UNSPECIFIED, SourceKind.RESIDENT}:
                        kind = _OFFICIAL
                    return kind if kind is not SourceKind.PUBLISHER else None
        return self._words.get(lemma) or self._by_place_in_society(noun, lemma)

    def _described(self, name: Token) -> SourceKind | None:
        """A name no list knows, by the words around it: "the defector journalist NAME"."""
        if self.gone.has_left(name):
            return SourceKind.DEFECTOR
        for same in (kid for one in name.subtree("relcl", "acl", "conj") for kid in one.kids("appos")):
            kind = self.kind_of_noun(same) if same.tag in {"NN", "NNS"} else None
            if kind is not None:
                return kind
        near = [
            one
            for kid in name.kids("compound", "nmod", "amod", "appos")
            for one in kid.subtree("relcl", "prep")
            if one.named is None
        ]
        of = [
            pobj
            for prep in name.kids("prep")
            if prep.lemma in {"of", "at", "from", "with"}
            for pobj in prep.kids("pobj")
        ]
        for body in of:
            link = self.named_link(body)
            if link is not None:
                return link.kind
        kinds = {self._words.get(one.text.lower()) or self._words.get(one.lemma) for one in (*near, *of)}
        found = next((kind for kind in _DESCRIBED if kind in kinds), None)
        holds = any(kid.named is not None and kid.named.kind == "post" for kid in name.children)
        if found is None and holds:
            return _OFFICIAL
        if found is None and any(one.lemma in {"teach", "college", "institute"} for one in name.subtree()):
            return SourceKind.ANALYST
        return found

    def _by_place_in_society(self, noun: Token, lemma: str) -> SourceKind | None:
        """Whoever is no voice by trade: an employee tells of the inside, others as residents or officials."""
        of = [pobj for prep in noun.kids("prep") if prep.lemma == "of" for pobj in prep.kids("pobj")]
        if lemma == "member" and any(one.lemma.lower() in _CHAMBERS or one.named for one in of):
            return SourceKind.OFFICIAL  # of Congress, of the Seimas
        if lemma == "member" and of:
            return SourceKind.RESIDENT
        if self._lexicon.has("residents", lemma) or "residents" in self._lexicon.classes_of(lemma):
            return SourceKind.RESIDENT
        return SourceKind.OFFICIAL if self._lexicon.has("official", lemma) else None

    def named_link(self, noun: Token) -> Source | None:
        """The link of a voice known by name."""
        for start, end, name in self._spans:
            if start <= noun.start and noun.end <= end:
                return Source(self._kinds[name], None, _FULL.get(name, name))
        for appositive in noun.kids("appos"):  # "the spy agency, the National Intelligence Service, said"
            link = self.named_link(appositive)
            if link is not None:
                return link
        return None

    def name_of(self, noun: Token) -> str:
        """The capitalised words that end in this noun: "Daily NK"."""
        first = noun
        for kid in noun.kids("compound", "nmod", "amod", "punct"):
            if kid.index == first.index - 1 or kid.text[:1].isupper():
                first = kid if kid.index < first.index else first
        return self._plain[first.start : noun.end]

    # -- inside, or gone

    def _serves_inside(self, noun: Token) -> bool:
        """ "two serving officers in Mogilev", "an employee of the airport": unnamed, in office, inside."""
        if nouns.determiner(noun) in {"the", "this", "that", "these", "its", "their"} or noun.kids("appos"):
            return False
        words = nouns.modifiers(noun)
        if words & {"former", "retired", "ex", "foreign"} or words & set(self._names.abroad):
            return False
        return (
            self._place(noun) is not None
            or bool(words & ({"serving", "active", "current"} | set(self._names.inside)))
            or noun.lemma in {"employee", "staffer", "insider", "clerk", "subordinate", "member"}
        )

    def _is_of_group(self, noun: Token) -> bool:
        """ "United Nations experts", "researchers of Amnesty International"."""
        of = [pobj for prep in noun.kids("prep") if prep.lemma == "of" for pobj in prep.kids("pobj")]
        links = [self.named_link(one) for one in (*noun.kids("compound", "nmod", "poss"), *of)]
        return any(link is not None and link.kind is SourceKind.GROUP for link in links)

    def _is_abroad(self, noun: Token) -> bool:
        start, end = nouns.extent(noun, "relcl")
        return any(word in self._plain[start:end].lower() for word in self._names.abroad)

    def _within_body(self, noun: Token) -> bool:
        """ "a source in the Prosecutor General's Office", "in the Ministry of Transport"."""
        if self._is_abroad(noun):
            return False
        return any(
            pobj.named.kind == "institution"
            if pobj.named is not None
            else self._lexicon.has("org", pobj.lemma.lower())
            for prep in noun.kids("prep")
            if prep.lemma in {"in", "inside", "within", "at"}
            for pobj in prep.kids("pobj")
        )

    def _tells_from_within(self, noun: Token) -> bool:
        """An unnamed person whom the words after it place in the apparatus: "with ties to the unit"."""
        if noun.lemma in self._names.public or self._lexicon.has("org", noun.lemma):
            return False
        words = after(noun, self._plain)
        return any(phrase in words for phrase in self._names.insider_phrases)

    def _is_inside(self, noun: Token, place: str | None) -> bool:
        if place is not None:
            return True
        near = _FROM.match(self._plain, noun.end)
        if near and any(one.start == near.end() for one in self._places):
            return True  # "in" the country itself
        if near and _THERE.match(self._plain, near.end()):
            return True
        start, end = nouns.extent(noun)
        text = self._plain[start : end + 20].lower()
        if any(word in text[: end - start] for word in self._names.abroad):
            return False
        return bool(nouns.modifiers(noun) & set(self._names.inside)) or any(
            phrase in text for phrase in self._names.inside_phrases
        )

    # -- where it speaks from

    def _place(self, noun: Token) -> str | None:
        """A place of the pack in or right after its phrase; "in the province" is the place named last."""
        for one in noun.subtree("relcl", "ccomp", "conj", "advcl"):
            if one.named is not None and one.named.kind == "place" and "-" in one.named.id:
                return one.named.id
        if re.match(r" (?:there|here)\b", self._plain[noun.end : noun.end + 7]):
            return self._last_place(noun)
        after = _FROM.match(self._plain, noun.end)
        if after is None:
            return None
        for place in self._places:
            if place.start == after.end():
                return place.id if "-" in place.id else None
        return self._last_place(noun) if _THERE.match(self._plain, after.end()) else None

    def place_between(self, start: int, end: int) -> str | None:
        """The place named first between two offsets."""
        within = (one.id for one in self._places if start <= one.start < end and "-" in one.id)
        return next(within, None)

    def last_place(self, end: int) -> str | None:
        """The place named last before an offset."""
        before = [place.id for place in self._places if place.end <= end and "-" in place.id]
        return before[-1] if before else None

    def _last_place(self, noun: Token) -> str | None:
        return self.last_place(noun.start)


_OFFICIAL = SourceKind.OFFICIAL
_CHAMBERS = frozenset(
    {"committee", "congress", "parliament", "assembly", "senate", "chamber", "house", "council", "commission"}
    | {"seimas", "saeima", "duma", "diet", "knesset", "bundestag", "sejm", "mejlis", "panel", "cabinet"}
)
_MAY_BE_INSIDE = frozenset({SourceKind.RESIDENT, SourceKind.OFFICIAL, SourceKind.UNSPECIFIED})
_FULL = {"NIS": "National Intelligence Service"}
_FROM = re.compile(r"\s+(?:in|from|inside|of|within|based in|living in|inside of)\s+(?:the\s+)?")
_THERE = re.compile(r"same\b|(?:province|city|county|region|town|district|oblast|area|capital|village)\b")


def is_name(noun: Token) -> bool:
    """A proper name that no list knows; of "Gil Suk-hwan" the parser makes a common noun after a hyphen."""
    if noun.named is not None:
        return False
    if noun.tag in {"NNP", "NNPS"}:
        return True
    hyphen = any(kid.text == "-" and kid.index == noun.index - 1 for kid in noun.children)
    return hyphen and any(kid.tag == "NNP" for kid in noun.kids("compound", "nmod"))


def _number(noun: Token) -> int | None:
    words = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
    for kid in noun.kids("nummod"):
        return int(kid.text) if kid.text.isdecimal() else words.get(kid.text.lower())
    return None
