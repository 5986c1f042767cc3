import inspect

import msgspec
import pytest
from tests.publish.builders import DOWN, told

import satrap.claims
import satrap.reports
from satrap.claims import KindSchema, RecordedClaim
from satrap.errors import ProtectError
from satrap.ledger.bodies import BODIES
from satrap.ledger.entry import Entry
from satrap.protect.sensitivity import Sensitivity, blanked, declare, sensitivities
from satrap.reports import Metadata, Report

NOT_RECORDED = {KindSchema, Metadata}  # the codebook; what a parser is told about a report


def test_every_struct_of_claims_and_reports_is_declared() -> None:
    for room in (satrap.claims, satrap.reports):
        for name, struct in inspect.getmembers(room, inspect.isclass):
            if issubclass(struct, msgspec.Struct) and struct not in NOT_RECORDED:
                assert sensitivities(struct), name


def test_every_body_of_an_entry_is_declared_and_what_people_wrote_stays_inside() -> None:
    structs: list[type[msgspec.Struct]] = [Entry]
    structs += [one for one in BODIES.values() if inspect.isclass(one) and issubclass(one, msgspec.Struct)]
    for struct in structs:
        declared = sensitivities(struct)
        for name in {"note", "reason", "text", "evidence", "author"} & set(struct.__struct_fields__):
            assert declared[name] in {Sensitivity.WITHHELD, Sensitivity.SEALED}, f"{struct.__name__}.{name}"


def test_a_field_that_nobody_declared_stops_whatever_asks() -> None:
    class Confession(msgspec.Struct):
        text: str

    with pytest.raises(ProtectError, match=r"Confession\.text has no declared sensitivity"):
        blanked(Confession("who told it"))


def test_a_room_further_on_declares_its_own_and_all_of_it() -> None:
    class Note(msgspec.Struct):
        subject: str
        text: str

    with pytest.raises(ProtectError, match=r"Note\.text is not declared"):
        declare(Note, subject=Sensitivity.PUBLIC)
    with pytest.raises(ProtectError, match=r"Note\.about is declared but no field"):
        declare(Note, subject=Sensitivity.PUBLIC, text=Sensitivity.WITHHELD, about=Sensitivity.PUBLIC)
    declare(Note, subject=Sensitivity.PUBLIC, text=Sensitivity.WITHHELD)
    assert blanked(Note("a claim", "Mr Pak told it")) == Note("a claim", None)  # type: ignore[arg-type]


def test_what_stays_inside_is_blank_before_anything_is_made_of_it() -> None:
    recorded, report = told("authority", {"holder": "MSS"}, direction=DOWN)
    for record in (blanked(recorded), blanked(report)):
        assert isinstance(record, RecordedClaim | Report)
        declared = sensitivities(type(record))
        for name in record.__struct_fields__:
            if declared[name] in {Sensitivity.WITHHELD, Sensitivity.SEALED}:
                assert getattr(record, name) is None
    assert blanked(recorded).claim.quote.prefix is None
