"""What a verb is called with its particle, and what stands over it: leave, duty, a question."""

from collections.abc import Iterator

from satrap.reading.tokens import Token

_FREEING = frozenset({"set", "let", "walk", "go"})
_MEANINGFUL = frozenset(
    {"up", "off", "out", "on", "in"}
)  # particles that make another verb of it: "caught up"


def let_go(verb: Token) -> list[Token]:
    """What hangs on "let" and makes it mean release: "let two women go", "let them off"."""
    if verb.lemma != "let":
        return []
    return [kid for kid in verb.kids("ccomp", "xcomp", "oprd") if kid.lemma in {"go", "off", "free", "out"}]


def obliged(verb: Token) -> list[Token]:
    """What says that someone has no choice: "must pay", "have to pay"."""
    must = [aux for aux in verb.kids("aux") if aux.lemma == "must"]
    above = verb.head
    return [above] if verb.dep == "xcomp" and above.lemma == "have" and is_to_infinitive(verb) else must


def asks(clause: Token) -> bool:
    """Whether a clause is an indirect question: "decides who gets a pass"."""
    return any(
        kid.tag in {"WP", "WRB", "WDT"} or kid.lemma == "whether"
        for kid in clause.children
        if kid.index < clause.index
    )


def with_particle(verb: Token) -> str:
    """ "carry out", "put up"; the lemma alone where there is no particle."""
    found = particles(verb)
    return f"{verb.lemma} {found[0].lemma}" if found else verb.lemma


def particles(verb: Token) -> list[Token]:
    """What makes another verb of it: "out", "away"."""
    return verb.kids("prt") or [kid for kid in verb.kids("advmod") if kid.text.lower() == "away"]


def predicate_lemmas(token: Token) -> Iterator[str]:
    """The names a rule may call this predicate by: "crack down", "carry out", "fire"."""
    if token.is_verb and token.lemma in _FREEING:  # "set free", "let them go"
        yield from (
            f"{token.lemma} {kid.lemma}" for kid in token.kids("oprd", "acomp", "ccomp", "xcomp", "advmod")
        )
    if token.is_verb and particles(token):
        yield with_particle(token)
        if particles(token)[0].lemma not in _MEANINGFUL:
            yield token.lemma
        return
    yield token.lemma
    if token.text.lower().endswith(("ed", "ing")):
        yield token.lemma + "e"  # the lemmatizer makes "wan" of "waned"
    if token.text.lower().endswith(("lled", "lling")) and not token.lemma.endswith("ll"):
        yield token.lemma + "l"  # and "instal" of "installed"


def is_to_infinitive(verb: Token) -> bool:
    """Whether it has "to" before it."""
    return any(aux.tag == "TO" for aux in verb.kids("aux"))
