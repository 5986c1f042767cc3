"""The grammar of people's names: capitalised words, initials ("J.A.H."), particles ("el-Sisi"), hyphens."""

from satrap.reading.postings.grammar import Grammar
from satrap.reading.postings.words import JOINERS, Word, touching

_LONGEST = 12  # words, dots and hyphens of one name


def name_end(words: list[Word], place: int, grammar: Grammar, stop: int | None = None) -> int:
    """Where the name that begins at ``place`` ends, before ``stop``; ``place`` if there is none."""
    end = min(len(words) if stop is None else stop, place + _LONGEST)
    at = last = place
    while at < end:
        word = words[at]
        if word.text in JOINERS:
            hyphen = word.text != "." and at > place and touching(words, at)
            dot = word.text == "." and at > place and _is_initials_dot(words, at)
            if not (hyphen or dot):
                break
            at += 1
            last = at if dot else last
        elif not word.is_capital:
            second = at > place + 1 and words[at - 1].text in "-‑" and touching(words, at)  # "Yong-ho"
            if not second and (word.lower not in grammar.names.particles or at == place):
                break
            at += 1
            last = at if second else last
        elif word.lower in grammar.units.openers and not (
            len(word.text) == 1 and (at > place or _goes_on(words, at + 1))
        ):
            break
        else:
            at += 1
            last = at
    return last


def past_honorifics(words: list[Word], place: int, grammar: Grammar) -> int:
    """Past "Mr.", "Alhaji" and the like."""
    honorifics = grammar.names.honorifics
    while place < len(words):
        title = words[place].is_capital and words[place].lower in honorifics
        dot = words[place].text == "." and place > 0 and words[place - 1].lower in honorifics
        if not (title or dot):
            break
        place += 1
    return place


def past_bracket(words: list[Word], place: int, grammar: Grammar) -> int:
    """Past "(rtd.)" or "(ASP)" between a rank and a name."""
    if place + 2 < len(words) and words[place].text == "(":
        close = place + 2 + (words[place + 2].text == ".")
        inner = words[place + 1]
        aside = grammar.names.retired | grammar.names.honorifics
        closed = close < len(words) and words[close].text == ")"
        if closed and (inner.lower in aside or inner.is_acronym):
            return close + 1
    return place


def _goes_on(words: list[Word], place: int) -> bool:
    """Whether an initial is followed by more of a name."""
    return place < len(words) and (words[place].text == "." or words[place].is_capital)


def _is_initials_dot(words: list[Word], at: int) -> bool:
    """Whether the dot at ``at`` belongs to an initial, or stands before one ("Ade. O. Obi")."""
    if at + 1 >= len(words) or not words[at + 1].is_capital:
        return False
    if words[at - 1].is_initial:
        return True
    return len(words[at + 1].text) == 1 and at + 2 < len(words) and words[at + 2].text == "."
