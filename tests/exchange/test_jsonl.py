"""satrap's own form: of its schema, and back without loss."""

import json
from pathlib import Path

import jsonschema
import msgspec
from tests.exchange.samples import CONTEXT, claims
from tests.publish.builders import KP

from satrap.errors import ReportError
from satrap.exchange import Taken, Taking, export, take
from satrap.exchange.jsonl import schema
from satrap.exchange.jsonl_in import as_told
from satrap.protect.public import PublicClaim


def test_every_line_is_of_the_schema_and_reads_back_equal(tmp_path: Path) -> None:
    lines = export("jsonl", claims(), CONTEXT, tmp_path / "out.jsonl").read_bytes().splitlines()
    checker = jsonschema.Draft202012Validator(schema())
    for line in lines:
        checker.validate(json.loads(line))
    assert [msgspec.json.decode(line, type=PublicClaim) for line in lines] == list(claims())


def test_claims_come_in_again_as_they_left(tmp_path: Path) -> None:
    path = export("jsonl", claims(), CONTEXT, tmp_path / "out.jsonl")
    told = [one for one in take("jsonl", path, Taking(KP)) if isinstance(one, Taken)]
    back = [claim for one in told for claim in one.claims]
    assert all(claim.quote.holds_in(one.report.text) for one in told for claim in one.claims)
    assert sorted((one.kind, repr(one.roles), one.reading.rules) for one in back) == sorted(
        (one.kind, repr(as_told(one).roles), one.reading.rules) for one in claims()
    )
    assert {one.report.publisher for one in told} == {one.publisher for one in claims()}


def test_a_bad_line_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    path = export("jsonl", claims()[:2], CONTEXT, tmp_path / "out.jsonl")
    path.write_bytes(b'{"kind": 3}\n' + path.read_bytes())
    found = list(take("jsonl", path, Taking(KP)))
    [error] = [one for one in found if isinstance(one, ReportError)]
    assert str(error).startswith("out.jsonl:1: ")
    assert sum(len(one.claims) for one in found if isinstance(one, Taken)) == 2
