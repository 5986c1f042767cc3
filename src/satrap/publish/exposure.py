"""The one gate to the outside: what of a claim may leave, and how coarse.

Every field of what the ledger hands out is declared here; a field that is not declared stops the export. What
is sealed is blanked before anything else looks at it, so that ledgers that differ only in sealed fields give
the same artefacts. What is coarse leaves only in the form that `expose` gives it.

What this first gate does not do: estimate how many people could have known what a claim tells.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from satrap.claims import (
    Argument,
    Certainty,
    Claim,
    Direction,
    Horizon,
    Polarity,
    Quote,
    Reading,
    RecordedClaim,
    Source,
    SourceKind,
    Status,
    When,
)
from satrap.country import Pack
from satrap.errors import PublishError
from satrap.publish import coarse
from satrap.reports import Report


class Sensitivity(StrEnum):
    """How much of a field leaves: all of it, a coarse form of it, or nothing."""

    PUBLIC = "public"
    COARSE = "coarse"
    SEALED = "sealed"


_P, _C, _S = Sensitivity.PUBLIC, Sensitivity.COARSE, Sensitivity.SEALED

SENSITIVITY: dict[type[msgspec.Struct], dict[str, Sensitivity]] = {
    Source: {"kind": _P, "place": _C, "name": _C, "number": _S},
    Argument: {"name": _S, "id": _C, "tiers": _P, "places": _C, "staff": _P},
    Quote: {"exact": _C, "start": _P, "end": _P, "prefix": _S, "suffix": _S},
    Reading: {"reader": _P, "version": _P, "score": _P, "rules": _P},
    When: {"edtf": _C, "earliest": _C, "latest": _C},
    Claim: {
        "report": _S,
        "quote": _C,
        "kind": _P,
        "said_by": _C,
        "reading": _P,
        "roles": _C,
        "access": _C,  # never printed; it weighs a claim in the estimate
        "direction": _P,
        "polarity": _P,
        "certainty": _P,
        "cues": _P,
        "horizon": _P,
        "when": _C,
        "places": _C,
        "because": _S,
        "status": _P,
    },
    # The ids cover the whole claim or report: published, they would confirm a guess at what is sealed
    RecordedClaim: {
        "id": _S,
        "claim": _C,
        "publisher": _P,
        "outlet": _P,
        "published": _C,
        "story": _C,  # never printed; stories are counted
        "known_at": _S,
    },
    Report: {
        "text": _S,
        "publisher": _P,
        "title": _P,
        "url": _P,
        "published": _C,
        "language": _P,
        "outlet": _P,
        "author": _S,  # a reporter may live where the report is about
        "origin": _S,
        "provenance": _S,
    },
}

ANONYMOUS = {SourceKind.INSIDE_SOURCE, SourceKind.RESIDENT, SourceKind.OFFICIAL, SourceKind.DEFECTOR}
"""Kinds that speak at their own risk: of them only kind and province stay, and the month of publication."""


class PublicClaim(msgspec.Struct, frozen=True, kw_only=True):
    """What of a claim may be printed. Only `expose` makes one; `render` takes nothing else.

    ``number`` is its number in this artefact; ``about`` and ``places`` are names from the country pack;
    ``when`` and ``published`` are worded as coarsely as the gate allows; ``quote`` is empty where it was
    withheld; ``voices`` is the attribution chain in words, outermost first.
    """

    number: int
    kind: str
    direction: Direction | None
    polarity: Polarity
    horizon: Horizon
    certainty: Certainty
    cues: tuple[str, ...]
    about: tuple[str, ...]
    places: tuple[str, ...]
    when: str
    quote: str
    voices: tuple[str, ...]
    source_kind: SourceKind
    reading: Reading
    status: Status
    publisher: str
    outlet: str
    title: str
    url: str
    published: str


def expose(
    claims: Iterable[RecordedClaim], reports: Mapping[str, Report], pack: Pack
) -> dict[str, PublicClaim]:
    """The printable form of each claim, by the ledger's id, numbered in order of publication.

    Raises PublishError where a claim's report is missing or a field was never declared.
    """
    shown: list[tuple[str, date, PublicClaim]] = []
    for recorded in claims:
        report = reports.get(recorded.claim.report)
        if report is None:
            raise PublishError(
                "a claim's report is not among the reports given", remedy="pass ledger.reports()"
            )
        public = _printable(sealed(recorded), sealed(report), pack)
        shown.append((recorded.id, recorded.published or date.max, public))
    # Ordered by what is public only: the numbers must not tell anything that the texts do not
    shown.sort(key=lambda one: (one[1], msgspec.json.encode(one[2])))
    return {
        claim_id: msgspec.structs.replace(public, number=number)
        for number, (claim_id, _, public) in enumerate(shown, 1)
    }


def gated(claims: Iterable[Any]) -> tuple[PublicClaim, ...]:
    """The claims, if all came through the gate; raises PublishError if one did not."""
    given = tuple(claims)
    if not all(isinstance(claim, PublicClaim) for claim in given):
        raise PublishError(
            "claims reached the page without passing the gate",
            remedy="pass them through satrap.publish.exposure.expose",
        )
    return given


_Struct = TypeVar("_Struct", bound=msgspec.Struct)


def sealed(record: _Struct) -> _Struct:
    """The record with every sealed field blank, all the way down; PublishError at an undeclared field."""
    declared = SENSITIVITY.get(type(record), {})
    changes = {}
    for field in msgspec.structs.fields(record):
        if field.name not in declared:
            raise PublishError(
                f"{type(record).__name__}.{field.name} has no declared sensitivity",
                remedy="declare it in satrap.publish.exposure.SENSITIVITY",
            )
        value = getattr(record, field.name)
        changes[field.name] = None if declared[field.name] is Sensitivity.SEALED else _sealed_within(value)
    return msgspec.structs.replace(record, **changes)


def _sealed_within(value: Any) -> Any:
    match value:
        case msgspec.Struct():
            return sealed(value)
        case tuple():
            return tuple(_sealed_within(one) for one in value)
        case dict():
            return {key: _sealed_within(one) for key, one in value.items()}
    return value


def _printable(recorded: RecordedClaim, report: Report, pack: Pack) -> PublicClaim:
    claim = recorded.claim
    at_risk = any(source.kind in ANONYMOUS for source in claim.said_by)
    return PublicClaim(
        number=0,
        kind=claim.kind,
        direction=claim.direction,
        polarity=claim.polarity,
        horizon=claim.horizon,
        certainty=claim.certainty,
        cues=claim.cues,
        about=coarse.names(claim, pack),
        places=coarse.place_names(claim.places, pack),
        when=coarse.when(claim, at_risk),
        quote=coarse.quote(claim.quote, report),
        voices=tuple(coarse.voice(source, pack) for source in claim.said_by),
        source_kind=claim.voice.kind,
        reading=claim.reading,
        status=claim.status,
        publisher=report.publisher,
        outlet=recorded.outlet,
        title=report.title or "",
        url=coarse.link(report.url),
        published=coarse.published(recorded.published, at_risk),
    )
