"""Find times in a text: words that name them, words around those that change them, and ranges of two."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from typing import Final

from satrap.claims import When
from satrap.reading.dates import calendar
from satrap.reading.dates.calendar import Time
from satrap.reading.dates.dateline import is_dateline
from satrap.reading.dates.grammar import Grammar, english, words_of
from satrap.reading.dates.make import MAKERS, PARTS, TENSED, Bound, Context, Fields, Tense
from satrap.reading.dates.rule import Around, Rule, WordClass

_BREAK: Final = re.compile(r"\n\s*")
_NOW: Final = frozenset({"date.today", "date.tomorrow"})  # not what "the next day" counts from
_SPANS: Final = frozenset({"date.days-month", "date.month-days"})
_NO_TIME: Final = (ValueError, OverflowError, IndexError, StopIteration, KeyError)
_WORDS_BEFORE: Final = 7  # words before a time that may bear on it
_REACH: Final = 48  # characters behind it that may, or that two times may be apart and still be one
_TOLD: Final = 4  # times back in which the one told last is sought
_TENSE_REACH: Final = 120  # characters in which a word of the future or past may stand
_DATELINE_WITHIN: Final = 1500  # characters: a date that stands alone further down is no dateline


@dataclass(frozen=True, slots=True)
class Dated:
    """A time at an offset of the text.

    `when` is None where the words tell a time without bounds ("recently"). `bound` says how the time bounds
    what is told ("since May"); `ends` are the two times a range was read from; `dateline` marks the day of
    writing itself, on a line of its own or after a place; `rules` name what read it.
    """

    start: int
    end: int
    text: str
    when: When | None
    rules: tuple[str, ...]
    bound: Bound | None = None
    ends: tuple["Dated", ...] = ()
    dateline: bool = False

    def held(self, published: When | None) -> When | None:
        """When what is told held: since May, from May on; by a day to come, from publication until then."""
        if self.when is None or self.bound is None:
            return self.when
        first, last = calendar.ends(self.when)
        end = self.when.latest
        if self.bound == "since":
            return When(f"{first}/..", self.when.earliest, calendar.NEVER)
        if self.bound == "before":
            end = max(self.when.earliest, calendar.EVER + calendar.DAY) - calendar.DAY
            last = end.isoformat()
        if published is not None and published.latest < end:
            return When(f"{calendar.ends(published)[0]}/{last}", published.earliest, end)
        return self.when if self.bound == "by" else When(f"../{last}", calendar.EVER, end)


_Named = tuple[int, int, Rule, Fields]


@dataclass(slots=True)
class _Found:
    """A time while it is being read."""

    start: int
    end: int
    rule: Rule
    fields: Fields
    time: Time | None
    rules: tuple[str, ...] = field(default=())
    around: list[tuple[Around, Fields]] = field(default_factory=list)

    def dated(self, text: str) -> Dated:
        when = None if self.time is None else self.time.when
        return Dated(self.start, self.end, text[self.start : self.end], when, self.rules)


def find_dates(text: str, published: When | None, grammar: Grammar | None = None) -> list[Dated]:
    """The times a text names, in order; none overlap.

    Without `published`, or a line of the text that is nothing but its date, only times that name their year
    (or build on one that does) are found; where only its month or year is known, no weekdays or days.
    """
    return _Finder(grammar or english(), text).find(published)


class _Finder:
    """One text being read."""

    def __init__(self, grammar: Grammar, text: str) -> None:
        self._grammar = grammar
        self._text = text
        self._words = words_of(text)
        self._weekdays = grammar.words.classes.get("weekday", WordClass()).openings
        self._stops = [one.end() for one in re.finditer(r"[.!?][\"”’)]*\s+(?=[\"“‘(A-Z])|\n", text)]

    def find(self, published: When | None) -> list[Dated]:
        named = self._named()
        context = Context(self._dateline(named, published) or published)
        found: list[_Found] = []
        for start, end, rule, fields in named:
            before = found[-1] if found and self._absorbs(found[-1], start) else None
            if before is not None:
                found.pop()
            one = self._read(start, end, rule, fields, self._after(context, found, start), found)
            if before is not None and (one is None or one.start >= before.end):
                found.append(before)
            if one is not None:
                found.append(one)
        return self._joined(found, context)

    def _after(self, context: Context, found: list[_Found], start: int) -> Context:
        timed = [one for one in found[-_TOLD:] if one.time is not None]
        if not timed:
            return context
        told = next((one for one in reversed(timed) if not self._dates_telling(one)), timed[-1])
        here = self._text.find("\n", timed[-1].end, start) < 0
        near = len(_BREAK.findall(self._text, told.end, start)) < 2
        return replace(context, focus=told.time, latest=timed[-1].time, here=here, near=near)

    def _dates_telling(self, one: _Found) -> bool:
        before = self._text[max(0, one.start - _REACH) : one.start]
        return one.rule.id in _NOW or bool(self._grammar.telling.search(before))

    def _absorbs(self, one: _Found, start: int) -> bool:
        """Whether a time is only a word of the next: "August" of "August last year"."""
        return start - one.start <= _REACH and any(
            around.absorbs and pattern.fullmatch(self._text, one.start, start)
            for around, pattern in self._grammar.before
        )

    def _named(self) -> list[_Named]:
        """Where which rule of times matches, in order of the text; earlier rules go first."""
        taken = bytearray(len(self._text))
        named = []
        for rule, match in self._grammar.matches(self._text, self._words):
            start, end = match.span("thetime" if "thetime" in match.re.groupindex else 0)
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                named.append((start, end, rule, {**rule.given, **self._grammar.words.fields(match)}))
        return sorted(named, key=lambda one: one[0])

    def _dateline(self, named: list[_Named], published: When | None) -> When | None:
        """The full date that stands alone on a line near the top: when the text says it was written."""
        for start, end, rule, fields in named:
            if start > _DATELINE_WITHIN:
                break
            if not {"day", "month", "year"} <= set(fields) or not is_dateline(
                self._text, start, end, self._weekdays
            ):
                continue
            try:
                time = MAKERS[rule.make](fields, Context(None))
            except _NO_TIME:
                continue
            if time is not None and (published is None or abs((time.first - published.latest).days) <= 31):
                return time.when
        return None

    def _read(
        self, start: int, end: int, rule: Rule, fields: Fields, context: Context, found: list[_Found]
    ) -> _Found | None:
        one = _Found(start, end, rule, fields, None, (rule.id,))
        if "year" not in fields and rule.make in TENSED:
            context = replace(context, tense=self._tense(start, end))
        try:
            one.time = MAKERS[rule.make](fields, context)
        except _NO_TIME:
            return None
        if one.time is not None:
            floor = found[-1].end if found else 0
            while self._widen(one, floor):
                pass
        return one

    def _widen(self, one: _Found, floor: int) -> bool:
        """Take in the words around a time that bear on it; False if there are no more."""
        for around, pattern in self._grammar.before:
            match = self._before(pattern, one.start, floor)
            if match and self._change(one, around, match):
                one.start = match.start()
                return True
        for around, pattern in self._grammar.after:
            match = pattern.match(self._text, one.end, one.end + _REACH)
            if match and match.end() > one.end and self._change(one, around, match):
                one.end = match.end()
                return True
        return False

    def _before(self, pattern: re.Pattern[str], end: int, floor: int) -> re.Match[str] | None:
        """The longest match that ends where a time starts."""
        last = bisect_left(self._words, end)
        for start in self._words[max(0, last - _WORDS_BEFORE) : last]:
            if start >= floor and (match := pattern.fullmatch(self._text, start, end)):
                return match
        return None

    def _change(self, one: _Found, around: Around, match: re.Match[str]) -> bool:
        fields = {**around.given, **self._grammar.words.fields(match)}
        assert one.time is not None
        try:
            one.time = PARTS[around.make](one.time, fields)
        except _NO_TIME:
            return False
        one.rules = (*one.rules, around.id)
        one.around.append((around, fields))
        return True

    def _tense(self, start: int, end: int) -> Tense | None:
        """What the nearest word of the future or past says of a time, by the rules' `ahead` and `behind`."""
        at = bisect_right(self._stops, start)
        opens = self._stops[at - 1] if at else 0
        closes = self._stops[at] if at < len(self._stops) else len(self._text)
        before = self._text[max(opens, start - _TENSE_REACH) : start]
        grammar = self._grammar
        if grammar.since.search(before):
            return "behind"
        if grammar.effective.search(before):
            return "near"
        if grammar.deadlines.search(before) and grammar.bidden.search(before):
            return "ahead"
        if ahead := _last(grammar.ahead, before):
            return "ahead" if ahead > _last(grammar.behind, before) else "behind"
        if grammar.behind.search(before):
            return "behind"
        after = self._text[end : min(closes, end + _TENSE_REACH)]
        behind, coming = grammar.behind.search(after), grammar.ahead.search(after)
        if start - opens < 60 and coming and not (behind and behind.start() < coming.start()):
            return "ahead"
        if behind:
            return "behind"
        return "ahead" if grammar.deadlines.search(before) else None

    # -- ranges, bounds

    def _joined(self, found: list[_Found], context: Context) -> list[Dated]:
        done: list[Dated] = []
        at = 0
        while at < len(found):
            one = self._range(found[at], found[at + 1], context) if at + 1 < len(found) else None
            at += 1 if one is None else 2
            done.append(self._bounded(one or found[at - 1].dated(self._text), done[-1].end if done else 0))
        return done

    def _range(self, first: _Found, last: _Found, context: Context) -> Dated | None:
        if first.time is None or last.time is None or last.start - first.end > 12:
            return None
        for rule, before, between in self._grammar.ranges:
            if not between.fullmatch(self._text, first.end, last.start):
                continue
            opening = self._before(before, first.start, 0) if rule.before else None
            if rule.before and not opening:
                continue
            start = opening.start() if opening else first.start
            try:
                self._same_year(first, last, context)
                whole = calendar.span(first.time, last.time)
            except _NO_TIME:
                return None
            ends = (first.dated(self._text), last.dated(self._text))
            rules = (*first.rules, *last.rules, rule.id)
            return Dated(start, last.end, self._text[start : last.end], whole.when, rules, None, ends)
        return None

    def _same_year(self, first: _Found, last: _Found, context: Context) -> None:
        """In "February to April 2016", February is of 2016 too; in "November to April 2016", of 2015."""
        assert first.time
        assert last.time
        if "year" in first.fields or first.rule.make != "calendar" or last.rule.make != "calendar":
            return
        for year in (last.time.last.year, last.time.last.year - 1):
            time = MAKERS[first.rule.make]({**first.fields, "year": year}, context)
            for around, fields in first.around:
                time = time and PARTS[around.make](time, fields)
            if time is not None and time.first <= last.time.last:
                first.time = time
                return

    def _bounded(self, one: Dated, floor: int) -> Dated:
        """With how the words before it make it a bound, or that it is the dateline."""
        if is_dateline(self._text, one.start, one.end, self._weekdays):
            return replace(one, dateline=True)
        spans = bool(one.ends) or not _SPANS.isdisjoint(one.rules)
        for relation, before, after in self._grammar.relations:
            if spans and relation.id == "date.from-opening":
                continue  # "From 12 to 16 July"
            if self._before(before, one.start, floor) and after.match(self._text, one.end, one.end + _REACH):
                return replace(one, bound=relation.bound, rules=(*one.rules, relation.id))
        return replace(one, bound="by") if "date.deadline" in one.rules else one


def _last(pattern: re.Pattern[str], text: str) -> int:
    """Where the last match ends; 0 if there is none."""
    return max((match.end() for match in pattern.finditer(text)), default=0)
