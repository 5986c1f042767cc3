"""What people decide about the record: each decision is one entry, and none changes what was known before."""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from contextlib import AbstractContextManager
from typing import Any

import msgspec

from satrap.claims import Claim
from satrap.errors import LedgerError
from satrap.ledger import bodies, finding, questions
from satrap.ledger.entry import EntryKind
from satrap.ledger.placements import by_hand
from satrap.ledger.writing import Write
from satrap.protect.stripping import nameless

REGISTERED = (
    EntryKind.FORECAST_REGISTERED,
    EntryKind.FORECAST_SETTLED,
    EntryKind.ESTIMATE_PUBLISHED,
)


class Decisions(ABC):
    """The part of :class:`satrap.ledger.Ledger` that reviewers use. Every method returns the number of the
    entry it appended, which is durable then; the author is the ledger handle's."""

    @abstractmethod
    def _writing(self) -> AbstractContextManager[Write]: ...

    def accept(self, claim: str, note: str = "") -> int:
        """The claim (by id) was read rightly."""
        return self._decide(EntryKind.CLAIM_ACCEPTED, bodies.ClaimAccepted(claim, note))

    def reject(self, claim: str, reason: str) -> int:
        """The report does not say this: the claim leaves :meth:`Ledger.claims`, until it is accepted."""
        _require(reason, "a rejection needs its reason")
        return self._decide(EntryKind.CLAIM_REJECTED, bodies.ClaimRejected(claim, reason))

    def correct(self, claim: str, corrected: Claim, note: str = "") -> int:
        """The report says ``corrected`` instead; the claim keeps its id.

        Raises LedgerError where nothing differs from what the ledger has, or the quote is not the report's.
        """
        with self._writing() as write:
            before, corrected = write.claim(claim), nameless(corrected)
            fields = tuple(
                name
                for name in Claim.__struct_fields__
                if name != "status" and getattr(before, name) != getattr(corrected, name)
            )
            if not fields:
                raise LedgerError(f"claim {claim} says so already", remedy="change a field, or accept it")
            if "report" in fields or not corrected.quote.holds_in(write.text(corrected.report)):
                raise LedgerError(
                    f"claim {claim}: the corrected quote does not stand in its report",
                    remedy="quote the report's own words, at their place",
                )
            body = bodies.ClaimCorrected(claim, corrected, fields, note)
            return write.append(EntryKind.CLAIM_CORRECTED, body)

    def annotate(self, subject: str, text: str) -> int:
        """Keep a note on a claim, a report, an entity: whatever ``subject`` is the id of."""
        _require(text, "a note needs words")
        return self._decide(EntryKind.NOTE_ADDED, bodies.NoteAdded(subject, text))

    def join_stories(self, stories: Mapping[str, tuple[str, str]]) -> int:
        """Record which story each report (by hash) belongs to, with the evidence; only changes are written.

        ``stories`` maps a report's hash to (story id, evidence). Where a person joined a report or told it
        apart, there it stays.
        Returns how many reports changed story, not an entry's number.
        """
        with self._writing() as write:
            current = questions.stories(write.connection, write.tree.size)
            decided = by_hand(write.connection, write.tree.size)
            changed = {
                hash: told
                for hash, told in stories.items()
                if current.get(hash, hash) != told[0] and hash not in decided
            }
            write.look_up(changed)
            for hash, (story, evidence) in changed.items():
                write.append(EntryKind.STORY_JOINED, bodies.StoryJoined(hash, story, evidence))
        return len(changed)

    def join_story(self, report: str, story: str, evidence: str) -> int:
        """A person joins a report (by hash) to a story, even one it was told apart from."""
        _require(evidence, "a join needs its reason")
        return self._decide(EntryKind.STORY_JOINED, bodies.StoryJoined(report, story, evidence, by_hand=True))

    def split_story(self, report: str, reason: str) -> int:
        """The report (by hash) is a telling of its own. Raises LedgerError where it is already."""
        _require(reason, "a split needs its reason")
        with self._writing() as write:
            current = questions.stories(write.connection, write.tree.size)
            story = current.get(report, report)
            if len(finding.told_as(write.connection, write.tree.size, story)) < 2:
                raise LedgerError(f"report {report[:12]} is a story of its own", remedy="nothing to split")
            return write.append(EntryKind.STORY_SPLIT, bodies.StorySplit(report, story, reason))

    def merge_entities(self, into: str, merged: Collection[str], reason: str) -> int:
        """The ids ``merged`` mean the same as ``into``: who asks for one gets the claims on all.

        Raises LedgerError where an id is merged already, or the merge would go in a circle.
        """
        _require(reason, "a merge needs its reason")
        with self._writing() as write:
            known = questions.merges(write.connection, write.tree.size)
            for id in merged:
                if id in known:
                    raise LedgerError(f"{id} is merged into {known[id]}", remedy="unmerge it first")
            end = into
            while end in known and end not in merged:
                end = known[end]
            if not merged or end in merged:
                raise LedgerError(f"{into} cannot be merged into itself", remedy="name other ids to merge")
            body = bodies.EntitiesMerged(into, tuple(merged), reason)
            return write.append(EntryKind.ENTITIES_MERGED, body)

    def unmerge_entities(self, into: str, unmerged: Collection[str], reason: str) -> int:
        """The ids ``unmerged`` are not ``into`` after all. Raises LedgerError where one never was."""
        _require(reason, "taking a merge back needs its reason")
        with self._writing() as write:
            known = questions.merges(write.connection, write.tree.size)
            for id in unmerged:
                if known.get(id) != into:
                    raise LedgerError(f"{id} is not merged into {into}", remedy="see `satrap log`")
            body = bodies.EntitiesUnmerged(into, tuple(unmerged), reason)
            return write.append(EntryKind.ENTITIES_UNMERGED, body)

    def register(self, kind: EntryKind, body: Any) -> int:
        """Seal a forecast or how it came out (any JSON object), or a published estimate
        (:class:`bodies.EstimatePublished`).

        Raises LedgerError for another kind of entry, ValidationError where the body is not one of its kind.
        """
        if kind not in REGISTERED:
            raise LedgerError(
                f"an entry of kind {kind!r} is not registered", remedy="use the method that makes it"
            )
        return self._decide(kind, bodies.decode(kind, bodies.encode(body)))

    def _decide(self, kind: EntryKind, body: msgspec.Struct | dict[str, Any]) -> int:
        with self._writing() as write:
            return write.append(kind, body)


def _require(text: str, problem: str) -> None:
    if not text.strip():
        raise LedgerError(problem, remedy="say why in a few words")
