"""How sure the text sounds: the weakest hedge that scopes over a predicate, and whether it is denied."""

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from satrap.claims import Certainty, Polarity
from satrap.errors import ReadingError
from satrap.reading.lexicon import RULES
from satrap.reading.tokens import Token
from satrap.yamlfile import load

_STOP = frozenset({"relcl", "advcl", "appos"})


class Cues(BaseModel):
    """Hedges by the way they attach: as adverbs, as modals, and as words that govern a clause."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    adverbs: dict[str, Certainty]
    modals: dict[str, Certainty]
    governors: dict[str, Certainty]
    subjectless: dict[str, Certainty]
    phrases: dict[str, Certainty]
    blocked: tuple[str, ...]
    negative: tuple[str, ...]

    @classmethod
    def bundled(cls) -> "Cues":
        return load(RULES / "certainty.yaml", cls, ReadingError)


@dataclass(frozen=True, slots=True)
class Sureness:
    certainty: Certainty
    cues: tuple[str, ...]
    polarity: Polarity
    blocked: bool  # a wish, a norm, a question or a condition: not asserted at all


def path_up(trigger: Token) -> list[Token]:
    """The words whose hedges scope over a predicate: itself, and each head up to the end of its scope.

    A relative or adverbial clause does not inherit the main clause's hedges; a participle without a
    conjunction ("leading to ...") and an infinitive do.
    """
    path = [trigger]
    token = trigger
    while not token.is_root:
        marked = bool(token.kids("mark")) or any(kid.tag == "WRB" for kid in token.kids("advmod"))
        if token.dep in {"relcl", "appos"} or (
            token.dep == "advcl" and ((marked and token.tag != "VB") or _finite(token))
        ):
            break
        if token.dep == "conj" and token.is_verb and token.kids("nsubj", "nsubjpass") and _finite(token):
            # a clause of its own: the first one's auxiliaries do not reach it, what governs both does
            token = _first_conjunct(token)
            if token.is_root:
                break
            token = token.head
            path.append(token)
            continue
        token = token.head
        path.append(token)
    return path


def _first_conjunct(token: Token) -> Token:
    while token.dep == "conj":
        token = token.head
    return token


def _finite(verb: Token) -> bool:
    return verb.tag in {"VBD", "VBZ", "VBP"} or bool(
        [aux for aux in verb.kids("aux", "auxpass") if aux.tag in {"MD", "VBD", "VBZ", "VBP"}]
    )


def sureness(trigger: Token, cues: Cues) -> Sureness:
    """The weakest cue over ``trigger``, all cue words in order, and the polarity."""
    found: dict[int, tuple[str, Certainty]] = {}
    denied = False
    blocked = False
    path = path_up(trigger)
    below: Token | None = None
    for token in path:
        _own_cues(token, trigger, below, cues, found)
        if token.kids("neg") or any(kid.lemma == "no" for kid in token.kids("det")):
            doubtful = token is not trigger and (
                token.lemma in cues.governors or token.lemma in cues.negative
            )
            if doubtful:
                found[token.index] = (token.text, Certainty.DOUBTFUL)
            else:
                denied = not denied
        if (
            token is not trigger
            and token.lemma in {"deny", "refute", "reject"}
            and below is not None
            and below.dep in {"ccomp", "dobj", "nsubjpass", "pcomp"}
        ):
            denied = not denied
        if token is not trigger or token.is_verb:
            blocked = blocked or any(aux.lemma in cues.blocked for aux in token.kids("aux"))
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


def _own_cues(
    token: Token, trigger: Token, below: Token | None, cues: Cues, found: dict[int, tuple[str, Certainty]]
) -> None:
    for kid in token.children:
        word = kid.text.lower()
        if kid.dep in {"advmod", "npadvmod", "amod"} and word in cues.adverbs:
            found[kid.index] = (kid.text, cues.adverbs[word])
        elif kid.dep == "aux" and kid.tag == "MD" and kid.lemma in cues.modals:
            found[kid.index] = (kid.text, cues.modals[kid.lemma])
        elif kid.dep == "prep":
            for adverb in kid.kids("advmod"):
                if adverb.text.lower() in cues.adverbs and token is not trigger:
                    found[adverb.index] = (adverb.text, cues.adverbs[adverb.text.lower()])
    if (
        token is not trigger
        and below is not None
        and token.lemma in cues.governors
        and below.dep
        in {"xcomp", "ccomp", "acl", "advcl", "pobj", "prep", "pcomp", "nsubj", "nsubjpass", "dobj", "conj"}
    ):
        found[token.index] = (token.text, cues.governors[token.lemma])
    if (
        token is not trigger
        and token.lemma == "be"
        and below is not None
        and below.dep in {"advcl", "xcomp", "ccomp", "csubj"}
    ):
        for kid in token.kids("acomp", "attr"):
            if kid.lemma in cues.governors and kid is not below:
                found[kid.index] = (kid.text, cues.governors[kid.lemma])
    if token is not trigger and token.is_verb and token.kids("auxpass") and token.lemma in cues.subjectless:
        found[token.index] = (token.text, cues.subjectless[token.lemma])
