"""Where a ledger is kept: addresses, waiting for other writers, and words a person can act on."""

import gc
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from tests.ledger.conftest import claims_of, report

from satrap.errors import LedgerError
from satrap.ledger import Ledger
from satrap.ledger.projection import Projection
from satrap.ledger.store import Store, scratch


@pytest.mark.parametrize(
    ("where", "said"),
    [
        ("postgresql://min:secret@db/ledger", "holds a password.*PGPASSWORD"),
        ("mysql://min@db/ledger", "no ledger can be kept in mysql"),
        ("a ledger://somewhere", "cannot be read"),
    ],
)
def test_addresses_that_are_refused(where: str, said: str) -> None:
    with pytest.raises(LedgerError, match=said) as refused:
        Store(where)
    assert "secret" not in str(refused.value)


def test_a_file_is_named_by_path_or_url(tmp_path: Path) -> None:
    Ledger.create(tmp_path / "ledger.db")
    assert Ledger.open(f"sqlite:///{tmp_path}/ledger.db").head.size == 1


def test_a_server_that_does_not_answer_says_so_in_one_line() -> None:
    with pytest.raises(LedgerError) as refused:
        Ledger.open("postgresql://min@127.0.0.1:1/ledger")
    assert "check that the server runs" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_database_that_is_not_there_says_what_to_do(postgresql: str) -> None:
    with pytest.raises(LedgerError, match="createdb"):
        Ledger.open(f"{postgresql}/nowhere")


def test_writers_wait_for_each_other_and_lose_nothing(ledger: Ledger, where: Path | str) -> None:
    def write(name: str) -> None:
        mine = Ledger.open(where, name)
        for n in range(10):
            source = report(f"{name} on report {n} of the ministry.")
            mine.record(source, claims_of(source, 2), reader="rules", version="1")

    writers = [threading.Thread(target=write, args=(name,)) for name in ("min", "jun", "sol")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(ledger.claims()) == 60
    assert ledger.head.number == 31
    assert ledger.verify().fault is None


def test_a_failed_write_leaves_nothing_behind(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    source = report()
    before = ledger.head

    def struck(_: Projection) -> None:
        raise RuntimeError("struck")

    with monkeypatch.context() as patched:
        patched.setattr(Projection, "flush", struck)  # the entries, tiles and head are written by then
        with pytest.raises(RuntimeError, match="struck"):
            ledger.record(source, claims_of(source), reader="rules", version="1")
    assert ledger.head == before
    ledger.record(source, claims_of(source), reader="rules", version="1")
    assert ledger.verify().fault is None


def test_times_are_kept_to_the_microsecond_in_utc(where: Path | str) -> None:
    moment = datetime(2017, 6, 16, 1, 2, 3, 4, tzinfo=UTC)
    ledger = Ledger.create(where, clock=lambda: moment)
    source = report()
    ledger.record(source, claims_of(source), reader="rules", version="1")
    assert ledger.claims()[0].known_at == moment
    assert len(ledger.claims(known_at=moment)) == 1


def test_a_scratch_database_holds_no_statement_open() -> None:
    """Whenever Python collects what is no longer used: tables may be dropped at once."""
    gc.disable()
    try:
        with scratch() as connection:
            connection.exec_driver_sql("CREATE TABLE t (a)")
            connection.exec_driver_sql("DROP TABLE t")
    finally:
        gc.enable()
