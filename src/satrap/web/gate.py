"""Claims as pages show them: each passes the exposure gate, as for a brief."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache

from satrap.claims import Polarity, RecordedClaim, family
from satrap.project import Project
from satrap.protect.exposure import expose
from satrap.protect.public import PublicClaim
from satrap.web.cells import Cell, Quoted, Voice, entity

KEPT = 20_000  # claims whose public form is kept: it takes some milliseconds to make


@dataclass(frozen=True)
class Shown:
    """A claim on a page: its id, for the address of the record, and what the gate let out of it."""

    id: str
    kind: str
    family: str = ""
    direction: str = ""
    denied: bool = False
    about: Sequence[Cell] = ()
    places: Sequence[Cell] = ()
    quote: Quoted = Quoted("", "")  # noqa: RUF009  frozen
    chain: Sequence[Voice] = ()
    publisher: str = ""
    published: str = ""
    status: str = ""


class Gate:
    """The gate of a project, with what it let out before."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._report = lru_cache(maxsize=500)(project.ledger.report)
        self._kept: dict[tuple[str, int, str], Shown] = {}

    def shown(self, claims: Iterable[RecordedClaim]) -> list[Shown]:
        """The claims as they may be shown today, in their order."""
        today = datetime.now(UTC).date()
        found = []
        for one in claims:
            key = (one.id, one.version, today.isoformat())
            if key not in self._kept:
                if len(self._kept) >= KEPT:
                    self._kept.clear()
                report = self._report(one.claim.report)
                project = self._project
                out = expose([one], {report.hash: report}, project.pack, project.protection, on=today)
                self._kept[key] = self._form(one.id, out.claims.get(one.id))
            found.append(self._kept[key])
        return found

    def _form(self, id: str, told: PublicClaim | None) -> Shown:
        if told is None:
            return Shown(id, "kept back by the protection settings")
        pack = self._project.pack
        named = {one.id: one.name for of in told.roles.values() for one in of if one.id}
        return Shown(
            id,
            told.kind,
            family(told.kind),
            told.direction.value if told.direction else "",
            told.polarity is Polarity.DENIED,
            [entity(id, name, pack) for id, name in named.items()],
            [Cell(pack.place(one).name, f"/place/{one}") for one in told.place_ids if one in pack.places],
            Quoted(told.quote, f"/claim/{id}#quote"),
            [Voice(one) for one in told.voices],
            told.publisher,
            told.published,
            told.status.value,
        )
