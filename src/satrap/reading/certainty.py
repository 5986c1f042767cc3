"""How sure the text sounds: the weakest hedge that scopes over a predicate, and whether it is denied."""

from collections.abc import Iterable
from dataclasses import dataclass

from satrap.claims import Certainty, Polarity
from satrap.reading.hedges import Cues
from satrap.reading.scoping import first_conjunct, is_finite, path_up
from satrap.reading.tokens import Token

_COMPLEMENT = frozenset(
    {"xcomp", "ccomp", "acl", "advcl", "pobj", "prep", "pcomp", "nsubj", "nsubjpass", "dobj", "csubj", "oprd"}
    | {"csubjpass"}
)
_SUBJECTS = ("nsubj", "nsubjpass")
_OF = frozenset({"of", "about", "as", "like", "at", "on", "to", "for"})  # prepositions before a content
_BARELY = frozenset({"hardly", "barely", "scarcely"})
_DENIALS = frozenset({"deny", "refute", "reject"})


@dataclass(frozen=True, slots=True)
class Sureness:
    certainty: Certainty
    cues: tuple[str, ...]
    polarity: Polarity
    blocked: bool  # a wish, a norm, a question or a condition: not asserted at all


_Found = dict[int, tuple[str, Certainty]]


def sureness(trigger: Token, cues: Cues) -> Sureness:
    """The weakest cue over ``trigger``, all cue words in order, and the polarity."""
    found: _Found = {}
    denied = False
    blocked = False
    below: Token | None = None
    for token in path_up(trigger):
        found |= _as_seen(token, cues)
        if below is not None:
            found |= _governing(token, below, cues)
        if below is None or not (below.dep == "conj" and below.is_verb and is_finite(below)):
            # "he did not flee and is back": what has a tense of its own shares no "not" and no "may"
            found |= _own_cues(token, trigger, cues)
            if _is_negated(token) or (token is trigger and _has_none(token)):
                left = None if token is trigger else _left_open(token, below, cues)
                if left is None:
                    denied = not denied
                else:
                    found[token.index] = (token.text, left)
            if token is not trigger or token.is_verb:
                blocked = blocked or any(
                    aux.lemma in cues.blocked and not _concluded(aux, token) for aux in token.kids("aux")
                )
        if token.lemma in _DENIALS and below is not None and below.dep in _COMPLEMENT:
            denied = not denied
            found.clear()  # "denied rumours that": what is denied is no longer a rumour
        if any(mark.lemma in {"if", "unless"} for mark in token.kids("mark")):
            blocked = True
        below = token
    ordered = [found[index] for index in sorted(found)]
    certainty = max((sure for _, sure in ordered), key=lambda sure: sure.rank, default=Certainty.STATED)
    return Sureness(
        certainty,
        tuple(word for word, _ in ordered),
        Polarity.DENIED if denied else Polarity.AFFIRMED,
        blocked,
    )


def _is_negated(token: Token) -> bool:
    """ "Not", "no", or a subject of which there is none: "nobody knows", "no officer has been charged"."""
    if token.kids("neg") or _is_none(token):
        return True
    return token.is_verb and any(
        one.lemma in {"nobody", "none", "neither"} or _is_none(one) for one in token.kids(*_SUBJECTS)
    )


def _has_none(verb: Token) -> bool:
    """ "Named no successor" denies the naming; in "expects no arrests" the arrests speak for themselves."""
    return verb.is_verb and any(map(_is_none, verb.kids("dobj")))


def _is_none(noun: Token) -> bool:
    return any(kid.lemma == "no" for kid in noun.kids("det"))


def _left_open(token: Token, below: Token | None, cues: Cues) -> Certainty | None:
    """What a negation above a predicate leaves of it: None where it denies it."""
    if token.lemma in cues.raised:
        return None  # "does not believe that he is loyal": that he isn't
    words = [token, *token.kids("acomp", "attr")] if token.lemma == "be" else [token]
    for word in words:
        if word.lemma in cues.negated:
            return cues.negated[word.lemma]
        if word is not below and (word.lemma in cues.governors or word.lemma in cues.negative):
            return Certainty.DOUBTFUL
    return None


