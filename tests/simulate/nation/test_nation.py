"""The same bits however it is run; money that adds up; and means that are those of the equations."""

from pathlib import Path

import numba
import numpy as np
import pytest
from tests.simulate.nation.worlds import EXCHANGEABLE, block, nation, village
from tests.simulate.small import FALL, ORDER, TRANSFER

from satrap.errors import ScenarioError
from satrap.simulate import InitialState
from satrap.simulate.nation import checkpoint
from satrap.simulate.nation.meetings import COLUMNS
from satrap.simulate.nation.nation import Nation, measures

EVENTS = [ORDER, TRANSFER, FALL]
WEEKS = 40


def same(one: Nation, other: Nation) -> bool:
    columns = ("records", "flags", "since", "purse", "felt")
    return all(
        np.array_equal(getattr(one.people, column), getattr(other.people, column)) for column in columns
    )


def test_one_thread_and_two_give_the_same_bits() -> None:
    scenario = village(weeks=WEEKS, events=EVENTS)
    both = []
    most = numba.get_num_threads()
    for threads in (1, most):
        numba.set_num_threads(threads)
        one = nation(scenario)
        both.append((one, one.live(WEEKS)))
    assert same(both[0][0], both[1][0])
    assert np.array_equal(both[0][1].tally, both[1][1].tally)


def test_laid_down_and_resumed_at_every_week_it_ends_the_same(tmp_path: Path) -> None:
    scenario = village(weeks=WEEKS, events=EVENTS)
    initial = InitialState.from_scenario(scenario)
    whole = nation(scenario)
    lived = whole.live(WEEKS)
    for week in range(WEEKS):
        first = nation(scenario)
        before = first.live(week)
        checkpoint.save(first, tmp_path / "kept", scenario, initial)
        second = checkpoint.resume(tmp_path / "kept", scenario, initial)
        after = second.live(WEEKS - week)
        assert same(whole, second)
        assert np.array_equal(lived.tally, np.concatenate([before.tally, after.tally]))
        assert np.array_equal(lived.felt, np.concatenate([before.felt, after.felt]))


def test_a_checkpoint_of_another_world_is_refused(tmp_path: Path) -> None:
    scenario = village(weeks=WEEKS, events=EVENTS)
    initial = InitialState.from_scenario(scenario)
    checkpoint.save(nation(scenario), tmp_path / "kept", scenario, initial)
    with pytest.raises(ScenarioError, match="another scenario"):
        checkpoint.resume(tmp_path / "kept", village(weeks=WEEKS, events=[]), initial)
    (tmp_path / "kept" / "residents.arrow").write_bytes(b"torn")
    with pytest.raises(ScenarioError, match="no whole checkpoint"):
        checkpoint.resume(tmp_path / "kept", scenario, initial)


def test_killed_while_one_checkpoint_takes_the_place_of_another_it_resumes(tmp_path: Path) -> None:
    scenario = village(weeks=WEEKS, events=EVENTS)
    initial = InitialState.from_scenario(scenario)
    one = nation(scenario)
    one.live(3)
    checkpoint.save(one, tmp_path / "kept", scenario, initial)
    (tmp_path / "kept").rename(tmp_path / ".kept.before")
    assert checkpoint.resume(tmp_path / "kept", scenario, initial).week == 3


def test_no_more_weeks_than_the_scenario_has() -> None:
    one = nation(village(weeks=WEEKS, events=EVENTS))
    one.live(WEEKS - 1)
    with pytest.raises(ScenarioError, match="2 more weeks after week 39 of 40"):
        one.live(2)


def test_what_is_taken_is_kept_or_passed_up_in_every_county_and_week() -> None:
    lived = nation(village(weeks=WEEKS, events=EVENTS)).live(WEEKS)
    assert not lived.imbalance.any()
    assert (lived.tally[..., COLUMNS.taken].sum(axis=(1, 2)) > 0).all()


def test_the_means_of_many_residents_are_those_of_the_equations() -> None:
    scenario = village(200_000, weeks=WEEKS, events=EVENTS, **EXCHANGEABLE)
    scenario = scenario.model_copy(
        update={
            "institutions": tuple(one.model_copy(update={"staff": 20_000}) for one in scenario.institutions)
        }
    )
    one, behind = nation(scenario), block(scenario)
    found = measures(one.live(WEEKS), one.ground, behind)
    assert found["takers"].shape == (WEEKS, 3, 4)
    np.testing.assert_allclose(found["take"][-1], behind.take[0], rtol=0.1)
    np.testing.assert_allclose(found["burden"][-1], behind.take[0].sum(axis=-1), rtol=0.05)
    np.testing.assert_allclose(found["fear"][-1], behind.fear[0], atol=0.06)


def test_scenarios_that_differ_by_events_share_who_is_met() -> None:
    calm = village(weeks=WEEKS, events=[])
    met = [
        nation(one).live(WEEKS).tally[..., COLUMNS.met].sum(axis=-1)
        for one in (calm, village(weeks=WEEKS, events=EVENTS))
    ]
    assert np.array_equal(*met)


def test_futures_branch_from_one_past(tmp_path: Path) -> None:
    scenario = village(weeks=WEEKS, events=EVENTS)
    initial = InitialState.from_scenario(scenario)
    past = nation(scenario)
    past.live(26)
    kept = past.people.records.copy()
    futures = [past.branch(scenario, initial, seed) for seed in (1, 2, 1)]
    lived = [one.live(WEEKS - 26) for one in futures]
    assert np.array_equal(past.people.records, kept)
    assert past.week == 26
    assert np.array_equal(lived[0].tally, lived[2].tally)
    assert not np.array_equal(lived[0].tally, lived[1].tally)
    again = past.branch(scenario, initial, 1)
    again.live(5)
    checkpoint.save(again, tmp_path / "kept", scenario, initial)
    resumed = checkpoint.resume(tmp_path / "kept", scenario, initial)
    resumed.live(WEEKS - 31)
    assert same(resumed, futures[0])


def test_a_branch_may_change_what_comes_but_not_what_was() -> None:
    scenario = village(weeks=WEEKS, events=[ORDER])
    initial = InitialState.from_scenario(scenario)
    past = nation(scenario)
    past.live(20)
    calm = past.branch(village(weeks=WEEKS, events=[]), initial, 1).live(WEEKS - 20)
    ordered = past.branch(scenario, initial, 1).live(WEEKS - 20)
    assert ordered.tally[..., COLUMNS.taken].sum() < calm.tally[..., COLUMNS.taken].sum()
    past.live(10)
    with pytest.raises(ScenarioError, match="differs before week 30"):
        past.branch(village(weeks=WEEKS, events=[]), initial, 1)
