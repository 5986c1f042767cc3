"""Who held which post from when to when, and what became of them: by claims alone.

"Began" is what claims about the beginning say; "first cited" is the first day by which any claim has the
person in the post, which is something else and never taken for it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import Self

from satrap.accounts.boundaries import Boundary, Window, boundary, window_of
from satrap.accounts.fates import name_of, refuted
from satrap.accounts.said import dated, takes_part
from satrap.accounts.seats import Seat, seat_of
from satrap.claims import Polarity, RecordedClaim, family
from satrap.country import Pack
from satrap.errors import UnknownNameError

BEGINNING = {"appointment", "promotion", "rehabilitation"}
ENDING = {"dismissal", "exile", "execution", "death", "arrest"}
"""Of who is dead, exiled or arrested nobody says that he is still in office. A demotion leaves it open."""


@dataclass(frozen=True)
class Spell:
    """One person in one seat. ``fate`` are the kinds of the claims that ended it; ``cited`` the other claims
    that have the person in the post, ``denied`` those that deny a beginning or an end, ``refuted`` those of a
    death that a later appearance settles: they end nothing.

    ``first_cited`` and ``last_cited`` are the days by which a claim first and last has the person in the
    post; ``institution`` is what it was called when first cited.
    """

    seat: Seat
    title: str
    institution: str
    person: str
    name: str
    first_cited: date
    last_cited: date
    began: Boundary | None
    ended: Boundary | None
    fate: tuple[str, ...]
    cited: tuple[str, ...]
    denied: tuple[str, ...]
    refuted: tuple[str, ...]


@dataclass(frozen=True)
class Between:
    """What lies between two holders of a seat that one person holds at a time: a "gap" or an "overlap" that
    the claims leave no way around, or a "possible gap", where it is not told when the later one began."""

    what: str
    first: date
    last: date
    before: str
    after: str


@dataclass(frozen=True)
class Event:
    """A claim that no spell takes up: of a holder without a name, or of a person outside any known post."""

    kind: str
    denied: bool
    earliest: date | None
    latest: date
    claim: str


@dataclass(frozen=True)
class Timeline:
    """Of a seat, or of a person: the spells in order, what lies between them, and what else is told."""

    subject: str
    spells: tuple[Spell, ...]
    between: tuple[Between, ...]
    events: tuple[Event, ...]


def timelines(claims: Iterable[RecordedClaim], pack: Pack, of: str) -> list[Timeline]:
    """As :meth:`Careers.timelines`, of one question."""
    return Careers.told(claims, pack).timelines(of)


@dataclass(frozen=True, eq=False)
class Careers:
    """What became of people, by claims that were taken in once for any number of questions."""

    windows: Sequence[Window]
    pack: Pack

    @classmethod
    def told(cls, claims: Iterable[RecordedClaim], pack: Pack) -> Self:
        """By those of the claims that are about people."""
        return cls(_told(claims, pack), pack)

    def timelines(self, of: str) -> list[Timeline]:
        """Of a person, a post, or the leading post of an institution, by its id in the pack or its name.

        A post that exists at several places has a timeline for each, all others have one. Raises
        UnknownNameError where the pack knows nothing of that name.
        """
        pack, wanted = self.pack, of.casefold()
        for person in pack.people.values():
            names = (
                person.id,
                person.name,
                *(term.text for terms in person.terms.values() for term in terms),
            )
            if wanted in map(str.casefold, names):
                return [self._of_person(person.id)]
        for post in pack.posts.values():
            titles = (post.id, *(term.text for terms in post.titles.values() for term in terms))
            if wanted in map(str.casefold, titles):
                return self._of_post(post.id)
        for institution in pack.institutions.values():
            head = pack.head_post(institution.id)
            if head and wanted in map(str.casefold, (institution.id, institution.name)):
                return self._of_post(head.id)
        raise UnknownNameError("post or person", of, [*pack.posts, *pack.people])

    @cached_property
    def spells(self) -> Mapping[str, Sequence[Spell]]:
        """By person."""
        return {person: _spells(person, about, self.pack) for person, about in self._by_person.items()}

    @cached_property
    def _by_person(self) -> dict[str, list[Window]]:
        return _by_person(self.windows, self.pack)

    @cached_property
    def _unnamed(self) -> list[tuple[Window, Seat | None]]:
        unnamed = (one for one in self.windows if _is_unnamed(one, self.pack))
        return [(one, seat_of(one.recorded.claim, self.pack)) for one in unnamed]

    def _of_post(self, post: str) -> list[Timeline]:
        spells = [one for each in self.spells.values() for one in each if one.seat.post == post]
        unnamed = [(one, seat) for one, seat in self._unnamed if seat and seat.post == post]
        seats = {one.seat for one in spells} | {seat for _, seat in unnamed} | {Seat(post)}
        made = []
        for seat in sorted(seats, key=lambda one: one.place or ""):
            here = sorted((one for one in spells if one.seat == seat), key=_order)
            events = [_event(one) for one, at in unnamed if at == seat]
            between = _between(here) if seat.is_single(self.pack) else ()
            made.append(Timeline(seat.title(self.pack), tuple(here), between, tuple(events)))
        empty = [one for one in made if not one.spells and not one.events]
        return [one for one in made if one not in empty] or made[:1]

    def _of_person(self, person: str) -> Timeline:
        """A person's spells in every post, and all else that is told of what became of them."""
        spells = sorted(self.spells.get(person, ()), key=_order)
        taken = {
            id
            for spell in spells
            for ids in (
                spell.began.claims if spell.began else (),
                spell.ended.claims if spell.ended else (),
                spell.cited,
                spell.denied,
                spell.refuted,
            )
            for id in ids
        }
        events = tuple(_event(one) for one in self._by_person.get(person, ()) if one.id not in taken)
        return Timeline(name_of(person, self.pack), tuple(spells), (), events)


