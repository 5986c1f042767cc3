"""What kind of voice a noun phrase is, and where it speaks from."""

import re
from collections.abc import Sequence
from typing import Self

from pydantic import BaseModel, ConfigDict

from satrap.claims import Source, SourceKind
from satrap.errors import ReadingError
from satrap.reading import nouns
from satrap.reading.lexicon import RULES, Lexicon
from satrap.reading.mentions import Named
from satrap.reading.tokens import Token
from satrap.yamlfile import load

_BY_CLASS = (
    ("voice_intelligence", SourceKind.INTELLIGENCE_SERVICE),
    ("voice_defector", SourceKind.DEFECTOR),
    ("voice_analyst", SourceKind.ANALYST),
    ("voice_document", SourceKind.DOCUMENT),
    ("voice_official", SourceKind.OFFICIAL),
    ("voice_media", SourceKind.MEDIA),
    ("voice_resident", SourceKind.RESIDENT),
    ("voice_group", SourceKind.GROUP),
    ("voice_unspecified", SourceKind.UNSPECIFIED),
)
_PLACED = frozenset({SourceKind.INSIDE_SOURCE, SourceKind.RESIDENT, SourceKind.OFFICIAL})
_IRREGULAR = frozenset({"media"})  # taken for plurals of something else
_STATE_OUTLETS = frozenset(
    {"media", "tv", "television", "press", "radio", "newspaper", "agency", "broadcaster"}
)
_INSIDERS = frozenset({"member", "employee", "staffer", "insider"})
_STATE = frozenset({"state", "official", "state-run", "government", "state-controlled", "party", "central"})


class SourceNames(BaseModel):
    """Names and words of ``sources.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    named: dict[SourceKind, tuple[str, ...]]
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
        if kind is SourceKind.INSIDE_SOURCE and not self._is_inside(noun, place):
            kind = SourceKind.UNSPECIFIED
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
        if (
            noun.tag in {"NNP", "NNPS"} and noun.named is None
        ):  # "the defector journalist NAME", "radio station NAME"
            near = [
                one
                for kid in noun.kids("compound", "nmod", "amod", "appos")
                for one in kid.subtree()
                if one.named is None
            ]
            described = {
                kind for kid in near if (kind := self._by_word(kid.text.lower(), kid.lemma)) is not None
            }
            return next(
                (
                    kind
                    for kind in (
                        SourceKind.DEFECTOR,
                        SourceKind.ANALYST,
                        SourceKind.MEDIA,
                        SourceKind.OFFICIAL,
                    )
                    if kind in described
                ),
                None,
            ) or self._by_word(noun.text.lower(), noun.lemma)
        if noun.named is not None:
            return (
                SourceKind.OFFICIAL
                if noun.named.kind in {"person", "institution", "staff", "group", "post"}
                else None
            )
        if self._lexicon.has("source", lemma):
            return SourceKind.INTELLIGENCE_SERVICE if "intelligence" in words else SourceKind.INSIDE_SOURCE
        if lemma in _STATE_OUTLETS and words & _STATE:
            return SourceKind.STATE_MEDIA
        if any(_has_left(clause) for clause in noun.kids("relcl", "acl")):
            return SourceKind.DEFECTOR
        if words & {"intelligence", "spy"} and (
            self._lexicon.has("voice_official", lemma) or lemma in {"service", "agency", "intelligence"}
        ):
            return SourceKind.INTELLIGENCE_SERVICE
        if "citizen" in words and lemma in {"journalist", "reporter"}:
            return SourceKind.RESIDENT
        if words & {"rights", "right", "aid", "opposition", "un"}:
            return SourceKind.GROUP
        if self._lexicon.has("title", lemma):  # the director of an institute speaks as the institute does
            for prep in noun.kids("prep"):
                for body in prep.kids("pobj"):
                    kind = (self.named_link(body) or Source(SourceKind.OFFICIAL)).kind
                    return kind if kind is not SourceKind.PUBLISHER else None
        return self._by_word(lemma, lemma) or self._by_place_in_society(noun, lemma)

    def _by_place_in_society(self, noun: Token, lemma: str) -> SourceKind | None:
        """Whoever is no voice by trade: an employee tells of the inside, others as residents or officials."""
        of = [pobj for prep in noun.kids("prep") if prep.lemma == "of" for pobj in prep.kids("pobj")]
        if lemma == "member" and any(one.tag in {"NNP", "NNPS"} for one in of):
            return SourceKind.OFFICIAL  # of Congress, of the Seimas
        if lemma in _INSIDERS and nouns.determiner(noun) in {"a", "an", "another", "one", ""}:
            return SourceKind.INSIDE_SOURCE
        if self._lexicon.has("residents", lemma):
            return SourceKind.RESIDENT
        return SourceKind.OFFICIAL if self._lexicon.has("official", lemma) else None

    def _by_word(self, *words: str) -> SourceKind | None:
        for name, kind in _BY_CLASS:
            if any(self._lexicon.has(name, word) for word in words):
                return kind
        return None

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

    def _is_inside(self, noun: Token, place: str | None) -> bool:
        if place is not None:
            return True
        near = _FROM.match(self._plain, noun.end)
        if near and any(one.start == near.end() for one in self._places):
            return True  # "in" the country itself
        start, end = nouns.extent(noun)
        text = self._plain[start : end + 20].lower()
        if any(word in text[: end - start] for word in self._names.abroad):
            return False
        return bool(nouns.modifiers(noun) & set(self._names.inside)) or any(
            phrase in text for phrase in self._names.inside_phrases
        )

    def _place(self, noun: Token) -> str | None:
        """A place of the pack in or right after its phrase; "in the province" is the place named last."""
        for one in noun.subtree("relcl", "ccomp", "conj", "advcl"):
            if one.named is not None and one.named.kind == "place" and "-" in one.named.id:
                return one.named.id
        if self._plain.startswith(" there ", noun.end):
            return self._last_place(noun)
        after = _FROM.match(self._plain, noun.end)
        if after is None:
            return None
        for place in self._places:
            if place.start == after.end():
                return place.id if "-" in place.id else None
        return self._last_place(noun) if _THERE.match(self._plain, after.end()) else None

    def _last_place(self, noun: Token) -> str | None:
        before = [place.id for place in self._places if place.end <= noun.start and "-" in place.id]
        return before[-1] if before else None


_FULL = {"NIS": "National Intelligence Service"}
_FROM = re.compile(r"\s+(?:in|from|inside|of|within|based in|living in|inside of)\s+(?:the\s+)?")
_THERE = re.compile(r"same\b|(?:province|city|county|region|town|district|oblast|area|capital)\b")


def _has_left(clause: Token) -> bool:
    """ "a guard who left the country", "an officer who defected"."""
    objects = {one.lemma for one in clause.kids("dobj")}
    return clause.lemma in {"defect", "flee", "escape"} or (clause.lemma == "leave" and "country" in objects)


def _number(noun: Token) -> int | None:
    words = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
    for kid in noun.kids("nummod"):
        return int(kid.text) if kid.text.isdecimal() else words.get(kid.text.lower())
    return None
