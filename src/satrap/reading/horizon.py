"""When, relative to publication, what is claimed holds: from tense, aspect and words that look ahead."""

from datetime import date

from satrap.claims import Horizon, When
from satrap.reading.lexicon import Lexicon
from satrap.reading.scoping import is_finite, path_up
from satrap.reading.tokens import Token

_LASTING = frozenset(
    {"authority", "conduct", "public"}
)  # families whose present perfect reaches into the present


_DECIDED = frozenset({"transfer", "leniency"})


def horizon(trigger: Token, family: str, kind: str, lexicon: Lexicon) -> Horizon:
    """Past for what is completed, present for what lasts or recurs, future for forecasts and plans."""
    path = path_up(trigger)
    perfect_infinitive = False
    finite = False  # what "I saw them being beaten" tells of is not: it is as past as the seeing
    for token in path:
        if token.is_verb:
            perfect_infinitive = perfect_infinitive or (
                token.tag == "VBN"
                and any(aux.lemma == "have" and aux.tag == "VB" for aux in token.kids("aux"))
            )
        tense = _tense(token, trigger, lexicon, perfect_infinitive)
        if tense is Horizon.PRESENT and _is_perfect(token):
            return Horizon.PRESENT if _lasts(token, family, kind) else Horizon.PAST
        told = finite and token is not trigger and lexicon.has("told", token.lemma)
        finite = finite or is_finite(token)
        if tense is Horizon.PAST and told and family != "personnel":
            continue
        if tense is not None:
            return tense
        if token is not trigger and lexicon.has("looks_ahead", token.lemma):
            return Horizon.FUTURE
    return Horizon.PAST if family in {"personnel", "command"} else Horizon.PRESENT


def _tense(token: Token, trigger: Token, lexicon: Lexicon, perfect_infinitive: bool) -> Horizon | None:
    auxiliaries = token.kids("aux", "auxpass")
    modal = [aux.lemma for aux in auxiliaries if aux.tag == "MD"]
    if modal:
        if perfect_infinitive or any(aux.lemma == "have" for aux in auxiliaries):
            return Horizon.PAST
        if "must" in modal or "can" in modal:
            return Horizon.PRESENT
        if any(word in {"would", "could", "might", "may"} for word in modal) and lexicon.has(
            "state_verb", token.lemma
        ):
            return Horizon.PRESENT
        return Horizon.FUTURE
    if (
        any(aux.text.lower() in {"was", "were", "had", "did", "used"} for aux in auxiliaries)
        or token.tag == "VBD"
    ):
        return Horizon.PAST
    if token.lemma == "use" and token.tag == "VBD":
        return Horizon.PAST
    if any(aux.tag in {"VBZ", "VBP"} for aux in auxiliaries):
        if token.lemma == "go" and token.kids("xcomp"):
            return Horizon.FUTURE
        if perfect_infinitive and token is not trigger:
            return Horizon.PAST  # "is said to have fled"
        if token is not trigger and lexicon.has("looks_ahead", token.lemma):
            return Horizon.FUTURE
        return Horizon.PRESENT
    if token.tag == "VBN" and token.dep in {"acl", "relcl", "advcl"} and not auxiliaries and token is trigger:
        return Horizon.PAST
    if token.tag in {"VBZ", "VBP"}:
        if token.lemma == "be" and any(
            aux.lemma == "to" for infinitive in token.kids("xcomp") for aux in infinitive.kids("aux")
        ):
            return Horizon.FUTURE  # "is to be merged"
        if perfect_infinitive:
            return Horizon.PAST
        ahead = [
            kid
            for kid in (token, *token.kids("acomp"))
            if kid is not trigger and lexicon.has("looks_ahead", kid.lemma)
        ]
        return Horizon.FUTURE if ahead else Horizon.PRESENT
    return None


def _is_perfect(token: Token) -> bool:
    return any(aux.lemma == "have" and aux.tag in {"VBZ", "VBP"} for aux in token.kids("aux")) or (
        token.lemma == "have" and token.tag in {"VBZ", "VBP"}
    )


def _lasts(token: Token, family: str, kind: str) -> bool:
    if token.lemma in {"continue", "keep", "remain", "begin", "start", "resume"} and family != "personnel":
        return True
    if family in {"personnel"} or kind in {"transfer", "order", "restructuring"}:
        return False
    if family == "authority":
        return True
    progressive = any(aux.text.lower() == "been" for aux in token.kids("aux")) and token.tag == "VBG"
    habitual = any(
        one.lemma in {"year", "long", "month", "decade", "always", "regularly", "continue"}
        for one in token.subtree("relcl", "ccomp")
    )
    return family == "public" or progressive or habitual or token.lemma == "continue"


def settled(
    time: Horizon, trigger: Token, family: str, kind: str, when: When | None, published: When | None
) -> Horizon:
    """The horizon in the light of the time told: what holds since a day holds now, what is decided for a day
    to come is yet to be; the present tense of news tells of what has been decided, unless it goes on.
    """
    if when is None or published is None:
        ahead = over = False
    else:
        ahead, over = when.earliest > published.latest, when.latest < published.earliest
        if time is Horizon.PAST and when.latest == date.max:
            return Horizon.PRESENT
    if time is not Horizon.PRESENT or not (family in {"personnel", "command"} or kind in _DECIDED):
        return time
    if ahead:
        return Horizon.FUTURE
    ongoing = any(one.tag == "VBG" and one.kids("aux") for one in path_up(trigger))
    reported = trigger.tag == "VBZ" and not trigger.kids("aux", "auxpass")
    return Horizon.PAST if not ongoing and (over or reported) else time
