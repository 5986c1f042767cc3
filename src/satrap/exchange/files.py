"""Writing what leaves: all of it or nothing, in text that no spreadsheet takes for a formula."""

import csv
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from satrap.errors import PublishError

_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""What a spreadsheet may run (OWASP, CSV Injection), full-width forms too, and what `safe` makes of it."""


def safe(cell: str) -> str:
    """The cell with an apostrophe before it where a spreadsheet would take it for a formula.

    `plain` takes it away again: no two cells are made alike.
    """
    return f"'{cell}" if _FORMULA.match(cell) else cell


def plain(cell: str) -> str:
    """The cell as it was before `safe`."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def write_csv(file: Path, head: Sequence[str], rows: Iterable[Sequence[str | int | float | None]]) -> None:
    """A comma-separated file (RFC 4180, UTF-8) of safe cells; None is an empty cell."""
    with file.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)  # lines end in CR LF: else a lone CR within a cell would not be quoted
        writer.writerow(head)
        for row in rows:
            writer.writerow([safe(cell) if isinstance(cell, str) else cell for cell in row])


@contextmanager
def lines(file: Path) -> Iterator[BinaryIO]:
    """A file to write lines of bytes to."""
    with file.open("wb", buffering=1 << 20) as handle:
        yield handle


@contextmanager
def replacing(path: Path, folder: bool, marker: str = "") -> Iterator[Path]:
    """A path to write to beside ``path``, moved there when the block ends well and removed when it does not.

    What is written is readable by all: it holds only what the gate let out, and is made to be passed on.
    A folder replaces only an empty one or one with the file ``marker`` in it, an earlier export.
    Raises PublishError where it cannot be written.
    """
    path = path.absolute()
    if path.is_dir() != folder and path.exists():
        raise PublishError(f"{path}: {'a file' if folder else 'a folder'}", remedy="name another path")
    if folder and path.is_dir() and any(path.iterdir()) and not (path / marker).is_file():
        raise PublishError(f"{path}: not empty, and no earlier export", remedy="name a new folder")
    try:
        room = Path(tempfile.mkdtemp(dir=path.parent, prefix=f".{path.name}."))
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        new = room / "new"
        if folder:
            new.mkdir()
        yield new
        for file in sorted(new.rglob("*")) if folder else [new]:
            file.chmod(0o644)
            _sync(file)
        if folder and path.exists():
            path.rename(room / "old")
        new.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        if (room / "old").exists() and not path.exists():
            (room / "old").rename(path)
        shutil.rmtree(room, ignore_errors=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _unwritable(path: Path, error: OSError) -> PublishError:
    return PublishError(f"{path}: {error.strerror}", remedy="name a path in a folder you can write to")
