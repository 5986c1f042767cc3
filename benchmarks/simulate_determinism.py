"""The same bits after a kill.

A process that lives a nation and lays it down now and then is killed (SIGKILL) at some moment after it has
said that it is in a certain week; another takes up what lies there. What they lived, piece by piece, and the
people at the end are compared with those of a nation that was left alone.
"""

import hashlib
import os
import signal
import tempfile
import time
from collections.abc import Sequence
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.rows import Row
from benchmarks.simulate_world import PEOPLE, SEED, WEEKS, begun, keep, kept, nation_of, row
from satrap.simulate import InitialState
from satrap.simulate.nation import checkpoint
from satrap.simulate.nation.nation import Lived, Nation

_SMALL, _SMALL_WEEKS = 60_000, 104
_KILLS = 20
_SERVER = get_context("forkserver")
_SERVER.set_forkserver_preload(["satrap.simulate.nation.checkpoint"])


def digest(*columns: NDArray[Any]) -> str:
    """The SHA-256 of arrays."""
    found = hashlib.sha256()
    for one in columns:
        found.update(np.ascontiguousarray(one).data)
    return found.hexdigest()


def live(line: Connection, folder: Path, people: int, weeks: int, stops: Sequence[int]) -> None:
    """Begin or take up; lay down, and say the week, at every stop; leave digests of what was lived."""
    scenario = nation_of(people, weeks)
    initial = InitialState.from_scenario(scenario)
    one = checkpoint.resume(folder / "kept", scenario, initial) if (folder / "begun").exists() else None
    if one is None:
        one = begun(scenario)
        checkpoint.save(one, folder / "kept", scenario, initial)
        (folder / "begun").touch()
    line.send(one.week)
    for stop in [week for week in stops if week > one.week]:
        lived = one.live(stop - one.week)
        (folder / f"{stop}").write_text(digest(lived.tally, lived.felt))
        checkpoint.save(one, folder / "kept", scenario, initial)
        line.send(stop)
    (folder / "end").write_text(digest(*one.people))


def killed(folder: Path, people: int, weeks: int, stops: Sequence[int], fatal: Sequence[int]) -> int:
    """Live in processes that are killed soon after each ``fatal`` week; how many were killed, not just
    ended."""
    chance, deaths = np.random.default_rng(SEED), 0
    for week in (*fatal, weeks + 1):
        ours, theirs = _SERVER.Pipe()
        process = _SERVER.Process(target=live, args=(theirs, folder, people, weeks, stops))
        process.start()
        theirs.close()
        try:
            while ours.recv() < week:
                pass
            time.sleep(float(chance.uniform(0, 0.02)))
            os.kill(process.pid or 0, signal.SIGKILL)
        except EOFError:  # it came to the end
            pass
        process.join()
        deaths += process.exitcode == -signal.SIGKILL
    return deaths


def differing(people: int, weeks: int, stops: Sequence[int], fatal: Sequence[int]) -> dict[str, int]:
    """Pieces that are not those of a nation left alone, and how often a process was killed."""
    whole = begun(nation_of(people, weeks))
    lived = whole.live(weeks)
    wanted = _pieces(whole, lived, stops)
    with tempfile.TemporaryDirectory(prefix="satrap-bench-") as name:
        deaths = killed(Path(name), people, weeks, stops, fatal)
        found = {piece: (Path(name) / piece).read_text() for piece in wanted}
    return {
        "kills": deaths,
        "pieces": len(wanted),
        "different": sum(found[piece] != wanted[piece] for piece in wanted),
    }


def _pieces(whole: Nation, lived: Lived, stops: Sequence[int]) -> dict[str, str]:
    first = [0, *stops[:-1]]
    pieces = {
        str(stop): digest(lived.tally[start:stop], lived.felt[start:stop])
        for start, stop in zip(first, stops, strict=True)
    }
    return {**pieces, "end": digest(*whole.people)}


def run() -> None:
    """Every week of a small nation, random weeks of the whole one."""
    small = differing(_SMALL, _SMALL_WEEKS, range(1, _SMALL_WEEKS + 1), range(1, _SMALL_WEEKS + 1))
    weeks = sorted(np.random.default_rng(SEED).choice(np.arange(1, WEEKS), _KILLS, replace=False).tolist())
    large = differing(PEOPLE, WEEKS, [*weeks, WEEKS], weeks)
    keep("determinism", {"small": small, "large": large})


def rows() -> list[Row]:
    found = kept("determinism")
    if not found:
        return []
    made = []
    for name, what in (
        ("small", f"{_SMALL:,} residents, laid down and killed in every one of {_SMALL_WEEKS} weeks"),
        ("large", f"{PEOPLE:,} residents × {WEEKS} weeks, killed after each of {_KILLS} random weeks"),
    ):
        one = found[name]
        note = f"{what}; {one['kills']} kills; {one['pieces']} digests compared"
        made.append(
            row(found, f"determinism.killed.{name}", one["different"], 0, "differences", one["kills"], note)
        )
    return made
