"""Power is cut at any moment: what was acknowledged is there, and what is there holds.

The disk is one that keeps only what was synced; of what was written since it keeps any part, in any order,
torn anywhere. With less syncing than the store asks for, the same cuts do lose and do corrupt: these must.
"""

import random
import tempfile
from collections import Counter
from pathlib import Path

import pytest
from tests.reliability.again import fast, shared_engines
from tests.reliability.disk import Power, recorded, write_files
from tests.reliability.workload import Noted, clock, counted, head, steps

from satrap.errors import LedgerError
from satrap.ledger import Ledger
from satrap.ledger import store as stores
from satrap.ledger.verify import verify

PARTS = range(2)  # of the same kind, so that a soak shows how far it is
CUTS = counted(10_000, 160)
PRAGMAS = stores.PRAGMAS
OFTEN = "wal_autocheckpoint=12"  # pages: many checkpoints in little writing


def pragmas(synchronous: str, *, often: bool) -> tuple[str, ...]:
    made = [one for one in PRAGMAS if not one.startswith(("synchronous", "wal_autocheckpoint"))]
    kept = OFTEN if often else next(one for one in PRAGMAS if one.startswith("wal_autocheckpoint"))
    return ("journal_mode=WAL", f"synchronous={synchronous}", *made[1:], kept)


def written(folder: Path, *, reopen_every: int) -> Power:
    """Make a ledger and write to it, closing it now and then, as one command after another does."""
    with recorded() as power:
        ledger = Ledger.create(folder / "ledger.db", clock=clock())
        power.acknowledge(head(ledger))
        for number, step in enumerate(steps(8)):
            if number % reopen_every == reopen_every - 1:
                ledger._store.engine.dispose()  # the last to close a file copies the log back into it
                ledger = Ledger.open(folder / "ledger.db", clock=lambda now=ledger._clock: now())  # type: ignore[misc]
            step(ledger)
            power.acknowledge(head(ledger))
        ledger._store.engine.dispose()
    return power


def outcome(power: Power, moment: int, chance: random.Random, path: Path, *, then_write: bool) -> str:
    """What a cut leaves in the folder of the file: ``whole``, ``nothing`` (nothing had been promised),
    ``lost`` or ``corrupt``."""
    promised = power.promised(moment)
    for one in path.parent.iterdir():
        one.unlink()
    write_files(path.parent, power.cut(moment, chance).items())
    try:
        ledger = Ledger.open(path) if promised else Ledger.open_or_create(path)
        if not verify(ledger._store).holds:
            return "corrupt"
        if promised and not ledger.had(*promised):
            return "lost"
        if then_write:
            steps(8)[7](ledger)
            if not ledger.verify().holds:
                return "corrupt"
    except LedgerError as error:
        return "lost" if "is not a ledger" in str(error) or "there is no ledger" in str(error) else "corrupt"
    return "whole" if promised else "nothing"


def cuts(power: Power, count: int, seed: str) -> Counter[str]:
    """Outcomes of many cuts: every moment first, then drawn at random."""
    chance, found = random.Random(seed), Counter[str]()
    moments = list(range(len(power.events) + 1))
    chance.shuffle(moments)
    moments = [*moments, *(chance.randrange(len(power.events) + 1) for _ in range(count))][:count]
    with tempfile.TemporaryDirectory(dir=fast()) as folder, shared_engines() as close:
        for at, moment in enumerate(moments):
            found[outcome(power, moment, chance, Path(folder) / "ledger.db", then_write=at % 5 == 0)] += 1
            close()
    return found


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize(
    ("often", "reopen_every"), [(False, 100), (False, 3), (True, 100), (True, 4)], ids=str
)
def test_what_was_acknowledged_outlives_the_power(
    often: bool,
    reopen_every: int,
    part: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    record_property: Noted,
) -> None:
    if often:
        monkeypatch.setattr(stores, "PRAGMAS", pragmas("FULL", often=True))
    power = written(tmp_path, reopen_every=reopen_every)
    found = cuts(power, CUTS // 4 // len(PARTS), f"{reopen_every} {part}")
    record_property("ledger.soak.power_cuts", found.total())
    record_property("ledger.soak.power_cuts.lost", found["lost"] + found["corrupt"])
    assert set(found) <= {"whole", "nothing"}, found
    assert found["whole"] > found["nothing"]


def test_control_without_a_sync_at_commit_acknowledged_writes_are_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Noted
) -> None:
    monkeypatch.setattr(stores, "PRAGMAS", pragmas("NORMAL", often=False))
    power = written(tmp_path, reopen_every=100)
    found = cuts(power, counted(1000, 40), "control")
    assert found["lost"] > 0, found
    assert found["corrupt"] == 0, found
    record_property("ledger.soak.power_cuts.control_normal_lost", found["lost"])


def test_control_without_any_sync_the_file_is_corrupted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, record_property: Noted
) -> None:
    monkeypatch.setattr(stores, "PRAGMAS", pragmas("OFF", often=True))
    power = written(tmp_path, reopen_every=3)
    found = cuts(power, counted(1000, 40), "control")
    assert found["corrupt"] > 0, found
    record_property("ledger.soak.power_cuts.control_off_corrupt", found["corrupt"])
