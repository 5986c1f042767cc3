"""Tellings of a simulated world as claims, and what the estimator makes of them where the truth is known."""

from datetime import timedelta

import numpy as np
import pytest

from satrap.claims import Direction, RecordedClaim
from satrap.country import Pack, load_pack
from satrap.estimate import Estimate, estimate
from satrap.forecast.assimilated import court
from satrap.rehearsal import recorded
from satrap.simulate import InitialState, Run, load_scenario, simulate
from satrap.simulate.telling import Reporting, Telling, Told, tellings

PLACES = ("KP-05", "KP-09")
TOLD_OFTEN = Reporting(tellings=1.0, reprints=2, misreport=0.5, falls=3)


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("kp")


@pytest.fixture(scope="module")
def run() -> Run:
    """Fifteen months around the transfer of 2017, in two provinces."""
    whole = load_scenario("kp-2017")
    places = tuple(one.model_copy(update={"coverage": 0.5}) for one in whole.places if one.id in PLACES)
    scenario = whole.model_copy(update={"places": places, "weeks": 65})
    return simulate(scenario, InitialState.from_scenario(scenario), 2, 1)


@pytest.fixture(scope="module")
def told(run: Run) -> list[Telling]:
    return tellings(run, 0, TOLD_OFTEN, 1)


def estimated(run: Run, pack: Pack, claims: list[RecordedClaim]) -> Estimate:
    scenario = run.scenario
    end = run.dates[-1] + timedelta(days=6)
    return estimate(claims, court(pack, scenario), start=scenario.start, end=end, seed=1)


@pytest.fixture(scope="module")
def grouped(run: Run, pack: Pack, told: list[Telling]) -> Estimate:
    return estimated(run, pack, recorded(told))


def test_every_print_is_a_claim_and_every_telling_a_story(told: list[Telling]) -> None:
    claims = recorded(told)
    assert len(claims) == sum(len(one.prints) for one in told)
    assert len({one.story for one in claims}) == len(told)
    assert len({one.story for one in recorded(told, stories=False)}) == len(claims)
    assert len({one.id for one in claims}) == len(claims)


def test_claims_say_what_was_told(told: list[Telling]) -> None:
    for telling in told:
        claim = recorded([telling])[0].claim
        if telling.told is Told.CHANGE:
            assert claim.direction is (Direction.UP if telling.up else Direction.DOWN)
        elif telling.told is Told.RANK:
            above, below = (claim.roles[role][0].id for role in ("holder", "over"))
            assert (above, below)[:: 1 if telling.up else -1] == (telling.institution, telling.over)
        assert claim.when is not None
        assert (claim.when.earliest, claim.when.latest) == (telling.since, telling.until)


def test_reprints_of_a_story_and_the_refuted_are_not_observations(
    grouped: Estimate, told: list[Telling]
) -> None:
    assert len(grouped.used) <= len(told)
    reasons = [one.reason for one in grouped.unused]
    assert any("of the same story" in one for one in reasons)
    assert any("contradicted later" in one for one in reasons)


def inside(run: Run, found: Estimate, band: float) -> float:
    """The part of true changes over a quarter and of true levels that lies in the estimate's band."""
    order = [found.offices.places.index(place) for place in run.places]
    draws = np.exp(found.surfaces[:, order].astype(np.float64))
    draws = (draws / draws.sum(axis=-1, keepdims=True)).transpose(0, 2, 1, 3)
    truth = run.share[0].astype(np.float64)
    weeks = np.arange(13, 65, 13)
    ranks = [
        (draws[:, weeks] < truth[weeks]).mean(axis=0),
        (draws[:, weeks] - draws[:, weeks - 13] < truth[weeks] - truth[weeks - 13]).mean(axis=0),
    ]
    return float((np.abs(np.array(ranks) - 0.5) <= band / 2).mean())


def test_the_truth_is_within_the_bands_about_as_often_as_they_say(run: Run, grouped: Estimate) -> None:
    """One world of 64 correlated truths, so loosely; benchmarks/simulate_recovery.py measures it."""
    assert grouped.offices.institutions == run.institutions
    assert inside(run, grouped, 0.9) > 0.7
    assert inside(run, grouped, 0.5) < 0.9


def test_the_transfer_is_found(run: Run, grouped: Estimate) -> None:
    lost = grouped.change("MSS", "KP-05", run.dates[20], run.dates[60])
    assert lost.mean < 0


def test_reprints_that_pass_for_tellings_make_it_surer_of_the_same(
    run: Run, pack: Pack, told: list[Telling], grouped: Estimate
) -> None:
    apart = estimated(run, pack, recorded(told, stories=False))
    surer, sure = (
        float(np.abs(one.surfaces.mean(axis=0) / one.surfaces.std(axis=0)).mean()) for one in (apart, grouped)
    )
    assert surer > 1.1 * sure
