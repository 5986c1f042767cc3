"""File systems for SQLite that go wrong: one whose power is cut, one that fails at a given call.

Both stand on a real folder, so that shared memory and locks are SQLite's own. apsw takes either as the
default, so what is tested is the code that runs everywhere.
"""

import random
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import apsw

SECTOR = 512  # bytes: a write cut short ends anywhere within


class Written(NamedTuple):
    """One change of a file. ``data`` None: cut or grown to the length ``offset``."""

    file: str
    offset: int
    data: bytes | None


class Synced(NamedTuple):
    """What was written to the file before is on the disk."""

    file: str


class Removed(NamedTuple):
    """A file's name; ``durably`` where the folder was synced."""

    file: str
    durably: bool


class Acknowledged(NamedTuple):
    """What the ledger had promised by now: ``head`` is its size and root."""

    head: tuple[int, str]


Event = Written | Synced | Removed | Acknowledged


class Power:
    """Keeps what was asked of the disk, in order, to say what a cut at any moment may leave."""

    def __init__(self) -> None:
        self.events: list[Event] = []

    def acknowledge(self, head: tuple[int, str]) -> None:
        self.events.append(Acknowledged(head))

    def promised(self, moment: int) -> tuple[int, str] | None:
        """The last head acknowledged in the first ``moment`` events."""
        return next(
            (one.head for one in reversed(self.events[:moment]) if isinstance(one, Acknowledged)), None
        )

    def cut(self, moment: int, chance: random.Random) -> dict[str, bytes]:
        """The files by name as a cut after ``moment`` events may leave them.

        What was synced is there. Of what was written since, any part may be, in any order, and any one may
        be torn: the disk writes back as it likes.
        """
        files: dict[str, bytearray] = {}
        unsynced: dict[str, list[Written]] = {}
        removed: dict[str, bytearray] = {}  # whose name may still be there
        for one in self.events[:moment]:
            match one:
                case Written():
                    unsynced.setdefault(one.file, []).append(one)
                case Synced():
                    if one.file not in files:  # its first: SQLite syncs the folder of a new log then, too
                        removed.clear()
                    for change in unsynced.pop(one.file, []):
                        _apply(files.setdefault(one.file, bytearray()), change)
                case Removed():
                    unsynced.pop(one.file, None)
                    content = files.pop(one.file, None)
                    if content is not None and not one.durably:
                        removed[one.file] = content
        for file, content in removed.items():
            if chance.random() < 0.5:
                files[file] = content
                unsynced.pop(file, None)  # went to another file, whose name had not reached the disk
        for file, changes in unsynced.items():
            if file not in files and chance.random() < 0.3:
                continue  # not even the name had reached the disk
            kept = [change for change in changes if chance.random() < chance.choice((0.1, 0.5, 0.9, 1.0))]
            if chance.random() < 0.5:
                chance.shuffle(kept)
            for change in kept:
                _apply(files.setdefault(file, bytearray()), _torn(change, chance))
        return {file: bytes(content) for file, content in files.items()}


def _apply(content: bytearray, change: Written) -> None:
    end = change.offset + len(change.data or b"")
    if change.data is None:
        del content[end:]
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    if change.data is not None:
        content[change.offset : end] = change.data


