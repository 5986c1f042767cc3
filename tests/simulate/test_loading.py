from collections.abc import Callable
from pathlib import Path

import pytest

from satrap.errors import ScenarioError, UnknownNameError
from satrap.simulate import bundled, load_scenario
from satrap.simulate.loading import __file__ as loading_file

BASE = (Path(loading_file).parent / "scenarios" / "kp-2017.yaml").read_text(encoding="utf-8")


Faulty = Callable[[str, str], tuple[Path, int]]


@pytest.fixture
def faulty(tmp_path: Path) -> Faulty:
    """A copy of the 2017 scenario with one passage changed, and the line on which the change stands."""

    def write(before: str, after: str) -> tuple[Path, int]:
        assert BASE.count(before) == 1, "the passage must be unique"
        path = tmp_path / "mine.yaml"
        path.write_text(BASE.replace(before, after), encoding="utf-8")
        return path, BASE[: BASE.index(before)].count("\n") + 1

    return write


def refusal(path: Path) -> str:
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    assert "\n" not in str(caught.value)
    assert caught.value.remedy
    return str(caught.value)


@pytest.mark.parametrize("name", bundled())
def test_every_bundled_scenario_loads(name: str) -> None:
    assert load_scenario(name).id == name


def test_the_shipped_counterfactuals_differ_from_their_base_only_in_what_they_say() -> None:
    base, other = load_scenario("kp-2017"), load_scenario("kp-2017-no-order")
    assert {e.id for e in base.events} - {e.id for e in other.events} == {"order-2017"}
    assert other.parameters == base.parameters


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("population: 719269", "population: 0", "greater than or equal to 1"),
        ("staff: 50000, pay: 0.6", "staff: 50000, pay: -0.6", "greater than or equal to 0"),
        ("date: 2017-01-23", "date: 2030-01-23", "event order-2017 on 2030-01-23 is outside the run"),
        ("of: MSS, weeks: 16", "of: MSSS, weeks: 16", "unknown institution 'MSSS', use MSS"),
        (
            "drift: {prior: {dist: lognormal, median: 0.028, log_sd: 0.63}, unit: per month",
            "drift: {prior: {dist: lognormal, median: 0.028, log_sd: 0.63}, unit: per week",
            "drift is in 'per month', not 'per week'",
        ),
        ("takers: {value: 0.5", "takers: {value: 50", "takers (50) is outside 0.01 to 0.99"),
        ("horizon: {prior", "horizont: {prior", "parameter horizon missing"),
        (
            "rank: deputy, number: 5, after_weeks: 3}",
            "rank: deputy, after_weeks: 3, per_thousand: 5}",
            "counted by `number` only",
        ),
        ("to: WPK, over_weeks: 8", "to: MSS, over_weeks: 8", "cannot hand powers to itself"),
        ("weakened: MSS", "weakened: KGB", "unknown institution 'KGB'"),
    ],
)
def test_a_fault_is_told_with_its_file_line_and_remedy(
    faulty: Faulty, before: str, after: str, problem: str
) -> None:
    path, line = faulty(before, after)
    message = refusal(path)
    nearest = {"horizont": "parameters:", "per_thousand: 5}": "- id: dismissal-2017"}
    for passage, key in nearest.items():  # a missing key, or one inside an event: told with what encloses it
        if passage in after:
            line = BASE[: BASE.index(key)].count("\n") + 1
    assert message.startswith(f"{path}:{line}: ")
    assert problem in message


def test_shares_that_do_not_sum_to_one_are_refused(faulty: Faulty) -> None:
    path, _ = faulty("pay: 0.6, share: 0.38", "pay: 0.6, share: 0.48")
    line = BASE[: BASE.index("institutions:")].count("\n") + 1
    assert refusal(path).startswith(f"{path}:{line}: institutions: authority shares sum to 1.1, not 1")


def test_a_name_that_is_neither_file_nor_bundled_suggests_one_that_is() -> None:
    with pytest.raises(UnknownNameError, match="did you mean kp-2017"):
        load_scenario("kp-2071")


def test_a_file_that_is_missing_is_told_by_name(tmp_path: Path) -> None:
    assert str(tmp_path / "none.yaml") in refusal(tmp_path / "none.yaml")


def extension(folder: Path, text: str) -> Path:
    path = folder / "change.yaml"
    path.write_text(f"extends: kp-2017\nid: change\ntitle: A change\n{text}", encoding="utf-8")
    return path


def test_an_extension_adds_events_switches_mechanisms_and_replaces_parameters(tmp_path: Path) -> None:
    scenario = load_scenario(
        extension(
            tmp_path,
            """
mechanisms: {drift: false}
events:
  - {id: extra, kind: order, date: 2018-01-01, to: [WPK]}
parameters:
  takers: {value: 0.3, unit: share, informed_by: prior, source: a test}
""",
        )
    )
    assert not scenario.mechanisms.drift
    assert scenario.events[-1].id == "extra"
    assert scenario.parameters["takers"].value == 0.3


def test_a_fault_in_an_added_event_points_into_the_extending_file(tmp_path: Path) -> None:
    path = extension(tmp_path, "events:\n  - {id: late, kind: order, date: 2035-01-01, to: [WPK]}\n")
    assert refusal(path).startswith(f"{path}:5: ")


def test_removing_an_event_that_is_not_there_names_those_that_are(tmp_path: Path) -> None:
    path = extension(tmp_path, "remove: [order-2071]\n")
    assert "order-2017" in refusal(path)
    assert f"{path}:4: " in refusal(path)


def test_extending_what_does_not_exist_suggests_what_does(tmp_path: Path) -> None:
    path = tmp_path / "change.yaml"
    path.write_text("extends: kp-2071\nid: x\ntitle: X\n", encoding="utf-8")
    assert "did you mean kp-2017" in refusal(path)


def test_scenarios_that_extend_each_other_are_refused(tmp_path: Path) -> None:
    for one, other in (("a", "b"), ("b", "a")):
        (tmp_path / f"{one}.yaml").write_text(f"extends: {other}.yaml\nid: {one}\ntitle: {one}\n")
    assert "extends itself" in refusal(tmp_path / "a.yaml")
