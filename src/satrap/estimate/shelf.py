"""What a fit has reached, kept on disk: interrupted, it goes on where it was; finished, it is not made again.

Only numbers are kept, under a name that is a hash: settings of the model and sites of claims, in the order of
the observations; no claim, no publisher, no source.
"""

import os
import shutil
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Protocol
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Arrays = dict[str, Array]

_KEPT = 8  # fits, the last made


class Shelf(Protocol):
    """Where the steps of one fit are kept."""

    def get(self, step: str) -> Arrays | None: ...

    def put(self, step: str, arrays: Mapping[str, Array]) -> None: ...


class Nowhere:
    """Keeps nothing."""

    def get(self, step: str) -> Arrays | None:
        return None

    def put(self, step: str, arrays: Mapping[str, Array]) -> None:
        pass


NOWHERE = Nowhere()


@dataclass(frozen=True, slots=True)
class Folder:
    """Keeps each step in a file of ``folder / key``, readable by its owner alone, and the last eight keys.

    A file that is damaged counts as missing, and one that cannot be written is not kept: that costs time,
    never an answer.
    """

    folder: Path
    key: str

    def get(self, step: str) -> Arrays | None:
        try:
            with np.load(self.folder / self.key / f"{step}.npz", allow_pickle=False) as kept:
                return {name: kept[name] for name in kept.files}
        except (OSError, EOFError, ValueError, KeyError, BadZipFile):
            return None

    def put(self, step: str, arrays: Mapping[str, Array]) -> None:
        """Whole or not at all: a kill half way leaves no half step."""
        place = self.folder / self.key
        unfinished = place / f".{step}.{os.getpid()}.npz"
        try:
            if not place.is_dir():
                place.mkdir(parents=True, mode=0o700)
                self._make_room()
            np.savez(unfinished, **arrays)  # type: ignore[arg-type]  # numpy types the first option too
            unfinished.replace(place / f"{step}.npz")
        except OSError:
            with suppress(OSError):
                unfinished.unlink()

    def _make_room(self) -> None:
        fits = sorted(
            (one for one in self.folder.iterdir() if one.is_dir()), key=lambda one: one.stat().st_mtime
        )
        for old in fits[:-_KEPT]:
            shutil.rmtree(old, ignore_errors=True)


def kept(shelf: Shelf, step: str, make: Callable[[], Arrays]) -> Arrays:
    """A step from the shelf, or made and put there."""
    found = shelf.get(step)
    if found is None:
        found = make()
        shelf.put(step, found)
    return found


@cache
def model() -> str:
    """Names the model by a hash of its own source and numbers, so that no edit of either can be forgotten."""
    sources = sorted(
        (one.name, one.read_bytes()) for one in files(__package__).iterdir() if _is_ours(one.name)
    )
    return (
        f"authority {fingerprint(*(part for name, body in sources for part in (name.encode(), body)))[:12]}"
    )


def fingerprint(*parts: bytes) -> str:
    """SHA-256 (hex) of parts that cannot run into one another."""
    digest = sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def _is_ours(name: str) -> bool:
    return name.endswith((".py", ".yaml"))
