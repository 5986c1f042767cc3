"""PROV-JSON, by the PROV library."""

from pathlib import Path
from typing import Any

import pytest
from tests.exchange.samples import CONTEXT, KOREAN, claims

from satrap.exchange import export

prov = pytest.importorskip("prov.model", reason="in the dependency group `standards`")


@pytest.fixture
def document(tmp_path: Path) -> Any:
    return prov.ProvDocument.deserialize(
        str(export("prov", claims(), CONTEXT, tmp_path / "out")), format="json"
    )


def test_the_library_reads_it_and_writes_the_same_again(document: Any) -> None:
    again = prov.ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    assert again == document


def test_every_claim_is_generated_derived_and_attributed(document: Any) -> None:
    def of(kind: Any) -> list[Any]:
        return list(document.get_records(kind))

    assert len(of(prov.ProvDerivation)) == len(of(prov.ProvGeneration)) == len(claims())
    assert len(of(prov.ProvAttribution)) == sum(len(claim.chain) for claim in claims())
    known = {
        record.identifier
        for kind in (prov.ProvEntity, prov.ProvActivity, prov.ProvAgent)
        for record in of(kind)
    }
    for relation in document.get_records(prov.ProvRelation):
        assert {
            value for _, value in relation.formal_attributes if isinstance(value, prov.QualifiedName)
        } <= known


def test_quotes_and_their_writing_are_kept(document: Any) -> None:
    values = {str(value) for entity in document.get_records(prov.ProvEntity) for value in entity.value}
    assert KOREAN in values
