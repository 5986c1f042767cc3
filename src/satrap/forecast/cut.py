"""The cut: what was known at a moment, and nothing else; all that a forecaster is handed.

A cut is plain values. It holds no ledger, no folder and no function that could fetch more, and what it works
out (an estimate, a coverage) it works out from its own claims, for itself alone. So nothing that was told
after it can be reached through it; :func:`satrap.forecast.leakage.leaks` checks that.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

import msgspec

from satrap.accounts.fates import refuted
from satrap.accounts.said import Said, dated
from satrap.claims import RecordedClaim
from satrap.country import Pack
from satrap.country.model import Institution, Person, Tenure
from satrap.estimate import Coverage, Estimate, coverage, estimate

START = date(2008, 1, 1)  # of estimates


@dataclass(frozen=True, eq=False)
class Cut:
    """What was known at the end of ``day``; ``known_at`` is the moment of the record, None: as it is.

    ``claims`` are in order of record, ``pack`` is the country without what came to pass later. Make one with
    :func:`cut`.
    """

    day: date
    known_at: datetime | None
    claims: tuple[RecordedClaim, ...] = field(repr=False)
    pack: Pack = field(repr=False)
    start: date = START
    seed: int = 0

    @cached_property
    def digest(self) -> str:
        """SHA-256 (first 128 bits, hex) of the day and the claims: what a forecast from it was based on."""
        held = (self.day.isoformat(), sorted((one.id, one.story) for one in self.claims))
        return hashlib.sha256(msgspec.json.encode(held)).hexdigest()[:32]

    @cached_property
    def said(self) -> tuple[Said, ...]:
        """Claims about past and present with their days, without deaths that a later appearance refutes."""
        said = dated(self.claims)
        wrong = refuted(said, self.pack)
        return tuple(one for one in said if one.recorded.id not in wrong)

    @cached_property
    def _estimates(self) -> dict[date, Estimate]:
        return {}

    def estimate(self, until: date | None = None) -> Estimate:
        """Authority from the cut's claims to the end of the year after the cut's, or of ``until`` where that
        is later: weeks after the cut are the model's expectation. Made once for each year."""
        end = date(max((until or self.day).year, self.day.year + 1), 12, 31)
        if end not in self._estimates:
            self._estimates[end] = estimate(self.claims, self.pack, start=self.start, end=end, seed=self.seed)
        return self._estimates[end]

    @cached_property
    def coverage(self) -> Coverage:
        """How much is reported from where, up to the cut."""
        return coverage(self.claims, self.pack, start=self.start, end=self.day, seed=self.seed)


def cut(
    claims: Iterable[RecordedClaim],
    told: Mapping[str, date],
    pack: Pack,
    day: date,
    known_at: datetime | None = None,
) -> Cut:
    """The cut at the end of ``day``.

    A claim was known then if the ledger held it by that day, or its report had appeared: ``told`` gives, by
    the report's hash, the last day on which it can have appeared. ``claims`` should be those of the record at
    ``known_at``. A story is named after its first report in the cut, for the name it has may be that of a
    report still to come.
    """
    kept: list[RecordedClaim] = []
    names: dict[str, str] = {}
    for one in claims:
        appeared = told.get(one.claim.report)
        if one.known_at.date() <= day or (appeared is not None and appeared <= day):
            story = names.setdefault(one.story, one.claim.report)
            kept.append(msgspec.structs.replace(one, story=story))
    return Cut(day, known_at, tuple(kept), pack_at(pack, day, _named(kept)))


@dataclass(frozen=True, eq=False)
class Record:
    """All that was ever told, as of ``known_at`` (None: as the record is): it makes cuts, and forecasters are
    handed those alone. ``told`` is as for :func:`cut`."""

    claims: tuple[RecordedClaim, ...] = field(repr=False)
    told: Mapping[str, date] = field(repr=False)
    pack: Pack = field(repr=False)
    known_at: datetime | None = None

    def cut(self, day: date) -> Cut:
        return cut(self.claims, self.told, self.pack, day, self.known_at)


def pack_at(pack: Pack, day: date, named: Iterable[str] = ()) -> Pack:
    """The pack without what came to pass after ``day``: no later tenures, ends of tenures, fates, events,
    names and parents of institutions; of the people, those who had held a post by then or are ``named``.

    What a pack leaves undated (posts, ranks, groups, words of the language) stays.
    """
    tenures = tuple(kept for one in pack.tenures if (kept := _tenure_at(one, day)))
    known = {*named, *(one.person for one in tenures)}
    return replace(
        pack,
        tenures=tenures,
        institutions={id: _institution_at(one, day) for id, one in pack.institutions.items()},
        oversight=tuple(one for one in pack.oversight if one.start is None or one.start.earliest <= day),
        people={id: _without_note(one) for id, one in pack.people.items() if id in known},
    )


def _named(claims: Iterable[RecordedClaim]) -> set[str]:
    roles = (arguments for one in claims for arguments in one.claim.roles.values())
    return {argument.id for arguments in roles for argument in arguments if argument.id}


def _without_note(one: Person) -> Person:
    return one.model_copy(update={"note": "", "source": ""})


def _tenure_at(one: Tenure, day: date) -> Tenure | None:
    begun = one.start or one.seen or one.end
    if begun is not None and begun.earliest > day:
        return None
    if one.end is not None and one.end.latest > day:
        if one.start is None:
            return None  # known by its end alone
        return one.model_copy(update={"end": None, "fate": "", "note": "", "source": ""})
    return one


def _institution_at(one: Institution, day: date) -> Institution:
    return one.model_copy(
        update={
            "staff": tuple(figure for figure in one.staff if figure.date and figure.date.latest <= day),
            "events": tuple(event for event in one.events if event.date.latest <= day),
            "names": tuple(name for name in one.names if not name.start or name.start.earliest <= day),
            "parents": tuple(each for each in one.parents if not each.start or each.start.earliest <= day),
        }
    )
