"""What residents feel: signs of a latent support, of the public alone, marked where it is the prior."""

from datetime import date

import polars as pl
import pytest

from satrap.claims import Horizon, Polarity, RecordedClaim
from satrap.country import Pack
from satrap.errors import EstimateError
from satrap.estimate import Mood, mood

from .conftest import END, START, Recorder

JUNE = date(2017, 6, 12)


def _felt(claims: list[RecordedClaim], pack: Pack) -> Mood:
    return mood(claims, pack, start=START, end=END)


def _support(found: Mood, place: str = "KP") -> float:
    table = found.to_polars().filter((pl.col("week") == JUNE) & (pl.col("place") == place))
    return float(table["support"].item())


def test_discontent_lowers_support_most_where_it_is_told_of(pack: Pack, say: Recorder) -> None:
    found = _felt([say("sentiment", "down", claim={"places": ("KP-10",)}) for _ in range(4)], pack)
    assert _support(found, "KP-10") < _support(found, "KP-05") < 0.5
    table = found.to_polars()
    assert (table["low_95"] <= table["low_50"]).all()
    assert table["support"].is_between(0, 1).all()


def test_favour_raises_resistance_lowers_and_a_denial_turns_round(pack: Pack, say: Recorder) -> None:
    assert _support(_felt([say("support", "up")], pack)) > 0.5
    assert _support(_felt([say("resistance")], pack)) < 0.5
    assert _support(_felt([say("sentiment", "down", claim={"polarity": Polarity.DENIED})], pack)) > 0.5


def test_content_is_news_so_that_it_says_more_than_discontent(pack: Pack, say: Recorder) -> None:
    up, down = (_support(_felt([say("sentiment", way)], pack)) for way in ("up", "down"))
    assert up - 0.5 > 0.5 - down > 0


def test_moods_of_the_apparatus_forecasts_and_the_rest_say_why(pack: Pack, say: Recorder) -> None:
    claims = [
        say("sentiment", "down", of="WPK"),
        say("sentiment", "up", claim={"horizon": Horizon.FUTURE}),
        say("sentiment"),
        say("bribery", by="MSS"),
    ]
    found = _felt(claims, pack)
    assert found.prior_only
    assert sorted(one.reason for one in found.unused) == [
        "a forecast is not an observation",
        "a mood of the apparatus, not of the public",
        "neither favourable nor unfavourable",
        "not a mood",
    ]


def test_without_a_claim_it_is_an_even_chance_and_says_so(pack: Pack) -> None:
    table = _felt([], pack).to_polars()
    assert table["prior_dominated"].all()
    assert table["support"].to_numpy() == pytest.approx(0.5, abs=1e-6)
    with pytest.raises(EstimateError, match="single week"):
        mood([], pack, start=START, end=START)
