"""Running a piece of work in a process of its own, and killing it at any moment.

The process acknowledges every write of the ledger on a pipe, once it is durable; what was read from the pipe
when it died is what had been promised.
"""

import os
import random
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from tests.reliability.disk import Trouble, failing
from tests.reliability.workload import Head

from satrap.ledger import Ledger
from satrap.ledger.writing import Write

Work = Callable[[], object]


class Died(NamedTuple):
    """``killed`` is False where the work was done before; ``calls`` are those to its files, where counted."""

    killed: bool
    promised: list[Head]
    calls: int
    seconds: float


def run(work: Work, *, after: float | None = None, at_call: int | None = None, early: bool = False) -> Died:
    """Run it and kill it (SIGKILL) ``after`` seconds or when it makes call number ``at_call`` to its files.

    Raises AssertionError with the traceback where the work itself fails. ``early`` is the faulty ledger of a
    control: it acknowledges before it commits.
    """
    reading, writing = os.pipe()
    began = time.perf_counter()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _be_the_child(work, writing, at_call, early)
    os.close(writing)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    seconds = time.perf_counter() - began
    whole = said[: said.rfind(b"\n") + 1].decode()  # a line that was cut short promises nothing
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise AssertionError(said.decode())
    lines = [line.split() for line in whole.splitlines()]
    promised = [(int(size), root) for word, size, root in lines if word == "head"]
    calls = next((int(count) for word, count, _ in lines if word == "calls"), 0)
    return Died(os.WIFSIGNALED(status), promised, calls, seconds)


def kill_somewhere(work: Work, whole: Died, chance: random.Random, *, early: bool = False) -> Died:
    """Kill it at a moment, or a call, drawn from those that a whole run took."""
    if whole.calls and chance.random() < 0.5:
        return run(work, at_call=chance.randint(1, whole.calls), early=early)
    return run(work, after=chance.uniform(0, whole.seconds), early=early)


def _be_the_child(work: Work, pipe: int, at_call: int | None, early: bool) -> None:
    """Never returns."""
    status = 1
    try:
        Ledger._writing = _acknowledging(pipe, early)  # type: ignore[method-assign]
        with failing() as trouble:
            if at_call is not None:
                trouble.may_strike = _killer(trouble, at_call)  # type: ignore[assignment, method-assign]
            work()
            os.write(pipe, f"calls {len(trouble.calls)} -\n".encode())
        status = 0
    except BaseException:
        os.write(pipe, traceback.format_exc().encode())
    finally:
        os._exit(status)


def _killer(trouble: Trouble, at_call: int) -> Callable[[str, Any], None]:
    def strike(call: str, _kinds: Any) -> None:
        trouble.calls.append(call)
        if len(trouble.calls) == at_call:
            os.kill(os.getpid(), signal.SIGKILL)

    return strike


def _acknowledging(pipe: int, early: bool) -> Any:
    real = Ledger._writing

    @contextmanager
    def writing(self: Ledger) -> Iterator[Write]:
        with real(self) as write:
            yield write
            if early:
                write.finish()
                write._entries.clear()
                os.write(pipe, f"head {write.tree.size} {write.tree.root.hex()}\n".encode())
        os.write(pipe, f"head {self._tree.size} {self._tree.root.hex()}\n".encode())

    return writing
