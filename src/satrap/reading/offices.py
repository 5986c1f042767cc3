"""The tier and the place that a noun phrase itself names: "the provincial office in South Hwanghae"."""

from satrap.claims import Tier
from satrap.reading import nouns
from satrap.reading.lexicon import Lexicon
from satrap.reading.tokens import Token

TIERS = tuple(str(tier) for tier in Tier)


def tier_of(token: Token, lexicon: Lexicon) -> str:
    return tier_of_word(token.lemma, lexicon)


def tier_of_word(lemma: str, lexicon: Lexicon) -> str:
    return next((tier for tier in TIERS if lexicon.has(f"tier_{tier}", lemma)), "")


def tiers_of(token: Token, lexicon: Lexicon) -> tuple[Tier, ...]:
    found: list[Tier] = []
    for kid in token.kids("amod", "compound", "nmod"):
        for one in kid.subtree("prep", "relcl", "acl"):
            tier = tier_of(one, lexicon)
            if tier and Tier(tier) not in found:
                found.append(Tier(tier))
    return tuple(found)


def places_of(token: Token, nation: str) -> tuple[str, ...]:
    """Places that the phrase itself names: "in South Hwanghae", "Hyesan police"."""
    near = [*token.kids("compound", "nmod", "poss")]
    near += [
        pobj
        for prep in token.kids("prep")
        if prep.lemma in {"in", "of", "from", "at"}
        for pobj in prep.kids("pobj")
    ]
    return tuple(
        dict.fromkeys(
            one.named.id
            for first in near
            for one in nouns.conjuncts(first)
            if one.named is not None and one.named.kind == "place" and one.named.id != nation
        )
    )
