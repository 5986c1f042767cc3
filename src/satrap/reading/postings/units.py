"""The grammar of units: numbered ("3rd Armoured Division"), named ("Joint Task Force"), operations."""

import re

from satrap.reading.postings.grammar import Units
from satrap.reading.postings.words import Word, touching

_NUMBER = re.compile(r"\d{1,3}(?:st|nd|rd|th)?|[1-9]\d{3}")
_YEAR = re.compile(r"(?:19|20)\d\d")
_ROMAN = re.compile(r"[IVX]+")
_LONGEST = 12
_CONNECTORS = frozenset({"of", "and", "for", "&", "in", "on"})


def unit_at(
    words: list[Word], first: int, units: Units, known: set[str], stop: int | None = None
) -> int | None:
    """Where the unit that begins at ``first`` ends, or None; it takes no word from ``stop`` on."""
    end = min(len(words), first + _LONGEST) if stop is None else min(stop, first + _LONGEST)
    word = words[first]
    if word.text in units.acronyms or word.text in known:
        return _operation(words, first + 1, end, units) or first + 1
    if word.text in units.ships and first + 1 < end and words[first + 1].is_capital:
        return first + 2
    return (
        _operation(words, first, end, units)
        or _numbered(words, first, end, units)
        or _before_number(words, first, end, units)
        or _named(words, first, end, units)
    )


def _operation(words: list[Word], first: int, end: int, units: Units) -> int | None:
    """ "Operation" and the capitalised words of its name."""
    if first >= end or not words[first].is_capital or words[first].lower not in units.operation:
        return None
    at = first + 1
    while at < end and at <= first + 4 and _capital(words[at], units):
        if words[at].lower in units.named | units.numbered:
            break
        at += 1
    return at if at > first + 1 else None


def _numbered(words: list[Word], first: int, end: int, units: Units) -> int | None:
    """A number, the arm, and at least one noun of formations."""
    word = words[first]
    ordinal = word.is_capital and word.lower in units.ordinals
    number = _NUMBER.fullmatch(word.text) and not _YEAR.fullmatch(word.text)
    part = first and words[first - 1].text in {".", ",", "/"} and touching(words, first)  # of "1,500"
    if not (number or ordinal) or part:
        return None
    return _noun_run(words, first + 1, end, units)


def _before_number(words: list[Word], first: int, end: int, units: Units) -> int | None:
    """ "Division 3", "Sector 1 Tactical Headquarters"."""
    word = words[first]
    if not word.is_capital or word.lower not in units.before_number or first + 1 >= end:
        return None
    number = words[first + 1].text
    if not (_NUMBER.fullmatch(number) or _ROMAN.fullmatch(number)):
        return None
    return _noun_run(words, first + 2, end, units) or first + 2


def _noun_run(words: list[Word], first: int, end: int, units: Units) -> int | None:
    """The last formation noun in a run of arms and capitalised words; the rest is capitalised."""
    last = None
    for at in range(first, min(end, first + 7)):
        word = words[at]
        noun = word.lower in units.numbered or (last is not None and word.lower in units.named)
        if last is not None and not word.is_capital:
            break
        if not (noun or word.lower in units.arms or word.is_capital):
            break
        if noun:
            last = at + 1
    if last is not None and words[last - 1].lower in {"div", "bn", "bde", "regt", "sqn", "coy"}:
        last += last < end and words[last].text == "."
    return last


def _named(words: list[Word], first: int, end: int, units: Units) -> int | None:
    """Capitalised words with a noun of formations among them, and what the noun is of."""
    if not _capital(words[first], units):
        return None
    at, last = first, None
    complement = False  # whether the words now read are what a noun is "of"
    while at < end:
        word, before = words[at], words[at - 1].lower
        if _capital(word, units):
            at += 1
            if complement or word.lower in units.named:
                last = at
        elif at == first + 1 and word.lower in units.services | units.echoed:
            return at + 1  # "Nigerian army", "Gomel garrison"
        elif (word.text in {"-", "–"} and touching(words, at)) or (
            word.lower in {"'s", "’s"} and before in units.possessors
        ):
            at += 1
        else:
            after = at + 1 + (at + 1 < end and words[at + 1].lower == "the")
            if word.lower not in _CONNECTORS or after >= end or not _capital(words[after], units):
                break
            if last == at and _governs(before, word.lower, units):
                complement = True
            elif last == at:
                if word.lower != "and" or not (complement or words[after].lower in units.named):
                    break
            elif word.lower not in {"and", "of", "&"}:
                break
            at = after
    return last if last is not None and last > first + 1 else None


def _capital(word: Word, units: Units) -> bool:
    return word.is_capital and word.lower not in units.openers


def _governs(noun: str, preposition: str, units: Units) -> bool:
    """Whether what follows belongs to the name: "Ministry of Defence", "Mission in Liberia"."""
    if preposition == "of":
        return noun not in units.services
    return preposition == "for" or (preposition in {"in", "on"} and noun in units.missions)
