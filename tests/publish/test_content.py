from datetime import date

import pytest
from tests.publish.builders import DOWN, KP, sample, split, told
from tests.publish.conftest import AS_OF

from satrap.country import load_pack
from satrap.errors import EstimateError, PublishError, UnknownNameError
from satrap.estimate import Estimate, estimate
from satrap.publish import Brief, compose, render


def test_findings_come_first_one_of_each_kind(brief: Brief) -> None:
    assert [shown.finding.kind for shown in brief.findings] == ["authority", "conduct", "outlook"]
    assert "the Ministry of State Security lost authority at the centre" in str(brief.findings[0].finding)
    assert all(shown.word.count("claim") for shown in brief.findings)


def test_the_claims_quoted_under_a_finding_are_of_different_stories(brief: Brief) -> None:
    for shown in brief.findings:
        quotes = [cited.claim.quote for cited in shown.leading]
        assert len(set(quotes)) == len(quotes)


def test_by_default_a_year_is_compared_and_the_province_most_told_of_is_shown(brief: Brief) -> None:
    assert (brief.since, brief.focus) == (
        date(2016, 6, 15),
        "the centre and South Hwanghae",
    )


def test_the_caller_chooses_day_and_place(estimated: Estimate) -> None:
    claims, reports = split(sample())
    chosen = compose(
        pack=KP,
        claims=claims,
        reports=reports,
        estimate=estimated,
        as_of=AS_OF,
        since=date(2017, 1, 1),
        focus="north hamgyong",
    )
    assert (chosen.since, chosen.focus) == (date(2017, 1, 1), "North Hamgyong and the centre")
    assert chosen.title == "Who holds power in North Hamgyong, North Korea, and on whose word"
    assert {
        shown.finding.key.rpartition("-")[2] for shown in chosen.findings if shown.finding.probability
    } <= {"09"}
    assert chosen.outlook is None


def test_a_brief_on_an_institution_tells_of_it_alone(estimated: Estimate) -> None:
    claims, reports = split(sample())
    asked = {"pack": KP, "claims": claims, "reports": reports, "estimate": estimated, "as_of": AS_OF}
    of_police = compose(**asked, focus="MPS")  # type: ignore[arg-type]
    told_of = [str(shown.finding) for shown in (*of_police.findings, *of_police.further)]
    assert told_of
    assert all("Ministry of Social Security" in one for one in told_of)
    assert [tiles.title for tiles in of_police.maps] == ["Ministry of Social Security"]
    assert next(panel.title for figure in of_police.authority for panel in figure.panels) == "centre"
    # who led it later, by the country pack
    assert "Ri Yong Gil†" in {shown.subject for shown in of_police.conflicts}
    of_prosecutors = compose(**asked, focus="PROS")  # type: ignore[arg-type]
    assert of_prosecutors.conflicts == ()


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"since": date(2017, 7, 1)}, PublishError),
        ({"focus": "KP-99"}, UnknownNameError),
        ({"focus": "WPK_OGD"}, PublishError),
        ({"focus": "LEADER"}, PublishError),
        ({"as_of": date(2030, 1, 1)}, EstimateError),
    ],
)
def test_what_cannot_be_asked_is_refused(
    estimated: Estimate, wrong: dict[str, object], error: type[Exception]
) -> None:
    claims, reports = split(sample())
    asked = {"pack": KP, "claims": claims, "reports": reports, "estimate": estimated, "as_of": AS_OF} | wrong
    with pytest.raises(error):
        compose(**asked)  # type: ignore[arg-type]


def test_conflicts_of_later_days_are_not_shown(brief: Brief, estimated: Estimate) -> None:
    assert {shown.subject for shown in brief.conflicts} >= {
        "Ri Yong Gil†",
        "Powers of the Ministry of State Security",
    }
    claims, reports = split(sample())
    earlier = compose(
        pack=KP,
        claims=claims,
        reports=reports,
        estimate=estimated,
        as_of=date(2016, 12, 1),
        since=date(2016, 6, 1),
    )
    assert "Powers of the Ministry of State Security" not in {shown.subject for shown in earlier.conflicts}
    assert earlier.later_conflicts == len(brief.conflicts) + brief.later_conflicts - len(earlier.conflicts)
    assert earlier.later_conflicts > 0


def test_what_a_later_appearance_settled_is_said(brief: Brief) -> None:
    settled = {shown.subject: shown.settled for shown in brief.conflicts}
    assert settled["Ri Yong Gil†"] == "alive later"
    assert settled["Powers of the Ministry of State Security"] == ""


def test_tiles_of_provinces_that_no_claim_names_follow_the_nation(brief: Brief) -> None:
    tiles = {tile.name: tile for tile in brief.maps[0].tiles}
    assert tiles["Kangwon"].follows
    assert not tiles["South Hwanghae"].follows


def test_coverage_tells_who_is_heard(brief: Brief) -> None:
    assert "South Hwanghae and North Hamgyong account for" in brief.method.coverage_note
    assert "Kaesong" in brief.method.coverage_note
    assert {row[0]: row[1] for row in brief.method.coverage.rows}["Ryanggang"] == "2"


def test_no_id_of_the_ledger_is_on_the_page(brief: Brief) -> None:
    page = render(brief)
    for recorded, _ in sample():
        assert recorded.id not in page


def test_provenance_names_root_versions_seed_and_cut(brief: Brief) -> None:
    told_of = dict(brief.method.provenance)
    assert told_of["Ledger root"] == "ab" * 32
    assert told_of["Newest publication"] == "June 2017"
    assert "seed 0" in told_of["Estimate"]


def test_the_brief_tells_whether_it_is_read_in_hindsight(brief: Brief, estimated: Estimate) -> None:
    assert brief.summary == (
        f"The estimate uses {len(set(estimated.used))} claims, the newest of them published in June 2017."
    )
    claims, reports = split(sample())
    earlier = compose(
        pack=KP,
        claims=claims,
        reports=reports,
        estimate=estimated,
        as_of=date(2017, 2, 15),
        since=date(2016, 6, 1),
    )
    assert earlier.summary.startswith("Read in hindsight: ")
    assert earlier.summary.endswith("published after that day, the newest in June 2017.")


def test_facts_are_told_in_the_names_of_the_pack(brief: Brief) -> None:
    assert brief.outlook is not None
    assert brief.outlook.facts is not None
    told_of = {row[0] for row in brief.outlook.facts.rows}
    assert "most goes to the Workers' Party of Korea in South Hwanghae" in told_of


def test_another_state_needs_nothing_but_its_pack() -> None:
    pack = load_pack("by")
    holder = pack.authority[0]
    falls = [
        told("authority", {"holder": holder}, f"2020-0{month}-01", direction=DOWN, publisher=f"Paper {month}")
        for month in range(5, 10)
    ]
    claims, reports = split(falls)
    fitted = estimate(claims, pack, start=date(2020, 1, 1), end=date(2020, 12, 31))
    made = compose(pack=pack, claims=claims, reports=reports, estimate=fitted, as_of=date(2020, 10, 1))
    assert made.country == pack.name
    assert pack.institution(holder).name in str(made.findings[0].finding)
    assert made.claims[0].number == 1
