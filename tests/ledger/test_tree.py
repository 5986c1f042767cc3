import msgspec
import pytest
from tests.ledger.conftest import Clock, Recorder, claims_of, report

from satrap.errors import LedgerError
from satrap.ledger import Ledger, Recording


@pytest.fixture
def long_ledger(ledger: Ledger) -> Ledger:
    """Some 700 entries: two tiles and a rest, in many writes."""
    for batch in range(7):
        ledger.record_many(
            Recording(
                source := report(f"Report {batch}-{n} on the ministry."),
                tuple(claims_of(source, 3)),
                "r",
                "1",
            )
            for n in range(20)
        )
    return ledger


def test_every_entry_is_proved_and_no_proof_serves_for_another(long_ledger: Ledger) -> None:
    size = long_ledger.head.size
    for seq in {1, 2, 255, 256, 257, 512, size - 1, size}:
        proof = long_ledger.prove(seq)
        assert proof.holds()
        assert proof.root == long_ledger.root
        assert not msgspec.structs.replace(proof, seq=seq % size + 1).holds()


def test_a_claim_is_proved_by_its_id(ledger: Ledger, record: Recorder) -> None:
    source = report()
    record(source, claims_of(source))
    proof = ledger.prove(claims_of(source)[0].id)
    assert (proof.seq, proof.holds()) == (3, True)


def test_the_ledger_extends_every_earlier_size(long_ledger: Ledger) -> None:
    size = long_ledger.head.size
    for old in {1, 255, 256, 300, 512, 513, size}:
        proof = long_ledger.consistency(old)
        assert proof.holds()
        assert proof.root == long_ledger.root


def test_what_is_not_there_is_not_proved(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="no entry 2"):
        ledger.prove(2)
    with pytest.raises(LedgerError, match="no claim"):
        ledger.prove("f" * 32)
    with pytest.raises(LedgerError, match="never had 5"):
        ledger.consistency(5)


def test_another_handle_goes_on_where_the_first_left_off(
    long_ledger: Ledger, record: Recorder, clock: Clock
) -> None:
    other = long_ledger.by("min")
    for n in range(3):
        for handle in (long_ledger, other):
            handle.annotate("KP-05", f"note {n}")
    assert long_ledger.verify().fault is None
    assert [one.author for one in long_ledger.entries(subject="KP-05")] == ["satrap", "min"] * 3


def test_roots_printed_earlier_are_known_and_others_are_not(ledger: Ledger, record: Recorder) -> None:
    before, size = ledger.root, ledger.head.size
    source = report()
    record(source, claims_of(source))
    assert ledger.contains(before)
    assert ledger.had(size, before)
    assert not ledger.had(size + 1, before)
    assert not ledger.contains("00" * 32)
    assert not ledger.contains("no hash")


def test_time_never_goes_back_even_where_the_clock_does(
    ledger: Ledger, record: Recorder, clock: Clock
) -> None:
    clock.advance(days=10)
    first, second = report(), report("Another text, recorded later.")
    record(first, claims_of(first))
    clock.advance(days=-5)
    record(second, claims_of(second))
    assert len({one.known_at for one in ledger.claims()}) == 1
    assert ledger.verify().holds
