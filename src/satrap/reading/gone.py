"""Who tells of the state from outside it: those who fled, who live abroad now, who served once."""

import calendar
import re
from collections.abc import Sequence

from satrap.reading import nouns
from satrap.reading.mentions import Named
from satrap.reading.tokens import Token

_REACH = 60  # characters after a noun in which a phrase that describes it is looked for
_STOP = re.compile(r"[.;:\"]| (?:said|says|told|added|that) ")
_NOW_IN = re.compile(r"(?:[^.;\"]{0,30},)? now (?:living |based |working )?in ([A-Z])")
_COUNTRY = frozenset({"country", "north", "river", "border", "homeland", "tumen", "yalu", "amnok"})
_ARRIVES = frozenset({"reach", "arrive", "come", "get", "make", "settle", "move", "escape", "cross"})
_LIVES = frozenset({"live", "reside", "settle", "base"})
_HELD = frozenset({"inmate", "prisoner", "detainee", "resident", "captive"})
_WORKS = frozenset({"live", "work", "drive", "study", "run", "repair", "teach", "reside"})
_TO = frozenset({"in", "near", "at", "to", "into", "for"})
_TIMES = frozenset({*calendar.month_name, *calendar.day_name})


def after(noun: Token, plain: str) -> str:
    """What stands after a noun, up to the next clause or sentence."""
    text = plain[noun.end : noun.end + _REACH].lower()
    stop = _STOP.search(text, 3)
    return text[: stop.start()] if stop else text


class Gone:
    """Tells from the words around a person that he is not in the country any more."""

    def __init__(
        self,
        left: Sequence[str],
        lives_phrases: Sequence[str],
        served: Sequence[str],
        places: Sequence[Named],
        plain: str,
    ) -> None:
        self._left = frozenset(left)
        self._lives = tuple(lives_phrases)
        self._served = frozenset(served)
        self._places = frozenset(one.start for one in places)
        self._plain = plain

    def has_left(self, noun: Token) -> bool:
        """ "a guard who left the country", "an officer who reached Khartoum", "a former adviser now in X"."""
        for clause in noun.kids("relcl", "acl"):
            if self._leaves(clause) or any(self._leaves(one) for one in clause.kids("advcl", "conj")):
                return True
        former = bool(nouns.modifiers(noun) & {"former", "ex"})
        if former and (noun.lemma in _HELD or self._is_elsewhere(noun)):
            return True
        words = after(noun, self._plain)
        if any(phrase in words for phrase in self._lives) or (former and " now in" in words):
            return True
        now_in = _NOW_IN.match(self._plain, noun.end, noun.end + _REACH)
        return now_in is not None and now_in.start(1) not in self._places

    def served_once(self, noun: Token) -> bool:
        """ "A former employee of the office": unnamed, and not placed in the country."""
        words = nouns.modifiers(noun)
        return (
            "former" in words
            and noun.lemma in self._served
            and not noun.kids("appos")
            and not any(kid.text[:1].isupper() for kid in noun.kids("amod"))
            and not any(
                pobj.start in self._places
                for prep in noun.kids("prep")
                if prep.lemma in {"in", "from"}
                for pobj in prep.kids("pobj")
            )
        )

    def lives_abroad(self, subject: Token, tokens: list[Token]) -> bool:
        """ "until 2012 he sold cloth; today he drives a van in Vilnius": told of somebody who is gone."""
        later = [one for one in tokens if one.index > subject.index]
        verbs = {one.lemma for one in later if one.is_verb}
        if verbs & {"defect", "flee", "resettle"} or self.has_left(subject):
            return True
        words = {one.lemma for one in later}
        if verbs & {"leave", "cross"} and words & _COUNTRY:
            return True
        now = any(one.text.lower() in {"now", "today"} for one in tokens)
        abroad = any(one.dep == "pobj" and self._is_foreign(one) for one in later)
        return now and abroad and bool(verbs & _WORKS)

    def _leaves(self, verb: Token) -> bool:
        if any(one.kids("poss") for one in verb.kids("nsubj", "nsubjpass")):
            return False  # "a woman whose sister lives in the South"
        objects = {one.lemma.lower() for one in verb.subtree() if one.is_noun or one.tag == "RB"}
        return (
            verb.lemma in self._left
            or (
                verb.lemma == "leave" and verb.tag == "VBD" and not verb.kids("dobj", "prt", "xcomp", "ccomp")
            )
            or (verb.lemma in {"leave", "cross"} and bool(objects & _COUNTRY))
            or (verb.lemma in {"come", "arrive", "live", "settle"} and "south" in objects)
            or (verb.lemma in _ARRIVES | _LIVES | {"leave"} and self._is_bound_abroad(verb))
        )

    def _is_bound_abroad(self, verb: Token) -> bool:
        """ "reached Khartoum", "came to South Korea", "living in Istanbul"."""
        aims = [*verb.kids("dobj")] if verb.lemma in {"reach"} else []
        for prep in verb.kids("prep"):
            if prep.lemma in _TO:
                aims += prep.kids("pobj")
        return any(self._is_foreign(one) for one in aims)

    def _is_elsewhere(self, noun: Token) -> bool:
        """In a place that is none of the country's: "a former cadre in Anyang"."""
        return any(
            self._is_foreign(pobj)
            for prep in noun.kids("prep")
            if prep.lemma in {"in", "near"}
            for pobj in prep.kids("pobj")
        )

    def _is_foreign(self, place: Token) -> bool:
        known = place.named is not None or place.start in self._places
        return place.tag == "NNP" and not known and place.text not in _TIMES and not place.kids("det")
