"""One entry of the ledger and the hash that chains it to the one before."""

import hashlib
from enum import StrEnum

import msgspec

GENESIS = bytes(32)  # what the first entry is chained to


class EntryKind(StrEnum):
    """What happened. New kinds are added; the meaning of an old one never changes."""

    LEDGER_OPENED = "ledger opened"
    REPORT_ADDED = "report added"
    CLAIM_READ = "claim read"
    REPORT_READ = "report read"
    STORY_JOINED = "story joined"


class Entry(msgspec.Struct, frozen=True):
    """The ``seq``-th thing that happened, at ``at`` (ISO 8601, UTC), by ``author``."""

    seq: int
    kind: EntryKind
    at: str
    author: str
    body: bytes

    def chained_to(self, previous: bytes) -> bytes:
        """SHA-256 over the previous hash and this entry's fields, each preceded by its length in bytes.

        The lengths make the encoding injective: no two different entries share it.
        """
        digest = hashlib.sha256(previous)
        for field in (
            str(self.seq).encode(),
            self.kind.encode(),
            self.at.encode(),
            self.author.encode(),
            self.body,
        ):
            digest.update(len(field).to_bytes(8, "big"))
            digest.update(field)
        return digest.digest()
