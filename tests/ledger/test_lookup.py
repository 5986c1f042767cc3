import pytest
from tests.ledger.conftest import Clock, Recorder, claims_of, report

from satrap.claims import Status
from satrap.errors import LedgerError
from satrap.ledger import Ledger


def test_the_beginning_of_an_id_is_enough(ledger: Ledger, record: Recorder, clock: Clock) -> None:
    source = report()
    claim, other = claims_of(source, 2)
    record(source, [claim, other])
    then = clock()
    clock.advance(1)
    ledger.reject(claim.id, "misread")
    assert ledger.claim(claim.id[:8]).status == Status.REJECTED
    assert ledger.claim(claim.id, known_at=then).status == Status.READ
    assert ledger.report(source.hash[:8]) == source


def test_an_id_of_nothing_or_of_several_is_refused(ledger: Ledger, record: Recorder) -> None:
    texts = [f"The ministry lost case {n} to the party." for n in range(700)]
    reports = [report(text) for text in texts]
    for one in reports:
        record(one, claims_of(one))
    begun = [one.hash[:4] for one in reports]
    twice = next((one for one in begun if begun.count(one) > 1), None)
    assert twice is not None  # 700 of 65,536: fixed by the texts
    for wrong, said in (
        (twice, "give more digits"),
        ("0" * 64, "there is no report"),
        ("min", "is not the id"),
    ):
        with pytest.raises(LedgerError, match=said):
            ledger.report(wrong)
    for wrong, said in (("f" * 32, "there is no claim"), ("abc", "at least 4"), ("%___", "is not the id")):
        with pytest.raises(LedgerError, match=said):
            ledger.claim(wrong)
