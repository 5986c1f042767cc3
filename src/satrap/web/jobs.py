"""Work that takes longer than a page may: done in the background, once, and asked for again until it is."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar, cast

from satrap.errors import SatrapError
from satrap.protect import faults

T = TypeVar("T")
Progress = Callable[[str, float], None]
Work = Callable[[Progress], T]

KEPT = 6  # results: an estimate of many years takes some hundred megabytes
AT_ONCE = 2  # more would only slow each other down


class Pending(Exception):  # noqa: N818  no error: ask again
    """Raised while something is being made: ``what``, the ``stage`` it is at, and how much of that is done,
    0 to 1."""

    def __init__(self, what: str, stage: str, done: float) -> None:
        super().__init__(what)
        self.what, self.stage, self.done = what, stage, done


class _Job:
    def __init__(self, what: str) -> None:
        self.what = what
        self.stage, self.done = "waiting for its turn", 0.0
        self.future: Future[Any] = Future()

    def told(self, stage: str, done: float) -> None:
        self.stage, self.done = stage, done


class Jobs:
    """Results by key, the last used kept; what fails with an error that a user can mend says so each time."""

    def __init__(self) -> None:
        self._jobs: OrderedDict[Hashable, _Job] = OrderedDict()
        self._lock = threading.Lock()
        self._workers = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="satrap-job")

    def ask(self, key: Hashable, what: str, work: Work[T]) -> T:
        """The result of the work, which begins at the first call; raises Pending until it is there, and
        whatever the work raised."""
        job = self._begun(key, what, work)
        if not job.future.done():
            raise Pending(job.what, job.stage, job.done)
        return cast(T, job.future.result())

    def wait(self, key: Hashable, what: str, work: Work[T]) -> T:
        """As :meth:`ask`, when it is there."""
        return cast(T, self._begun(key, what, work).future.result())

    def begin(self, key: Hashable, what: str, work: Work[Any]) -> None:
        """Begin the work, unless it was."""
        self._begun(key, what, work)

    def stage(self, key: Hashable) -> tuple[str, float] | None:
        """What stage the work is at, and how much of that is done; None where none is under way."""
        job = self._jobs.get(key)
        return None if job is None or job.future.done() else (job.stage, job.done)

    def peek(self, key: Hashable) -> Any | None:
        """A result that is there; None otherwise."""
        job = self._jobs.get(key)
        if job is None or not job.future.done() or job.future.exception():
            return None
        return job.future.result()

    def close(self) -> None:
        """Begin nothing more."""
        self._workers.shutdown(wait=False, cancel_futures=True)

    def _begun(self, key: Hashable, what: str, work: Work[T]) -> _Job:
        with self._lock:
            job = self._jobs.get(key)
            if job is None:
                job = self._jobs[key] = _Job(what)
                self._workers.submit(_run, job, work)
                for old in [one for one, each in self._jobs.items() if each.future.done()][: -KEPT or None]:
                    del self._jobs[old]
            self._jobs.move_to_end(key)
            return job


def _run(job: _Job, work: Work[Any]) -> None:
    try:
        job.future.set_result(work(job.told))
    except SatrapError as error:
        job.future.set_exception(error)
    except Exception as error:  # its message may quote a report
        job.future.set_exception(
            SatrapError(f"a fault of satrap's own: {faults.place(error)}", remedy="report it")
        )
