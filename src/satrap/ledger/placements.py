"""What people decided about stories: the last word on each report that somebody joined or told apart."""

from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from satrap.ledger import bodies, finding, schema
from satrap.ledger.entry import EntryKind
from satrap.reports import Placement


class ByHand(NamedTuple):
    """The entry in which a person last placed a report."""

    seq: int
    body: bodies.StoryJoined | bodies.StorySplit


def by_hand(connection: Connection, known: int) -> dict[str, ByHand]:
    """The last decision of a person about each report (by hash), in the order they were made."""
    event, entry = schema.event.c, schema.entry.c
    kinds = [EntryKind.STORY_JOINED.value, EntryKind.STORY_SPLIT.value]
    asked = (
        select(event.seq, event.kind, entry.body)
        .join(schema.entry, entry.seq == event.seq)
        .where(event.kind.in_(kinds), event.seq <= known)
        .order_by(event.seq)
    )
    found: dict[str, ByHand] = {}
    for seq, kind, encoded in connection.execute(asked):
        body: Any = bodies.decode(EntryKind(kind), encoded)
        if isinstance(body, bodies.StorySplit) or body.by_hand:
            found.pop(body.report, None)
            found[body.report] = ByHand(seq, body)
    return found


def placements(connection: Connection, known: int) -> list[Placement]:
    """Those decisions with the reports that were in the story when each was made, the oldest first."""
    report = schema.report.c
    made: list[Placement] = []
    for hash, (seq, body) in by_hand(connection, known).items():
        members = finding.told_as(connection, seq - 1, body.story)
        others = connection.scalars(select(report.hash).where(report.seq.in_(members), report.hash != hash))
        match body:
            case bodies.StorySplit():
                made.append(Placement(hash, body.told_in(seq), True, frozenset(others)))
            case bodies.StoryJoined():
                made.append(Placement(hash, body.story, False, frozenset(others)))
    return made
