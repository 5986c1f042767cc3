"""What a rule of dates is: a pattern over word classes, how its words make a time, and examples.

A pattern is a regular expression in which `_` is a gap between words (never a paragraph break), `{month}` a
word of the class `month` (`{month:last}` the same class under another name), and `«` and `»` the ends of what
counts as the date where the pattern also needs words around it.
"""

import re
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field

from satrap.reading.dates.make import Bound, Name, PartName

Fields = dict[str, int | str]

_GAP = r"(?:(?:[^\S\n]{1,3}\n?[^\S\n]{0,3}|\n[^\S\n]{0,3})(?!\n))"


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Exemplified(_Model):
    """A rule by its id, with texts and the EDTF of every time found in them.

    The texts are read as published on Thursday 15 June 2017; None is a time without bounds.
    """

    id: str = Field(pattern=r"^date(\.[a-z0-9-]+)+$")
    examples: dict[str, list[str | None]] = Field(min_length=1)


class WordClass(_Model):
    """Words that stand for a number or a name, and digits that do; `case`: only as written or in capitals."""

    words: dict[str, int | str] = {}
    digits: str | None = None
    case: bool = False

    @cached_property
    def regex(self) -> str:
        forms = sorted({*self.words, *(word.upper() for word in self.words)}, key=len, reverse=True)
        words = "|".join(_spaced(form) for form in forms)
        words = f"(?-i:{words})" if self.case else words
        return "|".join(one for one in (self.digits, words) if one)

    def value(self, text: str) -> int | str:
        number = re.match(r"\d+", text)
        return int(number.group()) if number else self._folded[_fold(text)]

    @cached_property
    def openings(self) -> frozenset[str]:
        """The first words of its forms, in lower case."""
        return frozenset(re.findall(r"\w+", word.lower())[0] for word in self.words)

    @cached_property
    def opening(self) -> re.Pattern[str] | None:
        """What its digits look like as a word, with letters behind them or not."""
        return re.compile(rf"(?:{self.digits})[^\W\d_]*", re.IGNORECASE) if self.digits else None

    @cached_property
    def _folded(self) -> dict[str, int | str]:
        return {_fold(word): value for word, value in self.words.items()}


class Rule(Exemplified):
    """Words that name a time: `make` says how, from the words' values and what is `given`.

    `cue`: classes and words, one of which every match contains, so that the rule is tried only near these.
    """

    cue: tuple[str, ...]

    pattern: str
    make: Name
    given: Fields = {}


class Around(Exemplified):
    """Words before (or, with `after`, behind) a time that make another time of it.

    `absorbs`: the words are a time of their own where they stand alone.
    """

    absorbs: bool = False
    before: str | None = None
    after: str | None = None
    make: PartName = "same"
    given: Fields = {}


class Range(Exemplified):
    """Words between two times (and `before` both) that make them the ends of one."""

    before: str = ""
    between: str


class Relation(Exemplified):
    """Words before (and, with `after`, behind) a time that say it bounds what is told: since, until.

    The examples give when what is told then holds.
    """

    before: str
    after: str = ""
    bound: Bound


class DateWords(_Model):
    """The word classes of a language, and its words that tell a past time from one to come."""

    classes: dict[str, WordClass]
    ahead: str
    deadlines: str
    bidden: str = "(?!)"
    since: str
    effective: str
    telling: str
    behind: str

    def compiled(self, pattern: str) -> re.Pattern[str]:
        """The regular expression of a pattern."""
        body = re.sub(r"\{([a-z]+)(?::([a-z]+))?\}", self._group, pattern.replace("_", _GAP))
        return re.compile(body.replace("«", "(?P<thetime>").replace("»", ")"), re.IGNORECASE)

    def fields(self, match: re.Match[str]) -> Fields:
        """The values of the words of a match, by the name of their group."""
        return {
            group.split("0")[0]: self.classes[group.split("0")[1]].value(text)
            for group, text in match.groupdict().items()
            if text is not None and "0" in group
        }

    def _group(self, found: re.Match[str]) -> str:
        kind, name = found[1], found[2] or found[1]
        return f"(?P<{name}0{kind}>{self.classes[kind].regex})"


class DateTimes(_Model):
    """The words that name times, tried in this order, each on text not yet read by another."""

    times: tuple[Rule, ...]


class DateContexts(_Model):
    """The words around times."""

    around: tuple[Around, ...]
    ranges: tuple[Range, ...]
    relations: tuple[Relation, ...]


def _spaced(word: str) -> str:
    return re.escape(word).replace(r"\ ", _GAP).replace("'", "['’]")


def _fold(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())
