"""Bayes factors: against draws, a density, dense algebra; and what the prior has to do with them."""

from collections.abc import Sequence
from datetime import date

import numpy as np
import polars as pl
import pytest

from satrap.claims import Direction, RecordedClaim
from satrap.country import Pack
from satrap.errors import EstimateError
from satrap.estimate import Estimate, Hypothesis, Jump, Move, estimate
from satrap.estimate.claimspace import ClaimSpacePrior
from satrap.estimate.ep import Solution
from satrap.estimate.learn import fitted
from satrap.estimate.posed import Jumped, PosedMoves, pose
from satrap.estimate.posterior import Conditional, Posterior
from satrap.estimate.sensitivity import Target, answers
from satrap.estimate.sequential import Sequential

from .conftest import END, START, Recorder

SINCE, UNTIL = date(2017, 3, 1), date(2017, 8, 1)


def _move(way: Direction, institution: str = "MSS", places: tuple[str, ...] = ("KP",)) -> Hypothesis:
    return Hypothesis(f"{institution} {way}", (Move(institution, way, SINCE, UNTIL, places),))


DOWN, UP, SAME = (_move(way) for way in (Direction.DOWN, Direction.UP, Direction.UNCHANGED))


@pytest.fixture
def fallen(pack: Pack, say: Recorder) -> Estimate:
    claims: Sequence[RecordedClaim] = [
        *(say("authority", "down", holder="MSS") for _ in range(4)),
        say("transfer", from_="MSS", to="WPK"),
        say("authority", "up", holder="MPS"),
    ]
    return estimate(claims, pack, start=START, end=END)


def test_ways_are_weighed_as_the_claims_say(fallen: Estimate) -> None:
    down, up, same = fallen.compare([DOWN, UP, SAME])["log_bf"]
    assert down > 0 > same > up


def test_a_probability_is_that_of_the_draws(fallen: Estimate) -> None:
    both = Hypothesis("both", (*_move(Direction.DOWN).moves, *_move(Direction.DOWN, "MSS", ("KP-05",)).moves))
    table = fallen.compare([DOWN, both], scales=())
    i, at = fallen.offices.institution("MSS"), [fallen.weeks.at(day) for day in (SINCE, UNTIL)]
    ends = fallen.surfaces[:, :, at, i]
    fell = ends[:, :, 1] < ends[:, :, 0]
    there = fell[:, fallen.offices.place("KP-05")]
    error = 3 * (0.25 / len(fell)) ** 0.5
    assert table["posterior"][0] == pytest.approx(fell[:, 0].mean(), abs=error)
    assert table["posterior"][1] == pytest.approx((fell[:, 0] & there).mean(), abs=error)
    assert table["prior"][0] == pytest.approx(0.5)


def test_a_point_null_is_the_limit_of_a_narrow_band(fallen: Estimate) -> None:
    """Savage–Dickey: density over density is chance over chance of a band that shrinks around the point."""
    posed = pose(SAME, fallen.offices, fallen.weeks)
    assert isinstance(posed, PosedMoves)
    seen, part = fallen.posterior.seen, fallen.posterior.parts[0]
    mean, sd, prior_sd = type(fallen.posterior)(seen, (part,), 1.0).change(
        0, fallen.offices.institution("MSS"), fallen.weeks.at(SINCE), fallen.weeks.at(UNTIL)
    )
    density = -0.5 * (mean / sd) ** 2 - np.log(sd * np.sqrt(2 * np.pi))
    assert posed.given(seen, part.hyper, part.solution) == pytest.approx(density)
    assert posed.before(part.hyper) == pytest.approx(-np.log(prior_sd * np.sqrt(2 * np.pi)))


