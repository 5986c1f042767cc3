"""satrap parameters"""

from datetime import date, timedelta
from pathlib import Path

import click
import polars as pl
from rich.table import Table

from satrap import project
from satrap.cli.options import (
    DAY,
    console,
    json_option,
    print_json,
    progress,
    project_option,
    seed_option,
    stages,
    start_option,
)
from satrap.futures import initial_state
from satrap.publish.tables import write_chart, write_table
from satrap.simulate import InitialState, Scenario, load_scenario
from satrap.simulate.answers import Answers
from satrap.simulate.importance import Importance, indices, screen
from satrap.simulate.outcomes import Outcome, questions


@click.command(
    epilog="""Examples:

\b
  satrap parameters kp-2017                             # screening, then indices of what matters
  satrap parameters kp-2017 --method morris --of burden --of take:WPK --on 2018-01-15
  satrap parameters kp-2017 --out parameters.csv --chart parameters.svg

Outcomes: displacement, or QUANTITY[:INSTITUTION][@PLACE] such as burden, take:MSS, share:WPK@KP-05, fear,
support; each the effect of the scenario's events in the four weeks up to the day. Stopped, it goes on where
it was.
"""
)
@click.argument("scenario")
@project_option
@start_option("scenario")
@click.option("--of", "named", multiple=True, help="An outcome; may be repeated.  [default: the question's]")
@click.option("--on", "day", type=DAY, help="The day.  [default: two years after the shock, or the end]")
@click.option(
    "--method",
    type=click.Choice(["morris", "sobol", "both"]),
    default="both",
    show_default=True,
    help="Screening of all parameters; variance indices of all; or indices of those that matter.",
)
@click.option("--trajectories", default=10, show_default=True, help="Of the screening.")
@click.option("--base", default=128, show_default=True, help="Points of the indices: a power of two.")
@click.option("--top", default=8, show_default=True, help="How many parameters get indices of their own.")
@click.option("--members", default=4, show_default=True, help="Futures that every point is averaged over.")
@click.option("--out", type=click.Path(path_type=Path), help="Write the table (.parquet, else CSV).")
@click.option("--chart", type=click.Path(path_type=Path), help="Draw it (.svg, .png or .html).")
@seed_option
@json_option
def command(
    scenario: str,
    folder: Path,
    start_from: str,
    named: tuple[str, ...],
    day: date | None,
    method: str,
    trajectories: int,
    base: int,
    top: int,
    members: int,
    out: Path | None,
    chart: Path | None,
    seed: int,
    as_json: bool,
) -> None:
    """Show which parameters the answer of SCENARIO (a bundled name or a YAML file) hangs on."""
    loaded = load_scenario(scenario)
    when = day or two_years_on(loaded)
    outcomes = tuple(Outcome.parse(one, when) for one in named) or questions(loaded, when)
    opened = project.open(folder)
    state = starting(opened, loaded, start_from, members, seed)
    answers = Answers(loaded, state, outcomes, seed, opened.folder / project.SIMULATIONS / "answers")
    found: dict[str, Importance] = {}
    if method != "sobol":
        with progress("screening") as shown:
            found["morris"] = screen(answers, trajectories, members, shown)
    if method != "morris":
        chosen = found["morris"].strongest(top) if found else answers.parameters
        with progress("indices") as shown:
            found["sobol"] = indices(answers, chosen, base, members, shown)
    table = joined(found)
    if out is not None:
        write_table(table, out)
        click.echo(f"{out}: {len(table)} rows")
    if chart is not None:
        write_chart(list(found.values())[-1].plot(), chart)
        click.echo(f"{chart}: {len(outcomes)} outcomes")
    if as_json:
        print_json({"scenario": loaded.id, "on": when, "seed": seed, **told(found), "rows": table.to_dicts()})
        return
    for outcome in map(str, outcomes):
        print_outcome(outcome, when, table, found)


def two_years_on(scenario: Scenario) -> date:
    """Two years after the shock, or the last day of a run that is shorter or has no shock."""
    shock = scenario.shock_week() or scenario.weeks
    return scenario.start + timedelta(weeks=min(shock + 104, scenario.weeks - 1))


def starting(
    opened: project.Project, scenario: Scenario, start_from: str, draws: int, seed: int
) -> InitialState:
    """Where runs start, as --from says."""
    if start_from == "scenario":
        return InitialState.from_scenario(scenario)
    with stages() as stage:
        estimate = opened.estimate(seed=seed, progress=stage)
    return initial_state(scenario, estimate, draws, seed)


def joined(found: dict[str, Importance]) -> pl.DataFrame:
    """One row an outcome and parameter, with what both methods say where both were asked."""
    tables = [one.rows for one in found.values()]
    if len(tables) == 1:
        return tables[0]
    keys = ["outcome", "parameter", "symbol", "informed_by"]
    table = tables[0].join(tables[1], on=keys, how="full", coalesce=True, nulls_equal=True)
    rank = pl.col("outcome").replace_strict({name: k for k, name in enumerate(found["morris"].undefined)})
    return table.sort(rank, "total", "strength", descending=[False, True, True], nulls_last=True)


def told(found: dict[str, Importance]) -> dict[str, object]:
    """What stands beside the rows, by method."""
    return {
        method: {
            "points": one.points,
            "members": one.members,
            "left_out_undefined": one.undefined,
            "chance": one.chance,
        }
        for method, one in found.items()
    }


def print_outcome(outcome: str, when: date, rows: pl.DataFrame, found: dict[str, Importance]) -> None:
    """The parameters that matter for one outcome; those that rest on judgement alone are marked."""
    table = Table(box=None, title=f"{outcome} on {when}")
    for head in ("parameter", "rests on"):
        table.add_column(head, no_wrap=True)
    heads = ["effect", "strength"] if "morris" in found else []
    heads += ["first", "total"] if "sobol" in found else ["interplay"]
    for head in heads:
        table.add_column(head, justify="right", no_wrap=True)
    for row in rows.filter(pl.col("outcome") == outcome).head(15).iter_rows(named=True):
        cells = [row["parameter"], _informed(row["informed_by"])]
        if "morris" in found:
            cells += [_number(row["effect"]), _spread(row, "strength")]
        indexed = [_spread(row, "first"), _spread(row, "total")] if "sobol" in found else []
        table.add_row(*cells, *(indexed or [_number(row["interplay"])]))
    console.print(table)
    for one in found.values():
        if one.undefined[outcome]:
            console.print(f"undefined in part of the points: {one.undefined[outcome]:.0%} left out")
        if outcome in one.chance:
            console.print(f"chance alone makes {one.chance[outcome]:.0%} of a single future's variance")


def _informed(by: str | None) -> str:
    return "[bold]judgement[/bold]" if by == "prior" else by or ""


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:+.2f}"


def _spread(row: dict[str, float | None], name: str) -> str:
    value = row[name]
    return "" if value is None else f"{value:.2f} ±{row[f'{name}_95']:.2f}"
