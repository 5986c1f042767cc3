"""Estimates sealed in the ledger: from what record, by what model, what numbers; and held to it later."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from pathlib import Path

import polars as pl

from satrap.errors import LedgerError, PublishError
from satrap.estimate import Estimate, estimate, model
from satrap.ledger import EntryKind, bodies
from satrap.project import Project, StageProgress

FOLDER = "published"  # of a project: each table under the hash that the ledger has

_PER_MILLE = 1000  # shares are published to a tenth of a point: finer than their sampling error


@dataclass(frozen=True)
class Published:
    """Entry ``seq`` of the ledger says it; the table is at ``path``."""

    seq: int
    said: bodies.EstimatePublished
    path: Path
    estimate: Estimate


def publish(
    project: Project,
    *,
    start: date,
    end: date,
    known_at: datetime | None = None,
    seed: int = 0,
    progress: StageProgress | None = None,
) -> Published:
    """Estimate from the record as it was at ``known_at`` (default: as it is) and seal it in the ledger.

    The table stays in the project's folder ``published``. Raises LedgerError where nothing was recorded by
    then or somebody writes meanwhile, PublishError where the table cannot be kept.
    """
    head = project.ledger.head_at(known_at)
    if head.size == 0:
        raise LedgerError("the ledger held nothing then", remedy="name a later moment")
    moment = datetime.fromisoformat(head.at)
    made = project.estimate(start=start, end=end, known_at=moment, seed=seed, progress=progress)
    if project.ledger.head_at(moment) != head:
        raise LedgerError("somebody recorded at the same moment", remedy="publish again")
    table = table_bytes(made)
    hash = sha256(table).hexdigest()
    path = project.folder / FOLDER / f"{hash}.csv"
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.write_bytes(table)
    except OSError as error:
        raise PublishError(f"{path}: {error.strerror}", remedy="make the folder writable") from error
    said = bodies.EstimatePublished(
        head.root.hex(), model(), hash, head.at, start.isoformat(), end.isoformat(), seed
    )
    return Published(project.ledger.register(EntryKind.ESTIMATE_PUBLISHED, said), said, path, made)


def table_bytes(made: Estimate) -> bytes:
    """The published table as CSV, a row per week, place and institution: shares and ends of bands as whole
    thousandths, so that its hash does not hang on the last bits of a processor's arithmetic."""
    table = made.to_polars().drop("place_name", "institution_name").sort("week", "place", "institution")
    numbers = (pl.selectors.float() * _PER_MILLE).round().cast(pl.Int32)
    return table.with_columns(numbers).write_csv().encode()


def check(project: Project, *, again: bool = False, progress: StageProgress | None = None) -> Iterator[str]:
    """What is wrong with the published estimates, a line each; nothing where all hold.

    Each must be made from a root that the ledger had before it, and the table in the project's folder, if it
    is still there, must be the one whose hash was sealed. ``again`` also makes each estimate anew, from the
    record alone, and compares.
    """
    for entry in project.ledger.entries(kind=EntryKind.ESTIMATE_PUBLISHED):
        said = bodies.decode(entry.kind, entry.body)
        if not project.ledger.contains(said.cut):
            yield f"entry {entry.seq}: the estimate was made from a root that the ledger did not have"
            continue
        path = project.folder / FOLDER / f"{said.hash}.csv"
        if path.is_file() and sha256(path.read_bytes()).hexdigest() != said.hash:
            yield f"entry {entry.seq}: {path.name} is not the table that was published"
        if again and said.known_at and (fault := _differs(project, said, progress)):
            yield f"entry {entry.seq}: {fault}"


def _differs(project: Project, said: bodies.EstimatePublished, progress: StageProgress | None) -> str | None:
    moment = datetime.fromisoformat(said.known_at).astimezone(UTC)
    made = estimate(
        project.claims(known_at=moment),
        project.pack,
        start=date.fromisoformat(said.start),
        end=date.fromisoformat(said.end),
        known_at=moment,
        seed=said.seed,
        progress=progress,
    )
    if sha256(table_bytes(made)).hexdigest() == said.hash:
        return None
    if model() != said.model:
        return f"made by {said.model}; {model()}, which is at hand, gives other numbers"
    return "the record gives other numbers than were published"
