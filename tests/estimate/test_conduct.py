"""How predatory offices are said to be: per report, by office, and marked where it is not known."""

from datetime import date

import polars as pl
import pytest

from satrap.claims import Horizon, Polarity, RecordedClaim, When
from satrap.country import Pack
from satrap.estimate import Conduct, conduct

from .conftest import END, START, Recorder

THERE = {"places": ("KP-10",)}


def _told(claims: list[RecordedClaim], pack: Pack) -> Conduct:
    return conduct(claims, pack, start=START, end=END)


def _rate(found: Conduct, institution: str, place: str = "KP") -> float:
    """In the first half of 2017."""
    rows = found.to_polars().filter(
        (pl.col("institution") == institution)
        & (pl.col("place") == place)
        & (pl.col("period") == found.periods.mondays[0])
    )
    return float(rows["rate"].item())


def test_who_is_told_of_more_often_is_more_predatory(pack: Pack, say: Recorder) -> None:
    claims = [say("extortion", by="MSS", claim=THERE) for _ in range(6)]
    claims += [say("authority", "up", holder="WPK", claim=THERE) for _ in range(6)]
    found = _told(claims, pack)
    assert _rate(found, "MSS", "KP-10") > 4 * _rate(found, "WPK", "KP-10")
    table = found.to_polars()
    assert table["told"].sum() == 6
    assert (table["low_95"] <= table["low_80"]).all()
    assert (table["low_80"] <= table["rate"]).all()


def test_more_reports_without_predation_make_it_rarer(pack: Pack, say: Recorder) -> None:
    told = [say("extortion", by="MSS", claim=THERE) for _ in range(3)]
    others = [say("authority", "up", holder="WPK", claim=THERE) for _ in range(30)]
    assert _rate(_told(told + others, pack), "MSS", "KP-10") < _rate(_told(told, pack), "MSS", "KP-10")


def test_one_story_counts_once_and_what_is_no_incident_says_why(pack: Pack, say: Recorder) -> None:
    claims = [
        say("extortion", by="MSS", story="s"),
        say("extortion", by="MSS", story="s"),
        say("extortion", by="MSS", claim={"horizon": Horizon.FUTURE}),
        say("extortion", by="MSS", claim={"polarity": Polarity.DENIED}),
        say("extortion"),
        say("authority", "down", holder="MSS"),
        say("extortion", by="MSS", published=date(1999, 1, 1)),
    ]
    found = _told(claims, pack)
    assert found.told.sum() == 1
    assert len(found.used) == 2
    assert sorted(one.reason for one in found.unused) == [
        "a forecast is not an observation",
        "denied",
        "not predation",
        "outside the estimated weeks",
        "who did it is not given, or is not a share institution",
    ]


def test_said_to_have_fallen_it_fell(pack: Pack, say: Recorder) -> None:
    spring, autumn = {"when": When.parse("2017-03")}, {"when": When.parse("2017-11")}
    before = [say("extortion", by="MSS", claim=spring) for _ in range(3)]
    fell = [say("extortion", "down", by="MSS", published=date(2017, 12, 1), claim=autumn) for _ in range(3)]
    one, other = _told(before, pack), _told([*before, *fell], pack)
    i = one.offices.institution("MSS")
    drop = [float((found.rate[:, i, 0, 1] < found.rate[:, i, 0, 0]).mean()) for found in (one, other)]
    assert drop[1] > drop[0]
    assert other.told.sum() == 3, "a fall is no incident"


def test_without_a_claim_it_is_the_prior(pack: Pack) -> None:
    found = _told([], pack)
    assert found.prior_only
    table = found.to_polars()
    assert not table.select(pl.selectors.float().is_nan().any()).row(0).count(True)
    assert table["rate"].median() == pytest.approx(5, rel=0.5)
    assert table["prior_dominated"].mean() > 0.9  # type: ignore[operator]
