import pytest
from tests.ledger.conftest import Recorder, claims_of, report

from satrap.errors import LedgerError
from satrap.ledger import Ledger
from satrap.reports import Placement, Report


@pytest.fixture
def told(ledger: Ledger, record: Recorder) -> list[Report]:
    """Three reports that the grouping has put into one story."""
    made = [report(text) for text in ("The head fell.", "The chief was removed.", "Its head is out.")]
    for one in made:
        record(one, claims_of(one))
    ledger.join_stories({one.hash: (made[0].hash, "alike") for one in made})
    return made


def test_what_the_grouping_says_is_nobodys_decision(ledger: Ledger, told: list[Report]) -> None:
    assert ledger.placements() == []


def test_a_split_remembers_from_which_reports(ledger: Ledger, told: list[Report]) -> None:
    first, second, third = (one.hash for one in told)
    seq = ledger.split_story(first, "another insider")
    ledger.join_stories({second: (second, "renamed"), third: (second, "renamed")})
    assert ledger.placements() == [
        Placement(first, f"{first}~{seq}", apart=True, others=frozenset({second, third}))
    ]


def test_the_last_decision_on_a_report_counts(ledger: Ledger, told: list[Report]) -> None:
    first, second, third = (one.hash for one in told)
    ledger.split_story(third, "another insider")
    ledger.split_story(second, "another place")
    ledger.join_story(third, first, "the same after all")
    [split, joined] = ledger.placements()
    assert (split.report, split.apart) == (second, True)
    assert joined == Placement(third, first, apart=False, others=frozenset({first}))


def test_no_grouping_moves_what_a_person_joined(ledger: Ledger, told: list[Report], record: Recorder) -> None:
    other = report("Prices of corn rose.")
    record(other, claims_of(other))
    ledger.join_story(other.hash, told[0].hash, "one interview")
    assert ledger.join_stories({other.hash: (other.hash, "")}) == 0
    assert ledger.stories()[other.hash] == told[0].hash


def test_what_was_told_alone_cannot_be_told_apart(ledger: Ledger, told: list[Report]) -> None:
    ledger.split_story(told[1].hash, "another place")
    with pytest.raises(LedgerError, match="story of its own"):
        ledger.split_story(told[1].hash, "again")
    ledger.join_stories({told[2].hash: (ledger.stories()[told[1].hash], "alike")})
    ledger.split_story(told[2].hash, "not that one either")
    assert len({one.story for one in ledger.claims()}) == 3
