import os
import signal
import subprocess
import sys
import textwrap
from datetime import date
from pathlib import Path

import pytest
from tests.ledger.conftest import Clock, Recorder, claims_of, report

from satrap.errors import LedgerError
from satrap.ledger import Ledger


def test_what_is_recorded_comes_back(ledger: Ledger, record: Recorder) -> None:
    source = report()
    assert record(source, claims_of(source, 3))
    recorded = ledger.claims()
    assert [r.claim for r in recorded] == claims_of(source, 3)
    assert {r.publisher for r in recorded} == {"Daily NK"}
    assert recorded[0].published == date(2017, 6, 15)
    assert ledger.reports() == {source.hash: source}


def test_reading_again_changes_nothing(ledger: Ledger, record: Recorder) -> None:
    source = report()
    record(source, claims_of(source, 3))
    before = ledger.verify()
    assert not record(source, claims_of(source, 3))
    assert ledger.verify() == before
    assert ledger.has_reading(source, reader="rules", version="1")
    assert not ledger.has_reading(source, reader="rules", version="2")


def test_a_better_reader_replaces_the_view_and_keeps_the_past(
    ledger: Ledger, record: Recorder, clock: Clock
) -> None:
    source = report()
    record(source, claims_of(source, 3))
    then = clock()
    clock.advance(days=1)
    ledger.record(source, claims_of(source, 1), reader="rules", version="2")
    assert len(ledger.claims()) == 1
    assert len(ledger.claims(known_at=then)) == 3


def test_known_at_hides_what_was_recorded_later(ledger: Ledger, record: Recorder, clock: Clock) -> None:
    first, second = report(), report("Another text, recorded later.")
    record(first, claims_of(first))
    then = clock()
    clock.advance(days=30)
    record(second, claims_of(second))
    assert {r.claim.report for r in ledger.claims(known_at=then)} == {first.hash}
    assert set(ledger.reports(known_at=then)) == {first.hash}


def test_as_of_hides_what_had_not_begun(ledger: Ledger, record: Recorder) -> None:
    source = report()
    record(source, claims_of(source, 1, when="2017-01"))
    assert ledger.claims(as_of=date(2016, 12, 31)) == []
    assert len(ledger.claims(as_of=date(2017, 1, 1))) == 1


def test_an_undated_claim_counts_from_publication(ledger: Ledger, record: Recorder) -> None:
    source = report()
    record(source, claims_of(source))
    assert ledger.claims(as_of=date(2017, 6, 14)) == []
    assert len(ledger.claims(as_of=date(2017, 6, 15))) == 1


def test_a_claim_that_two_rules_made_is_one_claim(ledger: Ledger, record: Recorder) -> None:
    source = report()
    record(source, claims_of(source) + claims_of(source))
    assert len(ledger.claims()) == 1


def test_a_quote_that_is_not_in_the_report_is_refused_and_nothing_is_written(ledger: Ledger) -> None:
    source, other = report(), report("Something else entirely.")
    before = ledger.root
    with pytest.raises(LedgerError, match="does not stand in the report"):
        ledger.record(source, claims_of(other), reader="rules", version="1")
    assert ledger.root == before


def test_reports_of_one_story_share_its_id(ledger: Ledger, record: Recorder, clock: Clock) -> None:
    first, second = report(), report("The same, rewritten by another.")
    for source in (first, second):
        record(source, claims_of(source))
    assert {r.story for r in ledger.claims()} == {first.hash, second.hash}
    then = clock()
    clock.advance(days=1)
    joined = {first.hash: (first.hash, "first"), second.hash: (first.hash, "same insider, same week")}
    assert ledger.join_stories(joined) == 1
    assert ledger.join_stories(joined) == 0, "joining again writes nothing"
    assert {r.story for r in ledger.claims()} == {first.hash}
    assert len({r.story for r in ledger.claims(known_at=then)}) == 2


def test_opening_what_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="satrap init"):
        Ledger.open(tmp_path / "ledger.db")


def test_opening_what_is_not_a_ledger_says_so(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(b"a shopping list, not a database" * 100)
    with pytest.raises(LedgerError, match=r"ledger\.db: file is not a database"):
        Ledger.open(path)


def test_a_new_ledger_never_overwrites_an_old_one(ledger: Ledger, where: Path | str) -> None:
    with pytest.raises(LedgerError, match="already"):
        Ledger.create(where)


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    Ledger.create(tmp_path / "ledger.db")
    assert (tmp_path / "ledger.db").stat().st_mode & 0o077 == 0


WRITER = textwrap.dedent("""
    import sys
    from pathlib import Path
    from satrap.ledger import Ledger
    from tests.ledger.conftest import claims_of, report

    ledger = Ledger.open(Path(sys.argv[1]))
    for n in range(10_000):
        source = report(f"Report number {n} on the ministry.")
        ledger.record(source, claims_of(source, 3), reader="rules", version="1")
        print(source.hash, flush=True)
""")


def test_a_writer_killed_half_way_loses_nothing_it_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    Ledger.create(path)
    root = Path(__file__).parents[2]
    for acknowledged_before_the_kill in (1, 7):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(path)],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(root)},
        )
        assert writer.stdout is not None
        acknowledged = [writer.stdout.readline().strip() for _ in range(acknowledged_before_the_kill)]
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        ledger = Ledger.open(path)
        assert ledger.verify().holds
        assert set(acknowledged) <= set(ledger.reports())
        per_report = [r.claim.report for r in ledger.claims()]
        assert all(per_report.count(digest) == 3 for digest in ledger.reports()), "no report is half recorded"
