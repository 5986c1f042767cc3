"""Which drafts of a sentence are claims of their own, and which only repeat, colour or contain others."""

from collections.abc import Sequence
from dataclasses import replace

from satrap.claims import Claim, family, kinds
from satrap.reading.frames import Draft
from satrap.reading.lexicon import Lexicon
from satrap.reading.tokens import Token

LOSSES = frozenset({"dismissal", "demotion", "arrest", "exile", "execution"})
_ANYONE = frozenset({"anyone", "anybody", "whoever", "those", "everyone", "everybody"})
_SHALL = frozenset({"will", "would", "shall", "must", "'ll", "should"})
_SAID = frozenset({"threaten", "warn", "tell", "say", "hint", "promise", "vow", "swear", "announce", "shout"})
_EFFECT_KINDS = LOSSES | {"order", "threat"}


def is_asserted(draft: Draft, drafts: Sequence[Draft], lexicon: Lexicon) -> bool:
    """Whether a draft stands beside the other drafts of its sentence."""
    return not (
        _is_mere_attribute(draft)
        or _tells_whom_it_is_about(draft.trigger)
        or _is_rule_for_anyone(draft.trigger)
        or any(_excludes(other, draft) for other in drafts)
        or _is_shadowed(draft, drafts)
        or _is_content_of_another(draft, drafts, lexicon)
    )


def _is_mere_attribute(draft: Draft) -> bool:
    """Whether it only tells which person or thing is meant: "a retired clerk", "a patrol boat"."""
    trigger = draft.trigger
    if trigger.dep == "amod" and trigger.is_verb:
        return family(draft.kind) in {"personnel", "conduct"}
    return trigger.dep == "compound" and trigger.is_noun and draft.kind in {"surveillance", "order"}


def _tells_whom_it_is_about(trigger: Token) -> bool:
    """ "Those released had to sign", "officers who beat citizens would be fined": a class, no event."""
    step = next((one for one in (trigger, *trigger.ancestors()) if one.dep != "conj"), trigger)
    if step.dep not in {"relcl", "acl"}:
        return False
    whom = step.head
    if whom.lemma in _ANYONE:
        return whom.head.lemma != "among"  # "among those arrested was the minister"
    unnamed = whom.tag == "NNS" and whom.named is None and not whom.kids("det", "poss", "nummod", "amod")
    return unnamed and whom.dep in {"nsubj", "nsubjpass"} and _is_ruled(whom.head)


def _is_rule_for_anyone(trigger: Token) -> bool:
    """ "Anyone who enters will be shot"."""
    return _is_ruled(trigger) and any(
        one.lemma in _ANYONE and one.kids("relcl", "acl") for one in trigger.kids("nsubj", "nsubjpass")
    )


def _is_ruled(verb: Token) -> bool:
    """Whether a verb says what shall be: "would be discharged", "are to be punished"."""
    return any(aux.lemma in _SHALL for aux in verb.kids("aux")) or (
        verb.dep == "xcomp" and verb.head.lemma == "be"
    )


# Kinds that read the same act in different lights: of two on one predicate the surer stands.
_RIVALS = (
    {"execution", "resistance", "violence", "death"},
    {"arrest", "detention"},
    {"dismissal", "authority"},
    {"dismissal", "demotion"},
    {"rehabilitation", "leniency"},
    {"rehabilitation", "demotion"},
    {"leniency", "demotion"},
    {"order", "extortion"},
    {"crackdown", "inspection"},
    {"crackdown", "surveillance"},
    {"surveillance", "order"},
    {"inspection", "surveillance"},
    {"exile", "detention"},
    {"threat", "sentiment"},
    {"extortion", "bribery"},
    {"authority", "transfer"},
    {"transfer", "appointment"},
    {"transfer", "restructuring"},
    {"dismissal", "rehabilitation"},
    {"dismissal", "resistance"},
    {"threat", "order"},
    {"order", "demotion"},
    {"detention", "violence"},
    {"surveillance", "inspection"},
    {"capacity", "authority"},
    {"exile", "arrest"},
    {"exile", "appointment"},
    {"promotion", "appointment"},
    {"resistance", "sentiment"},
    {"support", "resistance"},
    {"support", "sentiment"},
)


