"""The reports behind public claims, as far as they are public."""

import hashlib

import msgspec

from satrap.protect.public import PublicClaim


class CitedReport(msgspec.Struct, frozen=True):
    """What claims tell of the report that they stand in.

    Reports that tell the same of themselves are one here: what else sets them apart stays inside.
    """

    publisher: str
    outlet: str
    title: str
    url: str
    language: str
    published: str
    published_edtf: str

    @property
    def id(self) -> str:
        """SHA-256 (first 64 bits, hex) of what is told."""
        return hashlib.sha256(msgspec.json.encode(self)).hexdigest()[:16]

    @property
    def name(self) -> str:
        """Its title, else its publisher and day."""
        return self.title or f"{self.publisher}, {self.published}"


class Shelf:
    """Cited reports, each made once: `report` gives a claim's, with its id."""

    def __init__(self) -> None:
        self._ids: dict[tuple[str, ...], tuple[str, CitedReport]] = {}

    def report(self, claim: PublicClaim) -> tuple[str, CitedReport]:
        key = (
            claim.publisher,
            claim.outlet,
            claim.title,
            claim.url,
            claim.language,
            claim.published,
            claim.published_edtf,
        )
        found = self._ids.get(key)
        if found is None:
            report = CitedReport(*key)
            found = self._ids[key] = (report.id, report)
        return found

    @property
    def reports(self) -> dict[str, CitedReport]:
        """All of them by id, in the order they were first met."""
        return dict(self._ids.values())
