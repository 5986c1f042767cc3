"""Rival explanations in a project: weighed by its claims, with what its analysts overrule in the ledger."""

from datetime import date, datetime

from satrap.forecast.rivals import Case, Mark, Matrix, Overruling, matrix, weigh
from satrap.forecast.rivals.matrix import check
from satrap.ledger import EntryKind, bodies
from satrap.project import Project


def weighed(
    project: Project, case: Case, *, until: date | None = None, known_at: datetime | None = None
) -> Matrix:
    """The case's matrix by what is told up to ``until``, in the record as it was at ``known_at``."""
    found = weigh(case, project.claims(known_at=known_at), project.pack, until)
    return matrix(found, overrulings(project, case, known_at=known_at))


def overrule(project: Project, case: Case, rival: str, evidence: str, mark: Mark, note: str) -> int:
    """An analyst's mark of a cell, with its reason, kept in the ledger as a note; returns the entry's number.

    Raises UnknownNameError and ForecastError as :func:`satrap.forecast.rivals.matrix.check` does.
    """
    check(case, Overruling(rival, evidence, mark, note))
    return project.ledger.annotate(_subject(case, rival, evidence), f"{mark.value}: {note}")


def overrulings(project: Project, case: Case, *, known_at: datetime | None = None) -> list[Overruling]:
    """What analysts overruled, in order; of each cell the last counts."""
    cells = {
        _subject(case, rival.id, evidence.id): (rival.id, evidence.id)
        for rival in case.rivals
        for evidence in case.evidence
    }
    found = []
    for entry in project.ledger.entries(kind=EntryKind.NOTE_ADDED, known_at=known_at):
        note = bodies.decode(entry.kind, entry.body)
        mark, _, words = note.text.partition(": ")
        if note.subject in cells and mark in set(Mark):
            found.append(Overruling(*cells[note.subject], Mark(mark), words, entry.author, entry.at))
    return found


def _subject(case: Case, rival: str, evidence: str) -> str:
    return f"rivals/{case.id}/{rival}/{evidence}"
