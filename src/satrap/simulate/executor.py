"""Where the members of an ensemble are lived: in this process, or spread over several."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from typing import Any, Protocol, TypeVar

from satrap.errors import ScenarioError

Item = TypeVar("Item")
Result = TypeVar("Result")

_SPAWN = get_context("spawn")  # a fork would copy the locks of polars' and numba's threads

DEATHS = 3
"""So many workers may die before the work is given up."""


class Executor(Protocol):
    """Does one piece of work for each of many items. No result depends on where or in which order."""

    def map(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """`work` of every item, as they are finished. Closing the iterator stops what is under way.

        `work` is a function of a module, or another value that can be pickled. What it raises is raised here.
        """
        ...


class Here:
    """One item after the other, in this process."""

    def map(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        return map(work, items)


class Processes:
    """Local processes, among which the cores are divided.

    The item of a worker that dies is given to a new one. A script that uses this is guarded by
    ``if __name__ == "__main__":``, as for any use of `multiprocessing`.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def map(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        waiting, deaths = deque(items), 0
        threads = max(1, _cores() // self.workers)
        idle: list[_Worker] = []
        busy: dict[object, _Worker] = {}
        try:
            while waiting or busy:
                while waiting and len(busy) < self.workers:
                    worker = idle.pop() if idle else _Worker(work, threads)
                    busy[worker.line] = worker
                    worker.give(waiting.popleft())
                for line in wait([one.line for one in busy.values()]):
                    worker = busy[line]
                    try:
                        result = worker.answer()
                    except (EOFError, ConnectionError):  # it has died
                        deaths += 1
                        waiting.appendleft(worker.item)
                        worker.dismiss()
                        _survive(deaths, worker)
                    else:
                        idle.append(worker)
                        yield result
                    finally:
                        del busy[line]
        finally:
            for worker in (*idle, *busy.values()):
                worker.dismiss()


def executor(workers: int) -> Executor:
    """The executor for so many workers. Raises ScenarioError where there are none."""
    if workers < 1:
        raise ScenarioError(f"{workers} workers asked for", remedy="ask for one or more")
    return Here() if workers == 1 else Processes(workers)


class _Worker:
    """A process that was told what to do, and is given one item after the other."""

    item: Any = None

    def __init__(self, work: Callable[[Any], Any], threads: int) -> None:
        self.line, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=_serve, args=(theirs, threads), daemon=True)
        with _interrupts_ignored():
            self.process.start()
        theirs.close()
        self._tell(work)

    def give(self, item: Any) -> None:
        self.item = item
        self._tell(item)

    def answer(self) -> Any:
        result, fault = self.line.recv()
        if fault is not None:
            raise fault
        return result

    def dismiss(self) -> None:
        self.process.terminate()
        self.process.join()
        self.line.close()

    def _tell(self, what: object) -> None:
        with suppress(ConnectionError):  # it has died, which shows when its answer is read
            self.line.send(what)


def _survive(deaths: int, worker: _Worker) -> None:
    if deaths >= DEATHS:
        raise ScenarioError(
            f"{deaths} workers died (exit code {worker.process.exitcode})",
            remedy="ask for fewer workers, each of which needs memory of its own; members kept are not lost",
        )


def _serve(line: Connection[Any, Any], threads: int) -> None:
    """A worker's life: what to do comes first, then items until the line is closed."""
    os.environ["NUMBA_NUM_THREADS"] = str(threads)  # read when numba is first imported, by what comes next
    try:
        work = line.recv()
        while True:
            item = line.recv()
            try:
                result, fault = work(item), None
            except Exception as bad:
                result, fault = None, bad
            line.send((result, fault))
    except (EOFError, OSError):  # the other end is gone
        return


@contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """What is started now ignores Ctrl-C, which the terminal sends to everybody: we stop our workers."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _cores() -> int:
    said = os.environ.get("NUMBA_NUM_THREADS", "")
    if said.isdigit():
        return int(said)
    affinity = getattr(os, "sched_getaffinity", None)  # not on every system
    return len(affinity(0)) if affinity else os.cpu_count() or 1
