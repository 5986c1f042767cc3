import pytest
from tests.ledger.conftest import Recorder, claims_of, report

from satrap.claims import Certainty, Claim
from satrap.ledger import Act, Ledger


@pytest.fixture
def read(record: Recorder) -> list[Claim]:
    source = report()
    claims = claims_of(source, 3)
    record(source, claims)
    return claims


def test_nothing_reviewed_no_acts(ledger: Ledger, read: list[Claim]) -> None:
    assert ledger.acts() == []


def test_acts_stand_beside_what_was_read_in_order(ledger: Ledger, read: list[Claim]) -> None:
    one, two, three = read
    doubtful = two.clone(certainty=Certainty.DOUBTFUL)
    min, jo = ledger.by("min"), ledger.by("jo")
    seqs = [min.accept(one.id), min.correct(two.id, doubtful), jo.accept(two.id), jo.reject(three.id, "no")]
    assert ledger.acts() == [
        Act(one.id, "min", seqs[0], one, one),
        Act(two.id, "min", seqs[1], two, doubtful),
        Act(two.id, "jo", seqs[2], two, doubtful),  # who accepts, accepts what the claim says then
        Act(three.id, "jo", seqs[3], three, None),
    ]


def test_an_act_is_held_against_the_reading_before_it(ledger: Ledger, read: list[Claim]) -> None:
    probable = read[0].clone(certainty=Certainty.PROBABLE)
    ledger.record(report(), [probable, *read[1:]], reader="rules", version="2")
    ledger.accept(probable.id)
    [act] = ledger.acts()
    assert act.read.certainty == Certainty.PROBABLE
