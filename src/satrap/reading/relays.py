"""Who passes on what an intelligence service told them: lawmakers after a briefing.

Once a report says that a service briefed lawmakers, what the service says in it is on the word of the
lawmakers, and what lawmakers tell is the service's, but for their own views.
"""

from collections.abc import Iterable

from satrap.claims import Source, SourceKind
from satrap.reading.sources import Sources
from satrap.reading.tokens import Token
from satrap.reading.voicewords import VoiceWords

_WORDS = VoiceWords.bundled()


class Relays:
    """The service that lawmakers of this report pass on, if there is one."""

    def __init__(self, sources: Sources, sentences: Iterable[list[Token]]) -> None:
        self.service: Source | None = None
        for tokens in sentences:
            if self.service is None or not self.service.name:
                found = self._briefed(sources, tokens)
                self.service = found if found and (found.name or self.service is None) else self.service

    def _briefed(self, sources: Sources, tokens: list[Token]) -> Source | None:
        if not any(is_lawmaker(one) for one in tokens) or not any(
            one.lemma in _WORDS.briefed for one in tokens
        ):
            return None
        found = [link for one in tokens if one.is_noun and (link := _service(sources, one)) is not None]
        return next((one for one in found if one.name), found[0] if found else None)

    def before(self, links: tuple[Source, ...]) -> tuple[Source, ...]:
        """The lawmakers before the service that told them."""
        if self.service is None or len(links) > 1:
            return links
        if links[-1] == self.service or (links[-1].kind is self.service.kind and not links[-1].name):
            return (Source(SourceKind.OFFICIAL), self.service)
        return links

    def after(self, links: tuple[Source, ...], verb: Token, many: bool) -> tuple[Source, ...]:
        """What lawmakers say is what they were told, unless it is their own view or an answer.

        One lawmaker alone speaks for himself, unless the sentence speaks of the service or what it said.
        """
        if self.service is None or len(links) != 1 or verb.lemma in _WORDS.own_view:
            return links
        root = verb
        while not root.is_root:
            root = root.head
        below = root.subtree()
        if any(one.text.lower() in _WORDS.own_words for one in below):
            return links
        told = any(one.lemma in _WORDS.service or one.text == "They" for one in below)
        return (*links, self.service) if many or told else links


def is_lawmaker(noun: Token) -> bool:
    """ "lawmakers", "two members of Congress", "the parliamentary intelligence committee"."""
    if noun.lemma in _WORDS.lawmakers:
        return True
    below = noun.subtree("relcl", "acl", "appos", "conj") if noun.is_noun else []
    if noun.lemma == "member" and any(one.lemma in {"committee", "panel", "chamber"} for one in below):
        return True
    words = {one.lemma for one in below} | {one.text.lower() for one in below}
    return bool(words & (_WORDS.lawmakers - {"deputy"} | {"parliamentary", "congressional"}))


def _service(sources: Sources, noun: Token) -> Source | None:
    named = sources.named_link(noun)
    if named is not None:
        return named if named.kind is SourceKind.INTELLIGENCE_SERVICE else None
    kind = SourceKind.INTELLIGENCE_SERVICE
    return Source(kind) if noun.named is None and sources.kind_of_noun(noun) is kind else None
