"""Cues that are no verbs: nouns, adjectives, "according to", and adverbs of hearsay."""

from satrap.reading.attribution.sources import speaker
from satrap.reading.attribution.spans import Found, Quoted, below, cue_span, phrase
from satrap.reading.attribution.words import CueWords, OtherCues
from satrap.reading.tokens import Token


class OtherReader:
    """Finds what nouns, adjectives and set phrases put on someone's word."""

    def __init__(self, cues: CueWords) -> None:
        self._cues = cues

    def read(self, word: Token, quoted: Quoted) -> Found | None:
        if word.text.lower() == "according":
            return self._according(word)
        if word.is_noun:
            return self._noun(word, quoted)
        if word.tag.startswith("JJ") or word.tag == "VBN":
            return self._adjective(word, quoted)
        if word.tag.startswith("RB") and word.lemma in self._cues.adverbs:
            return self._adverb(word)
        return None

    def _according(self, word: Token) -> Found | None:
        objects = [pobj for to in word.kids("prep") for pobj in to.kids("pobj")] or word.kids("pobj")
        if not objects:
            return None
        clause = word.head
        while not clause.is_verb and not clause.is_root:
            clause = clause.head
        source = phrase(objects[0])
        content = {one for one in clause.subtree() if not one.within(word)}
        return (
            Found(word, source, (word.start, word.end), content, "according", "accord") if content else None
        )

    def _noun(self, noun: Token, quoted: Quoted) -> Found | None:
        words = _complement(noun, self._cues.nouns, quoted)
        if words is None:
            return None
        start = noun.start
        if noun.dep == "dobj" and noun.head.lemma in self._cues.support and noun.head.index < noun.index:
            start = cue_span(noun.head)[0]  # "expressed deep concern about": one cue
        holder = self._holder(noun)
        if holder is None and noun.lemma not in self._cues.nouns.clause:
            return None
        return Found(noun, holder, (start, noun.end), words, "noun", noun.lemma)

    def _holder(self, noun: Token) -> tuple[int, int] | None:
        """Whose claim: "his claim", "a claim by the ministry", "the ministry made the claim"."""
        owners = noun.kids("poss")
        owners += [
            pobj
            for by in noun.kids("prep", "agent")
            if by.lemma in {"by", "from", "among"}
            for pobj in by.kids("pobj")
        ]
        if owners:
            return phrase(owners[0])
        if noun.dep == "dobj" and noun.head.is_verb:
            subject = speaker(noun.head)
            return phrase(subject) if subject is not None else None
        names = [one for one in noun.kids("compound", "nmod") if one.tag in {"NNP", "NNPS"}]
        return phrase(names[0]) if names else None

    def _adjective(self, word: Token, quoted: Quoted) -> Found | None:
        if word.dep not in {"acomp", "attr", "conj", "amod", "oprd", "ROOT", "ccomp"}:
            return None
        words = _complement(word, self._cues.adjectives, quoted)
        if words is None:
            return None
        verb = word.head
        if word.dep == "amod":
            return (
                Found(word, phrase(verb), (word.start, word.end), words, "adjective", word.lemma)
                if verb.is_noun
                else None
            )
        subject = speaker(verb) if verb.is_verb else None
        subject = subject or next(iter(verb.kids("nsubjpass")), None)
        if subject is None or subject.dep == "expl":
            return None
        source = None if subject.lemma == "it" else phrase(subject)
        return Found(word, source, (word.start, word.end), words, "adjective", word.lemma)

    def _adverb(self, word: Token) -> Found | None:
        clause = word.head
        content = {one for one in clause.subtree() if one is not word}
        return Found(word, None, (word.start, word.end), content, "adverb", word.lemma) if content else None


def _complement(word: Token, cues: OtherCues, quoted: Quoted) -> set[Token] | None:
    """What the noun or adjective takes: a clause, an infinitive, or a phrase with its own preposition."""
    if word.lemma in cues.clause:
        clauses = [one for one in word.kids("acl", "ccomp", "relcl") if _says_that(one)]
        if clauses:
            return below(clauses, quoted)
    if word.lemma in cues.infinitive:
        infinitives = [
            one
            for one in word.kids("acl", "xcomp", "relcl")
            if any(aux.tag == "TO" for aux in one.kids("aux"))
        ]
        if infinitives:
            return below(infinitives, quoted)
    for prep in word.kids("prep"):
        if prep.lemma in cues.preposition.get(word.lemma, ()):
            objects = prep.kids("pobj", "pcomp")
            if objects:
                return below(objects, quoted)
    return None


def _says_that(clause: Token) -> bool:
    """A clause told ("the claim that he left"), not one about the noun ("the claim that he made")."""
    return clause.dep == "ccomp" or bool(clause.kids("mark"))
