from datetime import date

import msgspec
import pytest
from tests.ledger.conftest import Clock, Recorder, claims_of, report

from satrap.claims import Certainty, Claim, Status, When
from satrap.errors import LedgerError
from satrap.ledger import EntryKind, Ledger
from satrap.ledger.bodies import EstimatePublished
from satrap.reports import Report


@pytest.fixture
def source(record: Recorder) -> Report:
    made = report()
    record(made, claims_of(made, 2))
    return made


@pytest.fixture
def first(source: Report) -> Claim:
    return claims_of(source)[0]


def statuses(ledger: Ledger) -> list[Status]:
    return [one.status for one in ledger.claims()]


def test_an_accepted_claim_says_so_from_then_on(ledger: Ledger, first: Claim, clock: Clock) -> None:
    then = clock()
    clock.advance(days=1)
    seq = ledger.by("min").accept(first.id, note="as printed")
    now = ledger.claims()
    assert [(one.status, one.claim.status) for one in now] == [(Status.ACCEPTED,) * 2, (Status.READ,) * 2]
    assert (now[0].version, now[0].position) == (seq, 3)
    assert [one.status for one in ledger.claims(known_at=then)] == [Status.READ] * 2
    assert [one.id for one in ledger.claims(status=Status.ACCEPTED)] == [first.id]
    [entry] = ledger.entries(kind=EntryKind.CLAIM_ACCEPTED)
    assert (entry.author, msgspec.json.decode(entry.body)["note"]) == ("min", "as printed")


def test_a_rejected_claim_is_there_for_who_asks_for_it(ledger: Ledger, first: Claim) -> None:
    ledger.reject(first.id, "the report says the opposite")
    assert statuses(ledger) == [Status.READ]
    assert [one.id for one in ledger.claims(status=Status.REJECTED)] == [first.id]
    ledger.accept(first.id)
    assert statuses(ledger) == [Status.ACCEPTED, Status.READ]


def test_a_correction_keeps_the_id_and_the_past(ledger: Ledger, first: Claim, clock: Clock) -> None:
    then = clock()
    clock.advance(days=1)
    corrected = first.clone(kind="capacity", certainty=Certainty.DOUBTFUL, when=When.parse("2017-03"))
    ledger.correct(first.id, corrected, note="it is about capacity")
    one = ledger.claims()[0]
    assert (one.id, one.status) == (first.id, Status.CORRECTED)
    assert one.claim == corrected.clone(status=Status.CORRECTED)
    assert [two.id for two in ledger.claims(kind="capacity")] == [first.id]
    assert first.id not in {two.id for two in ledger.claims(kind="authority")}
    assert ledger.claims(known_at=then)[0].claim == first
    assert {two.id for two in ledger.claims(kind="authority", known_at=then)} >= {first.id}
    [entry] = ledger.entries(kind=EntryKind.CLAIM_CORRECTED)
    assert msgspec.json.decode(entry.body)["fields"] == ["kind", "certainty", "when"]
    assert ledger.verify().fault is None


def test_what_people_decided_outlasts_a_newer_reading(ledger: Ledger, source: Report, first: Claim) -> None:
    second = claims_of(source, 2)[1]
    ledger.reject(first.id, "misread")
    corrected = second.clone(certainty=Certainty.PROBABLE)
    ledger.correct(second.id, corrected)
    ledger.record(source, [first, second], reader="rules", version="2")
    assert [one.claim.certainty for one in ledger.claims()] == [Certainty.PROBABLE]
    ledger.record(source, [], reader="rules", version="3")
    assert [one.id for one in ledger.claims()] == [second.id], "no reading drops a corrected claim"
    assert ledger.verify().fault is None


def test_a_reading_may_bring_back_what_an_earlier_one_dropped(
    ledger: Ledger, source: Report, clock: Clock
) -> None:
    moments = []
    for version, count in (("2", 1), ("3", 2)):
        moments.append(clock())
        clock.advance(days=1)
        ledger.record(source, claims_of(source, count), reader="rules", version=version)
    assert [len(ledger.claims(known_at=moment)) for moment in (*moments, None)] == [2, 1, 2]
    assert ledger.verify().fault is None


def test_a_reading_that_says_something_else_of_a_claim_replaces_it(
    ledger: Ledger, source: Report, first: Claim, clock: Clock
) -> None:
    then = clock()
    clock.advance(days=1)
    dated = first.clone(when=When.parse("2016-05"))
    assert dated.id == first.id
    ledger.record(source, [dated], reader="rules", version="2")
    assert [one.claim.when for one in ledger.claims()] == [dated.when]
    assert ledger.claims(as_of=date(2016, 4, 30)) == []
    assert [one.claim.when for one in ledger.claims(known_at=then)] == [None, None]


