"""Answers kept by what was asked: reading again costs nothing, and gives the same."""

import hashlib
import os
from pathlib import Path
from typing import Protocol

import msgspec

from satrap.errors import ReadingError


class Answers(Protocol):
    """Where answers are kept."""

    def get(self, key: str) -> str | None: ...

    def put(self, key: str, answer: str) -> None: ...


def key(model: str, prompt: str, text: str) -> str:
    """SHA-256 (hex) of what decides an answer; parts cannot run into one another."""
    return hashlib.sha256(msgspec.json.encode([model, prompt, text])).hexdigest()


class Cache:
    """A folder with a file for each answer, readable by its owner alone: answers quote reports."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, key: str) -> str | None:
        try:
            return (self._folder / f"{key}.txt").read_text(encoding="utf-8")
        except FileNotFoundError:
            return None
        except (OSError, UnicodeDecodeError) as error:
            raise self._fault(error) from error

    def put(self, key: str, answer: str) -> None:
        """Whole or not at all: a kill half way leaves no half answer."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            unfinished = self._folder / f".{key}.{os.getpid()}"
            unfinished.write_text(answer, encoding="utf-8")
            unfinished.replace(self._folder / f"{key}.txt")
        except OSError as error:
            raise self._fault(error) from error

    def _fault(self, error: Exception) -> ReadingError:
        reason = getattr(error, "strerror", None) or "is not text"
        return ReadingError(
            f"{self._folder}: {reason}",
            remedy="make the folder writable, or delete it: it holds only answers",
        )
