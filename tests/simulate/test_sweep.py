"""Sweeps: every combination, each a scenario of its own; a fault points at the value that made it."""

import re
import textwrap
from pathlib import Path

import numpy as np
import pytest
from tests.simulate.small import run

from satrap.errors import ScenarioError
from satrap.simulate import load_scenario, load_sweep
from satrap.simulate.sweep import Sweep

HEAD = "extends: kp-2017\nid: grid\ntitle: A grid\n"


def swept(folder: Path, text: str) -> Sweep:
    path = folder / "grid.yaml"
    path.write_text(HEAD + text, encoding="utf-8")
    return load_sweep(path)


def refusal(folder: Path, text: str) -> str:
    with pytest.raises(ScenarioError) as caught:
        swept(folder, text)
    assert caught.value.remedy
    return str(caught.value).removeprefix(str(folder / "grid.yaml"))


def test_every_combination_of_the_values_is_a_variant(tmp_path: Path) -> None:
    found = swept(
        tmp_path,
        """sweep:
  parameters: {drift: [0.01, 0.05]}
  mechanisms: {deterrence: [true, false]}
  events:
    order-2017: {date: [2017-01-23, 2017-06-01], strength: [1, 2, 3]}
""",
    )
    assert len(found.variants) == len({one.scenario.id for one in found.variants}) == 24
    last = found.variants[-1]
    assert last.settings == {
        "drift": 0.05,
        "mechanisms.deterrence": False,
        "order-2017.date": "2017-06-01",
        "order-2017.strength": 3,
    }
    assert last.scenario.parameters["drift"].value == 0.05
    assert not last.scenario.mechanisms.deterrence
    [order] = [one for one in last.scenario.events if one.id == "order-2017"]
    assert order.kind == "order"
    assert (str(order.date), order.strength) == ("2017-06-01", 3)
    assert found.base.events == load_scenario("kp-2017").events


def test_the_example_of_the_page_is_a_sweep_of_as_many_variants_as_it_says(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "explanation" / "simulator.md").read_text(encoding="utf-8")
    example = page[page.index("    extends: kp-2017") : page.index("`satrap simulate when-and-how-hard")]
    (tmp_path / "my-events.yaml").write_text("events: []\n")
    path = tmp_path / "example.yaml"
    path.write_text(textwrap.dedent(example))
    [told] = re.findall(r"each of the (\d+) variants", page)
    assert len(load_sweep(path).variants) == int(told)


def test_a_file_without_a_sweep_has_no_variants() -> None:
    found = load_sweep("kp-2017")
    assert found.base == load_scenario("kp-2017")
    assert found.variants == ()


def test_variants_share_every_draw_but_what_they_set(tmp_path: Path) -> None:
    one, other = swept(tmp_path, "sweep: {events: {order-2017: {strength: [1, 2]}}}\n").variants
    week = one.scenario.week_of(one.scenario.events[2].date)
    first, second = run(one.scenario, 3), run(other.scenario, 3)
    assert np.array_equal(first.take[:, :week], second.take[:, :week])
    assert (second.series("sanction", institution="MSS") >= first.series("sanction", institution="MSS")).all()
    assert not np.array_equal(first.take, second.take)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "sweep:\n  parametres: {drift: [1]}\n",
            ":5: sweep.parametres: unknown key; did you mean parameters",
        ),
        (
            "sweep:\n  parameters: {drft: [1]}\n",
            ":5: sweep.parameters.drft: unknown parameter 'drft'; use drift",
        ),
        ("sweep:\n  mechanisms: {drfit: [true]}\n", ":5: sweep.mechanisms.drfit: unknown mechanism"),
        (
            "sweep:\n  events:\n    ordr-2017: {date: [2017-01-23]}\n",
            ":6: sweep.events.ordr-2017: unknown event",
        ),
        (
            "sweep:\n  events:\n    order-2017: {dte: [2017-01-23]}\n",
            ":6: sweep.events.order-2017.dte: unknown field 'dte'; use date",
        ),
        (
            "sweep:\n  events:\n    order-2017:\n      date:\n        - 2037-01-23\n      strength: [1]\n",
            ":8: sweep.events.order-2017.date[0]: event order-2017 on 2037-01-23 is outside the run",
        ),
        (
            "sweep:\n  parameters:\n    takers:\n      - 0.5\n      - 50\n",
            ":8: sweep.parameters.takers[1]: takers (50) is outside 0.01 to 0.99",
        ),
        ("sweep:\n", ":4: sweep: nothing to vary"),
        ("sweep: {parameters: {}}\n", ":4: sweep: nothing to vary"),
        ("sweep:\n  parameters: {drift: []}\n", ":5: sweep.parameters.drift: no values to try"),
        ("sweep:\n  parameters: {drift: [1, 1]}\n", ":5: sweep.parameters.drift: 1.0 stands here twice"),
        ("sweep:\n  events: {order-2017: {}}\n", ":5: sweep.events.order-2017: nothing to vary"),
    ],
)
def test_a_faulty_sweep_is_told_with_its_line_and_remedy(tmp_path: Path, text: str, message: str) -> None:
    assert refusal(tmp_path, text).startswith(message)


def test_more_combinations_than_anybody_could_mean_are_refused(tmp_path: Path) -> None:
    values = ", ".join(str(n / 1000) for n in range(1, 102))
    axes = ", ".join(f"{name}: [{values}]" for name in ("drift", "quota"))
    assert "10,201 combinations" in refusal(tmp_path, f"sweep: {{parameters: {{{axes}}}}}\n")


def test_where_one_scenario_is_asked_for_a_sweep_is_refused_with_what_takes_it(tmp_path: Path) -> None:
    swept(tmp_path, "sweep: {parameters: {drift: [0.1]}}\n")
    with pytest.raises(ScenarioError, match=r"grid.yaml:4: sweep: many scenarios.*satrap simulate"):
        load_scenario(tmp_path / "grid.yaml")


def test_what_extends_a_sweep_extends_its_scenario(tmp_path: Path) -> None:
    swept(tmp_path, "sweep: {parameters: {drift: [0.1]}}\n")
    (tmp_path / "on.yaml").write_text("extends: grid.yaml\nid: on\ntitle: On\n")
    assert load_sweep(tmp_path / "on.yaml").variants == ()
