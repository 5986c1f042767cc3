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


@pytest.mark.parametrize("base", ["kp-2017", "by-2020"])
def test_what_ifs_ship_with_each_case_and_change_nothing_but_its_events(base: str) -> None:
    case = load_scenario(base)
    others = [load_scenario(name) for name in bundled() if name.startswith(f"{base}-")]
    assert len(others) >= 3
    for other in others:
        assert other.events != case.events
        assert (other.parameters, other.institutions, other.places) == (
            case.parameters,
            case.institutions,
            case.places,
        )
        assert all(event.source for event in other.events)


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
    if "horizont" in after:  # a missing key is told with what should hold it
        line = BASE[: BASE.index("parameters:")].count("\n") + 1
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


def test_a_fault_deep_in_an_event_points_at_its_own_line(tmp_path: Path) -> None:
    path = extension(
        tmp_path,
        """events:
  - id: late
    kind: order
    date: 2018-01-01
    strength: -1
    to: [WPK]
""",
    )
    assert refusal(path).startswith(f"{path}:8: events[0].strength: -1: ")


# Parts that several scenarios share.

PLACES = """places:
  - {id: KP-05, name: South Hwanghae, population: 2310485, coverage: 0.036}
  - {id: KP-09, name: North Hamgyong, population: 2130408, coverage: 0.286}
"""
EVENTS = """events:
  - {id: order, kind: order, date: 2017-01-23, to: [MSS]}
"""


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """The 2017 scenario cut into a head and three parts that it includes."""
    head, rest = BASE.split("institutions:")
    institutions, rest = rest.split("places:", 1)
    question, parameters = rest[rest.index("question:") :].split("events:")
    (tmp_path / "institutions.yaml").write_text("institutions:" + institutions, encoding="utf-8")
    (tmp_path / "places.yaml").write_text(PLACES, encoding="utf-8")
    (tmp_path / "events.yaml").write_text(EVENTS, encoding="utf-8")
    path = tmp_path / "whole.yaml"
    path.write_text(
        f"{head}include: [institutions.yaml, places.yaml, events.yaml]\n{question}"
        f"parameters:{parameters.split('parameters:')[1]}",
        encoding="utf-8",
    )
    return path


def test_a_scenario_may_be_put_together_from_parts(shared: Path) -> None:
    scenario = load_scenario(shared)
    assert [one.id for one in scenario.places] == ["KP-05", "KP-09"]
    assert [one.id for one in scenario.events] == ["order"]
    assert scenario.institutions == load_scenario("kp-2017").institutions


@pytest.mark.parametrize(
    ("part", "before", "after", "where"),
    [
        ("places.yaml", "population: 2130408", "population: 0", ":3: places[1].population: 0: "),
        ("institutions.yaml", "pay: 0.5", "pay: -0.5", ":3: institutions[1].pay: -0.5: "),
        ("events.yaml", "2017-01-23", "2035-01-23", ":2: events[0]: event order on 2035-01-23 is outside"),
        ("events.yaml", "[MSS]", "[MSX]", ":2: events[0]: unknown institution 'MSX', use MSS"),
        ("events.yaml", "to:", "too:", ":2: events[0].too: unknown key"),
        ("places.yaml", "places:", "plases:", ":1: plases: unknown key; did you mean places?"),
    ],
)
def test_a_fault_of_an_included_file_is_told_with_that_file_and_its_line(
    shared: Path, part: str, before: str, after: str, where: str
) -> None:
    file = shared.parent / part
    file.write_text(file.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    assert refusal(shared).startswith(f"{file}{where}")


def test_lists_of_parts_add_up_and_own_values_come_last(shared: Path, tmp_path: Path) -> None:
    (tmp_path / "more.yaml").write_text(
        """events:
  - {id: other, kind: order, date: 2017-02-01, to: [WPK]}
parameters:
  takers: {value: 0.3, unit: share, informed_by: prior, source: a test}
  drift: {value: 0.1, unit: per month, informed_by: prior, source: a test}
"""
    )
    path = tmp_path / "mine.yaml"
    path.write_text(
        """extends: whole.yaml
include: more.yaml
id: mine
title: Mine
remove: [order]
events:
  - {id: third, kind: order, date: 2030-02-01, to: [WPK]}
parameters:
  takers: {value: 0.4, unit: share, informed_by: prior, source: a test}
"""
    )
    assert refusal(path).startswith(f"{path}:7: events[0]: event third on 2030-02-01 is outside the run")
    path.write_text(path.read_text().replace("2030", "2018"))
    scenario = load_scenario(path)
    assert [one.id for one in scenario.events] == ["other", "third"]
    assert scenario.parameters["takers"].value == 0.4
    assert scenario.parameters["drift"].value == 0.1


def test_a_part_that_is_missing_is_told_at_the_line_that_asks_for_it(shared: Path) -> None:
    (shared.parent / "places.yaml").unlink()
    line = shared.read_text(encoding="utf-8").split("include:")[0].count("\n") + 1
    assert refusal(shared).startswith(f"{shared}:{line}: include[1]: no file ")


def test_what_includes_is_a_list_of_files(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text("include: {a: b}\nid: x\n")
    assert refusal(path).startswith(f"{path}:1: include: not a file or a list of files; write include: [")


def test_removing_is_for_files_that_extend(shared: Path) -> None:
    shared.write_text(shared.read_text(encoding="utf-8") + "remove: [order]\n", encoding="utf-8")
    assert "remove: unknown key" in refusal(shared)
