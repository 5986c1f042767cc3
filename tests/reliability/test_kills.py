"""kill -9 at any moment of any command that writes: nothing acknowledged is lost, and running it again ends
where an undisturbed run ends, with nothing there twice."""

import random
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
from tests.ledger import postgres
from tests.reliability.again import shared_engines
from tests.reliability.killing import Died, kill_somewhere, run
from tests.reliability.workload import SOAK, Noted, counted, small_ledger, steps, still

from satrap import project, settings
from satrap.claims import Claim
from satrap.country import load_pack
from satrap.errors import LedgerError
from satrap.ledger import Ledger
from satrap.project import Project
from satrap.reading import RuleReader
from satrap.reports import Metadata, Report

COMMANDS = ("init", "read", "import", "decide", "search", "backup", "restore")
PARTS = range(2 if SOAK else 1)  # of the same kind, so that a soak shows how far it is
EACH = -(-counted(1000, 14) // (len(COMMANDS) * len(PARTS)))  # kills
ON_POSTGRESQL = counted(50, 3)
TEXTS = (
    "The Ministry of State Security lost its cases to the party committee, a source in North Hamgyong said.",
    "Kim Won Hong was dismissed as minister of state security in January 2017.",
    "A source in Hoeryong said that security agents took bribes from residents.",
    "Residents welcome the decline of the ministry, according to a source in South Hwanghae.",
    "A source in Hoeryong said that security agents took bribes from residents!",
)
_databases = count(1)


@dataclass(frozen=True)
class Command:
    """``prepare`` makes in a folder what the command starts from, ``act`` is what it does there."""

    prepare: Callable[[Path], object]
    act: Callable[[Path], object]
    ledger: str = "project/ledger.db"


class Remembering(RuleReader):
    """Reads what it has read before at once: who is killed while reading has written nothing."""

    def __init__(self) -> None:
        super().__init__(load_pack("kp"))
        self._before: dict[str, list[Claim]] = {}

    def read(self, report: Report) -> list[Claim]:
        if report.hash not in self._before:
            self._before[report.hash] = super().read(report)
        return self._before[report.hash]

    def read_many(self, reports: Iterable[Report]) -> Iterator[list[Claim]]:
        return map(self.read, reports)


@pytest.fixture(scope="module")
def reader() -> RuleReader:
    return Remembering()


def commands(reader: RuleReader) -> dict[str, Command]:
    def opened(folder: Path) -> Project:
        found = project.open(folder / "project")
        found.__dict__["rule_reader"] = reader
        return found

    def empty(folder: Path) -> None:
        project.init(folder / "project", "kp").ledger._store.engine.dispose()
        (folder / "reports").mkdir()
        for number, text in enumerate(TEXTS):
            (folder / "reports" / f"{number}.txt").write_text(text)

    def read(folder: Path) -> None:
        found = opened(folder)
        found.read([folder / "reports"], Metadata(publisher="Daily NK"))
        found.ledger._store.engine.dispose()

    def full(folder: Path) -> None:
        empty(folder)
        read(folder)

    def exported(folder: Path) -> None:
        full(folder)
        opened(folder).export("jsonl", folder / "claims.jsonl")
        shutil.rmtree(folder / "project")
        project.init(folder / "project", "kp").ledger._store.engine.dispose()

    def backed_up(folder: Path) -> None:
        small_ledger(folder / "first.db", 12).backup(folder / "copy")

    def decide(folder: Path) -> None:
        go_on(Ledger.open(folder / "project" / "ledger.db", clock=still))

    return {
        "init": Command(lambda _: None, init),
        "read": Command(empty, read),
        "import": Command(exported, lambda folder: opened(folder).take_in("jsonl", folder / "claims.jsonl")),
        "decide": Command(empty, decide),
        "search": Command(full, lambda folder: opened(folder).ledger.search("ministry")),
        "backup": Command(full, lambda folder: opened(folder).ledger.backup(folder / "copy")),
        "restore": Command(
            backed_up,
            restore,
            "again.db",
        ),
    }


def init(folder: Path) -> None:
    if not (folder / "project" / settings.SETTINGS).exists():
        project.init(folder / "project", "kp")


def restore(folder: Path) -> None:
    try:
        Ledger.open(folder / "again.db")
    except LedgerError:
        Ledger.restore(folder / "again.db", folder / "copy")


def go_on(ledger: Ledger) -> None:
    """Do what is left of the steps, as who looks into the log first: each is there whole or not at all."""
    sizes = [1]
    for entries in STEP_ENTRIES:
        sizes.append(sizes[-1] + entries)
    for step in steps()[sizes.index(ledger.head.size) :]:
        step(ledger)
    ledger._store.engine.dispose()


STEP_ENTRIES = (5, 5, 5, 5, 1, 1, 1, 1, 1, 1, 1, 1, 1)  # that each step appends; test_steps holds it to that


def test_steps(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path / "ledger.db")
    for step, entries in zip(steps(), STEP_ENTRIES, strict=True):
        before = ledger.head.size
        step(ledger)
        assert ledger.head.size == before + entries


def told(ledger: Ledger) -> object:
    """What a ledger holds, but for when."""
    return (
        [(one.kind, one.body) for one in ledger.entries()],
        [(one.id, one.status, one.story) for one in ledger.claims()],
        ledger.stories(),
        ledger.merges(),
    )


def checked(where: Path | str, *runs: Died) -> object:
    """What a ledger holds, once nothing is lost that these runs acknowledged and all of it holds."""
    ledger = Ledger.open(where)
    try:
        lost = [head for run in runs for head in run.promised if not ledger.had(*head)]
        assert not lost, f"acknowledged and lost: {lost}"
        assert ledger.verify().fault is None
        return told(ledger)
    finally:
        ledger._store.engine.dispose()


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_killed_command_loses_nothing_and_can_be_run_again(
    name: str, part: int, reader: RuleReader, tmp_path: Path, record_property: Noted
) -> None:
    command = commands(reader)[name]
    base, folder = tmp_path / "base", tmp_path / "killed"
    base.mkdir()
    command.prepare(base)
    with shared_engines() as close:

        def fresh() -> None:
            close()
            shutil.rmtree(folder, ignore_errors=True)
            shutil.copytree(base, folder)

        def act() -> None:
            command.act(folder)

        fresh()
        act()  # loads and compiles what all that are killed inherit
        fresh()
        whole = run(act)
        right = checked(folder / command.ledger, whole)
        chance, killed = random.Random(f"{name} {part}"), 0
        while killed < EACH:
            fresh()
            died = kill_somewhere(act, whole, chance)
            killed += died.killed
            if (folder / "copy").exists() and name == "backup":
                Ledger.restore(folder / "restored.db", folder / "copy")
            if is_ledger(folder / command.ledger):
                checked(folder / command.ledger, died)
            close()
            again = run(act)
            assert checked(folder / command.ledger, died, again) == right
    record_property("ledger.soak.kills", killed)


def copied(base: Path, to: Path) -> Path:
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(base, to)
    return to


def is_ledger(path: Path) -> bool:
    """Whether the making of a ledger had come to its end."""
    try:
        Ledger.open(path)._store.engine.dispose()
    except LedgerError as error:
        if "there is no ledger" in str(error) or "is not a ledger" in str(error):
            return False
        raise
    return True


def test_a_killed_client_of_postgresql_loses_nothing(postgresql: str, record_property: Noted) -> None:
    def act(where: str) -> None:
        go_on(Ledger.open(where, clock=still))

    def new() -> str:
        where = postgres.new_database(postgresql, f"kill_{next(_databases)}")
        Ledger.create(where, clock=still)._store.engine.dispose()
        return where

    where = new()
    whole = run(lambda: act(where))
    right = checked(where, whole)
    chance, killed = random.Random(1), 0
    while killed < ON_POSTGRESQL:
        where = new()
        died = run(lambda where=where: act(where), after=chance.uniform(0, whole.seconds))  # type: ignore[misc]
        killed += died.killed
        checked(where, died)
        again = run(lambda where=where: act(where))  # type: ignore[misc]
        assert checked(where, died, again) == right
    record_property("ledger.soak.kills.postgresql", killed)


def test_control_a_ledger_that_acknowledges_before_it_commits_is_found_out(tmp_path: Path) -> None:
    base = tmp_path / "base"
    base.mkdir()
    Ledger.create(base / "ledger.db", clock=still)._store.engine.dispose()

    def act(folder: Path) -> None:
        go_on(Ledger.open(folder / "ledger.db", clock=still))

    whole = run(lambda: act(copied(base, tmp_path / "undisturbed")))
    lost = 0
    for at_call in range(1, whole.calls, 11):
        folder = copied(base, tmp_path / "killed")
        died = run(lambda folder=folder: act(folder), at_call=at_call, early=True)  # type: ignore[misc]
        ledger = Ledger.open(folder / "ledger.db")
        lost += any(not ledger.had(*head) for head in died.promised)
        ledger._store.engine.dispose()
    assert lost
