"""What became of what sources said, where it was settled."""

from collections.abc import Iterable
from dataclasses import dataclass

from satrap.accounts.conflict import Conflict
from satrap.claims import RecordedClaim


@dataclass(frozen=True)
class SourceRecord:
    """How often a kind of source, or a publisher, said what was settled for it and against it.

    ``of`` is "source kind" or "publisher"; a story counts once about one subject, however many rewrote it.
    """

    of: str
    name: str
    borne_out: int
    refuted: int


def sources_record(
    conflicts: Iterable[Conflict], claims: Iterable[RecordedClaim]
) -> tuple[SourceRecord, ...]:
    """The record of every source with a part in a settled conflict, those most often refuted first.

    Claims that settle a conflict are not counted: to tell of an appearance that all could see proves nobody
    right. So sources have fewer counts for them than their skill deserves.
    """
    by_id = {one.id: one for one in claims}
    told: set[tuple[str, str, str, str, bool]] = set()
    for conflict in conflicts:
        if conflict.settled is None:
            continue
        for place, side in enumerate(conflict.sides):
            for id in set(side.claims) - set(conflict.settled.by):
                one = by_id[id]
                held = place == conflict.settled.side
                told.add(("source kind", one.claim.voice.kind.value, conflict.subject, one.story, held))
                told.add(("publisher", one.outlet, conflict.subject, one.story, held))
    found = [
        SourceRecord(
            of,
            name,
            sum(one[:2] == (of, name) and one[4] for one in told),
            sum(one[:2] == (of, name) and not one[4] for one in told),
        )
        for of, name in {one[:2] for one in told}
    ]
    return tuple(sorted(found, key=lambda one: (one.of, -one.refuted, -one.borne_out, one.name)))
