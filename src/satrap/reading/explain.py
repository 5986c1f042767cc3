"""Why, in the text's own words: purposes become motives, antecedents become causes or links to claims."""

from dataclasses import dataclass

from satrap.reading import nouns
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
_PURPOSE_NOUNS = frozenset(
    {
        "bid",
        "attempt",
        "effort",
        "aim",
        "goal",
        "purpose",
        "intention",
        "ploy",
        "way",
        "move",
        "step",
        "measure",
        "message",
        "pretext",
        "cover",
        "tactic",
        "strategy",
        "view",
        "means",
    }
)
_AIMS = frozenset({"purpose", "aim", "goal", "point", "intention"})
_PURPOSE_VERBS = frozenset({"aim", "design", "intend", "mean", "calculate"})
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

    effect: Draft
    draft: Draft | None
    words: Token | None


def purposes(tokens: list[Token], drafts: list[Draft]) -> list[Purpose]:
    """Aims of a sentence: "in a bid to", "in order to", "aimed at", "to send a message"."""
    found = []
    for token in tokens:
        aim = _aim(token)
        if aim is None:
            continue
        above = _governing(token, drafts, aim)
        if token is aim and not _in_order(token):
            if above is not None and token.head in (above.trigger, above.trigger.head):
                found.append(Purpose(token, aim, above))
        elif above is not None or _looks_back(token) or (token.lemma == "order" and token.is_noun):
            found.append(Purpose(token, aim, above))
    return found


def _aim(token: Token) -> Token | None:
    if token.is_noun and token.named is None:
        infinitives = [kid for kid in token.kids("acl", "advcl", "xcomp") if _is_to(kid)]
        if token.lemma in _PURPOSE_NOUNS - {"move", "step", "measure", "way"} or (
            token.lemma in _PURPOSE_NOUNS and token.dep in {"attr", "pobj"}
        ):
            if infinitives:
                return infinitives[0]
            for prep in token.kids("prep"):
                if prep.lemma in {"of", "at"} and prep.kids("pcomp"):
                    return prep.kids("pcomp")[0]
        if (
            token.lemma in {"purpose", "aim", "goal", "point", "intention"}
            and token.dep == "nsubj"
            and token.head.lemma == "be"
        ):
            said = [kid for kid in token.head.kids("xcomp", "ccomp", "advcl", "attr") if _is_to(kid)]
            if said:
                return said[0]
        if token.lemma == "order" and token.dep == "pobj" and token.head.lemma == "in" and infinitives:
            return infinitives[0]
    if token.is_verb:
        if token.lemma in _PURPOSE_VERBS and token.tag == "VBN":
            for prep in token.kids("prep"):
                if prep.lemma in {"at", "for"} and prep.kids("pcomp", "pobj"):
                    return prep.kids("pcomp", "pobj")[0]
            for kid in token.kids("xcomp", "advcl"):
                if _is_to(kid):
                    return kid
        if _is_to(token) and token.dep == "advcl" and (_in_order(token) or _is_plain_purpose(token)):
            return token
    return None


def _is_to(verb: Token) -> bool:
    return verb.is_verb and any(aux.tag == "TO" for aux in verb.kids("aux"))


def _is_plain_purpose(verb: Token) -> bool:
    """An infinitive after a complete clause of doing ("collects money to repair the mine")."""
    head = verb.head
    return (
        head.is_verb
        and head.index < verb.index
        and head.lemma not in {"be", "go", "use", "continue", "fail"}
        and not head.kids("acomp", "attr")
        and bool(head.kids("dobj", "nsubjpass"))
        and not verb.kids("nsubj", "mark")
    )


def _in_order(verb: Token) -> bool:
    marks = {kid.lemma for kid in verb.children if kid.index < verb.index}
    return bool({"order", "so"} & marks) or any(
        kid.lemma == "in" and any(one.lemma == "order" for one in kid.subtree())
        for kid in verb.kids("mark", "prep", "advmod")
    )


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
            if (
                kid.lemma in _BACK
                and kid is not token
                and (kid.tag in {"PRP", "DT"} or nouns.determiner(kid) in {"the", "this", "these"})
            ):
                return True
    return False


def grounds(tokens: list[Token], drafts: list[Draft]) -> list[Ground]:
    """Causes stated inside one sentence."""
    found: list[Ground] = []
    for token in tokens:
        if token.is_verb and token.lemma in _LEADS:
            found += _leading(token, drafts)
        if token.dep == "mark" and token.lemma == "because" and token.head.dep == "advcl":
            found += _antecedent(token.head, token.head.head, drafts)
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
            for one in below[:1]:
                found += _antecedent(one, token.head, drafts)
    return found


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
