"""Offices and people of a body: "the provincial offices of the ministry", "its officials", "head of X"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from satrap.claims import Argument
from satrap.reading import nouns
from satrap.reading.offices import places_of, tier_of_word, tiers_of
from satrap.reading.tokens import Token

if TYPE_CHECKING:
    from satrap.reading.entities import Discourse


_PLAIN_PARTS = frozenset(
    {"local", "provincial", "central", "main", "head", "regional", "city", "county", "district"}
)

_BESIDE = frozenset({"deputy", "vice", "first", "former", "acting", "assistant", "second", "ex"})


def composed(discourse: Discourse, token: Token) -> tuple[Argument, ...]:
    """Who "its provincial offices", "its officials" or "the head of X" are; empty if none of these."""
    title = discourse.lexicon.has("title", token.lemma) and not nouns.is_plural(token)
    office = discourse.lexicon.has("office", token.lemma)
    staff = discourse.lexicon.has("staff_noun", token.lemma) and not title
    if not (title or office or staff):
        return ()
    owners = bodies_of(discourse, token)
    of_a_tier = all(tier_of_word(word, discourse.lexicon) for word in nouns.modifiers(token))
    if not owners and office and of_a_tier and tiers_of(token, discourse.lexicon):
        owners = _last_body(discourse, token)
    if not owners:
        return ()
    if title:
        body = owners[0]
        if not token.kids("prep"):
            return (Argument(nouns.core(token, discourse.plain), None, body.tiers, body.places),)
        if body.tiers or body.places or _is_part(discourse, token):
            return (
                Argument(
                    nouns.phrase(token, discourse.plain, "relcl", "appos", "acl"),
                    None,
                    body.tiers,
                    body.places,
                ),
            )
        called = " ".join(
            [
                *(one.text.lower() for one in token.kids("compound", "amod") if one.lemma in _BESIDE),
                token.text.lower(),
            ]
        )
        return (Argument(f"{called} of {_the(body.name)}", None, body.tiers, body.places),)
    tiers, places = tiers_of(token, discourse.lexicon), places_of(token, discourse.pack.code)
    if _has_a_name(token):  # "the ministry's Main Directorate for Combating Crime" is no mere office of it
        name = nouns.phrase(token, discourse.plain, "poss", "relcl", "appos", "acl", "punct", "conj", "cc")
        return (Argument(name, None, tiers, places),)
    if staff and not any(body.id for body in owners):
        return ()  # "guards in that section": they are named as described, not by a section
    own = nouns.modifiers(token) - _PLAIN_PARTS if staff and token.kids("amod") else set()
    called = nouns.core(token, discourse.plain, "poss") if own and len(owners) == 1 else ""
    return tuple(
        Argument(
            called or body.name, body.id, tiers or body.tiers, places or body.places, staff or body.staff
        )
        for body in owners
    )


def bodies_of(discourse: Discourse, token: Token) -> tuple[Argument, ...]:
    """The institutions that a noun belongs to, by possessor, compound or "of"."""
    holders = [*token.kids("poss", "compound", "nmod", "amod")]
    holders += [
        pobj
        for prep in token.kids("prep")
        if prep.lemma in {"of", "in", "at", "from", "within"}
        for pobj in prep.kids("pobj")
    ]
    for holder in holders:
        if not (holder.is_noun or holder.text.lower() in nouns.PERSONAL):
            continue
        classes = discourse.classes(holder)
        if "org" not in classes or (holder.named is None and holder.dep == "amod"):
            continue
        if holder.named is not None and holder.named.kind == "staff":
            continue
        bodies = discourse.resolve(holder, frozenset({"org"}))
        if bodies and (any(body.id for body in bodies) or holder.dep != "compound"):
            return bodies
    return ()


def _is_part(discourse: Discourse, title: Token) -> bool:
    """Whether the title is of a part or a task that has words of its own: "head of the finance department",
    "the army's chief of supply"."""
    for prep in title.kids("prep"):
        for pobj in prep.kids("pobj"):
            if pobj.named is not None or prep.lemma not in {"of", "for"}:
                continue
            org = "org" in discourse.classes(pobj)
            office = discourse.lexicon.has("office", pobj.lemma)
            if not org or (office and nouns.modifiers(pobj) - _PLAIN_PARTS):
                return True
    return False


def _has_a_name(token: Token) -> bool:
    """Whether a body is called by a name of its own: head and modifier capitalised."""
    if token.named is not None or not token.text[:1].isupper() or token.tag not in {"NNP", "NNPS"}:
        return False
    beside = [*token.kids("compound", "amod", "nmod")]
    return any(one.text[:1].isupper() and one.named is None for one in beside)


def _last_body(discourse: Discourse, token: Token) -> tuple[Argument, ...]:
    """Whose "provincial offices" they are, when no one says: the institution spoken of last."""
    here = [
        entity
        for one in nouns.before(token)
        if one.dep != "conj" and (entity := discourse.entity(one)) is not None
    ]
    for heard in [*reversed(here), *reversed(discourse.heard)]:
        if (
            "org" in heard.classes
            and len(heard.arguments) == 1
            and heard.arguments[0].id in discourse.pack.institutions
        ):
            one = heard.arguments[0]
            return (Argument(one.name, one.id),)
    return ()


def _the(name: str) -> str:
    return name if name.lower().startswith("the ") else f"the {name}"
