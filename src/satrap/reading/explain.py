"""Why, in the text's own words: purposes become motives, antecedents become causes or links to claims."""

from dataclasses import dataclass

from satrap.reading import causes, motives, nouns
from satrap.reading.frames import Draft
from satrap.reading.lexicon import Lexicon
from satrap.reading.tokens import Token

_LEADS = frozenset(
    {"lead", "result", "cause", "trigger", "prompt", "spark", "provoke", "bring", "produce", "contribute"}
)
_BECAUSE = frozenset({"because", "since", "as"})
_DUE = frozenset({"because of", "due to", "owing to", "thanks to", "as a result of", "in the wake of"})
_CAUSE_NOUNS = frozenset(
    {
        ("on", "account"),
        ("for", "fear"),
        ("as", "result"),
        ("in", "response"),
        ("in", "retaliation"),
        ("as", "consequence"),
        ("in", "view"),
        ("in", "light"),
        ("in", "revenge"),
    }
)
_RESULT = (
    "as a result",
    "consequently",
    "therefore",
    "as a consequence",
    "thus",
    "because of this",
    "for this reason",
    "hence",
    "accordingly",
)
_BACK = frozenset(
    {
        "it",
        "this",
        "that",
        "these",
        "move",
        "measure",
        "step",
        "decision",
        "they",
        "action",
        "change",
        "order",
    }
)


@dataclass(frozen=True, slots=True)
class Purpose:
    """An aim stated in the text: the words of the aim and what it explains (None: what was said before)."""

    anchor: Token
    aim: Token
    explained: Draft | None


@dataclass(frozen=True, slots=True)
class Ground:
    """A stated cause: of which draft, and either the draft that causes it or the words that do."""

    effect: Draft | None  # None: what was said before
    draft: Draft | None
    words: Token | None


def purposes(tokens: list[Token], drafts: list[Draft]) -> list[Purpose]:
    """Aims of a sentence: "in a bid to", "in order to", "aimed at", "to send a message"."""
    found = []
    for token in tokens:
        aim = motives.aim(token)
        if aim is None:
            continue
        above = _governing(token, drafts, aim)
        if token is aim and token.is_verb and not motives.in_order(token):
            if above is None or above.kind == "order":
                continue  # what someone is told to do is the order's content, not its aim
            if token.head in (above.trigger, above.trigger.head):
                found.append(Purpose(token, aim, above))
        elif above is not None or _looks_back(token) or motives.names_an_aim(token):
            found.append(Purpose(token, aim, above))
    return found


def _governing(token: Token, drafts: list[Draft], aim: Token) -> Draft | None:
    """The draft whose clause the purpose hangs on."""
    for draft in drafts:  # "the purpose of the purge"
        if draft.trigger is not token and draft.trigger.within(token) and not draft.trigger.within(aim):
            return draft
    for above in token.ancestors():
        for draft in drafts:
            if draft.trigger is above and not draft.trigger.within(aim):
                return draft
            carrier = draft.trigger.head
            if (
                carrier is above
                and draft.trigger.dep in {"dobj", "nsubjpass", "attr", "pobj"}
                and token is not draft.trigger
            ):
                return draft
    return None


def _looks_back(token: Token) -> bool:
    """Whether what has the purpose points back: "it appears to be a bid to", "the move is aimed at"."""
    above = [token, *token.ancestors()]
    for one in above:
        for kid in one.kids("nsubj", "nsubjpass", "dobj"):
            if kid is token:
                continue
            if kid.tag in {"PRP", "DT"} and kid.lemma in _BACK:
                return True
            if nouns.determiner(kid) in {"the", "this", "these"} and (
                kid.lemma in _BACK or kid.named is None
            ):
                return True
    return False


