"""What the tagger sees of a predicate: named features, which can be shown, and the words around it by sense.

A feature's name says what it is: ``word:crack down``, ``obj:residents`` (the object is of that class),
``obj=bribe`` (the object's lemma), ``up:dobj:conduct`` (what it hangs on), ``sense:38`` (a supersense of
WordNet's).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from satrap.reading import nouns
from satrap.reading.entities import Discourse
from satrap.reading.learned.words import Words
from satrap.reading.lexicon import Lexicon
from satrap.reading.predicates import Slots, is_passive
from satrap.reading.tokens import Token
from satrap.reading.verbs import predicate_lemmas

# Nouns whose first two supersenses (acts, cognition, communication, events, feelings, possession, processes,
# states) have none of these are no predicates.
_EVENTIVE = frozenset({4, 9, 10, 11, 12, 21, 22, 26})
_PREDICATIVE = frozenset({"acomp", "oprd", "attr", "ROOT", "ccomp", "advcl", "relcl", "xcomp"})
_MODIFYING = frozenset({"compound", "nmod", "appos", "npadvmod"})
_LIGHT = frozenset({"aux", "auxpass", "prep", "agent", "det", "punct", "cc", "mark", "case"})
_OWN = frozenset({"prt", "neg", "auxpass", "advmod", "mark", "expl", "dative", "acomp", "attr"})
_CLAUSES = frozenset({"advcl", "relcl", "ccomp", "parataxis", "appos"})
_ALWAYS = ("subj", "obj")


@dataclass(frozen=True, slots=True)
class Seen:
    """A predicate as the tagger sees it: feature names, its row in the word table, its clause's words'.

    ``shape`` is v (active), vp (passive), n or a.
    """

    shape: str
    names: list[str]
    row: int
    clause: list[int]


class Features:
    """Features of predicates, from the slots that rules read, too."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._rows: dict[tuple[str, str], int] = {}  # words recur: looking them up once saves a fifth
        self._inside: dict[str, list[str]] = {}

    def candidates(self, tokens: Sequence[Token]) -> Iterator[Token]:
        """The words of a sentence that may be predicates: verbs, eventive nouns, predicative adjectives."""
        for token in tokens:
            if token.named is not None:
                continue
            if token.tag.startswith("VB"):
                if token.dep not in {"aux", "auxpass"}:
                    yield token
            elif token.tag in {"NN", "NNS"}:
                if token.dep not in _MODIFYING and self._eventive(token.lemma):
                    yield token
            elif token.tag.startswith("JJ") and _is_predicative(token):
                yield token

    def _eventive(self, lemma: str) -> bool:
        row = self._words.row(lemma, "n")
        return row >= 0 and bool(_EVENTIVE.intersection(self._words.senses(row)))

    def of(self, token: Token, slots: Slots, discourse: Discourse) -> Seen:
        """The features of one candidate, whose arguments are ``slots``."""
        part = _part(token)
        lemma = next(predicate_lemmas(token))
        passive = part == "v" and is_passive(token)
        shape = f"{part}{'p' if passive else ''}"
        row = self._row(token, lemma)
        names = [f"word:{lemma}", f"word:{lemma}:{shape}", f"shape:{shape}", f"dep:{shape}:{token.dep}"]
        if row >= 0:
            names += {f"sense:{sense}" for sense in self._words.senses(row)}
        for slot, found in slots.items():
            if not found:
                continue
            names.append(f"has:{slot}")
            first = found[0]
            target = nouns.partitive(first) or first
            classes = discourse.classes(target)
            names += [f"{slot}:{one}" for one in classes]
            if slot not in {"neg", "prt"}:
                names.append(f"{slot}={target.lemma}")
            if slot in _ALWAYS:
                names += [f"{lemma}|{slot}:{one}" for one in classes]
            else:
                names.append(f"{lemma}|{slot}")
        names += [f"no:{slot}" for slot in _ALWAYS if not slots.get(slot)]
        above = _governor(token)
        if above is not None:
            names += [f"up:{token.dep}:{above.lemma}", f"up={above.lemma}"]
        for kid in token.children:
            if kid.dep in _OWN or kid.dep == "aux":
                names.append(f"{kid.dep}>{kid.lemma}")
        clause = [one for one in _clause(token) if one is not token]
        for one in clause:
            names += self._in_clause(one.lemma, discourse.lexicon)
        return Seen(shape, names, row, [row for one in clause if (row := self._row(one, one.lemma)) >= 0])

    def _in_clause(self, lemma: str, lexicon: Lexicon) -> list[str]:
        if lemma not in self._inside:
            self._inside[lemma] = [f"in={lemma}", *(f"in:{name}" for name in lexicon.classes_of(lemma))]
        return self._inside[lemma]

    def _row(self, token: Token, lemma: str) -> int:
        part = _part(token)
        if (lemma, part) not in self._rows:
            self._rows[lemma, part] = self._look_up(lemma, part)
        return self._rows[lemma, part]

    def _look_up(self, lemma: str, part: str) -> int:
        """The row of a word, as another part of speech where the table has it as that alone."""
        for one in (part, *"vna".replace(part, "")):
            row = self._words.row(lemma, one)
            if row >= 0:
                return row
        head, _, particle = lemma.partition(" ")
        return self._words.row(head, part) if particle else -1


def _clause(token: Token) -> list[Token]:
    """The words with a meaning of their own that a predicate's clause holds, names left out."""
    head = token
    if not token.is_verb and token.head.is_verb and token.dep not in {"nsubj", "conj"}:
        head = token.head
    found, queue = [], [head]
    while queue:
        one = queue.pop()
        if one.named is None and one.tag[:2] in {"VB", "NN", "JJ"} and one.dep not in {"aux", "auxpass"}:
            found.append(one)
        queue += [
            kid for kid in one.children if kid.dep not in _CLAUSES and not (kid.dep == "conj" and kid.is_verb)
        ]
    return found


def _part(token: Token) -> str:
    if token.is_verb:
        return "v"
    return "a" if token.tag.startswith("JJ") else "n"


def _is_predicative(token: Token) -> bool:
    while token.dep == "conj" and not token.is_root:
        token = token.head
    return token.dep in _PREDICATIVE


def _governor(token: Token) -> Token | None:
    """The nearest word above with a meaning of its own."""
    for above in token.ancestors():
        if above.dep not in _LIGHT and above.tag != "IN":
            return above
    return None
