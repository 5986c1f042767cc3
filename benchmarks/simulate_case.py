"""The 2017 case in tables: what holds, what brings taking back, what each what-if would change.

    python -m benchmarks.simulate_case

writes them between their marks in docs/explanation/simulator.md: 200 members, seed 1, on the equations.
"""

from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np
from scipy.stats import spearmanr

from benchmarks.rows import ROOT
from benchmarks.tables import between
from satrap.simulate import Comparison, InitialState, Run, Scenario, bundled, load_scenario, simulate
from satrap.simulate.catalogue import CATALOGUE
from satrap.simulate.draws import draw_parameters
from satrap.simulate.facts import SEVEN_MONTHS, TWO_YEARS, facts, recovered
from satrap.simulate.run import around
from satrap.simulate.units import Floats
from satrap.simulate.verdicts import signed
from satrap.simulate.worlds import Landmarks, Worlds, landmarks, run_worlds

PAGE = ROOT / "docs" / "explanation" / "simulator.md"
CASE = "kp-2017"
RUNS, SEED = 200, 1


def run() -> None:
    """Simulate, and write the page's tables."""
    scenario = load_scenario(CASE)
    lived = partial(simulate, initial=InitialState.from_scenario(scenario), runs=RUNS, seed=SEED)
    worlds = run_worlds(scenario, InitialState.from_scenario(scenario), RUNS, SEED)
    at = landmarks(scenario)
    tables = {
        "facts": str(facts(worlds)),
        "return": _returns(scenario, at, lived),
        "what-ifs": _what_ifs(worlds, at, lived),
        "drivers": _drivers(scenario, worlds, at),
    }
    text = PAGE.read_text(encoding="utf-8")
    for mark, table in tables.items():
        text = between(mark, table + "\n", text)
    PAGE.write_text(text, encoding="utf-8")


def _returns(scenario: Scenario, at: Landmarks, lived: "partial[Run]") -> str:
    """What part of the fall in taking is back after seven months, by what happens and who comes back."""
    ids = {
        kind: [one.id for one in scenario.events if one.kind == kind]
        for kind in ("order", "dismissal", "transfer")
    }
    what = {
        "the order alone": ids["order"],
        "the order and the dismissals": ids["order"] + ids["dismissal"],
        "the order and the transfer": ids["order"] + ids["transfer"],
        "the dismissals alone": ids["dismissal"],
        "the transfer alone": ids["transfer"],
        "all that happened": [one.id for one in scenario.events],
    }
    ways = (scenario, scenario.with_value("relapse", 0.0), scenario.with_value("relapse", 1.0))
    calm = [lived(way.without_events()) for way in ways]
    rows = []
    for name, events in what.items():
        courses = [lived(way.only(*events)) for way in ways]
        back = [recovered(course, peace, at) for course, peace in zip(courses, calm, strict=True)]
        left = [f"{np.median(values):.2f}" for values in _left(courses[0], calm[0], at)]
        rows.append([name, *(f"{_spread(one)}; {np.mean(one >= 0.25):.0%}" for one in back), *left])
    head = ("what happens", "back after 7 months; at least a quarter in", "none relapse (ξ = 0)")
    return _table((*head, "all relapse (ξ = 1)", "authority left", "taken for as much authority"), rows)


def _left(run: Run, calm: Run, at: Landmarks) -> tuple[Floats, Floats]:
    """After seven months, against the same members in peace: authority left to the weakened institution, and
    what it takes for as much authority."""
    week = at.fall + SEVEN_MONTHS
    share, take = (
        run.series(name, institution=at.weakened)[:, week]
        / calm.series(name, institution=at.weakened)[:, week]
        for name in ("share", "take")
    )
    return share, take / share


def _what_ifs(worlds: Worlds, at: Landmarks, lived: "partial[Run]") -> str:
    """Each what-if against the case, and the case against peace, two years after the fall."""
    week = at.fall + TWO_YEARS
    compared = [("the case itself, against peace", Comparison(worlds.calm, worlds.base))]
    for name in bundled():
        if name.startswith(f"{CASE}-"):
            other = lived(load_scenario(name))
            compared.append((other.scenario.title, Comparison(worlds.base, other)))
    rows = []
    for name, pair in compared:
        ratio = pair.other.displacement_ratio(week, against=worlds.calm)
        rows.append([name, *_burden(pair, week), _spread(ratio.values[ratio.defined])])
    head = ("what if", "burden", "lower in", "lower by a twentieth in", "higher by a twentieth in")
    return _table((*head, "displacement ratio against peace"), rows)


def _burden(pair: Comparison, week: int) -> list[str]:
    """Change of the burden relative to that of the base, and the members in which it is lower or higher."""
    now, then = (around(run.series("burden"), week) for run in (pair.other, pair.base))
    change = now / then - 1
    parts = (change < 0, change < -0.05, change > 0.05)
    return [_spread(change), *(f"{np.mean(part):.0%}" for part in parts)]


def _drivers(scenario: Scenario, worlds: Worlds, at: Landmarks) -> str:
    """The five parameters that go with the displacement ratio most, over members (Spearman)."""
    ratio = worlds.base.displacement_ratio(at.fall + TWO_YEARS, against=worlds.calm)
    drawn = draw_parameters(scenario, range(RUNS), SEED)
    found = {
        name: float(spearmanr(values[ratio.defined, 0, 0], ratio.values[ratio.defined])[0])
        for name, values in drawn.items()
        if np.ptp(values) > 0
    }
    judged = set(scenario.prior_dominated())
    most = sorted(found, key=lambda name: -abs(found[name]))[:5]
    rows = [
        [
            f"`{name}` {CATALOGUE[name].symbol}",
            signed(found[name]),
            "judgement" if name in judged else "evidence",
        ]
        for name in most
    ]
    return _table(("parameter", "rank correlation with the ratio", "its prior rests on"), rows)


def _spread(values: Floats) -> str:
    low, middle, high = np.quantile(values, (0.1, 0.5, 0.9)).tolist()
    return f"{signed(middle)} ({signed(low)} to {signed(high)})"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


if __name__ == "__main__":
    run()
