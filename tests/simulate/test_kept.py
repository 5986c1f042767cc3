"""What is finished is kept: an ensemble that was stopped goes on, and another question finds nothing."""

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.simulate.small import FALL, ORDER, same, small

from satrap.simulate import InitialState, Run, kept, simulate
from satrap.simulate.ensemble import Lived, Task
from satrap.simulate.executor import Executor, executor

SCENARIO = small(weeks=60, events=[ORDER, FALL])
INITIAL = InitialState.from_scenario(SCENARIO)


class StoppedError(Exception):
    """What stops an ensemble half-way."""


def test_a_stopped_ensemble_goes_on_and_gives_the_same(tmp_path: Path) -> None:
    def stop(done: int, _: int) -> None:
        if done == 64:
            raise StoppedError

    with pytest.raises(StoppedError):
        simulate(SCENARIO, INITIAL, 80, 1, stop, keep=tmp_path)
    [folder] = tmp_path.iterdir()
    first = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert len(first) == 2 * 64
    whole = simulate(SCENARIO, INITIAL, 80, 1, keep=tmp_path)
    assert same(whole, simulate(SCENARIO, INITIAL, 80, 1))
    assert whole.log == simulate(SCENARIO, INITIAL, 80, 1).log
    assert first.items() <= {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}.items()


def test_a_torn_member_is_lived_again(tmp_path: Path) -> None:
    once = simulate(SCENARIO, INITIAL, 4, 1, keep=tmp_path)
    [folder] = tmp_path.iterdir()
    (folder / "000002.parquet").write_bytes(b"PAR1")
    assert same(once, simulate(SCENARIO, INITIAL, 4, 1, keep=tmp_path))


@pytest.mark.parametrize("change", ["seed", "scenario", "engine"])
def test_another_question_finds_nothing(tmp_path: Path, change: str) -> None:
    simulate(SCENARIO, INITIAL, 2, 1, keep=tmp_path)
    other = small(weeks=60, events=[ORDER], savings=False, hiding=False, complaints=False)
    if change == "seed":
        simulate(SCENARIO, INITIAL, 2, 2, keep=tmp_path)
    elif change == "scenario":
        simulate(other, INITIAL, 2, 1, keep=tmp_path)
    else:
        simulate(other, INITIAL, 2, 1, engine="cohorts", keep=tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


def files(folder: Path) -> dict[str, bytes]:
    [own] = folder.iterdir()
    return {file.name: file.read_bytes() for file in own.iterdir()}


def test_two_workers_keep_the_same_bytes_as_one(tmp_path: Path) -> None:
    one, two = (
        simulate(SCENARIO, INITIAL, 70, 1, keep=tmp_path / str(workers), workers=workers)
        for workers in (1, 2)
    )
    assert same(one, two)
    assert files(tmp_path / "1") == files(tmp_path / "2")


class Dying:
    """Two processes, one of which is killed once it has finished its first members."""

    def __init__(self, crew: Executor) -> None:
        self.crew, self.workers = crew, crew.workers

    def map(self, work: Task, items: list[list[int]]) -> Iterator[Lived]:
        return self.crew.map(Killed(work), items)


class Killed:
    def __init__(self, work: Task) -> None:
        self.work = work

    def __call__(self, members: list[int]) -> Lived:
        assert self.work.kept is not None
        lived = self.work(members)
        killed = self.work.kept.folder / "killed"
        if not killed.exists():
            killed.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return lived


def test_a_worker_that_dies_costs_no_member(tmp_path: Path) -> None:
    with executor(2) as crew:
        once = simulate(SCENARIO, INITIAL, 70, 1, keep=tmp_path, workers=Dying(crew))  # type: ignore[arg-type]
    [folder] = tmp_path.iterdir()
    assert (folder / "killed").exists()
    assert same(once, simulate(SCENARIO, INITIAL, 70, 1))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Run, Run]:
    """The same run in memory and on disk."""
    keep = tmp_path_factory.mktemp("kept")
    return simulate(SCENARIO, INITIAL, 10, 1), simulate(SCENARIO, INITIAL, 10, 1, keep=keep)


@pytest.mark.parametrize("members", [1, 3, 100])
def test_a_run_on_disk_answers_as_one_in_memory_whatever_is_read_at_a_time(
    both: tuple[Run, Run], members: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    held, stored = both
    monkeypatch.setattr(kept, "_CHUNK", members * held.share[0].size)
    assert len(list(stored.results.chunks("take"))) == -(-10 // members)
    for name, place, institution in (
        ("take", None, "MSS"),
        ("take", "KP-05", None),
        ("share", "KP-09", "WPK"),
        ("burden", None, None),
        ("resistance", None, None),
    ):
        ours, theirs = (run.series(name, place, institution) for run in both)
        assert np.array_equal(ours, theirs), name
    assert stored.displacement_ratio(50).values.tolist() == held.displacement_ratio(50).values.tolist()
    assert stored.log == held.log
    assert stored.to_polars().equals(held.to_polars())


def test_the_first_members_of_what_is_kept_are_a_smaller_run(both: tuple[Run, Run], tmp_path: Path) -> None:
    simulate(SCENARIO, INITIAL, 10, 1, keep=tmp_path)
    few = simulate(SCENARIO, INITIAL, 4, 1, keep=tmp_path)
    assert few.runs == 4
    assert np.array_equal(few.take, both[0].take[:4])
    assert {row.member for row in few.log} == set(range(4))


def test_what_is_kept_already_is_told_first(tmp_path: Path) -> None:
    simulate(SCENARIO, INITIAL, 3, 1, keep=tmp_path)
    told: list[tuple[int, int]] = []
    simulate(SCENARIO, INITIAL, 5, 1, lambda done, runs: told.append((done, runs)), keep=tmp_path)
    assert told == [(3, 5), (5, 5)]
