"""What the 2017 case hangs on, what reports inform of it, and whether calibration recovers worlds it knows.

Writes the tables of docs/explanation/simulator.md between their marks: `python -m benchmarks.parameters`.
"""

from __future__ import annotations

import sys
from datetime import date
from typing import Any

import numpy as np
import polars as pl

from benchmarks.rows import ROOT
from benchmarks.tables import between
from satrap.simulate import InitialState, Scenario, load_scenario
from satrap.simulate.answers import Answers
from satrap.simulate.calibrate import calibrate
from satrap.simulate.importance import Importance, indices, screen
from satrap.simulate.outcomes import Outcome
from satrap.simulate.posterior import Posterior
from satrap.simulate.targets import Targets, load_targets

PAGE = ROOT / "docs" / "explanation" / "simulator.md"
DAY = date(2019, 1, 14)  # two years after the head fell
NAMED = ("displacement", "burden", "take:WPK")
LEVELS = (0.5, 0.8, 0.9)


def hangs_on() -> str:
    """Screening and indices of three outcomes."""
    scenario = load_scenario("kp-2017")
    outcomes = tuple(Outcome.parse(one, DAY) for one in NAMED)
    answers = Answers(scenario, InitialState.from_scenario(scenario), outcomes, 1)
    first = screen(answers, trajectories=10, members=2, progress=_told("screening"))
    then = indices(answers, first.strongest(8), base=128, members=2, progress=_told("indices"))
    return "\n".join(_outcome(one, first, then) for one in NAMED)


def _outcome(outcome: str, first: Importance, then: Importance) -> str:
    keys = ["outcome", "parameter", "symbol", "informed_by"]
    rows = first.of(outcome).join(then.of(outcome), on=keys, how="full", coalesce=True, nulls_equal=True)
    rows = rows.sort("total", "strength", descending=True, nulls_last=True).head(9)
    lines = [
        f"\n*{outcome}* on {DAY}; chance makes {then.chance[outcome]:.0%} of a single future's variance\n",
        "| parameter | rests on | effect | strength | interplay | first order | total |",
        "|---|---|---|---|---|---|---|",
    ]
    for row in rows.iter_rows(named=True):
        name = row["parameter"] + (f" {row['symbol']}" if row["symbol"] else "")
        by = {"prior": "**judgement**"}.get(row["informed_by"], row["informed_by"] or "–")
        cells = [_number(row["effect"], "+.2f"), _spread(row, "strength"), _number(row["interplay"], ".2f")]
        lines.append(
            f"| {name} | {by} | " + " | ".join(cells + [_spread(row, k) for k in ("first", "total")]) + " |"
        )
    return "\n".join(lines) + "\n"


def _number(value: float | None, form: str) -> str:
    return "–" if value is None else f"{value:{form}}".replace("-", "−")


def _spread(row: dict[str, Any], name: str) -> str:
    return "–" if row[name] is None else f"{_number(row[name], '.2f')} ± {row[name + '_95']:.2f}"


def reported() -> str:
    """What the bundled targets inform of the 2017 case, and which of them it cannot meet."""
    targets = load_targets("kp-2017")
    scenario = targets.applied(load_scenario("kp-2017"))
    answers = Answers(scenario, InitialState.from_scenario(scenario), targets.targets, 1)
    found = calibrate(answers, targets, walkers=64, steps=210, pilot=1024, progress=_told("calibrating"))
    return _parameters(found) + _targets(found)


def _parameters(found: Posterior) -> str:
    lines = [
        "| informed parameter | prior: median (80%) | posterior | moved | narrowed | ESS |",
        "|---|---|---|---|---|---|",
    ]
    for row in found.table.filter("informed").iter_rows(named=True):
        spans = [
            f"{row[k + '_p50']:.3g} ({row[k + '_p10']:.2g}–{row[k + '_p90']:.2g})"
            for k in ("prior", "posterior")
        ]
        narrowed = _number(100 * row["narrowed"], ".0f")
        cells = [row["parameter"], *spans, f"{_number(row['moved'], '+.2f')} sd", f"{narrowed}%"]
        lines.append("| " + " | ".join([*cells, f"{row['ess']:.0f}"]) + " |")
    left = found.table.filter(~pl.col("informed"))
    judged = left.filter(pl.col("informed_by") == "prior")
    lines.append(
        f"\n{len(left)} of {len(found.table)} parameters keep their prior, {len(judged)} of them judgement "
        f"alone. {found.evaluations} futures; least ESS {found.ess().min():.0f}, "
        f"largest R̂ {found.rhat().max():.2f}.\n"
    )
    return "\n".join(lines) + "\n"


