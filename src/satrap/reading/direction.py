"""Which way conduct changes: what the rule says, or words around the predicate ("has resumed", "eased")."""

from satrap.claims import Direction, family
from satrap.reading.frames import Draft
from satrap.reading.lexicon import Lexicon
from satrap.reading.scoping import path_up


def direction(draft: Draft, lexicon: Lexicon) -> Direction | None:
    """The change of power, conduct or feeling that a draft states; None where it states a level."""
    if draft.direction is not None or family(draft.kind) != "conduct":
        return draft.direction
    for token in path_up(draft.trigger):
        lemma = next((f"{token.lemma} {prt.lemma}" for prt in token.kids("prt")), token.lemma)
        if token is draft.trigger and token.is_verb:
            continue
        if lexicon.has("intensify", lemma) or (lemma in {"begin", "start"} and draft.trigger.is_verb):
            return Direction.UP
        if token.kids("acomp") and {kid.lemma for kid in token.kids("acomp")} & {
            "rare",
            "scarce",
            "infrequent",
        }:
            return Direction.DOWN
        if (
            token.kids("acomp")
            and {kid.lemma for kid in token.kids("acomp")} & {"frequent", "common", "widespread"}
            and token.lemma in {"become", "grow"}
        ):
            return Direction.UP
        if lexicon.has("abate", lemma):
            return Direction.DOWN
        if lexicon.has("persist", lemma) and token.is_verb:
            return Direction.UNCHANGED
    if not draft.trigger.is_verb and draft.trigger.head.lemma in {"become", "grow", "turn"}:
        return Direction.UP
    if any(
        one.text.lower() in {"increasingly", "more"}
        for kid in draft.trigger.kids("advmod", "amod")
        for one in kid.subtree()
    ):
        return Direction.UP
    return None