def _torn(change: Written, chance: random.Random) -> Written:
    """The change, one in four times only its beginning or only its end."""
    if change.data is None or len(change.data) < 2 or chance.random() < 0.75:
        return change
    at = chance.randrange(1, len(change.data))
    if len(change.data) > SECTOR and chance.random() < 0.5:
        at = max(SECTOR, at // SECTOR * SECTOR)
    if chance.random() < 0.5:
        return change._replace(data=change.data[:at])
    return Written(change.file, change.offset + at, change.data[at:])


def _plain(name: Any) -> str:
    """A file's name, which SQLite gives with options or without."""
    return Path(name if isinstance(name, str) else name.filename()).name


class _RecordedFile(apsw.VFSFile):
    def __init__(self, base: str, name: Any, flags: Any, power: Power) -> None:
        self._name = _plain(name)
        self._power = power
        super().__init__(base, name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802 — SQLite's names
        self._power.events.append(Written(self._name, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self._power.events.append(Written(self._name, newsize, None))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        super().xSync(flags)
        self._power.events.append(Synced(self._name))


class _Recording(apsw.VFS):
    def __init__(self, name: str, power: Power) -> None:
        self._power = power
        super().__init__(name, "unix")

    def xOpen(self, name: Any, flags: Any) -> apsw.VFSFile:  # noqa: N802
        if name is None:  # a temporary file of SQLite's own
            return apsw.VFSFile("unix", name, flags)
        return _RecordedFile("unix", name, flags, self._power)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        super().xDelete(filename, syncdir)
        self._power.events.append(Removed(Path(filename).name, bool(syncdir)))


@contextmanager
def recorded() -> Iterator[Power]:
    """Everything that SQLite writes within is remembered, beside being written."""
    power = Power()
    name = "satrap-recording"
    with _default(name, _Recording(name, power)):
        yield power


class Trouble:
    """Which calls fail: those from number ``first`` (from 1), for ``lasting`` of them, with ``error``."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        self._fails: range = range(0)
        self._error: type[apsw.Error] = apsw.FullError

    def expect(self, first: int, lasting: int, error: type[apsw.Error]) -> None:
        self.calls.clear()
        self._fails, self._error = range(first, first + lasting), error

    def end(self) -> None:
        """Nothing fails any more."""
        self._fails = range(0)

    def may_strike(self, call: str, kinds: Sequence[str]) -> None:
        self.calls.append(call)
        if len(self.calls) in self._fails and (call in kinds or self._error is not apsw.FullError):
            raise self._error(f"at call {len(self.calls)}, {call}")


GROWING = ("xWrite", "xTruncate", "xOpen", "xSync")  # calls that a full disk refuses


class _FailingFile(apsw.VFSFile):
    def __init__(self, base: str, name: Any, flags: Any, trouble: Trouble) -> None:
        self._trouble = trouble
        super().__init__(base, name, flags)

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        self._trouble.may_strike("xRead", GROWING)
        return super().xRead(amount, offset)

    def xWrite(self, data: bytes, offset: int) -> None:  # noqa: N802
        self._trouble.may_strike("xWrite", GROWING)
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:  # noqa: N802
        self._trouble.may_strike("xTruncate", GROWING)
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:  # noqa: N802
        self._trouble.may_strike("xSync", GROWING)
        super().xSync(flags)

    def xFileSize(self) -> int:  # noqa: N802
        self._trouble.may_strike("xFileSize", GROWING)
        return super().xFileSize()


class _Failing(apsw.VFS):
    def __init__(self, name: str, trouble: Trouble) -> None:
        self._trouble = trouble
        super().__init__(name, "unix")

    def xOpen(self, name: Any, flags: Any) -> apsw.VFSFile:  # noqa: N802
        if name is None:
            return apsw.VFSFile("unix", name, flags)
        self._trouble.may_strike("xOpen", GROWING)
        return _FailingFile("unix", name, flags, self._trouble)

    def xDelete(self, filename: str, syncdir: bool) -> None:  # noqa: N802
        self._trouble.may_strike("xDelete", GROWING)
        super().xDelete(filename, syncdir)


@contextmanager
def failing() -> Iterator[Trouble]:
    """SQLite's calls to its files are counted within, and fail where they are told to."""
    trouble = Trouble()
    name = "satrap-failing"
    with _default(name, _Failing(name, trouble)):
        yield trouble


@contextmanager
def _default(name: str, vfs: apsw.VFS) -> Iterator[None]:
    apsw.set_default_vfs(name)
    try:
        yield
    finally:
        apsw.set_default_vfs("unix")
        vfs.unregister()


def write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Put a cut's files in a folder."""
    for name, content in files:
        (folder / name).write_bytes(content)