@pytest.mark.parametrize(
    ("decide", "said"),
    [
        (lambda ledger, _: ledger.accept("f" * 32), "no claim"),
        (lambda ledger, one: ledger.reject(one.id, " "), "needs its reason"),
        (lambda ledger, one: ledger.correct(one.id, one), "says so already"),
        (
            lambda ledger, one: ledger.correct(one.id, one.clone(report="0" * 64)),
            "does not stand in its report",
        ),
        (lambda ledger, one: ledger.annotate(one.id, ""), "needs words"),
        (lambda ledger, one: ledger.split_story(one.report, "no"), "story of its own"),
        (lambda ledger, one: ledger.join_story("0" * 64, one.report, "x"), "no report"),
        (lambda ledger, _: ledger.merge_entities("a", ["a"], "x"), "into itself"),
        (lambda ledger, _: ledger.merge_entities("a", [], "x"), "into itself"),
        (lambda ledger, _: ledger.unmerge_entities("a", ["b"], "x"), "not merged"),
        (lambda ledger, _: ledger.register(EntryKind.CLAIM_READ, {}), "not registered"),
    ],
)
def test_a_decision_that_makes_no_sense_writes_nothing(
    ledger: Ledger, first: Claim, decide: object, said: str
) -> None:
    root = ledger.root
    assert callable(decide)
    with pytest.raises(LedgerError, match=said):
        decide(ledger, first)
    assert ledger.root == root


def test_notes_are_found_with_what_they_are_about(ledger: Ledger, source: Report, first: Claim) -> None:
    ledger.annotate(first.id, "ask the desk")
    ledger.annotate(source.hash, "also in Korean")
    assert [one.kind for one in ledger.entries(subject=first.id)] == [
        EntryKind.CLAIM_READ,
        EntryKind.NOTE_ADDED,
    ]
    assert [one.kind for one in ledger.entries(subject=source.hash)] == [
        EntryKind.REPORT_ADDED,
        EntryKind.REPORT_READ,
        EntryKind.NOTE_ADDED,
    ]


def test_a_report_told_apart_stays_apart_until_a_person_joins_it(
    ledger: Ledger, source: Report, record: Recorder, clock: Clock
) -> None:
    other = report("The same, rewritten by another.")
    record(other, claims_of(other))
    joined = {source.hash: (source.hash, "first"), other.hash: (source.hash, "same words")}
    ledger.join_stories(joined)
    assert {one.claim.report for one in ledger.claims(story=source.hash)} == {source.hash, other.hash}
    then = clock()
    clock.advance(days=1)
    for apart in (source, other):  # the one the story is named after, too
        ledger.split_story(apart.hash, "another insider")
        assert len({one.story for one in ledger.claims()}) == 2
        assert ledger.join_stories(joined) == 0
        ledger.join_story(apart.hash, source.hash, "the same after all")
        assert len({one.story for one in ledger.claims()}) == 1
    assert {one.story for one in ledger.claims(known_at=then)} == {source.hash}
    assert ledger.verify().fault is None


def test_merged_entities_are_asked_for_by_any_name_they_go_by_and_taken_apart_again(
    ledger: Ledger, first: Claim, clock: Clock
) -> None:
    def found(id: str) -> int:
        return len(ledger.claims(institution=id))

    assert (found("MSS"), found("SSD"), found("NSA")) == (2, 0, 0)
    then = clock()
    clock.advance(days=1)
    ledger.merge_entities("SSD", ["MSS"], "renamed in 1993")
    ledger.merge_entities("NSA", ["SSD"], "translated otherwise")
    assert (found("SSD"), found("NSA")) == (2, 2)
    assert ledger.merges() == {"MSS": "SSD", "SSD": "NSA"}
    assert ledger.merges(known_at=then) == {}
    with pytest.raises(LedgerError, match="into itself"):
        ledger.merge_entities("MSS", ["NSA"], "a circle")
    with pytest.raises(LedgerError, match="unmerge it first"):
        ledger.merge_entities("X", ["MSS"], "again")
    ledger.unmerge_entities("SSD", ["MSS"], "two bodies")
    assert (found("MSS"), found("SSD"), found("NSA")) == (2, 0, 0)
    assert ledger.verify().fault is None


def test_forecasts_and_estimates_are_sealed_as_they_are(ledger: Ledger) -> None:
    forecast = {"question": "head dismissed by 2017-12-31", "probability": 0.3}
    ledger.register(EntryKind.FORECAST_REGISTERED, forecast)
    published = EstimatePublished(ledger.root, "authority 1", "ab" * 32)
    ledger.register(EntryKind.ESTIMATE_PUBLISHED, published)
    bodies = [msgspec.json.decode(one.body) for one in ledger.entries(after=1)]
    assert bodies == [forecast, msgspec.structs.asdict(published)]
    with pytest.raises(msgspec.ValidationError):
        ledger.register(EntryKind.ESTIMATE_PUBLISHED, {"cut": 1})
