"""Whose word a verb is."""

from satrap.reading.tokens import Token

_PASSIVE = ("nsubjpass", "auxpass")
_RAISED = frozenset({"xcomp", "advcl", "ccomp", "pcomp", "acl"})
_SPEAKING = frozenset({"VBD", "VBZ", "VBP"})
_DEPTH = 6


def speaker(verb: Token, tokens: list[Token] | None = None, depth: int = 0) -> Token | None:
    """Its subject, the agent of a passive, or the subject of the verb it hangs on.

    With the sentence's ``tokens``, a finite verb that the parse leaves without a subject takes the noun
    beside it.
    """
    if verb.kids(*_PASSIVE):
        agents = [pobj for by in verb.kids("agent") for pobj in by.kids("pobj")]
        return agents[0] if agents else None
    own = verb.kids("nsubj")
    if own:
        return own[0]
    if tokens is not None and verb.tag in _SPEAKING and verb.dep != "conj":
        beside = _beside(verb, tokens)
        if beside is not None:
            return beside
    if verb.is_root or depth > _DEPTH:
        return None
    head = verb.head
    if verb.dep == "conj":
        return _subject(head, depth)
    if verb.dep == "acl" and head.is_noun:
        if verb.tag == "VBG":
            return head
        return next(iter(head.kids("poss")), None) or (
            _subject(head.head, depth) if head.head.is_verb else None
        )
    if verb.dep == "pcomp":
        carrier = head.head
        owner = next(iter(carrier.kids("poss")), None)
        return owner or (None if carrier is head else _subject(carrier, depth))
    if verb.dep in _RAISED:
        if verb.dep == "xcomp" and head.kids("dobj"):
            return head.kids("dobj")[0]
        return _subject(head, depth)
    return None


def _subject(verb: Token, depth: int) -> Token | None:
    own = verb.kids("nsubj", "nsubjpass")
    return own[0] if own else speaker(verb, None, depth + 1)


def _beside(verb: Token, tokens: list[Token]) -> Token | None:
    """ "said NAME, the spokesman" after a quotation, or "NAME said" before the end."""
    before = tokens[verb.index - 1] if verb.index else None
    if before is not None and (before.is_noun or before.tag == "PRP"):
        return before
    for word in tokens[verb.index + 1 : verb.index + 8]:
        if word.is_noun and word.dep != "compound":
            return word
        if word.tag in {"PRP", ","}:
            return word if word.tag == "PRP" else None
    return None