def _told(claims: Iterable[RecordedClaim], pack: Pack) -> list[Window]:
    """Claims about what became of people, by when it had happened."""
    part = [one for one in claims if family(one.claim.kind) == "personnel" and takes_part(one)]
    wrong = refuted(dated(part), pack)
    found = [window for one in part if (window := window_of(one, refuted=one.id in wrong))]
    return sorted(found, key=lambda one: (one.latest, one.recorded.claim.quote.exact, one.id))


def _persons(one: Window) -> set[str | None]:
    return {argument.id for argument in one.recorded.claim.arguments("person")}


def _by_person(told: Sequence[Window], pack: Pack) -> dict[str, list[Window]]:
    found: dict[str, list[Window]] = {}
    for one in told:
        for id in sorted(id for id in _persons(one) if id is not None and id in pack.people):
            found.setdefault(id, []).append(one)
    return found


def _is_unnamed(one: Window, pack: Pack) -> bool:
    return not any(id in pack.people for id in _persons(one) if id is not None)


def _event(one: Window) -> Event:
    return Event(one.kind, _denied(one), one.earliest, one.latest, one.id)


def _denied(one: Window) -> bool:
    return one.recorded.claim.polarity is Polarity.DENIED


@dataclass
class _Open:
    """A spell while claims are taken in, oldest first."""

    seat: Seat
    beginning: list[Window] = field(default_factory=list)
    ending: list[Window] = field(default_factory=list)
    cited: list[Window] = field(default_factory=list)
    denied: list[Window] = field(default_factory=list)
    refuted: list[Window] = field(default_factory=list)
    _ended: Boundary | None = None  # of ``ending``, once it was asked for

    @property
    def held(self) -> list[Window]:
        return [*self.beginning, *self.cited, *self.refuted]

    def end(self, one: Window) -> None:
        self.ending.append(one)
        self._ended = None

    def is_over_before(self, one: Window) -> bool:
        """Whether what a claim tells came after the end: then it is of another spell."""
        if one.earliest is None:
            return False
        if self._ended is None:
            self._ended = boundary(self.ending)
        return self._ended is not None and one.earliest > self._ended.latest


