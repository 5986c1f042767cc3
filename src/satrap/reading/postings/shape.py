"""The shape of a paragraph: one letter for each mention and each word that says who holds what.

    P person   R rank without a person   T post   O unit   S a whole service   L name of two words or more
    l one capitalised word   f of   t to, from   o another preposition   & and   a as   w who   i its
    b be, have   m took or left a post   d led
    , ; .  as in the text, ; also where a clause breaks   x any other word

Articles and words like "former" have no letter; nor have acronyms and asides that repeat or explain what
stands before them, "(GOC)", ", DHQ,", "(rtd)". Posts joined by a slash are one T.
"""

from dataclasses import dataclass

from satrap.reading.postings.grammar import Grammar
from satrap.reading.postings.mention import POSTS, Kind, Mention
from satrap.reading.postings.mentions import Mentions
from satrap.reading.postings.words import Word, touching

_LETTER = {Kind.PERSON: "P", Kind.RANK: "R", Kind.TITLE: "T", Kind.ROLE: "T", Kind.UNIT: "O", Kind.NAME: "L"}
_ASIDE = 10  # words in brackets beyond which they are read as text


@dataclass(frozen=True, slots=True)
class Shape:
    """``letters[i]`` stands for the mentions ``meant[i]`` (empty for a word)."""

    letters: str
    meant: tuple[tuple[Mention, ...], ...]


def shape_of(words: list[Word], mentions: Mentions, grammar: Grammar) -> Shape:
    """The shape of a paragraph."""
    letters: list[str] = []
    meant: list[tuple[Mention, ...]] = []
    place = 0
    while place < len(words):
        mention = mentions.at(place)
        if mention is not None:
            place = mention.last
            if mention.kind is Kind.RANK and mentions.has_person(mention):
                continue  # said with its person
            if mention.kind in POSTS and letters[-2:] == ["T", "/"]:
                del letters[-1], meant[-1]
                meant[-1] = (*meant[-1], mention)
                continue
            service = mention.kind is Kind.UNIT and mentions.is_service(mention)
            letters.append("S" if service else _LETTER[mention.kind])
            meant.append((mention,))
            continue
        after = _aside(words, place, mentions)
        if after > place:
            place = after
            continue
        if _is_honorific(words, place, mentions, grammar):
            place += 1 + (words[place + 1].text == ".")
            continue
        letter = _letter(words, place, grammar)
        if letter:
            letters.append(letter)
            meant.append(())
        place += 1
    return Shape("".join(letters), tuple(meant))


def _is_honorific(words: list[Word], place: int, mentions: Mentions, grammar: Grammar) -> bool:
    """Whether the word is the "Mr" of a person who follows."""
    after = place + 1 + (place + 1 < len(words) and words[place + 1].text == ".")
    follows = mentions.at(after) if after < len(words) else None
    return (
        words[place].lower in grammar.names.honorifics and follows is not None and follows.kind is Kind.PERSON
    )


def _letter(words: list[Word], place: int, grammar: Grammar) -> str:
    word = words[place]
    if word.text in ",;/":
        return word.text
    if word.text in "()":
        return ","
    if word.text == ":" or (word.text in "-–—" and not touching(words, place)):
        return ","
    if word.text in ".?!":
        last = place + 1 == len(words)
        return "." if last or words[place + 1].is_capital or not words[place + 1].text.isalnum() else ""
    if not word.text[0].isalnum():
        return ""
    if word.lower in grammar.links.breaks:
        return ";"
    letter = grammar.letters.get(word.lower)
    if letter is not None:
        return "" if letter == "skip" else letter
    return "l" if word.is_capital else "x"


def _aside(words: list[Word], place: int, mentions: Mentions) -> int:
    """Where an aside that begins at ``place`` ends; ``place`` if none does."""
    before = mentions.at(place - 1) if place else None
    if words[place].text == "(":
        close = next(
            (at for at in range(place + 1, min(len(words), place + _ASIDE)) if words[at].text == ")"), None
        )
        if close is not None and not any(
            _tells(words, at, mentions, before) for at in range(place + 1, close)
        ):
            return close + 1
    if words[place].text == "," and before is not None and place + 1 < len(words):
        short = words[place + 1]
        if short.is_acronym and _abbreviates(short.text, words[before.first : before.last]):
            return place + 2
    return place


def _tells(words: list[Word], place: int, mentions: Mentions, before: Mention | None) -> bool:
    """Whether a word in brackets is more than an acronym of what it follows: "Ade Obi (PPRO)"."""
    inner = mentions.at(place)
    if inner is None or inner.kind is Kind.NAME:
        return False
    of_person = before is not None and before.kind is Kind.PERSON
    return not words[place].is_acronym or (inner.kind in POSTS and of_person)


def _abbreviates(short: str, words: list[Word]) -> bool:
    """Whether the letters of ``short`` come, in order, in ``words``, the first of them first."""
    text = "".join(word.text for word in words).upper()
    if not text.startswith(short[0]):
        return False
    at = 0
    for letter in short:
        at = text.find(letter, at) + 1
        if not at:
            return False
    return True
