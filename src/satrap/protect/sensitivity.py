"""How much of every field may leave, and what may not even be recorded.

Every struct that the ledger holds or hands out is declared here or, where its room stands to the right of
this one, with `declare` beside its own definition. A field that nobody declared stops whatever asks for it.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, TypeVar

import msgspec

from satrap.claims import Argument, Claim, Quote, Reading, RecordedClaim, Source, SourceKind, When
from satrap.errors import ProtectError
from satrap.reports import Placement, Report


class Sensitivity(StrEnum):
    """What may become of a field."""

    PUBLIC = "public"  # leaves as it is
    COARSE = "coarse"  # leaves only in the form that the gate gives it
    WITHHELD = "withheld"  # is kept in the ledger and never leaves
    SEALED = "sealed"  # identifies a person inside: never recorded in clear; only the vault may hold it


ANONYMOUS = {SourceKind.INSIDE_SOURCE, SourceKind.RESIDENT, SourceKind.OFFICIAL, SourceKind.DEFECTOR}
"""Kinds of voices that are people and speak at their own risk: of them nobody's name is recorded."""

_P, _C, _W, _S = Sensitivity

_DECLARED: dict[type[msgspec.Struct], dict[str, Sensitivity]] = {
    Source: {"kind": _P, "place": _C, "name": _C, "number": _W},
    Argument: {"name": _C, "id": _C, "tiers": _C, "places": _C, "staff": _W},
    Quote: {"exact": _C, "start": _W, "end": _W, "prefix": _W, "suffix": _W},
    Reading: {"reader": _P, "version": _P, "score": _P, "rules": _P},
    When: {"edtf": _C, "earliest": _C, "latest": _C},
    Claim: {
        "report": _W,
        "quote": _C,
        "kind": _P,
        "said_by": _C,
        "reading": _P,
        "roles": _C,
        "access": _C,  # moves the estimate, and shows nowhere else
        "direction": _P,
        "polarity": _P,
        "certainty": _P,
        "cues": _P,
        "horizon": _P,
        "when": _C,
        "places": _C,
        "because": _W,
        "status": _P,
    },
    # The ids cover the whole claim or report: published, they would confirm a guess at what is withheld
    RecordedClaim: {
        "id": _W,
        "claim": _C,
        "publisher": _P,
        "outlet": _P,
        "published": _C,
        "story": _C,  # stories are numbered anew in every artefact
        "known_at": _C,  # tells only whether the delay has passed
        "status": _P,
        "position": _W,
        "version": _W,
    },
    Report: {
        "text": _W,
        "publisher": _P,
        "title": _C,
        "url": _C,
        "published": _C,
        "language": _P,
        "outlet": _P,
        "author": _S,  # a reporter may live where the report is about
        "origin": _S,  # a file's name may be a person's
        "provenance": _W,
    },
    Placement: {"report": _W, "story": _W, "apart": _W, "others": _W},
}


def declare(struct: type[msgspec.Struct], **fields: Sensitivity) -> None:
    """Say how much of each field of a struct may leave; ProtectError where one is missing or too many."""
    known = set(struct.__struct_fields__)
    if set(fields) != known:
        wrong = min(set(fields) ^ known)
        raise ProtectError(
            f"{struct.__name__}.{wrong} is {'declared but no field' if wrong in fields else 'not declared'}",
            remedy="declare every field, and no other",
        )
    _DECLARED[struct] = fields


def sensitivities(struct: type[msgspec.Struct]) -> Mapping[str, Sensitivity]:
    """The declared level of every field; raises ProtectError at one that nobody declared."""
    declared = _DECLARED.get(struct, {})
    for name in struct.__struct_fields__:
        if name not in declared:
            raise ProtectError(
                f"{struct.__name__}.{name} has no declared sensitivity",
                remedy="declare it in satrap.protect.sensitivity, or with declare beside the struct",
            )
    return declared


def declared_structs() -> frozenset[type[msgspec.Struct]]:
    """Everything with declared fields: what belongs inside and passes the gate to leave."""
    return frozenset(_DECLARED)


_Struct = TypeVar("_Struct", bound=msgspec.Struct)


def blanked(record: _Struct) -> _Struct:
    """The record with every withheld and sealed field None, all the way down: what the gate may look at."""
    declared = sensitivities(type(record))
    inside = {Sensitivity.WITHHELD, Sensitivity.SEALED}
    changes = {
        name: None if declared[name] in inside else _blanked_within(getattr(record, name))
        for name in record.__struct_fields__
    }
    return msgspec.structs.replace(record, **changes)


def _blanked_within(value: Any) -> Any:
    match value:
        case msgspec.Struct():
            return blanked(value)
        case tuple():
            return tuple(_blanked_within(one) for one in value)
        case dict():
            return {key: _blanked_within(one) for key, one in value.items()}
    return value
