"""satrap simulate"""

from pathlib import Path

import click
from rich.table import Table

from satrap import project
from satrap.cli.options import console, json_option, print_json, progress, project_option, seed_option, stages
from satrap.futures import initial_state
from satrap.publish.tables import write_table
from satrap.simulate import ENGINES, Comparison, Run, load_scenario
from satrap.simulate.facts import facts
from satrap.simulate.verdicts import Facts
from satrap.simulate.worlds import run_worlds


@click.command(
    epilog="""Examples:

\b
  satrap simulate kp-2017
  satrap simulate kp-2017-no-order --compare kp-2017    # what the order did
  satrap simulate kp-2017 --facts                       # the stylised facts: hold or not
  satrap simulate kp-2017 --engine individuals --runs 20    # everybody; stopped, it goes on where it was
  satrap simulate my-scenario.yaml --start-from scenario --out runs.parquet
"""
)
@click.argument("scenario")
@project_option
@click.option(
    "--start-from",
    type=click.Choice(["estimate", "scenario"]),
    default="estimate",
    show_default=True,
    help="Authority at the start: from the ledger's claims, or as the scenario says.",
)
@click.option("--runs", default=200, show_default=True, type=click.IntRange(min=1), help="Ensemble members.")
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="equations",
    show_default=True,
    help="Provinces by equations (at once), every resident (seconds a run), or counts of people.",
)
@click.option("--compare", "other", help="Another scenario to set beside it, with the same random draws.")
@click.option("--facts", "with_facts", is_flag=True, help="The table of stylised facts instead.")
@click.option(
    "--out", type=click.Path(path_type=Path), help="Write every member, week and office (.parquet)."
)
@seed_option
@json_option
def command(
    scenario: str,
    folder: Path,
    start_from: str,
    runs: int,
    engine: str,
    other: str | None,
    with_facts: bool,
    out: Path | None,
    seed: int,
    as_json: bool,
) -> None:
    """Simulate what happens to residents in SCENARIO (a bundled name or a YAML file)."""
    loaded = load_scenario(scenario)
    against = load_scenario(other) if other else None
    opened = project.open(folder)
    estimate = None
    if start_from == "estimate":
        with stages() as stage:
            estimate = opened.estimate(seed=seed, progress=stage)
    if with_facts:
        state = initial_state(loaded, estimate, runs, seed)
        with progress("seven worlds") as shown:
            table = facts(run_worlds(loaded, state, runs, seed, shown))
        print_facts(table, as_json)
        return
    with progress("simulating") as shown:
        run = opened.simulate(
            loaded, start_from=estimate, runs=runs, seed=seed, engine=engine, progress=shown
        )
    if out is not None:
        write_table(run.to_polars(), out)
        click.echo(f"{out}: {runs} runs of {loaded.weeks} weeks")
    comparison = None
    if against is not None:
        with progress("simulating") as shown:
            base = opened.simulate(
                against, start_from=estimate, runs=runs, seed=seed, engine=engine, progress=shown
            )
        comparison = Comparison(base, run)
    print_run(run, comparison, as_json)


def print_run(run: Run, comparison: Comparison | None, as_json: bool) -> None:
    """The outlook at the end of the run, and what the scenario changed where another is set beside it."""
    last = run.scenario.weeks - 1
    burden = run.quantiles("burden", (0.1, 0.5, 0.9)).row(last, named=True)
    ratio = run.displacement_ratio(last)
    effect = comparison.at(last).to_dicts() if comparison else None
    if as_json:
        low, middle, high = ratio.quantiles((0.1, 0.5, 0.9)).tolist()
        print_json(
            {
                "scenario": run.scenario.id,
                "runs": run.runs,
                "burden": burden,
                "displacement_ratio": {"p10": low, "p50": middle, "p90": high, "undefined": ratio.undefined},
                "effect": effect,
            }
        )
        return
    console.print(f"[bold]{run.scenario.title}[/bold], {run.runs} runs, last week {burden['date']}")
    spending = f"{burden['p50']:.1%} of household spending (80%: {burden['p10']:.1%} to {burden['p90']:.1%})"
    console.print(f"burden on residents: {spending}")
    console.print(f"displacement ratio: {ratio}")
    if comparison and effect:
        table = Table("institution", "10%", "median", "90%", "lower in", box=None)
        table.title = f"against {comparison.base.scenario.title}"
        for row in effect:
            parts = [f"{row[name]:+.2%}" for name in ("p10", "p50", "p90")]
            table.add_row(row["institution"], *parts, f"{row['lower']:.0%} of runs")
        console.print(table)


def print_facts(found: Facts, as_json: bool) -> None:
    if as_json:
        print_json(found.to_polars().to_dicts())
        return
    table = Table("#", "fact", "quantity (median)", "bar", "holds in", "verdict", box=None)
    for row in found.rows:
        verdict = "holds" if row.holds else "[bold]does not hold[/bold]"
        quantity = f"{row.quantity} = {row.value:.2f}"
        table.add_row(row.id, row.statement, quantity, row.threshold, f"{row.share:.0%}", verdict)
    console.print(table)
