"""Wordings that state a cause: "this stems from X", "the decline is explained by X", "the reason is X"."""

from satrap.reading import nouns
from satrap.reading.tokens import Token

_FROM = frozenset({"stem", "arise", "result", "spring", "derive", "come", "grow", "flow", "originate"})
_TO = frozenset({"attribute", "put", "ascribe", "trace", "chalk", "credit"})
_BY = frozenset(
    {"cause", "prompt", "trigger", "force", "drive", "provoke", "explain", "spark", "motivate", "precipitate"}
)
_FEELINGS = frozenset(
    {
        "shame", "fear", "spite", "vanity", "worry", "pity", "revenge", "greed", "gratitude", "jealousy",
        "envy", "anger", "hatred", "mercy", "loyalty", "boredom", "desperation", "hunger", "habit",
        "caution", "concern", "kindness", "malice", "pride", "need", "weakness", "respect", "sympathy",
        "frustration", "despair",
    }
)  # fmt: skip
_REASONS = frozenset({"reason", "cause", "explanation", "trigger", "root"})


def stated(token: Token) -> tuple[Token, Token] | None:
    """The cause that a word states and what it is the cause of; None where it states none."""
    if token.is_verb:
        return _by_verb(token)
    if token.is_noun and token.lemma in _REASONS:
        return _by_noun(token)
    if token.dep == "mark" and token.lemma == "because" and token.head.head.lemma == "be":
        effects = token.head.head.kids("nsubj")
        if effects and effects[0].lemma in {"it", "this", "that"}:
            return token.head, effects[0]
    return None


def opens_reason(mark: Token) -> bool:
    """Whether a conjunction opens a reason: "because", and "since" in the present tense."""
    if mark.dep != "mark" or mark.head.dep != "advcl":
        return False
    if mark.lemma == "since":
        return any(one.tag in {"VBZ", "VBP"} for one in (mark.head, *mark.head.kids("aux")))
    return mark.lemma == "because"


def out_of(preposition: Token) -> Token | None:
    """The feeling in "out of spite": what a deed was done from."""
    if preposition.lemma != "out":
        return None
    below = [one for prep in preposition.kids("prep") if prep.lemma == "of" for one in prep.kids("pobj")]
    return next((one for one in below if one.lemma in _FEELINGS), None)


def points_back(effect: Token) -> bool:
    """Whether what is caused is something said before: "it", "this", "the decline"."""
    return effect.tag in {"PRP", "DT"} or nouns.determiner(effect) in {"the", "this", "these", "such"}


def _by_verb(verb: Token) -> tuple[Token, Token] | None:
    effects = verb.kids("nsubjpass") or verb.kids("nsubj")
    if verb.lemma in _FROM:
        return _first(_below(verb, "from", "of"), effects)
    if verb.lemma in _TO:
        found = verb.kids("nsubjpass") or verb.kids("dobj")
        putting = verb.lemma != "put" or any(one.lemma == "down" for one in verb.children)
        return _first(_below(verb, "to"), found) if putting else None
    if verb.lemma in _BY and verb.kids("nsubjpass"):
        return _first([pobj for agent in verb.kids("agent", "prep") for pobj in agent.kids("pobj")], effects)
    if verb.lemma == "blame":
        return _first(verb.kids("dobj"), _below(verb, "for"))
    return None


def _by_noun(noun: Token) -> tuple[Token, Token] | None:
    verb = noun.head
    if noun.dep == "nsubj" and verb.lemma == "be":  # "the reason for the purge is X"
        causes = [one for one in verb.kids("attr", "ccomp", "advcl", "xcomp") if one.tag not in {"DT", "PRP"}]
        return _first(causes, _below(noun, "for", "of") or [noun])
    if noun.dep == "attr" and verb.lemma == "be":
        return _first(verb.kids("nsubj"), _below(noun, "for", "of"))
    if noun.dep == "pobj" and noun.head.lemma == "as":  # "gives X as the reason"
        above = noun.head.head
        named = above.kids("dobj") if above.is_verb else [above]
        return _first(named, _below(noun, "for", "of") or [noun])
    return None


def _below(token: Token, *prepositions: str) -> list[Token]:
    return [
        one
        for prep in token.kids("prep", "dative")
        for inner in (prep, *prep.kids("prep"))
        if inner.lemma in prepositions
        for one in inner.kids("pobj", "pcomp")
    ]


def _first(causes: list[Token], effects: list[Token]) -> tuple[Token, Token] | None:
    causes = [one for one in causes if one.named is None]  # a person or a body is no reason
    return (causes[0], effects[0]) if causes and effects and causes[0] is not effects[0] else None
