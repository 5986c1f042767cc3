"""Opening many ledgers one after another in the same place, quickly."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import URL, Engine

from satrap.ledger import store as stores

Close = Callable[[], None]


@contextmanager
def shared_engines() -> Iterator[Close]:
    """Within, stores of the same file share an engine, and with it the statements that it has compiled, which
    takes most of the time that opening and checking a small ledger does.

    Call what is given, which closes all connections, before another file takes the place of one.
    """
    make, made = stores._sqlite, dict[tuple[URL, str | None], Engine]()

    def shared(url: URL, vfs: str | None) -> Engine:
        if (url, vfs) not in made:
            made[url, vfs] = make(url, vfs)
        return made[url, vfs]

    def close() -> None:
        for one in made.values():
            one.dispose()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stores, "_sqlite", shared)
        yield close
    close()


def fast() -> Path | None:
    """A folder in memory, where there is one: for tests whose disk is a part of them."""
    memory = Path("/dev/shm")
    return memory if memory.is_dir() else None