def test_a_jump_adds_to_the_covariance_of_claims(fallen: Estimate) -> None:
    solution: Solution = fallen.posterior.parts[0].solution
    prior = solution.prior
    assert isinstance(prior, ClaimSpacePrior)
    h, tau, nu = np.linspace(-1, 2, len(prior.K)), solution.sites.tau, np.arange(float(len(prior.K)))
    found = Jumped(prior, h, 0.7).condition(tau)
    dense = ClaimSpacePrior(prior.K + 0.49 * np.outer(h, h)).condition(tau)
    assert found.log_det == pytest.approx(dense.log_det)
    assert found.variance == pytest.approx(dense.variance)
    assert found.mean(nu) == pytest.approx(dense.mean(nu))
    assert found.mean(np.eye(len(nu))) == pytest.approx(dense.mean(np.eye(len(nu))))


def test_a_fall_on_its_day_is_likelier_than_a_rise_and_than_one_long_after(fallen: Estimate) -> None:
    may, december = date(2017, 5, 29), date(2017, 12, 18)
    jumps = [
        Hypothesis("fell", jump=Jump("MSS", may, Direction.DOWN)),
        Hypothesis("rose", jump=Jump("MSS", may, Direction.UP)),
        Hypothesis("either", jump=Jump("MSS", may)),
        Hypothesis("late", jump=Jump("MSS", december)),
    ]
    fell, rose, either, late = fallen.compare(jumps, scales=())["log_bf"]
    assert fell > either > 0 > rose
    assert np.exp(either) == pytest.approx((np.exp(fell) + np.exp(rose)) / 2, rel=1e-3)
    assert late == pytest.approx(0, abs=0.01)


def test_without_claims_every_bayes_factor_is_one_and_the_prior_decides(pack: Pack) -> None:
    table = estimate([], pack, start=START, end=END).compare(
        [DOWN, SAME, Hypothesis("fell", jump=Jump("MSS", UNTIL, Direction.DOWN))]
    )
    assert table["log_bf"].abs().max() < 0.05  # type: ignore[operator]
    assert table["prior_dominated"].all()
    assert table["weight"].sum() == pytest.approx(1)
    assert not table.select(pl.selectors.float().is_nan().any()).row(0).count(True)


def test_the_scale_of_the_prior_shows(fallen: Estimate) -> None:
    """Signs hold at any scale; agreeing claims are little evidence where nothing was expected to move."""
    [narrow], [wide] = fallen.compare([DOWN], scales=(0.25, 4.0)).select("walk_sd_x0.25", "walk_sd_x4")
    assert 0 < narrow < wide


def test_bad_questions_have_answers(fallen: Estimate) -> None:
    with pytest.raises(EstimateError, match="no hypothesis"):
        fallen.compare([])
    with pytest.raises(EstimateError, match="no prior"):
        fallen.compare([DOWN], scales=(0.0,))
    with pytest.raises(EstimateError, match="one week"):
        fallen.compare([Hypothesis("", (Move("MSS", Direction.UP, SINCE, SINCE),))])
    with pytest.raises(EstimateError, match="outside"):
        fallen.compare([Hypothesis("", jump=Jump("MSS", date(1990, 1, 1)))])


def test_both_solvers_give_the_same(fallen: Estimate) -> None:
    seen, part = fallen.posterior.seen, fallen.posterior.parts[0]
    weekly = fitted(Sequential.of(seen), part.hyper, part.solution.sites, 1e-6)
    target = Target(fallen.offices.institution("MSS"), 0, fallen.weeks.at(SINCE), fallen.weeks.at(UNTIL))
    half = np.arange(len(seen)) % 2 == 0
    other = Posterior(seen, (Conditional(part.hyper, 1, weekly),), 1.0)
    alone = Posterior(seen, (Conditional(part.hyper, 1, part.solution),), 1.0)
    [one], [again] = answers(alone, target, [half]), answers(other, target, [half])
    assert (one.log_ratio, one.share, one.p_down) == pytest.approx(
        (again.log_ratio, again.share, again.p_down)
    )
    for hypothesis in (DOWN, SAME, Hypothesis("fell", jump=Jump("MSS", UNTIL, Direction.DOWN))):
        posed = pose(hypothesis, fallen.offices, fallen.weeks)
        by_week = posed.given(seen, part.hyper, weekly)
        assert by_week == pytest.approx(posed.given(seen, part.hyper, part.solution), abs=1e-5)
