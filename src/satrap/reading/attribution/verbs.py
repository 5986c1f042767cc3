"""Verbs as cues: their source and content wherever the sentence puts them."""

from satrap.reading.attribution.sources import speaker
from satrap.reading.attribution.spans import Found, Quoted, below, cue_span, phrase
from satrap.reading.attribution.words import CueWords
from satrap.reading.tokens import Token

_PASSIVE = ("nsubjpass", "auxpass")
# Prepositions that the parser hangs on the verb though they belong to its object.
_TRAILING = frozenset({"with", "after", "as", "of", "from", "about", "between", "against"})
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})


class VerbReader:
    """Finds what each verb of a sentence puts on someone's word."""

    def __init__(self, cues: CueWords) -> None:
        self._cues = cues
        self._verbs = cues.verbs

    def read(self, verb: Token, tokens: list[Token], quoted: Quoted) -> Found | None:
        lemma = self._lemma(verb)
        words, rule = self._content(verb, lemma, tokens, quoted)
        if quoted.holds(verb):
            words = {word for word in words if quoted.together(word, verb)}
        if not rule or not words:
            return None
        subject = speaker(verb, tokens if rule in {"verb.clause", "verb.quotation"} else None)
        passive = bool(verb.kids(*_PASSIVE))
        if subject is None and not passive and rule != "verb.clause":
            return None
        if subject is not None and subject.dep == "expl":
            return None
        source = phrase(subject) if subject is not None else None
        found = Found(verb, source, cue_span(verb), words, rule, lemma)
        return self._chained(found, verb, tokens, quoted) if rule == "verb.infinitive" else found

    def _chained(self, found: Found, verb: Token, tokens: list[Token], quoted: Quoted) -> Found:
        """ "refused to endorse him": one cue of two verbs, and the content of the second."""
        inner = next((one for one in verb.kids("xcomp") if not verb.kids("dobj")), None)
        if inner is None:
            return found
        lemma = self._lemma(inner)
        words, rule = self._content(inner, lemma, tokens, quoted)
        if not rule or rule == "verb.quotation":
            return found
        span = (found.span[0], cue_span(inner)[1])
        return Found(verb, found.source, span, words, rule, f"{found.lemma} to {lemma}", also=inner)

    def _lemma(self, verb: Token) -> str:
        """The base form, with its particle if it has one: "point out"."""
        lemma = " ".join([verb.lemma, *(one.lemma for one in verb.kids("prt")[:1])])
        whole = f"{lemma}e"  # the lemmatizer makes "hop" of "hoping"
        return whole if verb.tag == "VBG" and whole in self._verbs.clause else lemma

    # -- content, the most telling construction first

    def _content(
        self, verb: Token, lemma: str, tokens: list[Token], quoted: Quoted
    ) -> tuple[set[Token], str]:
        speaks = lemma in self._verbs.quotation and not quoted.holds(verb)
        passive = bool(verb.kids(*_PASSIVE))
        named = self._named(verb, lemma, passive)
        if named:
            return named, "verb.naming"
        if speaks and not passive:
            beside = self._quotation(verb, tokens, quoted)
            if beside:
                wider = below([one for one in verb.kids("ccomp") if beside & set(one.subtree())], quoted)
                return beside | wider, "verb.quotation"
        clauses = [one for one in verb.kids("ccomp") if not _is_bare(one)] or _strayed(verb, "that")
        if clauses and lemma in self._verbs.clause:
            content = below(clauses, quoted)
            resumed = (
                self._resumed(verb, tokens, quoted) if speaks and clauses[0].index < verb.index else set()
            )
            return content | resumed, "verb.clause"
        if speaks and not passive:
            around = self._around(verb, tokens, quoted)
            if around:
                return around, "verb.quotation"
        return self._complement(verb, lemma, passive, quoted)

    def _complement(self, verb: Token, lemma: str, passive: bool, quoted: Quoted) -> tuple[set[Token], str]:
        infinitives = [one for one in verb.kids("xcomp", "ccomp") if _is_infinitive(one)]
        if not infinitives and lemma in self._verbs.addressed and verb.kids("dobj"):
            infinitives = _strayed(verb, "to")
        if infinitives:
            told = bool(verb.kids("dobj", "dative")) or passive or bool(infinitives[0].kids("nsubj"))
            if lemma in (self._verbs.addressed if told else self._verbs.infinitive):
                return below(infinitives, quoted), "verb.infinitive"
        prepositions = self._verbs.preposition.get(verb.lemma, frozenset())
        for prep in verb.kids("prep", "prt", "advmod", "dative"):
            if prep.lemma in prepositions:
                objects = prep.kids("pobj", "pcomp", "prep") or (
                    verb.kids("dobj", "pobj") if prep.dep == "prt" else []
                )
                if objects:
                    return below([*objects, *infinitives], quoted), "verb.preposition"
        if lemma in self._verbs.object:
            things = verb.kids("nsubjpass") if passive else verb.kids("dobj")
            if things and not (verb.lemma in self._cues.support and self._says_itself(things[0])):
                after = [
                    one for one in verb.kids("prep") if one.index > things[0].index and one.lemma in _TRAILING
                ]
                return below([*things, *after], quoted), "verb.object"
        gerunds = [one for one in verb.kids("xcomp", "ccomp", "pcomp") if one.tag == "VBG"]
        if gerunds and lemma in self._verbs.clause:
            return below(gerunds, quoted), "verb.gerund"
        return set(), ""

    def _says_itself(self, thing: Token) -> bool:
        """ "expressed concern about": the noun is the cue and takes the content."""
        nouns = self._cues.nouns
        takes = nouns.preposition.get(thing.lemma, frozenset())
        return any(prep.lemma in takes for prep in thing.kids("prep")) or (
            thing.lemma in nouns.clause and bool(thing.kids("acl", "ccomp"))
        )

    def _named(self, verb: Token, lemma: str, passive: bool) -> set[Token]:
        """ "described the vote as a farce", "called him a liar", "is seen as weak", "blamed him for it"."""
        if lemma not in self._verbs.naming:
            return set()
        things = verb.kids("nsubjpass") if passive else verb.kids("dobj")
        names = verb.kids("oprd", "attr", "acomp")
        names += [one for one in verb.kids("xcomp", "ccomp") if _is_bare(one)]
        for prep in [*verb.kids("prep"), *(prep for thing in things for prep in thing.kids("prep"))]:
            taken = prep.kids("pobj", "pcomp", "amod")
            if (prep.lemma == "as" and taken) or (
                prep.lemma in self._verbs.preposition.get(lemma, ())
                and taken
                and (things or prep.lemma == "to")
            ):
                names.append(prep)
        return below([*things, *names]) if names else set()

    # -- quotations and fronted content

    def _quotation(self, verb: Token, tokens: list[Token], quoted: Quoted) -> set[Token]:
        """The quotation that stands right before or right after "he said", and how it resumes."""
        first, last = _clause_bounds(verb)
        if first and verb.dep != "advcl" and quoted.holds(tokens[first - 1]):
            before = tokens[:first]
            opened = next((one.index for one in before if quoted.together(one, tokens[first - 1])), 0)
            content = {one for one in before if one.index >= opened}
            if any(one.tag in _FINITE for one in content) or len(content) > 6 or opened <= 1:
                return content | self._resumed(verb, tokens, quoted)
        after = tokens[last + 1 : last + 4]
        opened = next((one.index for one in after if quoted.holds(one)), -1)
        if opened >= 0 and all(one.text in {",", ":", "that"} for one in tokens[last + 1 : opened]):
            if opened and tokens[opened].text not in {'"', "''", "``"}:
                return set()
            return {one for one in tokens[opened:] if quoted.together(one, tokens[opened])}
        return set()

    def _around(self, verb: Token, tokens: list[Token], quoted: Quoted) -> set[Token]:
        """Content before "he said", where the parse does not hang it on the verb; "as he said"."""
        if not verb.kids("nsubj"):
            return set()
        first, _ = _clause_bounds(verb)
        clause = {
            one
            for kid in verb.children
            if kid.dep not in {"ccomp", "parataxis", "dep"}
            for one in kid.subtree()
        }
        if first == 0 or tokens[first - 1].text not in {",", "?", "!"}:
            if verb.dep == "advcl" and any(one.lemma == "as" for one in verb.kids("mark", "advmod")):
                return {one for one in verb.head.subtree() if not one.within(verb)}
            return set()
        before = {one for one in tokens[:first] if one not in clause}
        after = set()
        if verb.dep in {"parataxis", "ccomp"}:
            after = {one for one in verb.head.subtree() if one.index > verb.index and not one.within(verb)}
        if not any(one.tag in _FINITE for one in before | after):
            return set()
        return before | after | self._resumed(verb, tokens, quoted)

    def _resumed(self, verb: Token, tokens: list[Token], quoted: Quoted) -> set[Token]:
        """A second quotation after the cue, up to the next verb of the writer's own: "..., he said, ..."."""
        found: set[Token] = set()
        for word in tokens[_clause_bounds(verb)[1] + 1 :]:
            if quoted.holds(word):
                found.add(word)
            elif word.is_verb and (word.tag in _FINITE or word.lemma in self._verbs.quotation):
                break
        return found