def _concluded(aux: Token, verb: Token) -> bool:
    """ "They must be fuming", "must have fled": no norm but a conclusion."""
    if aux.lemma != "must":
        return False
    others = [kid for kid in verb.kids("aux", "auxpass") if kid is not aux]
    return any(kid.lemma == "have" for kid in others) or (
        verb.tag == "VBG" and any(kid.lemma == "be" for kid in others)
    )


def _own_cues(token: Token, trigger: Token, cues: Cues) -> _Found:
    """Adverbs, modals and phrases of viewpoint that hang on a word of the path."""
    found: _Found = {}
    for kid in token.children:
        word = kid.text.lower()
        if kid.dep in {"advmod", "npadvmod", "amod"} and word in cues.adverbs:
            found[kid.index] = (kid.text, cues.adverbs[word])
        elif kid.dep == "aux" and kid.tag == "MD" and kid.lemma in cues.modals:
            if not (kid.lemma == "could" and _is_ability(token)):
                found[kid.index] = (kid.text, cues.modals[kid.lemma])
        elif kid.dep == "aux" and kid.tag == "MD" and _concluded(kid, token):
            found[kid.index] = (kid.text, Certainty.PROBABLE)
        elif kid.dep == "prep":
            for adverb in kid.kids("advmod"):
                if adverb.text.lower() in cues.adverbs and token is not trigger:
                    found[adverb.index] = (adverb.text, cues.adverbs[adverb.text.lower()])
            found |= _viewed(kid, cues)
            if kid.text.lower() == "according":
                for noun in kid.subtree():
                    if noun.lemma in cues.hearsay:
                        found[noun.index] = (noun.text, cues.hearsay[noun.lemma])
        elif kid.dep in _SUBJECTS:
            for one in kid.kids("prep"):
                found |= _viewed(one, cues)
            if kid.lemma in cues.hearsay and token.is_verb:
                found[kid.index] = (kid.text, cues.hearsay[kid.lemma])
    return found


def _is_ability(verb: Token) -> bool:
    """ "Could not get it", "could be had for 200 dollars": what was in someone's power, not what may be."""
    if any(aux.lemma == "have" for aux in verb.kids("aux")):
        return False
    price = any(
        noun.kids("nummod") for prep in verb.kids("prep") if prep.lemma == "for" for noun in prep.kids("pobj")
    )
    return price or bool(verb.kids("neg")) or any(kid.lemma in _BARELY for kid in verb.kids("advmod"))


def _viewed(prep: Token, cues: Cues) -> _Found:
    """ "In his view", "by several analysts' lights", "in all probability"."""
    if prep.lemma not in {"in", "on", "by", "to"}:
        return {}
    return {
        noun.index: (noun.text, cues.views[noun.lemma])
        for noun in prep.kids("pobj")
        if noun.lemma in cues.views and noun.kids("poss", "det", "amod", "compound")
    }


def _as_seen(token: Token, cues: Cues) -> _Found:
    """ "As some believe", "as the lawmakers understood it"."""
    return {
        kid.index: (kid.text, level)
        for kid in token.kids("advcl")
        if kid.kids(*_SUBJECTS)
        and any(mark.lemma == "as" for mark in kid.kids("mark", "advmod"))
        and (level := cues.governors.get(kid.lemma, cues.subjectless.get(kid.lemma))) is not None
        and kid.lemma not in {"say", "report", "hear"}
    }


def _of_a_reason(verb: Token) -> bool:
    """ "He was dropped, some say because he would not share": the reason is theirs, the event is not."""
    return any(
        kid.index == verb.index + 1 and kid.dep in {"prep", "advcl", "mark", "amod"} for kid in verb.children
    ) or any(mark.index == verb.index + 1 for kid in verb.kids("advcl") for mark in kid.kids("mark"))


def _level(verb: Token, cues: Cues) -> Certainty | None:
    """What a verb of thinking or telling makes of its content, by who its subject is."""
    if verb.lemma in cues.governors:
        return cues.governors[verb.lemma]
    if verb.lemma in cues.subjectless:
        anyone = {"it", "there", *cues.people} if verb.tag == "VBN" else set(cues.people)
        if verb.kids("auxpass") and any(one.text.lower() in anyone for one in verb.kids(*_SUBJECTS)):
            return cues.subjectless[verb.lemma]
        if verb.tag == "VBP" and any(
            one.text.lower() in cues.people and not one.children for one in verb.kids("nsubj")
        ):
            return cues.subjectless[verb.lemma]
    return None


