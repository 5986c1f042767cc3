"""Which claims a question gives, on both clocks and by every filter."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.ledger.conftest import Clock, claims_of, report

from satrap.claims import Argument, Claim, Quote, Reading, Source, SourceKind, When
from satrap.ledger import Filters, Ledger, Recording
from satrap.ledger.terms import within
from satrap.reports import Report


def claim(source: Report, n: int, **changes: object) -> Claim:
    fields: dict[str, object] = {
        "report": source.hash,
        "quote": Quote.at(source.text, 0, 4 + n),
        "kind": "authority",
        "roles": {"holder": (Argument("Ministry of State Security", "MSS"),)},
        "said_by": (Source(SourceKind.PUBLISHER, name=source.publisher),),
        "reading": Reading("rules", "1", 1.0),
    }
    return Claim(**{**fields, **changes})  # type: ignore[arg-type]


@pytest.fixture
def stocked(ledger: Ledger) -> Ledger:
    """Six claims in two reports; the quote of each is one character longer than the one before."""
    first, second = report(), report("Another text on the ministry.", "2017-08-01")
    person = (Argument("Kim Won Hong", "kim-won-hong"),)
    resident = (Source(SourceKind.PUBLISHER, name="Daily NK"), Source(SourceKind.RESIDENT, place="KP-09"))
    ledger.record_many(
        [
            Recording(
                first,
                (
                    claim(first, 0, when=When.parse("2017-01"), places=("KP-05",)),
                    claim(first, 1, when=When.parse("2017-01-10/2017-01-20"), places=("KP-05-01",)),
                    claim(
                        first, 2, kind="dismissal", roles={"person": person}, when=When.parse("2017-02-03")
                    ),
                ),
                "rules",
                "1",
            ),
            Recording(
                second,
                (
                    claim(second, 3, said_by=resident),
                    claim(second, 4, roles={"holder": (Argument("police", "MPS", places=("KP-05",)),)}),
                    claim(second, 5, kind="dismissal", roles={"person": (Argument("Ri B"),)}),
                ),
                "rules",
                "1",
            ),
        ]
    )
    return ledger


def given_by(ledger: Ledger, filters: Filters) -> list[int]:
    return [one.claim.quote.end - 4 for one in ledger.claims(**filters)]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, [0, 1, 2, 3, 4, 5]),
        ({"kind": "dismissal"}, [2, 5]),
        ({"institution": "MSS"}, [0, 1, 3]),
        ({"place": "KP-05"}, [0, 1, 4]),
        ({"place": "KP-05-01"}, [1]),
        ({"place": "KP-0"}, []),
        ({"place": "KP"}, [0, 1, 4]),
        ({"institution": "MSS", "place": "KP-05"}, [0, 1]),
        ({"institution": "MPS", "place": "KP-05", "kind": "authority"}, [4]),
        ({"person": "kim-won-hong"}, [2]),
        ({"person": "Ri B"}, [5]),
        ({"source_kind": "resident"}, [3]),
        ({"publisher": "Daily NK", "kind": "dismissal"}, [2, 5]),
        ({"publisher": "RFA"}, []),
        ({"report": report().hash}, [0, 1, 2]),
        ({"story": report().hash}, [0, 1, 2]),
        ({"possibly_on": date(2017, 1, 15)}, [0, 1]),
        ({"certainly_on": date(2017, 1, 15)}, [1]),
        ({"certainly_on": date(2017, 2, 3)}, [2]),
        ({"reported_by": date(2017, 7, 1)}, [0, 1, 2]),
        ({"limit": 2}, [0, 1]),
        ({"limit": 2, "offset": 3}, [3, 4]),
        ({"offset": 4}, [4, 5]),
        ({"kind": "authority", "institution": "MSS", "limit": 1, "offset": 1}, [1]),
    ],
)
def test_filters(stocked: Ledger, filters: Filters, expected: list[int]) -> None:
    assert given_by(stocked, filters) == expected


def test_pages_follow_each_other_without_gap_or_overlap(stocked: Ledger) -> None:
    seen, after = [], 0
    while page := stocked.claims(limit=2, after=after, institution="MSS"):
        seen += [one.id for one in page]
        after = page[-1].position
    assert seen == [one.id for one in stocked.claims(institution="MSS")]


def test_as_of_keeps_what_may_have_begun_and_what_had_been_told(stocked: Ledger) -> None:
    def as_of(day: date) -> list[int]:
        return [one.claim.quote.end - 4 for one in stocked.claims(as_of=day)]

    assert as_of(date(2016, 12, 31)) == []
    assert as_of(date(2017, 1, 1)) == [0]
    assert as_of(date(2017, 1, 31)) == [0, 1]
    assert as_of(date(2017, 7, 31)) == [0, 1, 2]
    assert as_of(date(2017, 8, 1)) == [0, 1, 2, 3, 4, 5]


def test_a_timeline_begins_with_the_newest(stocked: Ledger) -> None:
    given = stocked.timeline(institution="MSS", limit=2)
    assert [one.claim.quote.end - 4 for one in given] == [3, 1]
    assert [one.claim.quote.end - 4 for one in stocked.timeline(as_of=date(2017, 2, 28))] == [2, 1, 0]


def test_streaming_gives_one_moment_however_long_it_takes(stocked: Ledger, clock: Clock) -> None:
    stream = stocked.stream()
    first = next(stream)
    late = report("A third text, recorded meanwhile.")
    stocked.by("min").record(late, claims_of(late), reader="rules", version="1")
    assert len([first, *stream]) == 6
    assert len(stocked.claims()) == 7


def test_an_empty_past_has_no_claims(stocked: Ledger, clock: Clock) -> None:
    clock.advance(days=-1000)
    assert stocked.claims(known_at=clock()) == []
    assert stocked.reports(known_at=clock()) == {}


@given(st.lists(st.text("ABC01", min_size=1, max_size=3), min_size=1, max_size=4))
def test_a_place_lies_in_all_that_its_code_begins_with(parts: list[str]) -> None:
    assert sorted(within("-".join(parts)), key=len) == ["-".join(parts[: n + 1]) for n in range(len(parts))]
