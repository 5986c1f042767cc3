"""One entry of the ledger and the bytes that the tree commits to."""

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


class Entry(msgspec.Struct, frozen=True):
    """The ``seq``-th thing that happened (from 1), at ``at`` (ISO 8601, UTC, microseconds), by ``author``.

    ``body`` is canonical JSON of what :mod:`satrap.ledger.bodies` declares for the kind.
    """

    seq: int
    kind: EntryKind
    at: str
    author: str
    body: bytes

    @property
    def hash(self) -> bytes:
        """Hash of this entry as a leaf of the tree."""
        return leaf_of(self.seq, self.kind, self.at, self.author, self.body)


def leaf_of(seq: int, kind: str, at: str, author: str, body: bytes) -> bytes:
    """SHA-256 over 0x00 and the fields, each preceded by its length in bytes (8 bytes, big-endian).

    The lengths make the encoding injective: no two different entries share it. ``seq`` is in decimal.
    """
    parts = [b"\x00"]
    for field in (b"%d" % seq, kind.encode(), at.encode(), author.encode(), body):
        parts += (len(field).to_bytes(8, "big"), field)
    return sha256(b"".join(parts)).digest()