def _governing(token: Token, below: Token, cues: Cues) -> _Found:
    """What a word above makes of what hangs on it: "believes that", "rumours of", "is likely to"."""
    found: _Found = {}
    first = first_conjunct(below)
    dep = first.dep if first.head is token else below.dep
    if below.dep == "conj" and first is token and _is_infinitive(below) and not _is_infinitive(token):
        dep = "xcomp"  # "is expected to leave or fall"
    with_what = token.lemma == "charge" and below.lemma == "with"
    content = dep in _COMPLEMENT and not (dep == "prep" and below.lemma not in _OF and not with_what)
    if dep == "acl" and is_finite(below) and not below.kids("mark") and token.lemma not in cues.hearsay:
        content = False  # "she runs a risk: a colleague was punished"
    if (
        content
        and not (below.index < token.index and _of_a_reason(token))
        and not _presupposed(below, token, cues)
    ):
        wanted = cues.complements.get(token.lemma)
        if token.is_noun and token.lemma in cues.hearsay:
            found[token.index] = (token.text, cues.hearsay[token.lemma])
        if token.lemma in cues.governors and (wanted is None or dep in wanted):
            if not _only_perceived(token, below, cues):
                found[token.index] = (token.text, cues.governors[token.lemma])
        elif token.lemma in cues.subjectless and not token.kids("agent"):
            passive = token.kids("auxpass") or (token.tag == "VBN" and token.dep == "acl")
            if (passive and dep not in _SUBJECTS) or (dep == "xcomp" and _is_infinitive(below)):
                found[token.index] = (token.text, cues.subjectless[token.lemma])
            elif (level := _level(token, cues)) is not None:
                found[token.index] = (token.text, level)
    if token.lemma == "be" and dep in {"advcl", "xcomp", "ccomp", "csubj", "nsubj"}:
        for kid in token.kids("acomp", "attr"):
            if kid.lemma in cues.governors and kid is not below and not _presupposed(below, kid, cues):
                found[kid.index] = (kid.text, cues.governors[kid.lemma])
        for kid in token.kids("nsubj") if dep in {"ccomp", "xcomp"} else ():
            level = cues.views.get(kid.lemma, cues.governors.get(kid.lemma))  # "my impression is that"
            if level is not None:
                found[kid.index] = (kid.text, level)
    return found


def _is_infinitive(verb: Token) -> bool:
    auxiliaries = verb.kids("aux")
    return any(aux.lemma == "to" for aux in auxiliaries) or (verb.tag == "VB" and not auxiliaries)


def _presupposed(noun: Token, governor: Token, cues: Cues) -> bool:
    """ "His absence appears to have done no harm": he was absent; only the harm is hedged."""
    if noun.dep not in _SUBJECTS or noun.is_verb:
        return False
    known = noun.kids("poss") or any(
        kid.lemma in {"the", "this", "that", "these"} for kid in noun.kids("det")
    )
    told = [verb for verb in governor.kids("xcomp", "ccomp") if verb.lemma not in cues.happening]
    return bool(known and told)


def _only_perceived(verb: Token, below: Token, cues: Cues) -> bool:
    """ "I saw people being beaten" tells of it; "is seen as" and "sees in it" take a view."""
    return verb.lemma in cues.perceived and below.dep in {"ccomp", "xcomp"} and not verb.kids("auxpass")


def of_lead_in(tokens: Iterable[Token], cues: Cues) -> tuple[str, Certainty] | None:
    """The weakest hedge of what leads a list in: "the picture, which the service rates as probable:"."""
    found = [
        (token.text, level)
        for token in tokens
        if token.lemma not in {*cues.perceived, *cues.complements}
        and (
            level := cues.governors.get(
                token.lemma, cues.adverbs.get(token.text.lower()) if token.tag[:2] in {"RB", "JJ"} else None
            )
        )
        is not None
    ]
    return max(found, key=lambda one: one[1].rank, default=None)
