"""Where reports come from: counted once per story, expected by residents, and where silence says nothing."""

from datetime import date

import polars as pl

from satrap.claims import RecordedClaim
from satrap.country import Pack
from satrap.estimate import Coverage, coverage, estimate

from .conftest import END, START, Recorder


def _covered(claims: list[RecordedClaim], pack: Pack) -> Coverage:
    return coverage(claims, pack, start=START, end=END)


def _at(found: Coverage, place: str) -> pl.DataFrame:
    return found.to_polars().filter(pl.col("place") == place).sort("period")


def test_a_story_counts_once_where_and_when_it_was_first_told(pack: Pack, say: Recorder) -> None:
    there = {"places": ("KP-10",)}
    claims = [
        say("bribery", by="MSS", story="a", published=date(2017, 2, 1), claim=there),
        say("bribery", by="MSS", story="a", published=date(2017, 8, 1), claim=there),
        say("extortion", by="MPS", story="b", published=date(2017, 2, 2), claim=there),
        say("extortion", by="MPS", story="c", published=date(2016, 2, 2), claim=there),
        say("extortion", by="MPS", story="d", published=date(2017, 5, 2)),
    ]
    found = _covered(claims, pack)
    assert _at(found, "KP-10")["reports"].to_list() == [2, 0, 0, 0]
    assert _at(found, "KP")["reports"].to_list() == [0, 1, 0, 0]


def test_a_place_that_is_often_named_is_expected_to_be(pack: Pack, say: Recorder) -> None:
    claims = [
        say("bribery", by="MSS", published=date(2017, month, 3), claim={"places": ("KP-10",)})
        for month in range(1, 13)
        for _ in range(3)
    ]
    found = _covered(claims, pack)
    border, inland = _at(found, "KP-10"), _at(found, "KP-05")
    assert border["heard"].min() > 0.9  # type: ignore[operator]
    assert inland["heard"].max() < 0.5  # type: ignore[operator]
    assert (border["low_80"] < border["expected"]).all()
    assert (border["low_95"] <= border["low_50"]).all()
    assert not border["prior_dominated"].any()


def test_without_a_report_it_is_the_prior_and_says_so(pack: Pack) -> None:
    table = _covered([], pack).to_polars()
    assert table["prior_dominated"].all()
    assert table["reports"].sum() == 0
    assert not table.select(pl.selectors.float().is_nan().any()).row(0).count(True)


def test_silence_is_no_evidence_unless_asked_for_and_only_where_somebody_speaks(
    pack: Pack, say: Recorder
) -> None:
    claims = [
        say("bribery", by="MSS", published=date(2017, month, 3), claim={"places": ("KP-10",)})
        for month in range(1, 13)
        for _ in range(2)
    ]
    claims.append(say("authority", "down", holder="MSS", published=date(2017, 6, 20)))
    off = estimate(claims, pack, start=START, end=END)
    on = estimate(claims, pack, start=START, end=END, silence=_covered(claims, pack))
    assert len(off.used) == 1
    silent = set(on.used) - set(off.used)
    assert silent
    assert all(one.startswith("silence of KP-10 from 2017") for one in silent)
    assert not any("2017-01-02" in one for one in silent), "that quarter was spoken of"
    at = on.offices.place("KP-10"), on.weeks.at(date(2017, 7, 10)), on.weeks.at(date(2017, 12, 18))
    spread = [found.surfaces[:, at[0], at[2], 0] - found.surfaces[:, at[0], at[1], 0] for found in (off, on)]
    assert spread[1].std() < spread[0].std()
