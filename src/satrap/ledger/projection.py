"""Entries into the tables that answer questions: the same when written and when rebuilt.

What people decided about a claim outranks what a reader makes of the report later: a reading changes, drops
and brings back only versions that nobody has reviewed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import astuple
from sqlalchemy import ColumnElement, Connection, Table, bindparam, null, select, update

from satrap.claims import Claim, Status
from satrap.errors import LedgerError
from satrap.ledger import bodies, schema
from satrap.ledger.entry import Entry, EntryKind
from satrap.ledger.store import insert_rows
from satrap.ledger.terms import terms
from satrap.ledger.versions import Reported, Version, days, shelf, version_of
from satrap.reports import Report

LOOKED_UP = 500  # report hashes in one question
_REPORTS = select(
    schema.report.c.hash, schema.report.c.seq, schema.report.c.publisher, schema.report.c.earliest
).where(schema.report.c.hash.in_(bindparam("some", expanding=True)))


class Projection:
    """The tables' next rows, gathered while entries are applied in order and written by :meth:`flush`.

    Belongs to one transaction: what it has looked up is true while nobody else writes.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._reported: dict[str, Reported | None] = {}  # None: looked for and not there
        self._versions: dict[int, dict[str, Version]] = {}  # newest version by claim id, of each report
        self._readings: dict[int, set[tuple[str, str]]] = {}
        self._reports_of: dict[str, int] = {}  # claims opened here, not yet to be found in the tables
        self._new: dict[str, list[tuple[Any, ...]]] = {"report": [], "reading": [], "event": []}
        self._postings: dict[int, dict[str, list[tuple[int, int, int | None, int | None]]]] = {}
        self._opened: list[Version] = []
        self._closed: list[Version] = []
        self._told: dict[str, list[list[Any]]] = {"story": [], "merge": []}
        self._said: dict[tuple[str, int | str], list[Any]] = {}  # those of them that still hold
        self._ended: dict[str, dict[int | str, int]] = {"story": {}, "merge": {}}

    # -- what is known --

    def look_up(self, hashes: Iterable[str]) -> None:
        """Find many reports at once: one question instead of one for each."""
        wanted = [hash for hash in dict.fromkeys(hashes) if hash not in self._reported]
        for at in range(0, len(wanted), LOOKED_UP):
            some = wanted[at : at + LOOKED_UP]
            self._reported.update(dict.fromkeys(some))
            for row in self._connection.execute(_REPORTS, {"some": some}):
                self._reported[row.hash] = Reported(row.seq, row.publisher, row.earliest)

    def reported(self, hash: str) -> Reported | None:
        if hash not in self._reported:
            self.look_up([hash])
        return self._reported[hash]

    def readings(self, report: Reported) -> set[tuple[str, str]]:
        """Which readers, at which versions, have read a report."""
        if report.seq not in self._readings:
            table = schema.reading.c
            asked = select(table.reader, table.version).where(table.report == report.seq)
            self._readings[report.seq] = {
                (row.reader, row.version) for row in self._connection.execute(asked)
            }
        return self._readings[report.seq]

    def versions(self, report: int) -> dict[str, Version]:
        """The newest version of each claim ever made of a report, by the claim's id."""
        if report not in self._versions:
            table = schema.claim_version
            asked = select(table).where(table.c.report == report).order_by(table.c.known_from)
            found = (Version(*row) for row in self._connection.execute(asked))
            self._versions[report] = {version.id: version for version in found}
        return self._versions[report]

    def version(self, claim: str) -> Version:
        """The newest version of a claim; raises LedgerError where there is no such claim."""
        table = schema.claim_version.c
        report = self._reports_of.get(claim)
        if report is None:
            asked = select(table.report).where(table.shelf == shelf(claim), table.id == claim).limit(1)
            report = self._connection.scalar(asked)
        if report is None:
            raise LedgerError(f"there is no claim {claim}", remedy="see `satrap claims --json` for ids")
        return self.versions(report)[claim]

    # -- what happens --

    def apply(self, one: Entry, body: Any, id: str | None = None) -> None:
        """Take in the next entry, with its decoded body, and the claim's id where it has been computed."""
        match body:
            case Claim():
                self._read(one.seq, body, id or body.id)
            case Report():
                self._add_report(one.seq, body)
            case bodies.ReportRead():
                self._finish_reading(one.seq, body)
            case _:
                self._new["event"].append((one.seq, one.kind.value, _subject(one.kind, body)))
                self._decide(one.seq, body)

    def _decide(self, seq: int, body: Any) -> None:
        match body:
            case bodies.ClaimAccepted():
                self._review(seq, body.claim, Status.ACCEPTED)
            case bodies.ClaimRejected():
                self._review(seq, body.claim, Status.REJECTED)
            case bodies.ClaimCorrected():
                self._correct(seq, body.claim, body.corrected)
            case bodies.StoryJoined():
                self._tell(seq, body.report, body.story)
            case bodies.StorySplit():
                self._tell(seq, body.report, body.told_in(seq))
            case bodies.EntitiesMerged():
                for entity in body.merged:
                    self._say("merge", entity, seq, body.into)
            case bodies.EntitiesUnmerged():
                for entity in body.unmerged:
                    self._end("merge", entity, seq)

    def _add_report(self, seq: int, report: Report) -> None:
        day = report.published
        earliest = day.earliest.isoformat() if day else None
        latest = day.latest.isoformat() if day else None
        self._new["report"].append((seq, report.hash, report.publisher, report.outlet, earliest, latest))
        self._reported[report.hash] = Reported(seq, report.publisher, earliest)
        self._versions[seq] = {}
        self._readings[seq] = set()

    def _read(self, seq: int, claim: Claim, id: str) -> None:
        report = self._known(claim.report)
        before = self.versions(report.seq).get(id)
        if before is None:
            self._open(version_of(claim, id, seq, seq, report), claim, report)
        elif before.status == Status.READ:
            self._close(before, seq)
            self._open(version_of(claim, id, before.claim, seq, report), claim, report)

    def _finish_reading(self, seq: int, reading: bodies.ReportRead) -> None:
        report = self._known(reading.report)
        self._new["reading"].append((seq, report.seq, reading.reader, reading.version))
        self.readings(report).add((reading.reader, reading.version))
        made = set(reading.claims)
        versions = self.versions(report.seq)
        for id, version in list(versions.items()):
            if version.status != Status.READ:
                continue
            if id not in made and version.known_until is None:
                self._close(version, seq)
            elif id in made and version.known_until is not None:
                self._open(version.since(seq))

    def _review(self, seq: int, claim: str, status: Status) -> None:
        before = self.version(claim)
        self._close(before, seq)
        self._open(before.since(seq, status))

    def _correct(self, seq: int, id: str, corrected: Claim) -> None:
        before = self.version(id)
        report = self._known(corrected.report)
        self._close(before, seq)
        self._open(version_of(corrected, id, before.claim, seq, report, Status.CORRECTED), corrected, report)

    def _tell(self, seq: int, hash: str, story: str) -> None:
        self._say("story", self._known(hash).seq, seq, story)

    def _known(self, hash: str) -> Reported:
        report = self.reported(hash)
        if report is None:
            raise LedgerError(f"there is no report {hash[:12]}", remedy="read it first")
        return report

    # -- rows --

    def _open(self, version: Version, claim: Claim | None = None, report: Reported | None = None) -> None:
        self._versions[version.report][version.id] = version
        self._reports_of[version.id] = version.report
        self._opened.append(version)
        if claim is not None and report is not None:
            volume = self._postings.setdefault(version.claim >> schema.VOLUME, defaultdict(list))
            row = (version.claim, version.body, *days(claim, report))
            for term in terms(claim, report.publisher):
                volume[term].append(row)

    def _close(self, version: Version, seq: int) -> None:
        if version.known_until is None:
            version.known_until = seq
            self._closed.append(version)

    def _say(self, table: str, key: int | str, seq: int, value: str) -> None:
        """From ``seq`` on, ``key`` has this value in ``story`` or ``merge``."""
        self._end(table, key, seq)
        row = self._said[table, key] = [key, seq, None, value]
        self._told[table].append(row)

    def _end(self, table: str, key: int | str, seq: int) -> None:
        """What ``key`` had until now holds no longer."""
        row = self._said.pop((table, key), None)
        if row is not None:
            row[2] = seq
        else:
            self._ended[table][key] = seq

    def flush(self) -> None:
        """Write all that was gathered."""
        self._update_closed()
        self._update_ended(schema.story, schema.story.c.report)
        self._update_ended(schema.merge, schema.merge.c.entity)
        new: dict[str, Iterable[tuple[Any, ...]]] = {
            **self._new,
            "claim_version": map(astuple, self._opened),
            "posting": self._posted(),
            "story": map(tuple, self._told["story"]),
            "merge": map(tuple, self._told["merge"]),
        }
        for table in schema.PROJECTIONS:
            insert_rows(self._connection, table, new[table.name])

    def _posted(self) -> Iterator[tuple[Any, ...]]:
        """Rows that stand together are written together."""
        for number, volume in sorted(self._postings.items()):
            for term in sorted(volume):
                for row in volume[term]:
                    yield number, term, *row

    def _update_closed(self) -> None:
        made_here = set(map(id, self._opened))
        closed = [
            {"of": version.claim, "since": version.known_from, "until": version.known_until}
            for version in self._closed
            if id(version) not in made_here
        ]
        if not closed:
            return
        table = schema.claim_version
        change = update(table).where(
            table.c.claim == bindparam("of"), table.c.known_from == bindparam("since")
        )
        self._connection.execute(change.values(known_until=bindparam("until")), closed)

    def _update_ended(self, table: Table, key: ColumnElement[Any]) -> None:
        ended = [{"of": of, "until": seq} for of, seq in self._ended[table.name].items()]
        if not ended:
            return
        change = update(table).where(key == bindparam("of"), table.c.known_until.is_(null()))
        self._connection.execute(change.values(known_until=bindparam("until")), ended)


def _subject(kind: EntryKind, body: Any) -> str:
    """What an entry is about, to find it by."""
    match body:
        case bodies.ClaimAccepted() | bodies.ClaimCorrected() | bodies.ClaimRejected():
            return body.claim
        case bodies.NoteAdded():
            return body.subject
        case bodies.StoryJoined() | bodies.StorySplit():
            return body.report
        case bodies.EntitiesMerged() | bodies.EntitiesUnmerged():
            return body.into
    return kind.value