def grounds(tokens: list[Token], drafts: list[Draft]) -> list[Ground]:
    """Causes stated inside one sentence."""
    found: list[Ground] = []
    for token in tokens:
        if token.is_verb and token.lemma in _LEADS:
            found += _leading(token, drafts)
        if causes.opens_reason(token):
            found += _antecedent(token.head, token.head.head, drafts)
        felt = causes.out_of(token)
        if felt is not None:
            found += _antecedent(felt, token.head, drafts)
        if token.dep == "prep" and token.lemma in {"on", "for", "as", "in"}:
            for pobj in token.kids("pobj"):
                if (token.lemma, pobj.lemma) in _CAUSE_NOUNS:
                    below = [
                        one
                        for prep in pobj.kids("prep")
                        if prep.lemma in {"of", "to", "for"}
                        for one in prep.kids("pobj", "pcomp")
                    ]
                    words = [pobj] if pobj.lemma == "fear" else below[:1]
                    for one in words:
                        found += _antecedent(one, token.head, drafts)
        if token.dep == "prep" and (token.lemma in {"because", "due", "owe"}):
            below = [
                *token.kids("pobj"),
                *(one for one in token.kids("pcomp") if one.tag != "IN"),
                *(one for prep in token.kids("prep") for one in prep.kids("pobj", "pcomp")),
            ]
            below = [one for one in below if one.tag != "IN"]
            for one in below[:1]:
                found += _antecedent(one, token.head, drafts)
        found += _stated(token, drafts)
    return found


def _stated(token: Token, drafts: list[Draft]) -> list[Ground]:
    """Causes that a verb or the noun "reason" states, of something in the sentence or said before."""
    pair = causes.stated(token)
    if pair is None:
        return []
    cause, effect = pair
    causing = [draft for draft in drafts if draft.trigger.within(cause)]
    effects = [draft for draft in drafts if draft not in causing and draft.trigger.within(effect)]
    if effects:
        return [Ground(effects[0], causing[0] if causing else None, None if causing else cause)]
    return [Ground(None, None, cause)] if not causing and causes.points_back(effect) else []


def _leading(verb: Token, drafts: list[Draft]) -> list[Ground]:
    effects = [
        draft
        for draft in drafts
        if draft.trigger.within(verb)
        and draft.trigger is not verb
        and not any(draft.trigger.within(subject) for subject in verb.kids("nsubj", "csubj"))
    ]
    if not effects:
        return []
    if verb.dep == "advcl" and verb.tag == "VBG":
        causes = [
            draft
            for draft in drafts
            if not draft.trigger.within(verb)
            and verb.head in (draft.trigger, draft.trigger.head, draft.trigger.head.head)
        ]
        return [Ground(effects[0], causes[0], None)] if causes else []
    for subject in verb.kids("nsubj"):
        if (
            subject.tag == "PRP"
            or subject.lemma in {"this", "that", "case", "incident", "event", "matter"}
            or (subject.named is not None and subject.named.kind != "place")
        ):
            continue
        causes = [draft for draft in drafts if draft.trigger.within(subject)]
        return [Ground(effects[0], causes[0] if causes else None, None if causes else subject)]
    return []


def _antecedent(cause: Token, effect: Token, drafts: list[Draft]) -> list[Ground]:
    causes = [draft for draft in drafts if draft.trigger.within(cause)]
    effects = [
        draft
        for draft in drafts
        if draft not in causes
        and (
            draft.trigger is effect or draft.trigger.head is effect or draft.trigger in (effect, effect.head)
        )
    ]
    if not effects:
        return []
    return [Ground(effects[0], causes[0] if causes else None, None if causes else cause)]


def follows_from_before(plain: str, start: int) -> bool:
    """Whether a sentence opens by naming what came before as its cause ("As a result, ...")."""
    opening = plain[start : start + 30].lstrip("\"'( ").lower()
    return any(opening.startswith(words) for words in _RESULT)


def wishes(token: Token, lexicon: Lexicon) -> bool:
    """Whether a word turns what it governs into a wish or an aim."""
    return token.is_verb and lexicon.has("wish", token.lemma)
