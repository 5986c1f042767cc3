"""What kind of voice a noun phrase is, and where it speaks from."""

from typing import Self

from pydantic import BaseModel, ConfigDict

from satrap.claims import Source, SourceKind
from satrap.errors import ReadingError
from satrap.reading import nouns
from satrap.reading.lexicon import RULES, Lexicon
from satrap.reading.tokens import Token
from satrap.yamlfile import load

_BY_CLASS = (
    ("voice_intelligence", SourceKind.INTELLIGENCE_SERVICE), ("voice_defector", SourceKind.DEFECTOR),
    ("voice_analyst", SourceKind.ANALYST), ("voice_document", SourceKind.DOCUMENT),
    ("voice_official", SourceKind.OFFICIAL), ("voice_media", SourceKind.MEDIA),
    ("voice_resident", SourceKind.RESIDENT), ("voice_group", SourceKind.GROUP),
    ("voice_unspecified", SourceKind.UNSPECIFIED),
)
_STATE = frozenset({"state", "official", "state-run", "government", "state-controlled", "party", "central"})


class SourceNames(BaseModel):
    """Names and words of ``sources.yaml``."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    named: dict[SourceKind, tuple[str, ...]]
    places: dict[str, tuple[str, ...]]
    inside: tuple[str, ...]
    inside_phrases: tuple[str, ...]

    @classmethod
    def bundled(cls) -> Self:
        return load(RULES / "sources.yaml", cls, ReadingError)


class Sources:
    """Turns the noun phrase of a speaker into links of a chain."""

    def __init__(self, names: SourceNames, lexicon: Lexicon, plain: str, known_outlets: tuple[str, ...] = ()) -> None:
        self._names = names
        self._lexicon = lexicon
        self._plain = plain
        self._kinds = {name.lower(): (kind, name) for kind, all_names in names.named.items() for name in all_names}
        for outlet in known_outlets:
            self._kinds.setdefault(outlet.lower(), (SourceKind.MEDIA, outlet))

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
        if kind is SourceKind.UNSPECIFIED:
            place = place if self._lexicon.has("source", noun.lemma) else None
        return (Source(kind, place, None, _number(noun)),)

    def kind_of_noun(self, noun: Token) -> SourceKind | None:
        """The kind a noun names, from its own word and the nouns before it."""
        lemma = noun.lemma
        words = nouns.modifiers(noun) | {lemma}
        if noun.named is not None:
            return SourceKind.OFFICIAL if noun.named.kind in {"person", "institution", "staff", "group", "post"} else None
        if self._lexicon.has("source", lemma):
            return SourceKind.INTELLIGENCE_SERVICE if "intelligence" in words else SourceKind.INSIDE_SOURCE
        if self._lexicon.has("voice_media", lemma) and words & _STATE and lemma in {"media", "tv", "television", "press",
                                                                                   "radio", "newspaper", "agency", "broadcaster"}:
            return SourceKind.STATE_MEDIA
        if "intelligence" in words and (self._lexicon.has("voice_official", lemma) or lemma in {"service", "agency", "intelligence"}):
            return SourceKind.INTELLIGENCE_SERVICE
        if "rights" in words or "aid" in words or "opposition" in words:
            return SourceKind.GROUP
        for name, kind in _BY_CLASS:
            if self._lexicon.has(name, lemma):
                return kind
        return None

    def named_link(self, noun: Token) -> Source | None:
        """The link of a voice known by name."""
        found = self._kinds.get(self.name_of(noun).lower())
        if found is None:
            return None
        kind, name = found
        return Source(kind, None, name)

    def name_of(self, noun: Token) -> str:
        """The capitalised words that end in this noun: "Daily NK"."""
        first = noun
        for kid in noun.kids("compound", "nmod", "amod", "punct"):
            if kid.index == first.index - 1 or kid.text[:1].isupper():
                first = kid if kid.index < first.index else first
        return self._plain[first.start : noun.end]

    def _is_inside(self, noun: Token, place: str | None) -> bool:
        if place is not None and place not in self._names.places:
            return True
        start, end = nouns.extent(noun)
        text = self._plain[start:end].lower()
        return bool(nouns.modifiers(noun) & set(self._names.inside)) or any(
            phrase in text for phrase in self._names.inside_phrases)

    def _place(self, noun: Token) -> str | None:
        """Where it speaks from: a place of the pack inside its phrase, or a country its description names."""
        below = [one for one in noun.subtree("relcl", "ccomp")]
        for one in below:
            if one.named is not None and one.named.kind == "place":
                return one.named.id
        start, end = nouns.extent(noun, "relcl")
        text = f" {self._plain[start:end].lower()} "
        for code, words in self._names.places.items():
            if any(f" {word} " in text or f" {word}'" in text for word in words):
                return code
        return None


def _number(noun: Token) -> int | None:
    words = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
    for kid in noun.kids("nummod"):
        return int(kid.text) if kid.text.isdecimal() else words.get(kid.text.lower())
    return None
