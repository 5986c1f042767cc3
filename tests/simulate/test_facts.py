from dataclasses import fields, replace

import pytest
from tests.simulate.small import ORDER, TRANSFER, small

from satrap.errors import ScenarioError
from satrap.simulate.facts import facts, recovered
from satrap.simulate.state import InitialState
from satrap.simulate.verdicts import MOST, Fact, Facts
from satrap.simulate.worlds import Worlds, landmarks, run_worlds


@pytest.fixture(scope="module")
def worlds() -> Worlds:
    scenario = small(weeks=140)
    return run_worlds(scenario, InitialState.from_scenario(scenario), 12, 3)


SHOCK = ("1", "2", "3", "4", "5", "6", "7", "9", "10", "F2a", "F2b")


def row(table: Facts, id_: str) -> Fact:
    return next(one for one in table.rows if one.id == id_)


def test_the_table_has_ten_facts_and_three_falsifiers(worlds: Worlds) -> None:
    table = facts(worlds)
    assert [one.id for one in table.rows] == [*(str(n) for n in range(1, 11)), "F1", "F2a", "F2b", "F3"]
    assert table.to_polars().height == len(str(table).splitlines()) - 2


def test_facts_speak_in_names_and_in_whatever_names_one_gives_them(worlds: Worlds) -> None:
    table = facts(worlds)
    assert row(table, "2").statement == "most goes to the Party committees in South Hwanghae"
    said = f"{table}" + "".join(one.statement for one in table.rows)
    scenario = worlds.base.scenario
    assert not any(one.id in said for one in scenario.institutions)
    assert not any(one.id in said for one in scenario.places)
    told = row(table.named(lambda one: f"<{one}>"), "F2a").statement
    assert told == "abuse by the <MSS> returns within 7 months, as was reported"


def test_numbers_carry_a_true_minus_sign(worlds: Worlds) -> None:
    below = replace(facts(worlds).rows[0], value=-0.5)
    assert "= −0.50" in str(replace(facts(worlds), rows=(below,)))


def test_a_fact_holds_if_it_does_in_most_members(worlds: Worlds) -> None:
    for one in facts(worlds).rows:
        assert 0 <= one.share <= 1
        if one.id != "8":
            assert one.holds == (one.share >= MOST)


def test_in_a_world_where_nothing_happens_no_fact_about_the_shock_holds(worlds: Worlds) -> None:
    scenario = worlds.base.scenario
    idle = replace(
        worlds, base=replace(worlds.calm, scenario=scenario), no_drift=replace(worlds.calm, scenario=scenario)
    )
    assert not any(row(facts(idle), id_).holds for id_ in SHOCK)


def test_without_drift_and_complementarity_the_table_finds_no_displacement(worlds: Worlds) -> None:
    assert row(facts(worlds), "F1").holds


def test_removing_takers_without_unifying_raises_the_price_of_the_rest(worlds: Worlds) -> None:
    assert row(facts(worlds), "F3").holds


def test_where_permissions_neither_need_nor_replace_each_other_the_rest_ask_what_they_asked() -> None:
    scenario = small(weeks=140, market_structure=False)
    independent = run_worlds(scenario, InitialState.from_scenario(scenario), 4, 3)
    found = row(facts(independent), "F3")
    assert not found.holds
    assert found.value == pytest.approx(1, abs=0.03)  # noise of authority changes no hands


def test_an_order_alone_reverts_with_forgetting_and_not_without() -> None:
    """The reversion falsifier where it bites: sanction is the only thing that moves taking."""
    order = {**ORDER, "date": "2017-01-16"}
    fall = {"id": "fall", "kind": "dismissal", "date": "2017-01-16", "institution": "MSS"}
    scenario = small(
        events=[fall, order, {**TRANSFER, "date": "2017-02-06"}],
        weeks=140,
        values={"cut": 0.0, "correction": 0.02},
        transfers=False,
        balancing=False,
    )
    worlds = run_worlds(scenario, InitialState.from_scenario(scenario), 12, 3)
    at = landmarks(scenario)
    assert (recovered(worlds.base, worlds.calm, at) >= 0.25).mean() >= MOST
    assert (recovered(worlds.unforgetting, worlds.unforgetting_calm, at) < 0.25).all()


def test_the_same_members_run_in_all_worlds(worlds: Worlds) -> None:
    runs = [getattr(worlds, one.name) for one in fields(worlds)]
    assert {one.seed for one in runs} == {3}
    assert {one.runs for one in runs} == {12}
    assert worlds.base.series("burden")[:, 0] == pytest.approx(worlds.calm.series("burden")[:, 0])


def test_progress_counts_members_over_all_worlds() -> None:
    scenario, told = small(), list[tuple[int, int]]()
    start = InitialState.from_scenario(scenario)
    run_worlds(scenario, start, 1, 1, lambda done, total: told.append((done, total)))
    assert told == [(n, 9) for n in range(1, 10)]


def test_a_scenario_without_the_events_of_the_case_has_no_facts() -> None:
    with pytest.raises(ScenarioError, match="lacks a dismissal"):
        landmarks(small(events=[ORDER]))
    with pytest.raises(ScenarioError, match="lengthen the run"):
        landmarks(small(weeks=60))
