"""How whoever speaks knows: saw it, was told, infers it, or the text does not say."""

from collections.abc import Sequence

from satrap.claims import Access, Certainty, Chain, Horizon, SourceKind
from satrap.reading.lexicon import Lexicon
from satrap.reading.reach import Speech
from satrap.reading.tokens import Token

_OUTER = frozenset({SourceKind.MEDIA, SourceKind.PUBLISHER})
_SEEING = frozenset({"see", "watch", "witness"})
_SELF = frozenset({"i", "me", "my", "we", "us", "our"})
_OWN_STORY = frozenset({SourceKind.DEFECTOR, SourceKind.RESIDENT})


def access(
    token: Token,
    links: Chain,
    around: Sequence[Speech],
    certainty: Certainty,
    horizon: Horizon,
    lexicon: Lexicon,
    *,
    tells: bool,
) -> Access:
    """``around``: the speeches that hold the predicate, innermost last; ``tells``: it is told in somebody's
    own words, as a quotation or in the first person."""
    inner = [link for link in links if link.kind not in _OUTER]
    if len(inner) > 1:
        return Access.TOLD
    if inner and horizon is not Horizon.FUTURE and _was_there(token, inner[-1].kind, horizon, tells):
        return Access.WITNESSED
    infers = bool(around) and lexicon.has("opinion", around[-1].cue.lemma)
    if infers or (certainty is Certainty.PROBABLE and horizon is Horizon.FUTURE):
        return Access.DEDUCED
    return Access.UNSTATED


def _was_there(token: Token, kind: SourceKind, horizon: Horizon, tells: bool) -> bool:
    """ "she had watched two boys being beaten", "they made us kneel"."""
    if any(one.lemma in _SEEING and one.is_verb for one in token.ancestors()):
        return True
    if not tells or horizon is not Horizon.PAST or kind not in _OWN_STORY:
        return False
    return any(one.text.lower() in _SELF for one in token.subtree("relcl", "ccomp", "conj"))
