"""Times that carry over: what was done at a meeting is of the day on which the text said that it met.

A sentence without a time of its own takes that of a session or ceremony dated before, if it names it again.
"""

from collections.abc import Sequence

from satrap.claims import Horizon, When
from satrap.reading import nouns
from satrap.reading.dates import Dated
from satrap.reading.tokens import Token

_SCENES = (
    frozenset({"session", "meeting", "plenum", "plenary", "congress", "conference", "sitting"}),
    frozenset({"ceremony", "funeral", "parade", "reception", "opening", "inauguration", "wedding"}),
    frozenset({"trial", "hearing"}),
    frozenset({"raid", "shooting", "clash", "march", "rally", "protest", "riot", "strike", "demonstration"}),
)
_MEETS = frozenset({"meet", "convene", "assemble"})
_AGAIN = frozenset({"the", "this", "that", "these"})
_DAYS = 3  # the longest scene


class Scenes:
    """Scenes of one report that its text has dated so far."""

    def __init__(self) -> None:
        self._dated: dict[int, When] = {}

    def see(self, tokens: Sequence[Token], dated: Sequence[Dated]) -> None:
        """Keep the days that a sentence gives to scenes it names."""
        for one in dated:
            if one.when is None or one.dateline or one.bound is not None or one.when.days > _DAYS:
                continue
            token = next((token for token in tokens if token.end > one.start), None)
            if token is None:
                continue
            for word in (token, *token.ancestors()):
                kinds = _scenes_of(word)
                if word.is_verb:
                    for kid in word.kids("nsubj", "nsubjpass", "dobj"):
                        kinds |= _scenes_of(kid)
                    kinds |= {0} if word.lemma in _MEETS else set()
                for kind in kinds:
                    self._dated[kind] = one.when
                if word.is_verb:
                    break

    def when(self, trigger: Token, horizon: Horizon) -> When | None:
        """The day of the scene that a predicate names as known: "he did not attend the session"."""
        if horizon is not Horizon.PAST or not _is_simple_past(trigger):
            return None
        for word in trigger.subtree("relcl", "advcl", "ccomp", "acl", "conj", "parataxis", "appos"):
            if (
                word.is_noun
                and nouns.determiner(word) in _AGAIN
                and not word.kids("amod", "compound", "prep")
            ):
                for kind in _scenes_of(word):
                    if kind in self._dated:
                        return self._dated[kind]
        return None


def _scenes_of(word: Token) -> set[int]:
    return {index for index, words in enumerate(_SCENES) if word.is_noun and word.lemma.lower() in words}


def _is_simple_past(verb: Token) -> bool:
    """ "Was elected", "attended", "did not attend", "becomes": no perfect, no infinitive."""
    auxiliaries = verb.kids("aux", "auxpass")
    if any(one.lemma == "have" or one.tag in {"MD", "TO", "VBG"} for one in auxiliaries):
        return False
    return verb.tag in {"VBD", "VBZ"} or any(one.tag == "VBD" for one in auxiliaries)
