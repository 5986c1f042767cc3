"""On whom a change rests: against refits at the same hyperparameters, and against new estimates."""

from datetime import date

import numpy as np
import pytest

from satrap.claims import RecordedClaim, Source, SourceKind
from satrap.country import Pack
from satrap.errors import EstimateError, UnknownNameError
from satrap.estimate import Estimate, estimate
from satrap.estimate.sensitivity import Target, answers

from .conftest import END, START, Recorder

SINCE, ON = date(2017, 3, 1), date(2017, 8, 1)
ANALYST = Source(SourceKind.ANALYST)


@pytest.fixture
def claims(say: Recorder) -> list[RecordedClaim]:
    return [
        *(say("authority", "down", holder="MSS", story=f"insider {n}") for n in range(3)),
        say("authority", "down", holder="MSS", publisher="NK Pro", outlet="NK Pro", voice=ANALYST),
        say("authority", "up", holder="MPS", publisher="NK Pro", outlet="NK Pro", voice=ANALYST),
    ]


def test_the_change_rests_on_those_who_told_it(pack: Pack, claims: list[RecordedClaim]) -> None:
    found = estimate(claims, pack, start=START, end=END)
    table = found.sensitivity("source", "MSS", None, SINCE, ON, confirm=1)
    whole, first, *others = table.to_dicts()
    assert whole["without"] is None
    assert whole["claims"] == 5
    assert whole["log_ratio"] < 0
    assert first["without"].startswith("inside source")
    assert first["rests_on_it"] == pytest.approx(1 - first["log_ratio"] / whole["log_ratio"])
    assert first["p_down"] < whole["p_down"]
    anew = found.without(claims=[one.id for one in claims[:3]])
    assert first["refit_log_ratio"] == pytest.approx(_change(anew))
    assert first["refit_rests_on_it"] == pytest.approx(first["rests_on_it"], abs=0.25)
    assert all(row["refit_share"] is None for row in others)


def test_all_claims_held_give_the_posterior_itself(pack: Pack, claims: list[RecordedClaim]) -> None:
    found = estimate(claims, pack, start=START, end=END)
    at = found.weeks.at(SINCE), found.weeks.at(ON)
    target = Target(found.offices.institution("MSS"), 0, *at)
    everything = np.ones(len(found.used), dtype=np.bool_)
    whole, none = answers(found.posterior, target, [everything, ~everything])
    mean, sd, _ = found.posterior.change(0, target.institution, *at)
    assert whole.log_ratio == pytest.approx(mean)
    assert 0 < whole.p_down < 1
    assert (none.log_ratio, none.share, none.p_down) == pytest.approx((0, 0, 0.5))
    assert sd > 0


def test_held_sites_are_close_to_a_refit(pack: Pack, claims: list[RecordedClaim]) -> None:
    found = estimate(claims, pack, start=START, end=END)
    target = Target(found.offices.institution("MSS"), 0, found.weeks.at(SINCE), found.weeks.at(ON))
    everything = np.ones(len(found.used), dtype=np.bool_)
    for out in range(len(everything)):
        kept = everything.copy()
        kept[out] = False
        whole, held = answers(found.posterior, target, [everything, kept])
        rest = found.posterior.refitted(kept)
        [again] = answers(rest, target, [np.ones(len(rest.seen), dtype=np.bool_)])
        assert held.log_ratio - whole.log_ratio == pytest.approx(again.log_ratio - whole.log_ratio, rel=0.35)


def test_bad_questions_have_answers(pack: Pack, claims: list[RecordedClaim]) -> None:
    empty = estimate([], pack, start=START, end=END)
    [row] = empty.sensitivity("story", "MSS", "KP-05", SINCE, ON, confirm=3).to_dicts()
    assert row["p_down"] == pytest.approx(0.5)
    assert row["rests_on_it"] is None
    with pytest.raises(UnknownNameError, match="drop by"):
        empty.sensitivity("weather", "MSS", None, SINCE, ON)
    with pytest.raises(EstimateError, match="one week"):
        empty.sensitivity("story", "MSS", None, SINCE, SINCE)


def _change(found: Estimate) -> float:
    path = found.log_ratios[0, :, found.offices.institution("MSS")]
    return float(path[found.weeks.at(ON)] - path[found.weeks.at(SINCE)])


def test_one_group_out_at_once_is_the_table_s_row(pack: Pack, claims: list[RecordedClaim]) -> None:
    found = estimate(claims, pack, start=START, end=END)
    rows = {row["without"]: row for row in found.sensitivity("publisher", "MSS", None, SINCE, ON).to_dicts()}
    whole, left = found.live("MSS", None, ON, SINCE, out={"publisher": ["NK Pro"]})
    for answer, row in ((whole, rows[None]), (left, rows["NK Pro"])):
        told = row["log_ratio"], row["share"], row["p_down"]
        assert (answer.log_ratio, answer.share, answer.p_down) == pytest.approx(told)
    with pytest.raises(UnknownNameError, match="publisher"):
        found.live("MSS", None, ON, out={"publisher": ["Nobody"]})


def test_a_level_stands_from_equal_shares(pack: Pack, claims: list[RecordedClaim]) -> None:
    found = estimate(claims, pack, start=START, end=END)
    whole, none = found.live("MSS", None, ON, out={"claim": [one.id for one in claims]})
    parts = found.why("MSS", None, ON)
    assert whole.log_ratio == pytest.approx(sum(one.log_ratio for one in parts))
    assert whole.share == pytest.approx(sum(one.share for one in parts))
    assert (none.log_ratio, none.share, none.p_down) == pytest.approx((0, 0, 0.5))
