"""Cases as data."""

from datetime import date
from pathlib import Path

import pytest
from tests.forecast.told import kp, told

from satrap.claims import Claim, Direction
from satrap.errors import ForecastError, UnknownNameError
from satrap.forecast.rivals import Case, cases, load_case
from satrap.forecast.rivals.case import Evidence


def test_the_case_of_2017_ships_with_four_outcomes_and_two_motives() -> None:
    outcomes, motives = load_case("kp-2017"), load_case("kp-2017-motive")
    assert [one.id for one in outcomes.rivals] == [
        "deterred",
        "displaced-to-party",
        "displaced-to-police",
        "reverts",
    ]
    assert [one.id for one in motives.rivals] == ["centralise", "public-support"]


@pytest.mark.parametrize("name", cases())
def test_what_bundled_cases_call_evidence_can_be_read(name: str) -> None:
    case = load_case(name)
    assert len(case.patterns(kp())) == len(case.evidence)


def counts(claim: Claim, **changes: object) -> bool:
    declared = {"id": "e", "title": "e", "claims": "authority or extortion of MSS", **changes}
    one = Evidence.model_validate(declared)
    case = Case.model_validate(
        {
            "id": "c",
            "title": "c",
            "country": "KP",
            "before": date(2014, 1, 1),
            "since": date(2015, 1, 1),
            "until": date(2016, 1, 1),
            "source": "test",
            "evidence": [declared],
            "rivals": [
                {"id": id, "title": id, "says": id, "expects": {"e": "same"}} for id in ("one", "other")
            ],
        }
    )
    return one.counts(claim, case.patterns(kp())[0], kp())


def test_claims_that_say_down_are_evidence_only_where_that_is_asked() -> None:
    fell = told("authority", "2017-02-01", holder="MSS").claim.clone(direction=Direction.DOWN)
    assert not counts(fell)
    assert counts(fell, direction="down")
    assert not counts(fell, direction="up")


def test_words_must_stand_in_the_quote() -> None:
    claim = told("authority", "2017-02-01", holder="MSS").claim  # its quote is its kind
    assert counts(claim, words=["AUTHOR", "nothing"])
    assert not counts(claim, words=["nothing"])


def test_whose_power_grows_over_it_is_not_its_own_power() -> None:
    assert not counts(told("authority", "2017-02-01", holder="WPK", over="MSS").claim)


def test_an_unknown_case_is_named_with_those_there_are() -> None:
    with pytest.raises(UnknownNameError, match="did you mean kp-2017"):
        load_case("kp-2018")


def test_a_rival_must_say_what_it_expects_of_everything(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "id: mine\ntitle: t\ncountry: KP\nsource: s\n"
        "before: 2014-01-01\nsince: 2015-01-01\nuntil: 2016-01-01\n"
        "evidence: [{id: e, title: e, claims: order}]\n"
        "rivals: [{id: a, title: a, says: a, expects: {}}, {id: b, title: b, says: b, expects: {e: more}}]\n"
    )
    with pytest.raises(ForecastError, match=r"mine\.yaml.*a must say what it expects of e"):
        load_case(path)
