"""Where the members of an ensemble are lived: in this process, or spread over several."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
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

    @property
    def workers(self) -> int:
        """How many items are worked on at a time in this machine's memory."""
        ...

    def map(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        """`work` of every item, as they are finished. Closing the iterator stops what is under way.

        `work` is a function of a module, or another value that can be pickled. What it raises is raised here.
        """
        ...


class Here:
    """One item after the other, in this process."""

    workers = 1

    def map(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        return map(work, items)


class Processes:
    """Local processes, among which the cores are divided. They end with :meth:`close`.

    The item of a worker that dies is given to a new one. A script that uses this is guarded by
    ``if __name__ == "__main__":``, as for any use of `multiprocessing`.
    """

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._idle: list[_Worker] = []

    def map(self, work: Callable[[Item], Result], items: Sequence[Item]) -> Iterator[Result]:
        waiting, deaths = deque(items), 0
        busy: dict[object, _Worker] = {}
        try:
            while waiting or busy:
                while waiting and len(busy) < self.workers:
                    worker = self._idle.pop() if self._idle else _Worker(max(1, _cores() // self.workers))
                    busy[worker.line] = worker
                    worker.give(work, waiting.popleft())
                for line in wait([one.line for one in busy.values()]):
                    worker = busy.pop(line)
                    try:
                        result = worker.answer()
                    except (EOFError, ConnectionError):  # it has died
                        deaths += 1
                        waiting.appendleft(worker.item)
                        worker.dismiss()
                        _survive(deaths, worker)
                    except BaseException:
                        worker.dismiss()
                        raise
                    else:
                        self._idle.append(worker)
                        yield result
        finally:
            for worker in busy.values():
                worker.dismiss()

    def close(self) -> None:
        """Dismiss the workers."""
        for worker in self._idle:
            worker.dismiss()
        self._idle.clear()


@contextmanager
def executor(workers: int) -> Iterator[Executor]:
    """An executor of so many local workers. Raises ScenarioError where there are none."""
    if workers < 1:
        raise ScenarioError(f"{workers} workers asked for", remedy="ask for one or more")
    if workers == 1:
        yield Here()
        return
    with closing(Processes(workers)) as crew:
        yield crew


class _Worker:
    """A process that is given one item after the other, and what to do with it."""

    item: Any = None

    def __init__(self, threads: int) -> None:
        self.line, theirs = _SPAWN.Pipe()
        self.process = _SPAWN.Process(target=_serve, args=(theirs, threads), daemon=True)
        with _interrupts_ignored():
            self.process.start()
        theirs.close()

    def give(self, work: Callable[[Any], Any], item: Any) -> None:
        self.item = item
        with suppress(ConnectionError):  # it has died, which shows when its answer is read
            self.line.send((work, item))

    def answer(self) -> Any:
        result, fault = self.line.recv()
        if fault is not None:
            raise fault
        return result

    def dismiss(self) -> None:
        self.process.terminate()
        self.process.join()
        self.line.close()


def _survive(deaths: int, worker: _Worker) -> None:
    if deaths >= DEATHS:
        raise ScenarioError(
            f"{deaths} workers died (exit code {worker.process.exitcode})",
            remedy="ask for fewer workers, each of which needs memory of its own; members kept are not lost",
        )


def _serve(line: Connection[Any, Any], threads: int) -> None:
    """A worker's life: what to do with what, until the line is closed."""
    os.environ["NUMBA_NUM_THREADS"] = str(threads)  # read when numba is first imported, by what comes next
    try:
        while True:
            work, item = line.recv()
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
