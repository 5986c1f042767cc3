"""The language of questions: one sentence, one question.

    head of MSS dismissed by 2017-06-30
    kim-won-hong returns by 2018-01-01
    inspection of MSS by 2017-06-30
    extortion or bribery by party committees in KP-09 within 24 months
    claims of extortion about MSS from 2017-01-01 to 2017-03-31 at least 3
    authority of MSS in KP-09 lower on 2017-06-01 than on 2016-12-01
    most authority gained from 2016-12-01 to 2017-06-01 among MSS, party committees, police

Institutions, places, posts and people go by their ids in the country pack or any name that the pack gives
them; kinds are those of claims, or a family of them ("conduct"). A number of months counts from the day on
which the question is asked.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from satrap.claims import kinds
from satrap.country import Pack
from satrap.country.terms import EntityKind, entries
from satrap.errors import ForecastError, close_matches
from satrap.forecast.months import months_after
from satrap.forecast.questions import FATES, AnyQuestion, Count, Event, Fate, Gain, Level, What
from satrap.yamlfile import read

_TOKEN = re.compile(r"[^\s,]+|,")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_LONGEST = 8  # words of a name


def parse(text: str, pack: Pack, asked: date, *, where: str = "", line: int = 1) -> AnyQuestion:
    """The question that a sentence asks on the day ``asked``.

    Raises ForecastError naming line, column and what was expected there, with names that come close;
    ``where`` is what the message calls the text's file.
    """
    return _Sentence(text, pack, asked, where, line).question()


def parse_what(text: str, pack: Pack, *, where: str = "", line: int = 1) -> What:
    """What claims tell of, as in the middle of a question: ``extortion or bribery by MSS in KP-09``."""
    return _Sentence(text, pack, date.min, where, line).what()


def load(path: Path, pack: Pack, asked: date | None = None) -> list[AnyQuestion]:
    """The questions of a YAML list: sentences, or mappings of ``ask`` and ``asked`` (a day).

    ``asked`` is the day of those that give none. Raises ForecastError where the file is no such list.
    """
    document = read(path, ForecastError)
    if not isinstance(document.data, list):
        raise ForecastError(f"{path}: no list of questions", remedy="begin each question with `- `")
    found = []
    for number, item in enumerate(document.data):
        line = document.lines[(number,)]
        said = item if isinstance(item, Mapping) else {"ask": item}
        if not isinstance(said.get("ask"), str) or set(said) - {"ask", "asked"}:
            raise ForecastError(
                f"{path}:{line}: no question", remedy="write a sentence, or a mapping of `ask` and `asked`"
            )
        day = _day(str(said["asked"])) if "asked" in said else asked
        if day is None:
            raise ForecastError(f"{path}:{line}: asked on no day", remedy="add `asked: 2017-06-15`")
        found.append(parse(said["ask"], pack, day, where=str(path), line=line))
    return found


@dataclass
class _Sentence:
    """A sentence and how far it has been read."""

    text: str
    pack: Pack
    asked: date
    where: str
    line: int

    def __post_init__(self) -> None:
        self.tokens = [(found.group(), found.start() + 1) for found in _TOKEN.finditer(self.text)]
        self.at = 0
        self.names = _names(self.pack)

    # -- sentences --

    def question(self) -> AnyQuestion:
        made = self._sentence()
        if self.at < len(self.tokens):
            raise self._wrong("the end of the question")
        if made.closes <= self.asked:
            raise self._wrong(
                f"a day after {self.asked}, when the question is asked", at=len(self.tokens) - 1
            )
        return made

    def _sentence(self) -> AnyQuestion:
        if self._take("claims"):
            return self._count()
        if self._take("authority"):
            return self._level()
        if self._take("most"):
            return self._gain()
        if self._take("head"):
            return self._head()
        self._take("next")
        if self._word().casefold() in _events():
            return self._event()
        if who := self._name(EntityKind.PERSON):
            fate, by = self._becomes()
            return Fate(asked=self.asked, person=who, fate=fate, by=by)
        if post := self._name(EntityKind.POST):
            fate, by = self._becomes()
            return Fate(asked=self.asked, post=post, fate=fate, by=by)
        known = [*_events(), *self.pack.people, *self.pack.posts]
        beginnings = '"head of", "authority of", "claims of", "most authority gained"'
        raise self._wrong(f"{beginnings}, a kind of claim, a person or a post", known)

    def _head(self) -> Fate:
        self._must("of")
        institution, place = self._institution(), self._place()
        post = self.pack.head_post(institution, place)
        if post is None:
            where = f" in {place}" if place else ""
            raise ForecastError(
                f"{self._here(self.at - 1)}: the pack has no head post of {institution}{where}",
                remedy="name the post or the person",
            )
        fate, by = self._becomes()
        return Fate(asked=self.asked, post=post.id, institution=institution, place=place, fate=fate, by=by)

    def _becomes(self) -> tuple[str, date]:
        self._take("is")
        fate = self._one_of(FATES)
        return fate, self._until()

    def what(self) -> What:
        made = self._what(_kinds())
        if self.at < len(self.tokens):
            raise self._wrong("the end")
        return made

    def _event(self) -> Event:
        told = self._what(_events())
        return Event(
            asked=self.asked,
            kinds=told.kinds,
            actor=told.actor,
            target=told.target,
            place=told.place,
            by=self._until(),
        )

    def _what(self, known: Mapping[str, tuple[str, ...]]) -> What:
        kinds = self._claim_kinds(known)
        actor = self._institution() if self._by_somebody() else None
        target = self._institution() if self._take("of") else None
        if actor is None and self._by_somebody():
            actor = self._institution()
        return What(kinds, actor, target, self._place())

    def _count(self) -> Count:
        self._must("of")
        kinds = self._claim_kinds(_kinds())
        about = self._institution() if self._take("about") else None
        place = self._place()
        first, last = self._span()
        self._must("at")
        self._must("least")
        number = self._word()
        if not number.isdecimal() or int(number) < 1:
            raise self._wrong("a whole number from 1")
        self.at += 1
        return Count(
            asked=self.asked,
            kinds=kinds,
            about=about,
            place=place,
            first=first,
            last=last,
            least=int(number),
        )

    def _level(self) -> Level:
        self._must("of")
        institution, place = self._shared(), self._place()
        way = self._one_of(("lower", "higher"))
        self._must("on")
        on = self._date()
        self._must("than")
        self._must("on")
        than = self._date()
        if on <= than:
            raise self._wrong(f"a day before {on}", at=self.at - 1)
        return Level(asked=self.asked, institution=institution, way=way, on=on, than=than, place=place)

    def _gain(self) -> Gain:
        self._must("authority")
        self._must("gained")
        first, last = self._span()
        place = self._place()
        self._must("among")
        among = [self._shared()]
        while self._take(",") or self._take("and"):
            among.append(self._shared())
        if len(among) < 2 or len({self.pack.share_institution(one) for one in among}) < len(among):
            raise self._wrong('", " and institutions that each have a share of their own')
        return Gain(asked=self.asked, among=tuple(among), first=first, last=last, place=place)

    # -- parts --

    def _claim_kinds(self, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
        found = [*known[self._one_of(known)]]
        while self._take("or"):
            found += known[self._one_of(known)]
        return tuple(dict.fromkeys(found))

    def _institution(self) -> str:
        found = self._name(EntityKind.INSTITUTION)
        if found is None:
            known = self.pack.institutions
            raise self._wrong("an institution", [*known, *(one.name for one in known.values())])
        return found

    def _shared(self) -> str:
        """An institution between which authority is shared, or that counts as one of them."""
        at, institution = self.at, self._institution()
        if self.pack.share_institution(institution) is None:
            raise self._wrong("an institution with a share of authority", self.pack.authority, at=at)
        return institution

    def _place(self) -> str | None:
        if not self._take("in"):
            return None
        found = self._name(EntityKind.PLACE)
        if found is None:
            known = self.pack.places
            raise self._wrong("a place", [*known, *(one.name for one in known.values())])
        return None if found == self.pack.code else found

    def _span(self) -> tuple[date, date]:
        self._must("from")
        first = self._date()
        self._must("to")
        last = self._date()
        if last <= first:
            raise self._wrong(f"a day after {first}", at=self.at - 1)
        return first, last

    def _until(self) -> date:
        if self._take("within"):
            number = self._word()
            if not number.isdecimal() or int(number) < 1:
                raise self._wrong("a number of months")
            self.at += 1
            self._one_of(("months", "month"))
            return months_after(self.asked, int(number))
        self._one_of(("by",), also='"within"')
        return self._date()

    def _date(self) -> date:
        day = _day(self._word())
        if day is None:
            raise self._wrong("a day such as 2017-06-30")
        self.at += 1
        return day

    def _by_somebody(self) -> bool:
        after = self.tokens[self.at + 1][0] if self.at + 1 < len(self.tokens) else ""
        return not _DATE.match(after) and self._take("by")

    def _name(self, kind: EntityKind) -> str | None:
        """The entity that the longest run of words from here names."""
        for end in range(min(len(self.tokens), self.at + _LONGEST), self.at, -1):
            words = " ".join(word for word, _ in self.tokens[self.at : end])
            if (found := self.names[kind].get(_plain(words))) is not None:
                self.at = end
                return found
        return None

    # -- words --

    def _word(self) -> str:
        return self.tokens[self.at][0] if self.at < len(self.tokens) else ""

    def _take(self, word: str) -> bool:
        taken = self._word().casefold() == word
        self.at += taken
        return taken

    def _must(self, word: str) -> None:
        self._one_of((word,))

    def _one_of(self, words: Iterable[str], also: str = "") -> str:
        word = self._word().casefold()
        if word not in words:
            expected = [f'"{one}"' for one in words]
            raise self._wrong(" or ".join([*expected, also] if also else expected), words)
        self.at += 1
        return word

    def _here(self, at: int) -> str:
        column = self.tokens[at][1] if at < len(self.tokens) else len(self.text) + 1
        place = f"line {self.line}, column {column}"
        return f"{self.where}: {place}" if self.where else place

    def _wrong(self, expected: str, known: Iterable[str] = (), at: int | None = None) -> ForecastError:
        at = self.at if at is None else at
        found = f"{self.tokens[at][0]!r}" if at < len(self.tokens) else "the end"
        close = close_matches(self.tokens[at][0], known) if at < len(self.tokens) else []
        return ForecastError(
            f"{self._here(at)}: expected {expected}, found {found}",
            remedy=f"did you mean {' or '.join(close)}?" if close else "see `satrap forecast ask --help`",
        )


@lru_cache(maxsize=1)
def _kinds() -> dict[str, tuple[str, ...]]:
    """Claim kinds by what they are called: each, and each family."""
    found: dict[str, tuple[str, ...]] = {}
    for kind, schema in kinds().items():
        if schema.family != kind:
            found[schema.family] = (*found.get(schema.family, ()), kind)
    return {**found, **{kind: (kind,) for kind in kinds()}}


def _events() -> dict[str, tuple[str, ...]]:
    """Those that can be asked to happen: of authority one asks whether it is lower or higher."""
    return {name: kinds for name, kinds in _kinds().items() if name != "authority"}


@lru_cache(maxsize=8)
def _names(pack: Pack) -> dict[EntityKind, dict[str, str]]:
    """Every name of an institution, place, person and post with its id; ids first, then safe names."""
    found: dict[EntityKind, dict[str, str]] = {
        EntityKind.INSTITUTION: {_plain(id): id for id in pack.institutions},
        EntityKind.PLACE: {_plain(id): id for id in pack.places},
        EntityKind.PERSON: {_plain(id): id for id in pack.people},
        EntityKind.POST: {_plain(id): id for id in pack.posts},
    }
    for entry in sorted(entries(pack), key=lambda one: one.ambiguous):
        if entry.kind in found:
            found[entry.kind].setdefault(_plain(entry.text), entry.entity)
    return found


def _plain(words: str) -> str:
    """Case, underscores and hyphens are alike: "party_committees" is "party committees"."""
    return re.sub(r"[\s_-]+", " ", words).strip().casefold()


def _day(text: str) -> date | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
