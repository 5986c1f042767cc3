"""Work on several settings at once, each on one core.

Threads, not processes: the compiled passes, linear algebra and NumPy release the interpreter's lock, and what
the settings share need not be copied. Linear algebra itself is kept to one thread: at the size of a week's
state a second one costs more than it gives. Results come in the order of the items, whatever the workers.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from threadpoolctl import threadpool_limits

Item = TypeVar("Item")
Result = TypeVar("Result")


@contextmanager
def one_thread_each() -> Iterator[None]:
    """Linear algebra on one thread."""
    with threadpool_limits(limits=1):
        yield


def each(
    work: Callable[[Item], Result], items: Sequence[Item], told: Callable[[float], None] | None = None
) -> list[Result]:
    """``work`` of every item, in order; ``told`` is called with how much is done, 0 to 1."""
    out = []
    with one_thread_each(), ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        for number, result in enumerate(pool.map(work, items)):
            out.append(result)
            if told is not None:
                told((number + 1) / len(items))
    return out
