"""How far up a sentence the words reach that hedge, deny or date a predicate."""

from satrap.reading.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass")


def path_up(trigger: Token) -> list[Token]:
    """The words whose hedges scope over a predicate: itself, and each head up to the end of its scope.

    A relative or adverbial clause does not inherit the main clause's hedges, nor does a clause that a
    semicolon parts from it; a participle without a conjunction ("leading to ...") and an infinitive do.
    """
    path = [trigger]
    token = trigger
    while not token.is_root:
        marked = bool(token.kids("mark")) or any(kid.tag == "WRB" for kid in token.kids("advmod"))
        if token.dep in {"relcl", "appos"} or (
            token.dep == "advcl" and ((marked and token.tag != "VB") or is_finite(token))
        ):
            break
        if token.dep in {"ccomp", "parataxis", "conj"} and _apart(token):
            break
        if token.dep == "conj" and token.is_verb and token.kids(*_SUBJECTS) and is_finite(token):
            # a clause of its own: the first one's auxiliaries do not reach it, what governs both does
            token = first_conjunct(token)
            if token.is_root:
                break
            token = token.head
            path.append(token)
            continue
        token = token.head
        path.append(token)
    return path


def first_conjunct(token: Token) -> Token:
    while token.dep == "conj":
        token = token.head
    return token


def is_finite(verb: Token) -> bool:
    return verb.tag in {"VBD", "VBZ", "VBP"} or bool(
        [aux for aux in verb.kids("aux", "auxpass") if aux.tag in {"MD", "VBD", "VBZ", "VBP"}]
    )


def _apart(token: Token) -> bool:
    """Whether a semicolon parts a clause from what it hangs on."""
    first, last = sorted((token.index, token.head.index))
    return any(
        kid.text == ";" and first < kid.index < last for kid in (*token.head.children, *token.children)
    )
