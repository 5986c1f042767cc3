"""satrap calibrate"""

import io
import os
from pathlib import Path
from typing import Any

import click
from rich.table import Table
from ruamel.yaml import YAML

from satrap import project
from satrap.cli.options import (
    console,
    json_option,
    print_json,
    progress,
    project_option,
    seed_option,
    start_option,
)
from satrap.cli.parameters import starting
from satrap.publish.tables import write_scenario, write_table
from satrap.simulate import bundled, load_scenario
from satrap.simulate.answers import Answers
from satrap.simulate.calibrate import calibrate
from satrap.simulate.posterior import Posterior
from satrap.simulate.targets import load_targets


@click.command(
    epilog="""Examples:

\b
  satrap calibrate kp-2017 --targets kp-2017
  satrap calibrate kp-2017 --targets mine.yaml --out mine-calibrated.yaml --draws draws.parquet
  satrap simulate mine-calibrated.yaml

A scenario holds each parameter's posterior by itself; what belongs together is in --draws. Stopped, it goes
on where it was.
"""
)
@click.argument("scenario")
@click.option("--targets", "named", required=True, help="What was observed: a YAML file or a bundled name.")
@project_option
@start_option("scenario")
@click.option("--walkers", default=64, show_default=True, help="Chains.")
@click.option("--steps", default=400, show_default=True, help="Of every chain; the first third is dropped.")
@click.option("--pilot", default=1024, show_default=True, help="Draws of the prior to start from.")
@click.option("--out", type=click.Path(path_type=Path), help="Write a scenario with the posterior (.yaml).")
@click.option("--draws", type=click.Path(path_type=Path), help="Write the draws (.parquet, else CSV).")
@seed_option
@json_option
def command(
    scenario: str,
    named: str,
    folder: Path,
    start_from: str,
    walkers: int,
    steps: int,
    pilot: int,
    out: Path | None,
    draws: Path | None,
    seed: int,
    as_json: bool,
) -> None:
    """Hold SCENARIO (a bundled name or a YAML file) against targets: which parameters they inform."""
    targets = load_targets(named)
    loaded = targets.applied(load_scenario(scenario))
    opened = project.open(folder)
    state = starting(opened, loaded, start_from, walkers, seed)
    answers = Answers(loaded, state, targets.targets, seed, opened.folder / project.SIMULATIONS / "answers")
    with progress("calibrating") as shown:
        found = calibrate(answers, targets, walkers, steps, pilot, shown)
    if draws is not None:
        write_table(found.draws, draws)
    if out is not None:
        write_scenario(scenario_text(found, scenario, out), out)
    if as_json:
        print_json(
            {
                "scenario": loaded.id,
                "targets": targets.id,
                "accepted": found.accepted,
                "evaluations": found.evaluations,
                "parameters": found.table.to_dicts(),
                "met": found.met.to_dicts(),
            }
        )
        return
    print_posterior(found)


def scenario_text(found: Posterior, scenario: str, out: Path) -> str:
    """A scenario file that extends the calibrated one and replaces what the targets informed."""
    base = scenario
    if scenario not in bundled():
        base = os.path.relpath(scenario, out.parent)
    change = {
        "extends": base,
        "id": out.stem,
        "title": f"{found.answers.scenario.title}, given {found.targets.title}",
        "parameters": {
            name: one.model_dump(mode="json", exclude_none=True) for name, one in found.written().items()
        },
    }
    text = io.StringIO()
    yaml = YAML()
    yaml.width = 110
    yaml.dump(change, text)
    return text.getvalue()


def print_posterior(found: Posterior) -> None:
    """Parameters that the targets inform, targets with what the futures say of them, and what stays open."""
    informed = found.table.filter("informed")
    table = Table("parameter", *KINDS, "moved", "narrowed", "ESS", box=None)
    for row in informed.iter_rows(named=True):
        spans = [f"{row[k + '_p50']:.3g} ({row[k + '_p10']:.3g}–{row[k + '_p90']:.3g})" for k in KINDS]
        change = (f"{row['moved']:+.2f} sd", f"{row['narrowed']:.0%}", f"{row['ess']:.0f}")
        table.add_row(row["parameter"], *spans, *change)
    console.print(table)
    targets = Table("target", "reported", *KINDS, "as written", "", box=None)
    for row in found.met.iter_rows(named=True):
        cells = [_futures(row, kind) for kind in (*KINDS, "written")]
        targets.add_row(row["target"], row["said"], *cells, "met" if row["met"] else "[bold]not met[/bold]")
    console.print(targets)
    left = found.table.filter(~found.table["informed"])
    open_ = left.filter(left["informed_by"] == "prior")["parameter"].to_list()
    console.print(f"{len(left)} parameters keep their prior; on judgement alone: {', '.join(open_)}")
    low, high = float(found.ess().min()), float(found.rhat().max())
    console.print(f"{found.evaluations} futures, {found.accepted:.0%} accepted")
    console.print(f"least ESS {low:.0f}, largest R̂ {high:.2f}")
    if high > 1.5:
        console.print("[bold]The chains have not mixed: ask for more --steps.[/bold]")


KINDS = ("prior", "posterior")


def _futures(row: dict[str, Any], kind: str) -> str:
    """Where the futures lie, or in how many of them the bound holds."""
    low, middle, high, part = (row[f"{kind}_{name}"] for name in ("p10", "p50", "p90", "p"))
    if row["bound"]:
        return f"in {part:.0%}"
    return "undefined" if middle is None else f"{middle:.3g} ({low:.3g}–{high:.3g})"
