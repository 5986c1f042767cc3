"""W3C PROV-JSON: which claim was derived from which report, by which reader, on whose word."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from satrap.exchange.cited import Shelf
from satrap.exchange.context import Context
from satrap.exchange.files import lines
from satrap.exchange.formats import Exporter
from satrap.protect.gate import outward
from satrap.protect.public import PublicClaim

PREFIXES = {"satrap": "https://satrap.invalid/ns#", "dcterms": "http://purl.org/dc/terms/"}
# .invalid (RFC 2606): names that nobody serves

Records = Iterator[tuple[str, dict[str, Any]]]


@outward("claims as PROV-JSON")
def write(claims: Sequence[PublicClaim], context: Context, path: Path) -> None:
    """One document: reports and claims are entities, reading is an activity, readers and voices are agents.

    A voice without a name is an agent of its own in each claim: that two claims come from one person is
    never told.
    """
    sections: dict[str, Callable[[Sequence[PublicClaim]], Records]] = {
        "entity": lambda claims: _entities(context.each(claims)),
        "activity": _activities,
        "agent": _agents,
        "wasGeneratedBy": _generated,
        "wasDerivedFrom": _derived,
        "wasAttributedTo": _attributed,
        "wasAssociatedWith": _associated,
    }
    with lines(path) as file:
        file.write(b'{"prefix": ' + _encoded(PREFIXES))
        for section, records in sections.items():
            file.write(f',\n"{section}": {{'.encode())
            seen: set[str] = set()
            for name, record in records(claims):
                if name not in seen:
                    file.write((b",\n" if seen else b"\n") + _encoded(name) + b": " + _encoded(record))
                    seen.add(name)
            file.write(b"}")
        file.write(b"}\n")


def _entities(claims: Iterator[PublicClaim]) -> Records:
    shelf = Shelf()
    for claim in claims:
        identity, report = shelf.report(claim)
        yield (
            f"satrap:report-{identity}",
            _present(
                {
                    "prov:type": _name("satrap:Report"),
                    "dcterms:title": report.name,
                    "dcterms:publisher": report.publisher,
                    "dcterms:language": report.language,
                    "dcterms:issued": report.published_edtf,
                    "prov:atLocation": report.url,
                }
            ),
        )
        yield (
            f"satrap:claim-{claim.id}",
            _present(
                {
                    "prov:type": _name("satrap:Claim"),
                    "satrap:kind": claim.kind,
                    "satrap:direction": claim.direction or "",
                    "satrap:polarity": claim.polarity,
                    "satrap:horizon": claim.horizon,
                    "satrap:certainty": claim.certainty,
                    "satrap:when": claim.edtf,
                    "satrap:status": claim.status,
                    "prov:value": claim.quote,
                }
            ),
        )


def _activities(claims: Sequence[PublicClaim]) -> Records:
    for claim in claims:
        yield _reading(claim), {"prov:type": _name("satrap:Reading")}


def _agents(claims: Sequence[PublicClaim]) -> Records:
    for claim in claims:
        reader = f"{claim.reading.reader} {claim.reading.version}"
        yield _reader(claim), {"prov:type": _name("prov:SoftwareAgent"), "prov:label": reader}
        for number, words in enumerate(claim.voices):
            kind = claim.chain[number].kind
            yield _voice(claim, number), {"prov:label": words, "satrap:sourceKind": kind}


def _generated(claims: Sequence[PublicClaim]) -> Records:
    for claim in claims:
        yield (
            f"_:g{claim.number}",
            {"prov:entity": f"satrap:claim-{claim.id}", "prov:activity": _reading(claim)},
        )


def _derived(claims: Sequence[PublicClaim]) -> Records:
    shelf = Shelf()
    for claim in claims:
        report = f"satrap:report-{shelf.report(claim)[0]}"
        derived = {"prov:generatedEntity": f"satrap:claim-{claim.id}", "prov:usedEntity": report}
        yield f"_:d{claim.number}", {**derived, "prov:type": _name("prov:Quotation")}


def _attributed(claims: Sequence[PublicClaim]) -> Records:
    for claim in claims:
        for number in range(len(claim.chain)):
            attributed = {"prov:entity": f"satrap:claim-{claim.id}", "prov:agent": _voice(claim, number)}
            yield f"_:a{claim.number}.{number}", {**attributed, "satrap:link": number}


def _associated(claims: Sequence[PublicClaim]) -> Records:
    for claim in claims:
        yield (
            f"_:r-{_local(claim.reading.reader)}-{_local(claim.reading.version)}",
            {"prov:activity": _reading(claim), "prov:agent": _reader(claim)},
        )


def _reading(claim: PublicClaim) -> str:
    return f"satrap:reading-{_local(claim.reading.reader)}-{_local(claim.reading.version)}"


def _reader(claim: PublicClaim) -> str:
    return f"satrap:reader-{_local(claim.reading.reader)}-{_local(claim.reading.version)}"


def _voice(claim: PublicClaim, number: int) -> str:
    name = claim.chain[number].name
    return f"satrap:voice-{_local(name)}" if name else f"satrap:voice-{claim.id}-{number}"


def _local(name: str) -> str:
    """A name as the local part of a qualified name: what is no letter or digit by its code point."""
    return "".join(one if one.isalnum() else f"_{ord(one):x}_" for one in name)


def _name(qualified: str) -> dict[str, str]:
    return {"$": qualified, "type": "prov:QUALIFIED_NAME"}


def _present(record: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if value != ""}


def _encoded(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


EXPORTER = Exporter(
    "prov", "W3C PROV-JSON: claims, their reports, readers and voices", "application/json", write
)
