"""The bars of the ledger: writing, asking, checking, streaming and exporting at a million claims.

    python -m benchmarks.ledger          # SATRAP_CLAIMS=100000 for a smaller ledger

The ledger is made once in a temporary folder. Times are by the clock, as durability is; what else the
machine did meanwhile is in the notes. Rows of `make soak` in the same file stay.
"""

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import apsw
from tests.ledger import postgres

from benchmarks.ledger_world import World
from benchmarks.rows import ROOT, Row, show, suites, write
from satrap.country import load_pack
from satrap.exchange import Context, export
from satrap.ledger import Ledger, Recording
from satrap.ledger.store import PRAGMAS
from satrap.protect.exposure import expose
from satrap.reports import Report

COMMAND = "make bench-ledger"
SOAK = "ledger.soak."  # rows that another command measures
CLAIMS = int(os.environ.get("SATRAP_CLAIMS", "1000000"))
PER_REPORT = 10.5  # claims, with those of second readings
ON_POSTGRESQL = CLAIMS // 10
APPENDS = 2000
QUESTIONS = 300
COLD = 30
EXPORTED = 20_000
SPAN = timedelta(days=400)  # over which the ledger is written, by its own clock
PACK = load_pack("kp")


class Clock:
    """A day passes with every so many looks, so that there is a past to ask about."""

    def __init__(self) -> None:
        self.time = datetime(2024, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(hours=1)
        return self.time


def main() -> None:
    began = time.perf_counter()
    folder = Path(tempfile.mkdtemp(prefix="satrap-bench-"))
    try:
        rows = [*durable(folder), *sqlite(folder), *postgresql()]
    finally:
        shutil.rmtree(folder)
    rows.append(row("bench.seconds", time.perf_counter() - began, 600, "s", 1, better="lower"))
    show(rows)
    before = [one for suite in suites() if suite.suite == "ledger" for one in suite.rows]
    print(write("ledger", [*rows, *(one for one in before if one.id.startswith(SOAK))]))


def row(
    name: str,
    value: float,
    target: float | None,
    unit: str,
    n: int,
    note: str = "",
    *,
    better: str = "higher",
    spread: tuple[float, float] | None = None,
    peer: str | None = None,
    peer_value: float | None = None,
) -> Row:
    made = Row(
        id=f"ledger.{name}",
        value=value,
        target=target,
        better=better,
        unit=unit,
        n=n,
        command=COMMAND,
        note=f"{note}{'; ' if note else ''}load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores",
        spread=spread,
        peer=peer,
        peer_value=peer_value,
    )
    show([made])
    sys.stdout.flush()
    return made


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


# -- what the disk allows --


def durable(folder: Path) -> Iterator[Row]:
    """Single durable appends, beside the disk's own limit and plain inserts of the same bytes."""
    say("single appends")
    sources = list(islice(World(PACK, seed=3).recordings(APPENDS * 2), APPENDS))
    singles = [
        Recording(one.report, one.claims[:1], one.reader, one.version)
        for one in sources
        if one.version == "1"
    ]
    ledger = Ledger.create(folder / "singles.db")
    syncs, inserts, appends, notes = [], [], [], []
    size = 0
    share = max(1, len(singles) // 5)
    for at in range(0, len(singles), share):  # in turns, so that others' work falls on all alike
        some = singles[at : at + share]
        before = ledger.head.size
        appends.append(rate(some, ledger_append(ledger)))
        size = before
        with ledger._store.reading() as connection:
            bodies = connection.exec_driver_sql("SELECT body FROM entry WHERE seq > ?", (size,)).fetchall()
        per = len(bodies) // len(some)
        groups = [[bytes(body) for (body,) in bodies[n * per : (n + 1) * per]] for n in range(len(some))]
        syncs.append(rate(groups, syncing(folder / "syncs")))
        inserts.append(rate(groups, inserting(folder / "plain.db")))
        notes.append(rate([one.report.hash for one in some], lambda hash: ledger.annotate(hash, "a note")))
    yield row(
        "append.single",
        statistics.median(appends),
        500,
        "appends/s",
        len(singles),
        "a report with one claim: three entries, one transaction",
        spread=(min(appends), max(appends)),
        peer="plain sqlite3 inserts of the same bytes, WAL, synchronous=FULL",
        peer_value=statistics.median(inserts),
    )
    yield row(
        "append.note",
        statistics.median(notes),
        500,
        "appends/s",
        len(singles),
        "one entry a transaction",
        spread=(min(notes), max(notes)),
    )
    yield row(
        "disk.syncs",
        statistics.median(syncs),
        None,
        "syncs/s",
        len(singles),
        "appending the same bytes to a file, fdatasync after each: the physical limit",
        spread=(min(syncs), max(syncs)),
    )


def rate(items: Sequence[Any], act: Callable[[Any], object]) -> float:
    began = time.perf_counter()
    for one in items:
        act(one)
    return len(items) / (time.perf_counter() - began)


def ledger_append(ledger: Ledger) -> Callable[[Recording], object]:
    return lambda one: ledger.record(one.report, one.claims, reader=one.reader, version=one.version)


def syncing(path: Path) -> Callable[[Sequence[bytes]], object]:
    handle = os.open(path, os.O_CREAT | os.O_WRONLY | os.O_APPEND)

    def act(bodies: Sequence[bytes]) -> None:
        os.write(handle, b"".join(bodies))
        os.fdatasync(handle)

    return act


def inserting(path: Path) -> Callable[[Sequence[bytes]], object]:
    file = apsw.Connection(str(path))
    for pragma in PRAGMAS:
        file.execute(f"PRAGMA {pragma}").fetchall()
    file.execute("CREATE TABLE IF NOT EXISTS entry (seq INTEGER PRIMARY KEY, body BLOB)")

    def act(bodies: Sequence[bytes]) -> None:
        file.execute("BEGIN IMMEDIATE")
        file.executemany("INSERT INTO entry (body) VALUES (?)", [(body,) for body in bodies])
        file.execute("COMMIT")

    return act


# -- SQLite at a million --


def sqlite(folder: Path) -> Iterator[Row]:
    path = folder / "ledger.db"
    clock = Clock()
    ledger = Ledger.create(path, clock=clock)
    world = World(PACK)
    yield batched(ledger, world, CLAIMS, "", 20_000)
    decide(ledger)
    count = ledger.head.size
    say(f"{count} entries, {path.stat().st_size / 2**30:.2f} GiB")
    yield from asked(ledger, world, clock, "warm", QUESTIONS, lambda: None)
    ledger._store.engine.dispose()
    cold = Ledger.open(path)

    def forget() -> None:
        cold._store.engine.dispose()
        evict(path)

    yield from asked(cold, world, clock, "cold", COLD, forget)
    yield from checked(ledger)
    yield checked_whole(folder)
    yield from streamed(path)
    yield from exported(ledger)


def batched(ledger: Ledger, world: World, claims: int, name: str, target: float | None) -> Row:
    """Only what the ledger does is timed, not the making of what it is given."""
    done, spent, rates = 0, 0.0, []
    busy = 0.0
    source = world.recordings(int(claims / PER_REPORT))
    while some := list(islice(source, 4000)):
        count = sum(len(one.claims) for one in some)
        began, cpu = time.perf_counter(), time.process_time()
        ledger.record_many(some)
        took = time.perf_counter() - began
        busy += time.process_time() - cpu
        done, spent = done + count, spent + took
        rates.append(count / took)
        say(f"{done:>9} claims  {count / took:>8.0f}/s")
    return row(
        f"append.batched{name}",
        done / spent,
        target,
        "claims/s",
        done,
        f"reports, readings and second readings with them, synced; {done / busy:.0f}/s by processor time",
        spread=(min(rates), max(rates)),
    )


def decide(ledger: Ledger) -> None:
    """Some of everything that reviewers do, so that there is a past to keep."""
    say("decisions")
    found = ledger.claims(limit=20_000)
    for at, one in enumerate(found[::40]):
        match at % 3:
            case 0:
                ledger.accept(one.id)
            case 1:
                ledger.reject(one.id, "not said")
            case 2:
                ledger.correct(one.id, one.claim.clone(places=("KP-05", "KP-06")), "both provinces")
    hashes = list(dict.fromkeys(one.claim.report for one in found))
    ledger.join_stories(dict.fromkeys(hashes[1:200], (hashes[0], "same words")))


def asked(
    ledger: Ledger, world: World, clock: Clock, name: str, count: int, before: Callable[[], None]
) -> Iterator[Row]:
    """Random questions of both clocks."""
    chance = random.Random(7)
    offices = world.offices
    span = clock.time - datetime(2024, 1, 1, tzinfo=UTC)

    def moments() -> dict[str, object]:
        return {
            "as_of": date(2004, 6, 1) + timedelta(days=chance.randrange(7000)),
            "known_at": datetime(2024, 1, 1, tzinfo=UTC) + span * chance.random(),
        }

    def office() -> dict[str, str]:
        body, place = offices[min(int(len(offices) ** chance.random()) - 1, len(offices) - 1)]
        return {"institution": body, "place": place}

    def filters() -> dict[str, object]:
        some: list[dict[str, object]] = [
            {"kind": "authority"},
            {"kind": chance.choice(["dismissal", "extortion", "order"]), "place": "KP-05"},
            {"institution": "MSS"},
            {**office()},
            {"person": chance.choice(list(PACK.people))},
            {"publisher": "Daily NK", "kind": "transfer"},
            {"possibly_on": date(2010, 5, 1), "place": "KP-09"},
            {},
        ]
        return chance.choice(some)

    def claims() -> object:
        return ledger.claims(**moments(), **filters(), limit=100)  # type: ignore[arg-type]

    def timeline() -> object:
        return ledger.timeline(**moments(), **office())  # type: ignore[arg-type]

    how = (
        "the file's pages in the system's cache"
        if name == "warm"
        else "file put out of the system's cache (posix_fadvise DONTNEED) and opened anew before each"
    )
    for what, act, target, said in (
        ("query", claims, 20, "a page of 100 claims by kind, body, person, office, place, publisher or none"),
        ("timeline", timeline, 50, "the latest 200 of an office, from the most told of to hardly any"),
    ):
        say(f"{name} {what}")
        times, busy = [], []
        for _ in range(count):
            before()
            began, cpu = time.perf_counter(), time.process_time()
            act()
            times.append((time.perf_counter() - began) * 1000)
            busy.append((time.process_time() - cpu) * 1000)
        yield row(
            f"{what}.{name}.p95",
            quantile(times, 0.95),
            target if name == "warm" else None,
            "ms",
            count,
            f"at {CLAIMS} claims; {said}; {how}; median {statistics.median(times):.1f} ms; "
            f"by processor time p95 {quantile(busy, 0.95):.1f} ms, median {statistics.median(busy):.1f} ms",
            better="lower",
            spread=(min(times), max(times)),
        )


def quantile(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def evict(path: Path) -> None:
    """Put a file's pages out of the system's cache."""
    for one in (path, path.with_name(path.name + "-wal")):
        if one.exists():
            handle = os.open(one, os.O_RDONLY)
            os.fsync(handle)
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(handle)


def checked(ledger: Ledger) -> Iterator[Row]:
    say("verify")
    rates = []
    for _ in range(3):
        began = time.perf_counter()
        found = ledger.verify(tables=False)
        rates.append(found.entries / (time.perf_counter() - began))
        assert found.holds, found.fault
    yield row(
        "verify.record",
        max(rates),
        500_000,
        "entries/s",
        found.entries,
        "entries, tiles and heads, in two processes; the best of three, as the machine is shared",
        spread=(min(rates), max(rates)),
    )


def checked_whole(folder: Path) -> Row:
    say("verify with the tables")
    ledger = Ledger.create(folder / "smaller.db", clock=Clock())
    ledger.record_many(World(PACK).recordings(int(CLAIMS / 20 / PER_REPORT)))
    began, cpu = time.perf_counter(), time.process_time()
    found = ledger.verify()
    assert found.holds, found.fault
    took, busy = time.perf_counter() - began, time.process_time() - cpu
    return row(
        "verify.all",
        found.entries / took,
        None,
        "entries/s",
        found.entries,
        "with every table projected anew and compared, quotes looked up, and SQLite's own check; "
        f"{found.entries / busy:.0f}/s by processor time",
    )


STREAM = """
import sys
from pathlib import Path
from benchmarks.ledger import resident
from satrap.ledger import Ledger

every, kept = int(sys.argv[2]), []
for count, claim in enumerate(Ledger.open(Path(sys.argv[1])).stream(), 1):
    if sys.argv[3] == "keep" and count % 4 == 0:
        kept.append(claim)
    if count % every == 0:
        print(count, resident(), flush=True)
"""


def streamed(path: Path) -> Iterator[Row]:
    """How much memory grows between a tenth of the claims and all of them.

    In a process of its own: in one that has held more before, freed memory would hide what grows. The
    control keeps every fourth claim, which must show.
    """
    for name, what, target, note in (
        ("growth", "drop", 16.0, "resident memory after a tenth of the claims to its highest after"),
        ("control_growth", "keep", None, "control: the same with every fourth claim kept, which must show"),
    ):
        say(f"stream, {what}")
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-c", STREAM, str(path), str(CLAIMS // 20), what],
            check=True,
            capture_output=True,
            text=True,
            cwd=ROOT,
        )
        seconds = time.perf_counter() - began
        lines = [line.split() for line in done.stdout.splitlines()]
        sizes = [int(size) for _, size in lines]
        count = int(lines[-1][0])
        yield row(
            f"stream.{name}",
            (max(sizes[2:]) - sizes[1]) / 2**20,
            target,
            "MiB",
            count,
            f"{note}; in a process of its own, {sizes[1] / 2**20:.0f} MiB at a tenth; "
            f"{count / seconds:.0f} claims/s",
            better="lower",
        )


def resident() -> int:
    """Bytes of this process in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")


def exported(ledger: Ledger) -> Iterator[Row]:
    say("export")
    claims = ledger.claims(limit=EXPORTED)
    wanted = {one.claim.report for one in claims}
    reports: dict[str, Report] = {}
    for report in ledger.stream_reports():
        if report.hash in wanted:
            reports[report.hash] = report
        if len(reports) == len(wanted):
            break
    began = time.perf_counter()
    exposed = expose(claims, reports, PACK, on=date(2030, 1, 1))
    gate = time.perf_counter() - began
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "statements.json"
        rates = []
        for _ in range(3):
            began = time.perf_counter()
            export("ftm-statements", exposed.ordered, Context(PACK, date(2024, 1, 1), "1"), path)
            seconds = time.perf_counter() - began
            statements = path.read_bytes().count(b"\n")
            rates.append(statements / seconds)
    yield row(
        "export.followthemoney",
        statistics.median(rates),
        20_000,
        "statements/s",
        statements,
        f"{len(exposed.claims)} claims that had passed the gate",
        spread=(min(rates), max(rates)),
    )
    yield row(
        "export.gate",
        len(claims) / gate,
        None,
        "claims/s",
        len(claims),
        "the exposure gate before every export",
    )


# -- PostgreSQL --


@contextmanager
def server() -> Iterator[str | None]:
    if postgres.binaries() is None:
        yield None
        return
    with postgres.server("fsync=on", "synchronous_commit=on") as url:
        yield url


def postgresql() -> Iterator[Row]:
    """The same at a tenth of the size, synced; nothing where no server is installed."""
    with server() as url:
        if url is None:
            say("PostgreSQL is not installed: its rows are left out")
            return
        clock = Clock()
        ledger = Ledger.create(postgres.new_database(url, "bench"), clock=clock)
        world = World(PACK)
        yield batched(ledger, world, ON_POSTGRESQL, ".postgresql", None)
        with ledger._store.writing() as connection:
            connection.exec_driver_sql("ANALYZE")
        for one in asked(ledger, world, clock, "warm", QUESTIONS // 3, lambda: None):
            yield Row(
                **{name: getattr(one, name) for name in one.__struct_fields__}
                | {
                    "id": one.id.replace(".warm", ".postgresql"),
                    "note": one.note.replace(str(CLAIMS), str(ON_POSTGRESQL)),
                }
            )
        rates = []
        for _ in range(3):
            began = time.perf_counter()
            found = ledger.verify(tables=False)
            rates.append(found.entries / (time.perf_counter() - began))
        yield row("verify.record.postgresql", max(rates), None, "entries/s", found.entries)
        report = next(ledger.stream_reports())
        single = rate(range(300), lambda n: ledger.annotate(report.hash, f"note {n}"))
        yield row(
            "append.note.postgresql", single, None, "appends/s", 300, "one entry a transaction, fsync=on"
        )


if __name__ == "__main__":
    main()
