"""FollowTheMoney, by its own library: what is written is valid, and reads back as far as it carries."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.exchange.samples import CONTEXT, KOREAN, claims
from tests.publish.builders import KP

from satrap.exchange import Taken, Taking, export, take
from satrap.exchange.jsonl_in import as_told
from satrap.protect.public import PublicClaim
from satrap.reports import Metadata

ftm = pytest.importorskip("followthemoney", reason="in the dependency group `standards`")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture
def entities(tmp_path: Path) -> list[dict[str, Any]]:
    return lines(export("ftm", claims(), CONTEXT, tmp_path / "out.ftm.json"))


@pytest.fixture
def statements(tmp_path: Path) -> list[dict[str, Any]]:
    return lines(export("ftm-statements", claims(), CONTEXT, tmp_path / "out.statements.json"))


def one(entities: list[dict[str, Any]], claim: PublicClaim, schema: str = "Event") -> dict[str, Any]:
    [found] = [
        each for each in entities if each["schema"] == schema and claim.id in each["properties"]["recordId"]
    ]
    return found


def kind(wanted: str, number: int = 0) -> PublicClaim:
    return [claim for claim in claims() if claim.kind == wanted][number]


def test_every_entity_is_valid_and_whole(entities: list[dict[str, Any]]) -> None:
    for data in entities:
        proxy = ftm.model.get_proxy(data)
        assert proxy.schema.validate(data) is None
        assert set(data["properties"]) <= set(proxy.schema.properties)
        assert set(proxy.schema.required) <= set(data["properties"])
        cleaned = ftm.model.get_proxy({**data, "properties": {}})
        for name, values in data["properties"].items():
            cleaned.add(name, values, cleaned=False)
        assert {name: sorted(of) for name, of in cleaned.properties.items()} == {
            name: sorted(set(of)) for name, of in data["properties"].items()
        }, "cleaning changes nothing"


def test_entities_refer_to_entities_of_the_right_schema(entities: list[dict[str, Any]]) -> None:
    by_id = {data["id"]: data for data in entities}
    assert len(by_id) == len(entities)
    for data in entities:
        for name, values in data["properties"].items():
            prop = ftm.model.get(data["schema"]).get(name)
            for value in values if prop.type.name == "entity" else ():
                assert ftm.model.get(by_id[value]["schema"]).is_a(prop.range)


def test_every_statement_is_the_library_s_own(statements: list[dict[str, Any]]) -> None:
    from followthemoney.statement import Statement

    for data in statements:
        made = Statement.from_dict({**data, "id": None})
        assert made.id == data["id"]
        assert made.to_dict() == data
        prop = ftm.model.get(data["schema"]).get(data["prop"])
        if data["prop"] == "id":
            assert data["value"] == data["entity_id"]
        elif prop.type.name != "entity":
            assert prop.type.clean(data["value"]) == data["value"]


def test_statements_make_up_the_entities(
    statements: list[dict[str, Any]], entities: list[dict[str, Any]]
) -> None:
    from followthemoney.dataset import Dataset
    from followthemoney.statement import Statement
    from followthemoney.statement.entity import StatementEntity

    by_entity: dict[str, list[Any]] = {}
    for data in statements:
        by_entity.setdefault(data["canonical_id"], []).append(Statement.from_dict(data))
    dataset = Dataset({"name": "satrap", "title": "satrap"})
    for data in entities:
        built = StatementEntity.from_statements(dataset, by_entity.pop(data["id"]))
        assert built.schema.name == data["schema"]
        assert {name: sorted(set(of)) for name, of in built.properties.items()} == {
            name: sorted(set(of)) for name, of in data["properties"].items()
        }
        assert built.datasets == set(data["datasets"])
    assert not by_entity


def test_what_two_reports_tell_alike_is_two_statements(statements: list[dict[str, Any]]) -> None:
    names = [data for data in statements if (data["entity_id"], data["prop"]) == ("satrap-kp-MSS", "name")]
    assert len(names) > 5
    assert {data["value"] for data in names} == {"Ministry of State Security"}
    assert len({data["id"] for data in names}) == len({data["dataset"] for data in names}) == len(names)


def test_origin_is_the_claim(statements: list[dict[str, Any]]) -> None:
    ids = {claim.id for claim in claims()}
    assert {data["origin"] for data in statements} == ids


def test_datasets_have_names_that_the_library_takes(entities: list[dict[str, Any]]) -> None:
    from followthemoney.dataset import Dataset

    for name in {name for data in entities for name in data["datasets"]}:
        Dataset({"name": name, "title": name})


def test_a_dismissal_ends_an_occupancy_and_an_appointment_starts_one(entities: list[dict[str, Any]]) -> None:
    ended = one(entities, next(one for one in claims() if one.quote == KOREAN), "Occupancy")["properties"]
    assert (ended["endDate"], ended["status"]) == (["2017-01"], ["ended"])
    began = one(entities, kind("appointment"), "Occupancy")["properties"]
    assert began["startDate"] == ["2012-04-11"]
    assert began["holder"] == ended["holder"] == ["satrap-kp-kim-won-hong"]


def test_a_publication_is_never_a_date_of_the_event(entities: list[dict[str, Any]]) -> None:
    undated = [claim for claim in claims() if not claim.edtf]
    assert undated
    for claim in undated:
        assert not {"date", "startDate", "endDate"} & set(one(entities, claim)["properties"])


def test_what_is_denied_or_foretold_says_so_in_its_name(entities: list[dict[str, Any]]) -> None:
    assert one(entities, kind("arrest"))["caption"] == "not so: arrest: Kim Won Hong"
    foretold = next(claim for claim in claims() if claim.horizon == "future")
    assert one(entities, foretold)["caption"].startswith("foretold: ")


def test_people_and_bodies_keep_their_names_in_their_own_writing(entities: list[dict[str, Any]]) -> None:
    person = next(data for data in entities if data["id"] == "satrap-kp-kim-won-hong")
    assert (person["schema"], person["properties"]["alias"]) == ("Person", ["金元弘", "김원홍"])


def test_entities_read_back_as_the_claims_they_were(tmp_path: Path) -> None:
    """All but the id, the reader's score, the cues and the review, which FollowTheMoney has no place for."""
    path = export("ftm", claims(), CONTEXT, tmp_path / "out.ftm.json")
    taken = [one for one in take("ftm", path, Taking(KP)) if isinstance(one, Taken)]
    read = [(one.report, claim) for one in taken for claim in one.claims]
    wanted = [as_told(claim) for claim in claims()]
    assert len(read) == len(wanted)

    def kept(told: Any, report: Any, claim: Any) -> tuple[Any, ...]:
        return (
            *(claim.kind, claim.roles, claim.direction, claim.polarity, claim.certainty, claim.horizon),
            claim.when.edtf if claim.when else "",
            *(claim.places, claim.said_by, claim.quote.exact),
            *(report.publisher, report.title, report.url, report.language),
            report.published.edtf if report.published else "",
        )

    back = sorted(repr(kept(None, report, claim)) for report, claim in read)
    told = sorted(
        repr(
            (
                *(one.kind, one.roles, one.direction, one.polarity, one.certainty, one.horizon, one.when),
                *(one.places, one.chain, one.words, one.publisher, one.title or None, one.url or None),
                *(one.language, one.published),
            )
        )
        for one in wanted
    )
    assert back == told


