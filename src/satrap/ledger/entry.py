"""One entry of the ledger and the bytes that the tree commits to."""

from collections.abc import Iterable
from enum import StrEnum
from hashlib import sha256

import msgspec


class EntryKind(StrEnum):
    """What happened. New kinds are added; the meaning of an old one never changes."""

    LEDGER_OPENED = "ledger opened"
    REPORT_ADDED = "report added"
    CLAIM_READ = "claim read"
    REPORT_READ = "report read"
    CLAIM_ACCEPTED = "claim accepted"
    CLAIM_CORRECTED = "claim corrected"
    CLAIM_REJECTED = "claim rejected"
    NOTE_ADDED = "note added"
    STORY_JOINED = "story joined"
    STORY_SPLIT = "story split"
    ENTITIES_MERGED = "entities merged"
    ENTITIES_UNMERGED = "entities unmerged"
    FORECAST_REGISTERED = "forecast registered"
    ESTIMATE_PUBLISHED = "estimate published"
    FORECAST_SETTLED = "forecast settled"


class Entry(msgspec.Struct, frozen=True, gc=False):
    """The ``seq``-th thing that happened (from 1), at ``at`` (ISO 8601, UTC, microseconds), by ``author``.

    ``body`` is canonical JSON of what :mod:`satrap.ledger.bodies` declares for the kind.
    """

    seq: int
    kind: EntryKind
    at: str
    author: str
    body: bytes


Fields = tuple[int, str, str, str, bytes]  # of an entry, as they stand in a row


def hashes(entries: Iterable[Fields]) -> list[bytes]:
    """Hash of each entry as a leaf of the tree: SHA-256 over 0x00 and the fields in order, each preceded by
    its length in bytes (8 bytes, big-endian); ``seq`` is in decimal.

    The lengths make the encoding injective: no two different entries share it. Raises TypeError where a field
    is not of its type, as a row that someone else wrote may be.
    """
    made: list[bytes] = []
    between: dict[tuple[str, str, str], bytes] = {}  # entries written together share these fields
    for seq, kind, at, author, body in entries:
        number = b"%d" % seq
        middle = between.get((kind, at, author))
        if middle is None:
            if not (isinstance(kind, str) and isinstance(at, str) and isinstance(author, str)):
                raise TypeError(f"entry {seq} has a field that is no text")
            middle = _sized(kind.encode()) + _sized(at.encode()) + _sized(author.encode())
            between[kind, at, author] = middle
        parts = (_BEGINNINGS[len(number)], number, middle, len(body).to_bytes(8, "big"), body)
        made.append(sha256(b"".join(parts)).digest())
    return made


_BEGINNINGS = [b"\x00" + digits.to_bytes(8, "big") for digits in range(32)]  # by the number's length


def _sized(field: bytes) -> bytes:
    return len(field).to_bytes(8, "big") + field
