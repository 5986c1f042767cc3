"""Sheets of the Security Force Monitor, both ways."""

import csv
from pathlib import Path

import pytest
from tests.exchange.samples import CONTEXT, KOREAN, claims
from tests.publish.builders import KP

from satrap.claims import Claim
from satrap.errors import ReportError
from satrap.exchange import Taken, Taking, export, take
from satrap.exchange.jsonl_in import as_told
from satrap.reports import Metadata


@pytest.fixture
def sheets(tmp_path: Path) -> Path:
    return export("sfm", claims(), CONTEXT, tmp_path / "sheets")


def rows(file: Path) -> list[dict[str, str]]:
    with file.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def taken(path: Path, given: Metadata | None = None) -> list[Claim]:
    found = take("sfm", path, Taking(KP, given or Metadata()))
    return [claim for one in found if isinstance(one, Taken) for claim in one.claims]


def sheet(tmp_path: Path, *lines: str) -> Path:
    path = tmp_path / "theirs.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


HEAD = (
    "type:claim,researcher:meta,posting:person:names:qa,posting:unit:names:qa,posting:roles:assertion,"
    "posting:ranks:assertion,first_precise:range,last_precise:range,first_imprecise:range,"
    "last_imprecise:range,starting:range,ending:range,starting_context:range,ending_context:range"
)


def test_a_posting_names_person_unit_title_and_source(sheets: Path) -> None:
    [dismissed] = [row for row in rows(sheets / "postings.csv") if row["satrap:quote"] == KOREAN]
    assert dismissed["posting:person:names:qa"] == "Kim Won Hong"
    assert dismissed["posting:unit:names:qa"] == "Ministry of State Security"
    assert dismissed["posting:titles:assertion"]
    assert (dismissed["starting:range"], dismissed["ending:range"]) == ("N", "Y")
    assert dismissed["ending_context:range"] == "Dismissed"
    assert (dismissed["first_imprecise:range"], dismissed["last_imprecise:range"]) == (
        "2017-01-01",
        "2017-01-31",
    )
    sources = {row["source:access_point_id:admin"]: row for row in rows(sheets / "sources.csv")}
    assert sources[dismissed["citation:refs:claim"]]["source:title"] == "해임"
    people = {row["about_entity:ref:claim"]: row for row in rows(sheets / "persons.csv")}
    assert "김원홍" in people[dismissed["posting:person:refs:assertion"]]["person:other_names:assertion"]
    units = {row["about_entity:ref:claim"] for row in rows(sheets / "units.csv")}
    assert dismissed["posting:unit:refs:assertion"] in units


def test_a_day_is_precise_and_no_date_is_made_up(sheets: Path) -> None:
    postings = rows(sheets / "postings.csv")
    [appointed] = [row for row in postings if row["satrap:kind"] == "appointment"]
    assert (appointed["first_precise:range"], appointed["last_precise:range"]) == ("2012-04-11", "2012-04-11")
    for row in postings:
        if not row["satrap:when"]:
            assert not any(cell for name, cell in row.items() if name.endswith("precise:range"))


def test_what_is_denied_or_foretold_stays_out(sheets: Path) -> None:
    written = {row["satrap:claim"] for row in rows(sheets / "postings.csv")}
    for claim in claims():
        if claim.polarity == "denied" or claim.horizon == "future":
            assert claim.id not in written


def test_sheets_come_back_as_the_claims_they_were(sheets: Path) -> None:
    written = {row["satrap:claim"] for row in rows(sheets / "postings.csv")}
    told = [as_told(claim) for claim in claims() if claim.id in written]
    back = taken(sheets)
    assert sorted(
        (
            one.kind,
            one.when.edtf if one.when else "",
            one.quote.exact,
            one.certainty,
            one.horizon,
            one.said_by,
        )
        for one in back
    ) == sorted((one.kind, one.when, one.words, one.certainty, one.horizon, one.chain) for one in told)
    assert {one.arguments("person")[0].id for one in back} == {
        argument.id for one in told for argument in one.roles["person"]
    }


def test_a_range_that_starts_and_ends_is_two_claims(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        HEAD,
        "posting,TW,Kim Won Hong,Ministry of State Security,Commander,General,2012-04-11,2017-01-15,,,Y,Y,"
        "Appointed,Executed",
    )
    began, ended = taken(path, Metadata(publisher="A monitor"))
    assert (began.kind, began.when and began.when.edtf) == ("appointment", "2012-04-11")
    assert (ended.kind, ended.when and ended.when.edtf) == ("execution", "2017-01-15")
    assert (began.arguments("person")[0].id, began.arguments("institution")[0].id) == ("kim-won-hong", "MSS")
    assert "General" in began.quote.exact
    assert "TW" not in began.quote.exact


def test_a_range_that_does_neither_is_an_appearance_in_the_post(tmp_path: Path) -> None:
    path = sheet(
        tmp_path, HEAD, "posting,TW,Aung Soe,Northeastern Command,Commander,,,,2012-09-01,2012-09-30,N,N,,"
    )
    [seen] = taken(path)
    assert (seen.kind, seen.when and seen.when.edtf) == ("appearance", "2012-09-01/2012-09-30")
    assert seen.arguments("person", "institution", "post")[1].id is None


def test_whowasincommand_s_download_of_personnel_comes_in(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        "unit:id:admin,unit:name,person:name,person:posting_role,person:posting_first_cited_date,"
        "person:posting_first_cited_date_start,person:posting_last_cited_date",
        "6d5e,Northeastern Command,Aung Soe,Commander,2012-09,Y,2013-02-03",
    )
    [began] = taken(path)
    assert (began.kind, began.when and began.when.edtf) == ("appointment", "2012-09")
    assert "6d5e" not in began.quote.exact


def test_rows_that_cannot_be_read_are_listed(tmp_path: Path) -> None:
    path = sheet(
        tmp_path,
        HEAD,
        "posting,,,Ministry of State Security,,,,,,,N,N,,",
        "posting,,Aung Soe,A unit,,,yesterday,,,,Y,N,,",
        "person,,,,,,,,,,,,,",
    )
    found = list(take("sfm", path, Taking(KP)))
    errors = [str(one) for one in found if isinstance(one, ReportError)]
    assert [error.partition(":")[0] for error in errors] == ["theirs.csv"] * 2
    assert "row 2: no person or no unit" in errors[0]
    assert "row 3: a date that is not EDTF" in errors[1]
    assert "yesterday" not in errors[1]
    assert not [one for one in found if isinstance(one, Taken)]