def test_anybody_s_occupancies_are_claims(tmp_path: Path) -> None:
    def entity(id: str, schema: str, **properties: list[str]) -> str:
        return json.dumps({"id": id, "schema": schema, "properties": properties, "datasets": ["ministers"]})

    path = tmp_path / "theirs.json"
    path.write_text(
        "\n".join(
            [
                entity("p", "Person", name=["Kim Won Hong"]),
                entity("b", "PublicBody", name=["Ministry of State Security"]),
                entity("m", "Position", name=["Minister"], organization=["b"]),
                entity(
                    "o", "Occupancy", holder=["p"], post=["m"], startDate=["2012-04"], endDate=["2017-01"]
                ),
                entity("x", "Occupancy", holder=["gone"], post=["m"]),
                "{",
            ]
        )
    )
    given = Taking(KP, Metadata(publisher="A registry"))
    found = list(take("ftm", path, given))
    claims = [claim for one in found if isinstance(one, Taken) for claim in one.claims]
    assert [(claim.kind, claim.when.edtf if claim.when else "") for claim in claims] == [
        ("appointment", "2012-04"),
        ("dismissal", "2017-01"),
    ]
    assert {argument.id for argument in claims[0].arguments("person", "institution")} == {
        "kim-won-hong",
        "MSS",
    }
    errors = [str(one) for one in found if isinstance(one, Exception)]
    assert len(errors) == 2
    assert any("theirs.json:6" in error for error in errors)
    assert any("its holder or its post is not in the file" in error for error in errors)
