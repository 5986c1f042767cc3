"""What to look for."""

from datetime import date

import msgspec
import pytest
from tests.forecast.rivals.test_weigh import CASE, world
from tests.forecast.told import known, kp, told, weekly

from satrap.claims import Direction
from satrap.errors import ForecastError
from satrap.forecast import Cut, Forecast, parse
from satrap.forecast.exposure import exposure
from satrap.forecast.plan import plan
from satrap.forecast.rivals import collect, matrix, weigh

FELL = told("authority", "2017-02-01", "2017-01", holder="MSS", places=("KP-09",))


@pytest.fixture(scope="module")
def cut() -> Cut:
    fell = msgspec.structs.replace(FELL, claim=FELL.claim.clone(direction=Direction.DOWN))
    return known(*weekly("2016-06-01", "2017-06-01"), fell, on="2017-06-15")


def test_a_year_like_the_last_brings_about_as_many_stories(cut: Cut) -> None:
    seen = exposure(cut)
    assert 25 < seen.stories[0].sum() < 70  # one a week
    assert seen.stories[1:].sum() < 10
    assert (seen.worth <= 1).all()


def test_of_authority_a_claim_about_that_office_tells_most(cut: Cut) -> None:
    asked = parse("authority of MSS in KP-09 lower on 2017-12-01 than on 2017-06-16", kp(), date(2017, 6, 15))
    best = plan(asked, cut).row(0, named=True)
    assert (best["institution"], best["place"], best["kind"]) == ("MSS", "KP-09", "authority")
    assert 0 < best["bits"] < best["uncertain"] <= 1


def test_of_an_event_a_better_source_tells_more(cut: Cut) -> None:
    asked = parse("extortion by MSS in KP-09 within 12 months", kp(), date(2017, 6, 15))
    even = Forecast(
        question=asked.id, forecaster="f", version="1", options=("yes", "no"), probabilities=(0.5, 0.5)
    )
    bits = dict(plan(asked, cut, even).select("source", "bits").iter_rows())
    assert bits["official"] > bits["analyst"] > bits["unspecified"] > 0
    assert plan(asked, cut, even)["place"].unique().to_list() == ["KP-09"]


def test_how_much_is_told_only_waiting_tells(cut: Cut) -> None:
    asked = parse("claims of extortion from 2017-07-01 to 2017-12-31 at least 2", kp(), date(2017, 6, 15))
    with pytest.raises(ForecastError, match="no observation"):
        plan(asked, cut)


def test_of_rivals_the_evidence_on_which_they_differ_is_sought() -> None:
    alike = tuple(
        one.model_copy(update={"expects": {**one.expects, "security": "same"}}) for one in CASE.rivals
    )
    found = matrix(weigh(CASE.model_copy(update={"rivals": alike}), world(party=2), kp()))
    cut = known(*world(party=2), on="2019-12-31")
    sought = collect(found, exposure(cut))
    assert sought["evidence"][0] == "party"
    assert (sought["bits_of_ten"] <= sought["uncertain"]).all()
    assert sought.filter(evidence="security")["bits_of_year"].to_numpy() == pytest.approx(0.0)
