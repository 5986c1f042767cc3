"""Whatever is asked, and however the index is walked, the claims given are those that a look at all finds."""

import random
from datetime import date, datetime
from pathlib import Path

import pytest
from tests.ledger.conftest import Clock, report

from satrap.claims import Argument, Claim, Quote, Reading, RecordedClaim, Source, SourceKind, Status, When
from satrap.ledger import Filters, Ledger, Recording, finding, schema
from satrap.ledger.terms import terms
from satrap.reports import Report

PLACES = ("KP-05", "KP-05-01", "KP-09")
BODIES = ("MSS", "MPS", "WPK")
DATES = (None, "2017-01-15", "2017-02", "2016-11-01/2017-03-01", "2016")


@pytest.fixture(autouse=True)
def _small_volumes_and_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "VOLUME", 4)
    monkeypatch.setattr(finding, "FETCH", 3)


def claim(source: Report, n: int, chance: random.Random) -> Claim:
    when = chance.choice(DATES)
    voice = Source(chance.choice((SourceKind.RESIDENT, SourceKind.OFFICIAL)))
    roles: dict[str, tuple[Argument, ...]] = {"holder": (Argument("a body", chance.choice(BODIES)),)}
    kind = chance.choice(("authority", "dismissal"))
    if kind == "dismissal":
        roles = {"person": (Argument("Kim", chance.choice(("kim", "gim"))),)}
    return Claim(
        report=source.hash,
        quote=Quote.at(source.text, 0, 4 + n),
        kind=kind,
        roles=roles,
        said_by=(Source(SourceKind.PUBLISHER, name=source.publisher), voice),
        reading=Reading("rules", "1", 1.0),
        when=When.parse(when) if when else None,
        places=(chance.choice(PLACES),),
    )


@pytest.fixture
def filled(where: Path | str, clock: Clock) -> tuple[Ledger, list[datetime]]:
    """A ledger of read, reread, accepted, corrected and rejected claims, and moments of its past."""
    ledger, chance, moments = Ledger.create(where, clock=clock), random.Random(5), []
    for number in range(12):
        source = report(f"Report {number} on the ministry.", f"2017-0{1 + number % 9}-10")
        claims = [claim(source, n, chance) for n in range(5)]
        again = [claims[0].clone(when=When.parse("2017-05")), *claims[2:]]
        ledger.record_many([Recording(source, tuple(claims), "rules", "1")])
        moments.append(clock())
        clock.advance(days=1)
        ledger.record_many([Recording(source, tuple(again), "rules", "2")])
        if number % 3 == 0:
            ledger.accept(claims[2].id)
            ledger.reject(claims[3].id, "not said")
            ledger.correct(claims[4].id, claims[4].clone(places=("KP-09",), when=When.parse("2017-06-02")))
        clock.advance(days=1)
    ledger.merge_entities("kim", ["gim"], "one spelling")
    return ledger, [*moments, clock()]


def first_day(one: RecordedClaim) -> date:
    told = one.claim.when.earliest if one.claim.when else one.published
    assert told is not None
    return told


def holds(one: RecordedClaim, as_of: date | None, by: Filters, kim: set[str]) -> bool:
    said, when = one.claim, one.claim.when
    found = terms(said, one.publisher)
    day = when.earliest if when else one.published
    body, place = by.get("institution"), by.get("place")
    wanted = [
        {f"office:{body}@{place}"} if body and place else {f"actor:{body}"} if body else {f"place:{place}"},
        {f"person:{name}" for name in kim},
        {f"kind:{by.get('kind')}"},
    ]
    given = (bool(body or place), "person" in by, "kind" in by)
    return (
        all(some & found for some, asked in zip(wanted, given, strict=True) if asked)
        and (as_of is None or day is None or day <= as_of)
        and ("possibly_on" not in by or (when is not None and when.possibly_on(by["possibly_on"])))
        and ("certainly_on" not in by or (when is not None and when.certainly_on(by["certainly_on"])))
        and ("status" not in by or one.status == by["status"])
        and ("reported_by" not in by or (one.published is not None and one.published <= by["reported_by"]))
    )


def test_an_answer_is_what_a_look_at_every_claim_finds(filled: tuple[Ledger, list[datetime]]) -> None:
    (ledger, moments), chance = filled, random.Random(11)
    choices: dict[str, tuple[object, ...]] = {
        "kind": ("authority", "dismissal"),
        "institution": BODIES,
        "place": ("KP", *PLACES),
        "person": ("kim",),
        "status": (Status.ACCEPTED, Status.READ),
        "possibly_on": (date(2017, 1, 15), date(2017, 2, 20)),
        "certainly_on": (date(2017, 1, 15), date(2017, 6, 2)),
        "reported_by": (date(2017, 4, 30),),
    }
    given = 0
    for _ in range(60):
        names = chance.sample(sorted(choices), chance.randrange(4))
        by = Filters(**{name: chance.choice(choices[name]) for name in names})  # type: ignore[typeddict-item]
        known_at = chance.choice(moments)
        as_of = chance.choice((None, date(2016, 12, 1), date(2017, 2, 10), date(2017, 7, 1)))
        kim = {"kim", "gim"} if known_at == moments[-1] else {"kim"}
        every = ledger.claims(known_at=known_at)
        right = [one for one in every if holds(one, as_of, by, kim)]
        at, size = chance.randrange(4), chance.randrange(1, 9)
        assert ledger.claims(known_at=known_at, as_of=as_of, **by) == right
        page = Filters(**by, offset=at, limit=size)  # type: ignore[typeddict-item]
        assert ledger.claims(known_at=known_at, as_of=as_of, **page) == right[at : at + size]
        newest = sorted(right, key=first_day, reverse=True)  # which keeps those of one day in their order
        assert ledger.timeline(known_at=known_at, as_of=as_of, **page) == newest[at : at + size]
        given += len(right)
    assert given > 200
