"""Who does what to whom: one set of slots for active, passive, relative, participial and nominal wordings.

``slots(token)`` gives, for a verb, an eventive noun or a predicative adjective, the heads of its arguments:
``subj`` (the doer), ``obj`` (the undergoer), ``as`` / ``to`` / ``of`` … (by preposition), ``owner``
(possessor), ``modifier`` (attributive nouns and adjectives). "X was fired by Y", "Y fired X", "Y, who fired
X", "the firing of X by Y" and "Y carried out the firing of X" all say subj Y, obj or of X.
"""

from satrap.reading.lexicon import Lexicon
from satrap.reading.tokens import Token
from satrap.reading.verbs import asks, is_to_infinitive, let_go, obliged, particles, with_particle

Slots = dict[str, list[Token]]

_SUBJECTS = ("nsubj", "csubj")
_PASSIVE = ("nsubjpass", "auxpass", "csubjpass")
_CLAUSE = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "xcomp", "pcomp", "parataxis", "csubj"})
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_SMALL_CLAUSE = frozenset(
    {"have", "get", "report", "declare", "find", "keep", "leave", "see", "believe", "want"}
)
_FORCING = frozenset({"make", "force", "compel", "oblige", "coerce", "press", "pressure"})
_PREPOSITIONAL = frozenset({"prep", "agent", "dative", "oprd", "advmod"})
_LINKING = frozenset({"be", "'s", "remain", "stay", "become", "emerge"})
_DEPTH = 8  # clauses deep; guards against parses that send control in a circle