def _excludes(other: Draft, draft: Draft) -> bool:
    return (
        other.trigger is draft.trigger
        and other.kind != draft.kind
        and other.rule.score > draft.rule.score
        and any({other.kind, draft.kind} <= rivals for rivals in _RIVALS)
    )


def _is_content_of_another(draft: Draft, drafts: Sequence[Draft], lexicon: Lexicon) -> bool:
    """Whether it is only what an order says or only the charge of a personnel event: not asserted itself."""
    for other in drafts:
        if (
            other.trigger is draft.trigger
            or other.kind not in _EFFECT_KINDS
            or not draft.trigger.within(other.trigger)
        ):
            continue
        step = draft.trigger
        while step.head is not other.trigger:
            step = step.head
        if other.kind == "order" and (
            step.dep in {"xcomp", "ccomp", "acl", "advcl", "relcl"}
            or (step.dep == "prep" and step.lemma in {"on", "about", "against", "to", "for"})
        ):
            return True
        if other.kind == "order" and step.dep == "dobj" and not _is_support(other, step, lexicon):
            return True
        if other.kind == "threat" and other.trigger.lemma in _SAID and step.dep in {"xcomp", "ccomp"}:
            return True
        if other.kind in LOSSES and step.dep == "prep" and step.lemma in {"for", "over", "on"}:
            return True
    return False


def _is_support(order: Draft, step: Token, lexicon: Lexicon) -> bool:
    return order.trigger.is_noun or lexicon.has("directive", step.lemma)


def _is_shadowed(draft: Draft, drafts: Sequence[Draft]) -> bool:
    """Whether a neighbour of the same kind says it better: "relayed an order", "review of the inspection"."""
    main = kinds()[draft.kind].main
    mine = sum(bool(draft.roles.get(role)) for role in main)
    for other in drafts:
        if other is draft or other.kind != draft.kind or other.direction != draft.direction:
            continue
        theirs = sum(bool(other.roles.get(role)) for role in main)
        related = draft.trigger.within(other.trigger) or other.trigger.within(draft.trigger)
        verbs = draft.trigger.is_verb and other.trigger.is_verb
        close = (
            related
            and not verbs
            and (draft.trigger.head is other.trigger or other.trigger.head is draft.trigger)
        )
        if close and (theirs, other.rule.score) > (mine, draft.rule.score):
            return True
        if related and not mine and theirs:
            return True
        if (
            other.trigger.within(draft.trigger)
            and not draft.trigger.is_verb
            and any(
                one.head is not draft.trigger and one.head.head is draft.trigger and one.head.lemma == "of"
                for one in [other.trigger]
            )
        ):
            return True
    return False


def one_each(draft: Draft) -> list[Draft]:
    """Distinct named people make a claim each; a group, or bodies that share a predicate, make one."""
    people = draft.roles.get("person", ())
    if len(people) < 2 or any(one.staff or not one.name[:1].isupper() for one in people):
        return [draft]
    return [replace(draft, roles={**draft.roles, "person": (one,)}) for one in people]


def repeats(claim: Claim, made: Sequence[Claim]) -> bool:
    """The same kind by the same voice, about the same people and matter, in one sentence is one claim."""
    compared = (*kinds()[claim.kind].main, "about")
    for other in made:
        if (claim.kind, claim.direction, claim.said_by) != (other.kind, other.direction, other.said_by):
            continue
        if claim.when and other.when and claim.when != other.when:
            continue
        shared = [role for role in compared if claim.roles.get(role) and other.roles.get(role)]
        if all(_names(claim, role) & _names(other, role) for role in shared):
            return True
    return False


def _names(claim: Claim, role: str) -> set[str]:
    return {argument.name for argument in claim.roles[role]}
