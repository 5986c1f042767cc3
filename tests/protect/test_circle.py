import pytest
from tests.publish.builders import KP

from satrap.claims import SourceKind, Tier, kinds
from satrap.errors import ProtectError
from satrap.protect.circle import circle, residents
from satrap.protect.sensitivity import ANONYMOUS
from satrap.protect.times import Span
from satrap.yamlfile import load

BASE = {
    "kind": "conduct",
    "voices": [SourceKind.RESIDENT],
    "span": Span.YEAR,
    "tiers": [],
    "of_a_person": False,
    "of_an_incident": False,
    "worded": False,
}


def people(**changes: object) -> float:
    return circle().people(1_000_000, **{**BASE, "kind": "extortion", **changes})  # type: ignore[arg-type]


def test_the_estimate_is_residents_times_the_shares_that_apply() -> None:
    table = circle()
    expected = 1_000_000 * table.voices[SourceKind.RESIDENT].share * table.families["conduct"].share
    assert people() == pytest.approx(expected)
    assert people(worded=True) == pytest.approx(expected * table.words.share)


@pytest.mark.parametrize(
    "narrower",
    [
        {"span": Span.MONTH},
        {"span": Span.QUARTER},
        {"voices": [SourceKind.RESIDENT, SourceKind.OFFICIAL]},
        {"tiers": [Tier.PROVINCE]},
        {"tiers": [Tier.PROVINCE, Tier.COUNTY]},
        {"of_a_person": True},
        {"of_an_incident": True},
        {"worded": True},
    ],
    ids=str,
)
def test_whatever_narrows_a_claim_lowers_the_number(narrower: dict[str, object]) -> None:
    assert people(**narrower) < people()


def test_the_table_covers_every_voice_at_risk_every_family_and_every_tier() -> None:
    table = circle()
    assert {*ANONYMOUS, SourceKind.GROUP, SourceKind.DOCUMENT, SourceKind.UNSPECIFIED} == set(table.voices)
    assert {schema.family for schema in kinds().values()} == set(table.families)
    assert set(Tier) == set(table.tiers)
    assert set(Span) == set(table.times)


def test_residents_are_those_of_the_least_place_told() -> None:
    assert residents((), KP) == sum(KP.residents().values())
    assert residents(("KP",), KP) == residents((), KP)
    assert residents(("KP-09", "KP-10"), KP) == KP.residents()["KP-10"]


def test_a_province_counted_with_another_is_taken_to_be_as_small_as_the_smallest() -> None:
    assert "KP-13" not in KP.residents()
    assert residents(("KP-13",), KP) == min(KP.residents().values())


def test_a_share_without_a_source_must_be_marked_as_judgement(tmp_path: object) -> None:
    from pathlib import Path

    from satrap.protect.circle import Share

    path = Path(str(tmp_path)) / "share.yaml"
    path.write_text("{share: 0.5, basis: source, why: because}", encoding="utf-8")
    with pytest.raises(ProtectError, match="rests on a source that is named, or is marked as judgement"):
        load(path, Share, ProtectError)
