"""Work shared among processes: nothing is lost when one dies, and nothing runs on when it is stopped."""

import os
import signal
from pathlib import Path

import pytest

from satrap.errors import ScenarioError
from satrap.simulate import executor as module
from satrap.simulate.executor import Here, Processes, executor


def square(number: int) -> int:
    return number * number


def faulty(number: int) -> int:
    if number == 2:
        raise ScenarioError("two is too much", remedy="use one")
    return number


class Mortal:
    """Dies at the first item that it is given, if nobody has died before."""

    def __init__(self, grave: Path) -> None:
        self.grave = grave

    def __call__(self, number: int) -> int:
        if not self.grave.exists():
            self.grave.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return number


def doomed(number: int) -> int:
    os.kill(os.getpid(), signal.SIGKILL)
    return number


def test_every_item_is_done_once_by_any_number_of_workers() -> None:
    wanted = [square(number) for number in range(7)]
    assert list(Here().map(square, range(7))) == wanted
    with executor(2) as crew:
        assert sorted(crew.map(square, range(7))) == wanted
        assert sorted(crew.map(square, range(3))) == wanted[:3], "the same workers again"


def test_what_a_worker_raises_is_raised_here_with_its_remedy() -> None:
    with pytest.raises(ScenarioError, match="two is too much; use one"), executor(2) as crew:
        list(crew.map(faulty, range(5)))


def test_the_item_of_a_worker_that_dies_is_done_by_another(tmp_path: Path) -> None:
    with executor(2) as crew:
        assert sorted(crew.map(Mortal(tmp_path / "grave"), range(5))) == list(range(5))
    assert (tmp_path / "grave").exists()


def test_where_workers_keep_dying_the_work_is_given_up_with_a_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "DEATHS", 2)
    with pytest.raises(ScenarioError, match=r"2 workers died.*ask for fewer workers"):
        list(Processes(1).map(doomed, range(5)))


def test_stopped_half_way_no_worker_lives_on(monkeypatch: pytest.MonkeyPatch) -> None:
    hired: list[module._Worker] = []

    class Noted(module._Worker):
        def __init__(self, threads: int) -> None:
            super().__init__(threads)
            hired.append(self)

    monkeypatch.setattr(module, "_Worker", Noted)
    with executor(2) as crew:
        answers = crew.map(square, range(50))
        next(answers)
        answers.close()  # type: ignore[attr-defined]
    assert len(hired) == 2
    assert not any(one.process.is_alive() for one in hired)


def test_no_workers_are_refused() -> None:
    with pytest.raises(ScenarioError, match="0 workers"), executor(0):
        pass
