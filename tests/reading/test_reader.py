from hypothesis import given, settings
from hypothesis import strategies as st

from satrap.claims import Claim, When
from satrap.country import load_pack
from satrap.reading import RuleReader
from satrap.reports import Report

TEXT = (
    "Police chief falls\n\nThe police chief of Hyesan was dismissed in May, an inside source in Ryanggang "
    "Province said. “Officers took bribes from traders for years,” the source said. Was anyone surprised?"
)


def test_every_quote_stands_verbatim_at_its_offset(reader: RuleReader) -> None:
    report = Report(text=TEXT, publisher="Daily Bulletin", published=When.parse("2019-05-20"))
    claims = reader.read(report)
    assert {claim.kind for claim in claims} == {"dismissal", "bribery"}
    assert all(claim.quote.holds_in(report.text) for claim in claims)


def test_every_claim_names_its_reader_version_rules_and_score(reader: RuleReader) -> None:
    known = {rule.id for rule in reader.rules}
    for claim in reader.read(Report(text=TEXT, publisher="Daily Bulletin")):
        assert claim.reading.reader == "rules"
        assert reader.version == claim.reading.version
        assert set(claim.reading.rules) <= known
        assert 0 < claim.reading.score < 1


def test_reading_twice_gives_the_same_claims(reader: RuleReader) -> None:
    report = Report(text=TEXT, publisher="Daily Bulletin")
    assert reader.read(report) == reader.read(report)


def test_the_publisher_is_always_the_outermost_voice(reader: RuleReader) -> None:
    assert all(
        claim.said_by[0].name == "Daily Bulletin"
        for claim in reader.read(Report(text=TEXT, publisher="Daily Bulletin"))
    )


def test_a_text_about_something_else_holds_no_claims(reader: RuleReader) -> None:
    report = Report(
        text="Heavy rain fell on the coast on Friday. Farmers finished planting rice a week late. The price "
        "of corn rose in two markets, and fishing boats stayed in port.",
        publisher="Daily Bulletin",
    )
    assert reader.read(report) == []


def test_another_country_needs_only_its_pack() -> None:
    report = Report(
        text="The KGB arrested a colonel of the Brest police. The authority of the State Control Committee "
        "has grown.",
        publisher="Daily Bulletin",
    )
    claims: list[Claim] = RuleReader(load_pack("by")).read(report)
    assert [claim.kind for claim in claims] == ["arrest", "authority"]
    assert claims[0].roles["by"][0].name == "State Security Committee"


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cs"]), max_size=120))
def test_no_text_makes_it_fail(reader: RuleReader, text: str) -> None:
    report = Report(text=text, publisher="Daily Bulletin")
    assert all(claim.quote.holds_in(text) for claim in reader.read(report))