class Predicates:
    """Slots of predicates; the lexicon tells support verbs ("carry out an inspection", "face punishment")."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def slots(self, token: Token) -> Slots:
        if token.is_verb and token.dep == "acomp":  # "were shocked"
            return {**self._of_verb(token), **{k: v for k, v in self._of_adjective(token).items() if v}}
        if token.is_verb:
            return self._of_verb(token)
        if token.is_noun or token.tag in {"CD", "DT", "PRP"}:
            return self._of_noun(token)
        return self._of_adjective(token)

    # -- verbs

    def _of_verb(self, verb: Token) -> Slots:
        found = _prepositions(verb)
        if _is_caused(verb):  # "had officials tortured"
            made = verb.head.lemma in {"have", "get"}
            found["subj"] = self._doer(verb.head, 0) if made else []
            found["obj"] = verb.kids("nsubj", "nsubjpass")
            return found
        passive = is_passive(verb)
        subjects = [_antecedent(kid) for kid in verb.kids(*_SUBJECTS)]
        undergoers = verb.kids("nsubjpass") or verb.kids(
            "dobj"
        )  # "was shown the door": the door is no undergoer
        objects = [_antecedent(kid) for kid in undergoers]
        if verb.kids("prt") and not objects:
            objects = verb.kids("pobj")  # "called on officials", the particle taken for no preposition
        found["subj"] = (
            [pobj for agent in verb.kids("agent") for pobj in agent.kids("pobj")] if passive else subjects
        )
        if passive:
            found["obj"] = objects or [*subjects]
            found.setdefault("pred", []).extend(verb.kids("dobj") if verb.kids("nsubjpass") else [])
        else:
            found["obj"] = objects
        found.setdefault("to", []).extend(kid for kid in verb.kids("dative") if not kid.kids("pobj"))
        for small in verb.kids("ccomp"):  # "consider the levy a burden": a clause without a verb
            if not small.is_verb and small.kids("nsubj") and not found["obj"]:
                found["obj"], small_pred = small.kids("nsubj"), [small]
                found.setdefault("pred", []).extend(small_pred)
        for freed in let_go(verb):  # "let two women go", "was let go with a warning"
            found = {**_prepositions(freed), **found}
            found["obj"] = found["obj"] or freed.kids("nsubj", "nsubjpass")
        found["adv"] = verb.kids("advmod")
        found["wh"] = [kid for kid in verb.kids("ccomp") if asks(kid)]
        found["span"] = verb.kids("npadvmod")
        found["modal"] = [aux for aux in verb.kids("aux") if aux.tag == "MD"]
        found["obliged"] = obliged(verb)
        found["prt"] = particles(verb)
        found["pred"] = [*found.get("pred", []), *verb.kids("attr", "acomp", "oprd")]
        found["comp"] = verb.kids("xcomp", "ccomp")
        found["inf"] = [kid for kid in verb.kids("xcomp", "ccomp", "advcl") if is_to_infinitive(kid)]
        if verb.dep == "acl" and verb.head.is_noun:
            role = "obj" if verb.tag == "VBN" else "subj"
            if not found[role] and not (role == "subj" and is_to_infinitive(verb)):
                found[role] = [verb.head]
        if verb.dep == "amod" and verb.head.is_noun and not found["obj"] and verb.tag == "VBN":
            found["obj"] = [verb.head]
        if not passive and not found["subj"]:
            found["subj"] = self.controller(verb)
        if passive and not found["obj"]:
            found["obj"] = self.controller(verb)
        self._share_across_conjuncts(verb, found, passive)
        found["neg"] = verb.kids("neg")
        if verb.dep == "pcomp":
            found["prep"] = [verb.head]
        self._forced(verb, found)
        return found

    def _forced(self, verb: Token, found: Slots) -> None:
        """Who makes someone do it: "made them kneel", "were forced by the guards to pay"."""
        above = verb.head
        if verb.dep not in {"ccomp", "xcomp"} or above.lemma not in _FORCING:
            return
        found["forced"] = [above]
        if is_passive(above):
            found["causer"] = [pobj for agent in above.kids("agent") for pobj in agent.kids("pobj")]
            found["subj"] = _patients(above) or found["subj"]
        else:
            found["causer"] = self._doer(above, 0)
            found["subj"] = verb.kids("nsubj") or above.kids("dobj") or found["subj"]

    def _share_across_conjuncts(self, verb: Token, found: Slots, passive: bool) -> None:
        """ "arrested and executed X", "abused and blackmailed by Y": the later verb holds what both take."""
        for later in verb.kids("conj"):
            if not later.is_verb or later.kids(*_SUBJECTS, "nsubjpass"):
                continue
            if passive and not found["subj"]:
                found["subj"] = [pobj for agent in later.kids("agent") for pobj in agent.kids("pobj")]
            if (
                not passive
                and not found["obj"]
                and not verb.kids("prep", "ccomp", "xcomp")
                and later.tag == verb.tag
            ):
                found["obj"] = later.kids("dobj")

    def controller(self, verb: Token, depth: int = 0) -> list[Token]:
        """The understood subject of a verb that has none of its own."""
        if depth > _DEPTH or verb.is_root:
            return []
        head, dep = verb.head, verb.dep
        if dep == "conj" and head.is_verb:
            return (
                self._doer(head, depth)
                if not is_passive(head) or is_passive(verb)
                else (_patients(head) or self._doer(head, depth))
            )
        if dep in {"xcomp", "advcl", "ccomp"} and head.is_verb:
            objects = (
                head.kids("dobj")
                if dep == "xcomp" and self._lexicon.has("object_control", head.lemma)
                else []
            )
            return objects or self._doer(head, depth)
        if dep in {"xcomp", "ccomp", "advcl"}:  # likely to see, glad to see
            return self._doer(_clause(head), depth)
        if dep == "acl":  # the opportunity to make, a bid to improve
            above = _clause(head)
            return self._doer(above, depth) if above is not verb else []
        if dep == "pcomp":
            above = head.head
            if above.is_verb:
                return self._doer(above, depth)
            return self._owners(above) or (self._doer(above.head, depth) if above.head.is_verb else [])
        if dep == "conj" and head.is_noun:
            return []
        return []

    def _doer(self, verb: Token, depth: int) -> list[Token]:
        own = [_antecedent(kid) for kid in verb.kids(*_SUBJECTS, "nsubjpass")]
        if own or verb.is_root:
            return own
        if verb.dep == "acl" and verb.tag in {"VBG", "VBN"}:
            return [verb.head]
        if not verb.is_verb and verb.dep in {"acomp", "attr"}:
            return self._doer(verb.head, depth + 1)
        return self.controller(verb, depth + 1)

    # -- nouns and adjectives

    def _of_noun(self, noun: Token) -> Slots:
        found = _prepositions(noun)
        found["owner"] = noun.kids("poss")
        found["modifier"] = noun.kids("compound", "amod", "nmod")
        found["comp"] = noun.kids("acl", "ccomp")
        found["subj"] = [*found.get("by", [])]
        found["obj"] = []
        if noun.dep == "pobj":
            found["prep"] = [noun.head]
            exchange = noun.head.head
            if (
                noun.head.lemma == "for"
                and exchange.lemma in {"exchange", "return"}
                and exchange.dep == "pobj"
            ):
                found["trade"] = self._doer(_clause(exchange), 0)
        self._share_trailing(noun, found)
        carrier = noun
        while carrier.dep == "conj" and carrier.head.is_noun:  # violence and threats
            carrier = carrier.head
        self._supported(carrier, found)
        self._occurring(carrier, found)
        return found

    def _occurring(self, noun: Token, found: Slots) -> None:
        """What tells that there is such a thing: "arrests go on", "there is a search"."""
        while (
            noun.dep == "pobj"
            and noun.head.lemma == "of"
            and self._lexicon.has("amount", noun.head.head.lemma)
        ):
            noun = noun.head.head  # "the number of arrests fell"
        verb = noun.head
        if not verb.is_verb or noun.dep not in {"nsubj", "nsubjpass", "attr"}:
            return
        if noun.dep == "attr":
            happens = bool(verb.kids("expl"))
        elif verb.lemma in {"be", "become", "get", "remain"}:
            said = [
                *verb.kids("acomp", "advmod"),
                *(one for prep in verb.kids("prep") for one in prep.kids("pobj")),
            ]
            happens = any(self._lexicon.has("occurring", one.lemma) for one in said)
        elif verb.lemma == "take":
            happens = any(one.lemma == "place" for one in verb.kids("dobj"))
        else:
            happens = self._lexicon.has("occur", with_particle(verb)) and not verb.kids("dobj")
        if happens:
            found["occurs"] = [verb]
            for slot, tokens in _prepositions(verb).items():
                if not found.get(slot):
                    found[slot] = tokens

    def _supported(self, noun: Token, found: Slots) -> None:
        verb, by_preposition = noun.head, ""
        if noun.dep == "pobj":
            if noun.head.dep not in {"prep", "agent", "conj"}:
                return
            verb, by_preposition = noun.head.head, noun.head.lemma
            if noun.head.dep == "conj" or verb.dep == "acomp":  # alive and under house arrest
                verb = verb.head
        if not verb.is_verb or noun.dep not in {"dobj", "nsubjpass", "pobj", "attr", "nsubj"}:
            return
        lemma = with_particle(verb)
        around = self._of_verb(verb)
        if noun.dep == "nsubj":
            for slot in ("by", "under", "among", "against"):
                if (
                    self._lexicon.has("persist", lemma)
                    or self._lexicon.has("intensify", lemma)
                    or self._lexicon.has("abate", lemma)
                ):
                    found[slot] = found.get(slot) or around.get(slot, [])
            return
        if noun.dep == "dobj":  # what the parser hung on the verb may belong to its object
            for slot in ("by", "of", "against", "on", "into", "from"):
                if not found.get(slot) and slot in around and not (slot == "by" and is_passive(verb)):
                    found[slot] = [one for one in around[slot] if one.index > noun.index]
            found["subj"] = found["subj"] or found.get("by", [])
        if verb.lemma in _LINKING and (not by_preposition or by_preposition == "as"):
            found["theme"] = around["subj"]
        if verb.lemma in {"be", "'s"} and not by_preposition:
            found["comp"] = [*found["comp"], *verb.kids("advcl", "xcomp", "ccomp")]
        name = f"{verb.lemma} {by_preposition}" if by_preposition else lemma
        if by_preposition and any(one.lemma == "part" for one in verb.kids("dobj")):  # "take part in"
            name = f"{verb.lemma} part {by_preposition}"
        if self._lexicon.has("support_patient", name) or (
            lemma == "be" and by_preposition in {"under", "in", "on"}
        ):
            found["obj"] = found["obj"] or [one for one in around["subj"] if one is not noun]
            found["theme"] = around["subj"]
        elif self._lexicon.has("support_agent", name):
            found["subj"] = found["subj"] or [one for one in around["subj"] if one is not noun]
            for slot in ("on", "against", "of", "to", "into", "over"):
                found.setdefault(slot, [])
                found[slot] = found[slot] or [one for one in around.get(slot, []) if one is not noun]
            if around["obj"] and noun not in around["obj"]:
                found["obj"] = around["obj"]

    def _share_trailing(self, noun: Token, found: Slots) -> None:
        """ "violence and threats against residents": what follows the last conjunct belongs to each."""
        for later in noun.kids("conj"):
            for slot, tokens in _prepositions(later).items():
                if not found.get(slot):
                    found[slot] = tokens

    def _owners(self, noun: Token) -> list[Token]:
        return [*noun.kids("poss"), *_prepositions(noun).get("by", [])]

    def _of_adjective(self, adjective: Token) -> Slots:
        found = _prepositions(adjective)
        head = adjective
        while head.dep == "conj" and not head.head.is_verb:
            head = head.head
        if head.dep == "amod":
            found["subj"] = [head.head]
        elif head.head.is_verb:
            found["subj"] = (
                self._of_verb(head.head)["subj"] if head.dep != "oprd" else self._of_verb(head.head)["obj"]
            )
        else:
            found["subj"] = []
        found["subj"] = adjective.kids("nsubj") or found["subj"]
        found["obj"] = []
        found["comp"] = adjective.kids("xcomp", "ccomp", "advcl")
        if head.dep in {"acomp", "attr"} and head.head.is_verb:
            found["comp"] += head.head.kids("advcl", "xcomp", "ccomp")
            found["theme"] = found["subj"]
        return found


def is_passive(verb: Token) -> bool:
    """Whether the verb's grammatical subject is its undergoer."""
    if verb.kids(*_PASSIVE):
        return True
    coordinate = verb.dep == "conj" and verb.tag == "VBD" and not verb.kids("dobj", "prt", "ccomp", "xcomp")
    if (verb.tag != "VBN" and not coordinate) or verb.kids("aux", *_SUBJECTS):
        return False
    if verb.dep == "conj" and verb.head.is_verb:
        return is_passive(verb.head)
    return verb.dep in {"acl", "amod", "advcl", "relcl", "ROOT", "ccomp", "pcomp"} and not verb.kids("dobj")