def _targets(found: Posterior) -> str:
    lines = ["| target | reported | prior | posterior | as written | met |", "|---|---|---|---|---|---|"]
    for row in found.met.iter_rows(named=True):
        cells = [
            f"in {row[k + '_p']:.0%}" if row["bound"] else f"{row[k + '_p50']:.3f}"
            for k in ("prior", "posterior", "written")
        ]
        met = "yes" if row["met"] else "**no**"
        lines.append(f"| {row['target']} | {row['said']} | " + " | ".join([*cells, met]) + " |")
    return "\n".join(lines) + "\n"


def recovered(worlds: int = 10) -> str:
    """Worlds drawn from the priors, seen through five targets with error: do intervals hold the truth?"""
    data = load_scenario("kp-2017").model_dump(mode="json", by_alias=True)
    data |= {
        "weeks": 60,
        "places": [one for one in data["places"] if one["id"] in ("KP-05", "KP-09", "KP-10")],
    }
    data["events"] = [one for one in data["events"] if one["date"] < "2017-03-01"]
    scenario = Scenario.model_validate(data)
    initial = InitialState.from_scenario(scenario)
    inside: dict[bool, list[list[bool]]] = {True: [], False: []}
    rng = np.random.default_rng(1)
    for world in range(worlds):
        answers = Answers(scenario, initial, _seen(np.zeros(len(SEEN))).targets, world)
        truth = rng.random(len(answers.parameters))
        # a member that no chain will live
        lived = answers.at(truth[None], np.array([10_000_000])).values()[0]
        seen = _seen(lived + rng.normal(0, [sd for *_, sd in SEEN]))
        found = calibrate(
            Answers(scenario, initial, seen.targets, world), seen, walkers=32, steps=120, pilot=320
        )
        informed = dict(found.table.select("parameter", "informed").iter_rows())
        for k, name in enumerate(found.parameters):
            part = float((found.quantiles[..., k] < truth[k]).mean())
            inside[informed[name]].append([abs(part - 0.5) <= level / 2 for level in LEVELS])
        _told("worlds")(world + 1, worlds)
    lines = ["| parameters | n | inside 50% | inside 80% | inside 90% |", "|---|---|---|---|---|"]
    for name, rows in (("informed", inside[True]), ("not informed", inside[False])):
        shares = " | ".join(f"{share:.0%}" for share in np.mean(rows, axis=0))
        lines.append(f"| {name} | {len(rows)} | {shares} |")
    return "\n".join(lines) + "\n"


SEEN = (
    ("burden", None, "level", "2016-07-04", "2016-12-31", 0.01),
    ("share", "MSS", "change", "2017-04-01", "2017-06-30", 0.02),
    ("take", "MSS", "ratio", "2017-04-01", "2017-06-30", 0.1),
    ("take", "WPK", "ratio", "2017-06-01", "2017-08-20", 0.1),
    ("fear", None, "level", "2017-04-01", "2017-06-30", 0.1),
)


def _seen(values: Any) -> Targets:
    keys = ("quantity", "institution", "measure", "from", "to", "sd")
    targets = [
        dict(zip(keys, one, strict=True)) | {"id": str(k), "value": float(value), "source": "made"}
        for k, (one, value) in enumerate(zip(SEEN, values, strict=True))
    ]
    return Targets.model_validate({"id": "made", "title": "made", "targets": targets})


def _told(stage: str) -> Any:
    def progress(done: int, total: int) -> None:
        print(f"\r{stage} {done}/{total}", end="", file=sys.stderr)

    return progress


TABLES = {"parameters": hangs_on, "calibration": reported, "recovery": recovered}


def main() -> None:
    for mark in sys.argv[1:] or TABLES:
        table = TABLES[mark]()
        PAGE.write_text(between(mark, table, PAGE.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    main()
