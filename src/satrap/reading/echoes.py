"""Sentences that only widen what was just said: "This applies to the centre as well as the provinces"."""

from dataclasses import replace

from satrap.claims import Argument, Tier
from satrap.reading.entities import Discourse
from satrap.reading.frames import Draft
from satrap.reading.tokens import Token

_APPLIES = frozenset({"apply", "extend", "hold", "go", "pertain"})
_POINTERS = frozenset({"this", "that", "it", "same"})
_HOLDERS = ("holder", "by", "person", "of", "from")


def echo(tokens: list[Token], before: Draft | None, discourse: Discourse, sentence: int) -> Draft | None:
    """The last claim again, said of those this sentence names; None where it says no such thing."""
    if before is None:
        return None
    for token in tokens:
        if not (token.is_verb and token.lemma in _APPLIES):
            continue
        if not any(subject.lemma in _POINTERS for subject in token.kids("nsubj")):
            continue
        named = [
            pobj for prep in token.kids("prep") if prep.lemma in {"to", "for"} for pobj in prep.kids("pobj")
        ]
        named += [one for one in token.kids("conj") if one.is_noun]  # "as well as the provincial offices"
        role = next((role for role in _HOLDERS if role in before.roles), None)
        if not named or role is None:
            return None
        bodies = [argument for one in named for argument in discourse.resolve(one)]
        if not bodies:
            return None
        merged: dict[str, Argument] = {}
        for one in bodies:
            key = one.id or one.name
            known = merged.get(key, one)
            tiers = tuple(dict.fromkeys((*known.tiers, *one.tiers)))
            merged[key] = replace_tiers(known, tiers)
        return replace(
            before,
            trigger=token,
            roles={**before.roles, role: tuple(merged.values())},
            sentence=sentence,
            rules=["echo.applies-to", *before.rules[:1]],
        )
    return None


def replace_tiers(argument: Argument, tiers: tuple[Tier, ...]) -> Argument:
    """The same body at other levels."""
    return Argument(argument.name, argument.id, tiers, argument.places, argument.staff)
