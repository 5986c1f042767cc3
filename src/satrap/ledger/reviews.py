"""What reviewers said of claims, each beside what the reader had said."""

from collections import defaultdict

import msgspec
from sqlalchemy import Connection, and_, func, select

from satrap.claims import Claim, Status
from satrap.ledger import bodies, schema
from satrap.ledger.entry import EntryKind
from satrap.ledger.versions import SHELF

KINDS = (EntryKind.CLAIM_ACCEPTED, EntryKind.CLAIM_CORRECTED, EntryKind.CLAIM_REJECTED)


class Act(msgspec.Struct, frozen=True):
    """One reviewer's decision, in entry ``seq``: what the reader had ``read``, and what the claim ``said``
    from then on, None where it was rejected."""

    claim: str
    author: str
    seq: int
    read: Claim
    said: Claim | None


def acts(connection: Connection, known: int) -> list[Act]:
    """Every decision about a claim up to entry ``known``, in order."""
    event, entry = schema.event.c, schema.entry.c
    decided = (
        select(event.seq, event.kind, event.subject, entry.author)
        .join(schema.entry, entry.seq == event.seq)
        .where(event.kind.in_([kind.value for kind in KINDS]), event.seq <= known)
        .order_by(event.seq)
    )
    made = connection.execute(decided).all()
    versions = _versions(connection, known)
    found: list[Act] = []
    for seq, kind, id, author in made:
        before = [one for since, status, one in versions[id] if since < seq and status == Status.READ]
        said = next(one for since, _, one in versions[id] if since == seq)
        rejected = kind == EntryKind.CLAIM_REJECTED
        found.append(Act(id, author, seq, before[-1], None if rejected else said))
    return found


def _versions(connection: Connection, known: int) -> dict[str, list[tuple[int, str, Claim]]]:
    """Every version of the claims that were decided about, in order: since which entry, status, content."""
    event, version, entry = schema.event.c, schema.claim_version.c, schema.entry.c
    kinds = [kind.value for kind in KINDS]
    reviewed = select(event.subject).where(event.kind.in_(kinds)).distinct().subquery()
    id = reviewed.c.subject
    asked = (
        select(version.id, version.known_from, version.status, entry.kind, entry.body)
        .select_from(schema.claim_version)
        .join(reviewed, and_(version.shelf == func.substr(id, 1, SHELF), version.id == id))
        .join(schema.entry, entry.seq == version.body)
        .where(version.known_from <= known)
        .order_by(version.known_from)
    )
    found: dict[str, list[tuple[int, str, Claim]]] = defaultdict(list)
    for claim, since, status, kind, body in connection.execute(asked):
        found[claim].append((since, status, bodies.claim_in(EntryKind(kind), body)))
    return found
