"""What the body of each kind of entry says.

A report's body is the :class:`~satrap.reports.Report`, a claim's the :class:`~satrap.claims.Claim`. Fields
are added with defaults; the meaning of an old one never changes.
"""

from typing import Any

import msgspec

from satrap.claims import Claim
from satrap.ledger.entry import EntryKind
from satrap.reports import Report


class LedgerOpened(msgspec.Struct, frozen=True):
    """``version`` is that of the entries' form, not of the tables."""

    version: int


class ReportRead(msgspec.Struct, frozen=True):
    """A reading: which claims (ids) this version of this reader makes of the report (hash)."""

    report: str
    reader: str
    version: str
    claims: tuple[str, ...]


class ClaimAccepted(msgspec.Struct, frozen=True, omit_defaults=True):
    claim: str
    note: str = ""


class ClaimCorrected(msgspec.Struct, frozen=True, omit_defaults=True):
    """``corrected`` is the claim as it should have been read; ``fields`` are the names of those changed."""

    claim: str
    corrected: Claim
    fields: tuple[str, ...]
    note: str = ""


class ClaimRejected(msgspec.Struct, frozen=True):
    claim: str
    reason: str


class NoteAdded(msgspec.Struct, frozen=True):
    """``subject`` is the id of a claim, the hash of a report, or the id of whatever the note is about."""

    subject: str
    text: str


class StoryJoined(msgspec.Struct, frozen=True, omit_defaults=True):
    """``by_hand`` where a person says so, whom no grouping overrules."""

    report: str
    story: str
    evidence: str
    by_hand: bool = False


class StorySplit(msgspec.Struct, frozen=True):
    """The report is told apart from ``story``, under a name that no other report has."""

    report: str
    story: str
    reason: str

    def told_in(self, seq: int) -> str:
        """The story (id) that the split in entry ``seq`` makes: not the report's hash, under which others may
        be told."""
        return f"{self.report}~{seq}"


class EntitiesMerged(msgspec.Struct, frozen=True):
    into: str
    merged: tuple[str, ...]
    reason: str


class EntitiesUnmerged(msgspec.Struct, frozen=True):
    into: str
    unmerged: tuple[str, ...]
    reason: str


class EstimatePublished(msgspec.Struct, frozen=True):
    """``cut`` is the ledger's root that the estimate was made from, as it was at ``known_at`` (ISO 8601 UTC),
    ``model`` names the model, ``hash`` is SHA-256 of the published table, ``start``, ``end`` (days) and
    ``seed`` are the settings to make it again with."""

    cut: str
    model: str
    hash: str
    known_at: str = ""
    start: str = ""
    end: str = ""
    seed: int = 0


BODIES: dict[EntryKind, Any] = {
    EntryKind.LEDGER_OPENED: LedgerOpened,
    EntryKind.REPORT_ADDED: Report,
    EntryKind.CLAIM_READ: Claim,
    EntryKind.REPORT_READ: ReportRead,
    EntryKind.CLAIM_ACCEPTED: ClaimAccepted,
    EntryKind.CLAIM_CORRECTED: ClaimCorrected,
    EntryKind.CLAIM_REJECTED: ClaimRejected,
    EntryKind.NOTE_ADDED: NoteAdded,
    EntryKind.STORY_JOINED: StoryJoined,
    EntryKind.STORY_SPLIT: StorySplit,
    EntryKind.ENTITIES_MERGED: EntitiesMerged,
    EntryKind.ENTITIES_UNMERGED: EntitiesUnmerged,
    EntryKind.FORECAST_REGISTERED: dict[str, Any],
    EntryKind.ESTIMATE_PUBLISHED: EstimatePublished,
    EntryKind.FORECAST_SETTLED: dict[str, Any],
}

_decoders = {kind: msgspec.json.Decoder(body) for kind, body in BODIES.items()}
_encoder = msgspec.json.Encoder(order="sorted")


def encode(body: Any) -> bytes:
    """Canonical JSON: keys sorted, UTF-8, no insignificant space, defaults left out."""
    return _encoder.encode(body)


def decode(kind: EntryKind, body: bytes) -> Any:
    """The body of an entry of this kind; raises msgspec.ValidationError where it is not one."""
    return _decoders[kind].decode(body)


def claim_in(kind: EntryKind, body: bytes) -> Claim:
    """The claim that an entry tells: one read, or the corrected one."""
    told = decode(kind, body)
    claim: Claim = told.corrected if kind == EntryKind.CLAIM_CORRECTED else told
    return claim
