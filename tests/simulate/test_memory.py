"""A scenario bigger than memory is refused before it begins, with what it needs and what there is."""

import json
from pathlib import Path

import pytest
from tests.simulate.small import small

from satrap.errors import ScenarioError
from satrap.simulate import InitialState, load_scenario, simulate
from satrap.simulate.engine import empty
from satrap.simulate.memory import shortage

GIB = 2**30


def test_what_fits_lacks_nothing() -> None:
    assert shortage(load_scenario("kp-2017"), "individuals", 2, held=200, room=8 * GIB) is None


def test_people_who_do_not_fit_are_told_with_need_and_room() -> None:
    lacking = shortage(load_scenario("kp-2017"), "individuals", 8, room=GIB)
    assert lacking is not None
    assert lacking.keys == ("places",)
    assert lacking.problem.endswith("GiB of memory, and there are 1.0")
    assert "equations" in lacking.remedy
    assert "fewer workers" in lacking.remedy


def test_results_that_are_held_count_by_the_byte() -> None:
    scenario = small()
    size = sum(values.nbytes for values in empty(scenario, 50).values())
    alone = shortage(scenario, "equations", room=0)
    both = shortage(scenario, "equations", held=100_000, room=size)
    assert alone is not None
    assert alone.keys == ("weeks",)
    assert both is not None
    assert "`keep`" in both.remedy


def test_a_run_that_does_not_fit_is_refused_before_it_begins() -> None:
    scenario = small()
    with pytest.raises(ScenarioError, match=r"needs [\d,.]+ GiB of memory, and there are .*`keep`"):
        simulate(scenario, InitialState.from_scenario(scenario), 10**9, 1)


def test_at_load_the_fault_points_at_the_people(tmp_path: Path) -> None:
    people = "\n".join(
        f"  - {{id: {id_}, name: {id_}, population: 9000000000000, coverage: 0.1}}"
        for id_ in ("KP-05", "KP-09")
    )
    (tmp_path / "people.yaml").write_text(f"places:\n{people}\n")
    base = load_scenario("kp-2017").model_dump(mode="json", by_alias=True, exclude_none=True)
    del base["places"]
    path = tmp_path / "big.yaml"
    path.write_text(json.dumps({"include": "people.yaml", **base}))  # JSON is YAML
    assert len(load_scenario(path).places) == 2, "by equations nobody is followed"
    with pytest.raises(ScenarioError, match=r"people.yaml:1: places: needs [\d,.]+ GiB of memory") as caught:
        load_scenario(path, engine="individuals")
    assert "equations" in caught.value.remedy
