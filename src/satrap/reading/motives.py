"""Wordings that state an aim: "in a bid to", "so that", "meant to", "the point is to", "as a warning"."""

from satrap.reading.tokens import Token

_PURPOSES = frozenset(
    {
        "bid", "attempt", "effort", "aim", "goal", "purpose", "intention", "ploy", "way", "move", "step",
        "measure", "message", "pretext", "cover", "tactic", "strategy", "view", "means", "hope", "object",
        "idea", "opportunity", "manoeuvre", "maneuver", "gesture", "excuse", "trick",
    }
)  # fmt: skip
_WEAK = frozenset({"move", "step", "measure", "way", "opportunity", "idea", "gesture", "excuse"})
_AIMS = frozenset({"purpose", "aim", "goal", "point", "intention", "idea", "object", "objective"})
_VERBS = frozenset({"aim", "design", "intend", "mean", "calculate", "gear", "address", "direct"})
# What a deed can be "seen as" or "look like": the noun with what it is of, to or against is the aim.
_SEEN_AS = frozenset(
    {
        "warning", "signal", "message", "insurance", "defence", "defense", "reward", "concession", "lesson",
        "preparation", "smokescreen", "revenge", "punishment", "deterrent", "distraction", "sop", "favour",
        "favor", "retaliation", "safeguard", "show", "demonstration", "precaution",
    }
)  # fmt: skip
_SEEING = frozenset(
    {
        "see", "view", "describe", "present", "portray", "interpret", "regard", "look", "serve", "intend",
        "mean", "read", "understand", "take", "explain", "sell", "bill", "be", "amount", "conceive",
    }
)  # fmt: skip
_WANTS = frozenset({"want", "seek", "wish", "hope"})
_MERELY = frozenset({"only", "simply", "merely", "just", "really"})
_JUDGING = frozenset(
    {
        "believe",
        "think",
        "suspect",
        "argue",
        "reckon",
        "speculate",
        "guess",
        "explain",
        "suppose",
        "conclude",
        "say",
        "whisper",
        "hold",
        "appear",
        "suggest",
        "surmise",
    }
)


def aim(token: Token) -> Token | None:
    """The head of the aim that a word introduces."""
    if token.is_noun and token.named is None:
        return _of_noun(token)
    return _of_verb(token) if token.is_verb else None


def names_an_aim(token: Token) -> bool:
    """Whether the word needs nothing to look back to: "the aim is", "in order to", "thinks it wants to"."""
    return (token.is_noun and (token.lemma == "order" or token.lemma in _AIMS)) or token.lemma in _WANTS


def in_order(verb: Token) -> bool:
    """Whether "in order to" or "so as to" opens the clause."""
    marks = {kid.lemma for kid in verb.children if kid.index < verb.index}
    return bool({"order", "so"} & marks) or any(
        kid.lemma == "in" and any(one.lemma == "order" for one in kid.subtree())
        for kid in verb.kids("mark", "prep", "advmod")
    )


def _of_noun(noun: Token) -> Token | None:
    infinitives = [kid for kid in noun.kids("acl", "advcl", "xcomp", "relcl", "ccomp") if _is_to(kid)]
    seen = noun.dep == "pobj" and noun.head.lemma in {"as", "like", "to"} and noun.head.head.lemma in _SEEING
    if noun.lemma in _PURPOSES - _WEAK or (noun.lemma in _PURPOSES and noun.dep in {"attr", "pobj"}):
        if infinitives:
            return infinitives[0]
        for prep in noun.kids("prep"):
            if prep.lemma in {"of", "at"} and prep.kids("pcomp"):
                return prep.kids("pcomp")[0]
    if noun.lemma in _AIMS and noun.head.lemma == "be" and noun.dep == "nsubj":
        said = [kid for kid in noun.head.kids("xcomp", "ccomp", "advcl", "attr") if _is_to(kid)]
        if said:
            return said[0]
    if noun.lemma in _AIMS and noun.dep in {"dobj", "attr"}:  # "another saw the opposite aim: to give ..."
        after = [kid for kid in noun.head.kids("xcomp", "advcl", "parataxis", "ccomp") if _is_to(kid)]
        if after and after[0].index > noun.index:
            return after[0]
    if noun.lemma == "order" and noun.dep == "pobj" and noun.head.lemma == "in" and infinitives:
        return infinitives[0]
    if noun.lemma in _SEEN_AS and (seen or (noun.dep == "attr" and noun.kids("prep", "acl"))):
        return infinitives[0] if infinitives else noun
    return None


def _of_verb(verb: Token) -> Token | None:
    if verb.lemma in _VERBS and verb.tag == "VBN":
        for prep in verb.kids("prep", "dative"):
            if prep.lemma in {"at", "for", "to"} and prep.kids("pcomp", "pobj"):
                return prep.kids("pcomp", "pobj")[0]
        for kid in verb.kids("xcomp", "advcl"):
            if _is_to(kid):
                return kid
    if verb.lemma == "serve":
        return next((kid for kid in verb.kids("xcomp", "advcl") if _is_to(kid)), None)
    merely = any(kid.lemma in _MERELY for kid in verb.kids("advmod"))
    if verb.lemma in _WANTS and (merely or (verb.dep == "ccomp" and verb.head.lemma in _JUDGING)):
        return next(iter([*(kid for kid in verb.kids("xcomp") if _is_to(kid)), *verb.kids("dobj")]), None)
    if _is_to(verb) and verb.dep in {"xcomp", "ccomp", "advcl"} and verb.head.lemma == "be":
        said = verb.head.kids("nsubj")  # "perhaps it was to impress the capital"
        if said and said[0].lemma in {"it", "this", "that"} and not verb.head.kids("acomp", "attr"):
            return verb
    if verb.dep == "advcl":
        if _is_to(verb) and (in_order(verb) or _is_plain_purpose(verb)):
            return verb
        if verb.kids("nsubj", "nsubjpass", "expl") and _so_that(verb):
            return verb
    return None


def _so_that(verb: Token) -> bool:
    opening = [kid for kid in verb.kids("mark", "advmod") if kid.index < verb.index]
    words = [kid.lemma for kid in opening]
    finite = verb.kids("aux", "attr", "acomp", "expl")  # "so that it went away" tells a result
    return "so" in words and "that" in words and bool(finite)


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
