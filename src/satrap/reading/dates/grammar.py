"""The date rules of a language as regular expressions, compiled once, and where in a text to try them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Self

from satrap.errors import ReadingError
from satrap.reading.dates.rule import Around, DateContexts, DateTimes, DateWords, Range, Relation, Rule
from satrap.reading.lexicon import RULES
from satrap.yamlfile import load

_BACK = 10  # words before its cue that a time may begin
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Grammar:
    """Each kind of rule with its patterns."""

    words: DateWords
    times: list[tuple[Rule, re.Pattern[str]]]
    before: list[tuple[Around, re.Pattern[str]]]
    after: list[tuple[Around, re.Pattern[str]]]
    ranges: list[tuple[Range, re.Pattern[str], re.Pattern[str]]]
    relations: list[tuple[Relation, re.Pattern[str], re.Pattern[str]]]
    ahead: re.Pattern[str]
    deadlines: re.Pattern[str]
    bidden: re.Pattern[str]
    since: re.Pattern[str]
    effective: re.Pattern[str]
    telling: re.Pattern[str]
    behind: re.Pattern[str]
    cues: dict[str, list[int]]  # by word in lower case, which times it is a cue of
    digits: list[tuple[re.Pattern[str], int]]  # what a word of digits must look like to be one

    @classmethod
    def of(cls, words: DateWords, times: DateTimes, contexts: DateContexts) -> Self:
        compiled = words.compiled
        return cls(
            words,
            [(rule, compiled(rule.pattern)) for rule in times.times],
            [(one, compiled(one.before)) for one in contexts.around if one.before],
            [(one, compiled(one.after)) for one in contexts.around if one.after],
            [(one, compiled(one.before), compiled(one.between)) for one in contexts.ranges],
            [(one, compiled(one.before), compiled(one.after)) for one in contexts.relations],
            compiled(words.ahead),
            compiled(words.deadlines),
            compiled(words.bidden),
            compiled(words.since),
            compiled(words.effective),
            compiled(words.telling),
            compiled(words.behind),
            *_cues(words, times.times),
        )

    def matches(self, text: str, starts: list[int]) -> Iterator[tuple[Rule, re.Match[str]]]:
        """Where which rule of times matches, rule by rule; `starts` are where the words of the text begin.

        A rule is tried only where a word before its cues begins: forty searches of the whole text took
        thirty times as long.
        """
        near: dict[int, list[int]] = {}
        for index, start in enumerate(starts):
            end = starts[index + 1] if index + 1 < len(starts) else len(text)
            word = _WORD.match(text, start, end)
            for number in self._cued(word.group().lower()) if word else ():
                near.setdefault(number, []).append(index)
        for number in sorted(near):
            rule, pattern = self.times[number]
            tried = done = 0
            for index in near[number]:
                for at in range(max(tried, index - _BACK), index + 1):
                    if starts[at] >= done and (match := pattern.match(text, starts[at])):
                        done = match.end()
                        yield rule, match
                tried = index + 1

    def _cued(self, word: str) -> list[int]:
        found = self.cues.get(word, [])
        if word[0].isdecimal():
            found = found + [number for pattern, number in self.digits if pattern.fullmatch(word)]
        return found


def _cues(
    words: DateWords, times: Sequence[Rule]
) -> tuple[dict[str, list[int]], list[tuple[re.Pattern[str], int]]]:
    by_word: dict[str, list[int]] = {}
    digits = []
    for number, rule in enumerate(times):
        for cue in rule.cue:
            of = words.classes.get(cue)
            for word in of.openings if of else [cue]:
                by_word.setdefault(word, []).append(number)
            if of and of.opening:
                digits.append((of.opening, number))
    return by_word, digits


def words_of(text: str) -> list[int]:
    """Where the words of a text begin."""
    return [match.start() for match in _WORD.finditer(text)]


@cache
def english() -> Grammar:
    """The rules that come with satrap."""
    folder = RULES / "dates"
    return Grammar.of(
        load(folder / "words.yaml", DateWords, ReadingError),
        load(folder / "times.yaml", DateTimes, ReadingError),
        load(folder / "contexts.yaml", DateContexts, ReadingError),
    )