def _clause_bounds(verb: Token) -> tuple[int, int]:
    """Indices of the first and last word of "he said", its subject, auxiliaries and addressee included."""
    own = [verb, *verb.kids("aux", "neg", "advmod", "dobj", "dative", "npadvmod", "prt")]
    own = [one for one in own if abs(one.index - verb.index) < 5]
    words = [one.index for one in own]
    for subject in verb.kids("nsubj"):
        words += [one.index for one in subject.subtree("ccomp", "advcl", "parataxis")]
    reached = {index for index in words if index <= verb.index}
    return min(reached), max(words)


def _strayed(verb: Token, mark: str) -> list[Token]:
    """A clause that the parser hung on a word between: "tweeted in the early hours that ..."."""
    dep = "aux" if mark == "to" else "mark"
    for between in verb.kids("prep", "npadvmod", "dobj", "dative", "advmod"):
        for word in between.subtree():
            clause = word.index > verb.index and word.dep in {"acl", "relcl", "ccomp", "advcl"}
            if clause and any(one.lemma == mark for one in word.kids(dep)):
                return [word]
    return []


def _is_bare(clause: Token) -> bool:
    """A clause without a verb: "called him a liar"."""
    return not clause.is_verb and not clause.kids("aux", "cop") and clause.tag != "MD"


def _is_infinitive(verb: Token) -> bool:
    return any(one.tag == "TO" for one in verb.kids("aux"))