def _spells(person: str, about: Sequence[Window], pack: Pack) -> list[Spell]:
    opened: list[_Open] = []
    seated = [(one, seat) for one in about if (seat := seat_of(one.recorded.claim, pack)) is not None]
    for one, seat in seated:
        if _ends(one):
            _end(one, seat, opened)
        else:
            _hold(one, seat, opened)
    began = [(spell, min(each.latest for each in spell.held)) for spell in opened if spell.held]
    for one in about:
        if _ends(one) and seat_of(one.recorded.claim, pack) is None:
            _end_unnamed(one, began)
    return [_finished(one, person, pack) for one in opened if one.held or one.ending]


def _ends(one: Window) -> bool:
    return one.kind in ENDING and not _denied(one) and not one.refuted


def _hold(one: Window, seat: Seat, opened: list[_Open]) -> None:
    here = [spell for spell in opened if spell.seat == seat]
    if here and not here[-1].is_over_before(one):
        spell = here[-1]
    else:
        spell = _Open(seat)
        opened.append(spell)
    if _denied(one):
        spell.denied.append(one)
    elif one.refuted:
        spell.refuted.append(one)
    elif one.kind in BEGINNING:
        spell.beginning.append(one)
    else:
        spell.cited.append(one)


def _end(one: Window, seat: Seat, opened: list[_Open]) -> None:
    here = [spell for spell in opened if spell.seat == seat]
    if not here:
        here = [_Open(seat)]
        opened += here
    here[-1].end(one)


def _end_unnamed(one: Window, began: Sequence[tuple[_Open, date]]) -> None:
    """An end that does not say of which post: of the only one that may have been held then, or, for the dead,
    of all. ``began`` are the spells that were held, with the day by which they had begun."""
    may = [
        spell
        for spell, first in began
        if first <= one.latest
        and not spell.is_over_before(one)
        and (not spell.ending or one.earliest is not None)
    ]
    if len(may) == 1 or one.kind in {"execution", "death"}:
        for spell in may:
            spell.end(one)


def _finished(one: _Open, person: str, pack: Pack) -> Spell:
    first = min(each.latest for each in (*one.held, *one.ending))
    last = max((each.latest for each in one.held), default=first)
    ended = sorted(one.ending, key=lambda each: (each.latest, each.kind))
    return Spell(
        seat=one.seat,
        title=one.seat.title(pack),
        institution=one.seat.institution(pack, first),
        person=person,
        name=name_of(person, pack),
        first_cited=first,
        last_cited=last,
        began=boundary(one.beginning),
        ended=boundary(one.ending),
        fate=tuple(dict.fromkeys(each.kind for each in ended)),
        cited=tuple(each.id for each in one.cited),
        denied=tuple(each.id for each in one.denied),
        refuted=tuple(each.id for each in one.refuted),
    )


def _order(spell: Spell) -> tuple[date, date, str]:
    began = spell.began.latest if spell.began else spell.first_cited
    return began, spell.last_cited, spell.person


def _between(spells: Sequence[Spell]) -> tuple[Between, ...]:
    """What must, or may, lie between each holder and the next."""
    found = []
    for before, after in pairwise(spells):
        if before.person == after.person:
            continue
        held_until = before.ended.earliest if before.ended else None
        held_until = max(before.last_cited, held_until or before.last_cited)
        begun = after.began.earliest if after.began else None
        if after.first_cited < held_until:
            found.append(Between("overlap", after.first_cited, held_until, before.name, after.name))
        elif before.ended and begun is not None and before.ended.latest < begun:
            found.append(Between("gap", before.ended.latest, begun, before.name, after.name))
        elif before.ended and begun is None and before.ended.latest < after.first_cited:
            gap = ("possible gap", before.ended.latest, after.first_cited)
            found.append(Between(*gap, before.name, after.name))
    return tuple(found)