def _patients(verb: Token) -> list[Token]:
    return [_antecedent(kid) for kid in verb.kids("nsubjpass")]


def _prepositions(token: Token) -> Slots:
    found: Slots = {}
    for prep in token.children:
        if prep.dep not in _PREPOSITIONAL or (prep.dep not in {"prep", "agent"} and not prep.kids("pobj")):
            continue  # "oprd", "advmod": how the parser hangs "kept in a cell" and the like
        name = prep.lemma
        below = prep
        for inner in prep.kids("prep"):  # out of, because of, according to
            name, below = f"{prep.lemma} {inner.lemma}", inner
        found.setdefault(name, []).extend(below.kids("pobj", "pcomp"))
    return found


def _antecedent(token: Token) -> Token:
    """What a relative pronoun stands for."""
    if token.tag in _RELATIVE or (token.lemma == "that" and token.tag in {"WDT", "IN"}):
        for above in token.ancestors():
            if above.dep == "relcl":
                return above.head
    return token


def _clause(token: Token) -> Token:
    """The nearest verb above (or the root)."""
    for above in token.ancestors():
        if above.is_verb:
            return above
    return token if token.is_root else list(token.ancestors())[-1]


def _is_caused(verb: Token) -> bool:
    return (
        verb.tag == "VBN"
        and verb.dep == "ccomp"
        and verb.head.lemma in _SMALL_CLAUSE
        and not verb.kids("aux", "auxpass")
    )
