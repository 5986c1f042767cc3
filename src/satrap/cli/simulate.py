"""satrap simulate"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path

import click

from satrap import project
from satrap.cli.options import (
    DAY,
    end_of,
    json_option,
    known_at_option,
    progress,
    project_option,
    seed_option,
    stages,
    start_option,
)
from satrap.cli.outlook import print_facts, print_run, print_sweep
from satrap.futures import initial_state
from satrap.publish.tables import write_table
from satrap.simulate import ENGINES, Branch, Comparison, Run, Scenario, load_scenario, load_sweep
from satrap.simulate.executor import executor
from satrap.simulate.facts import facts
from satrap.simulate.summary import summaries
from satrap.simulate.sweep import Sweep
from satrap.simulate.worlds import run_worlds


@click.command(
    epilog="""Examples:

\b
  satrap simulate kp-2017
  satrap simulate kp-2017-no-order --compare kp-2017    # what the order did
  satrap simulate kp-2017 --as-of 2017-06-15            # from what had been published by then
  satrap simulate kp-2017 --facts                       # the stylised facts: hold or not
  satrap simulate grid.yaml --out grid.csv              # every variant of its `sweep:`
  satrap simulate kp-2017 --engine individuals --runs 20 --workers 2    # everybody
  satrap simulate kp-2017 --engine individuals --branch-week 104 --runs 100    # one past, 100 futures
  satrap simulate my-scenario.yaml --from scenario --out runs.parquet
"""
)
@click.argument("scenario")
@project_option
@start_option("estimate")
@click.option("--as-of", type=DAY, help="Estimate it from what had been published by this day.")
@known_at_option
@click.option("--runs", default=200, show_default=True, type=click.IntRange(min=1), help="Ensemble members.")
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    default="equations",
    show_default=True,
    help="Provinces by equations (at once), every resident (seconds a run), or counts of people.",
)
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(min=1),
    help="Processes that share the members; no number depends on it.",
)
@click.option("--branch-week", type=click.IntRange(min=1), help="All runs share one past up to this week.")
@click.option(
    "--branch-member", default=0, show_default=True, type=click.IntRange(min=0), help="Whose past it is."
)
@click.option("--compare", "other", help="Another scenario to set beside it, with the same random draws.")
@click.option("--facts", "with_facts", is_flag=True, help="The table of stylised facts instead.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Write every member, week and office, or of a sweep every variant (.parquet, else CSV).",
)
@seed_option
@json_option
def command(
    scenario: str,
    folder: Path,
    start_from: str,
    as_of: date | None,
    known_at: date | None,
    runs: int,
    engine: str,
    workers: int,
    branch_week: int | None,
    branch_member: int,
    other: str | None,
    with_facts: bool,
    out: Path | None,
    seed: int,
    as_json: bool,
) -> None:
    """Simulate what happens to residents in SCENARIO (a bundled name or a YAML file).

    Finished members are kept in the project's folder `simulations`: interrupted, the same command goes on.
    """
    sweep = load_sweep(scenario, engine=engine, workers=workers)
    against = load_scenario(other, engine=engine, workers=workers) if other else None
    if start_from == "scenario" and (as_of or known_at):
        raise click.BadParameter(
            "a start from the scenario knows no claims", param_hint="--as-of, --known-at"
        )
    if sweep.variants and with_facts:
        raise click.BadParameter("the facts are about one scenario, not a sweep", param_hint="--facts")
    opened = project.open(folder)
    estimate = None
    if start_from == "estimate":
        with stages() as stage:
            estimate = opened.estimate(
                known_at=end_of(known_at), published_by=as_of, seed=seed, progress=stage
            )
    if with_facts:
        state = initial_state(sweep.base, estimate, runs, seed)
        with progress("seven worlds") as shown:
            table = facts(run_worlds(sweep.base, state, runs, seed, shown))
        print_facts(table, as_json)
        return
    branch = Branch(branch_week, branch_member) if branch_week else None
    with executor(workers) as crew:
        simulate = partial(
            opened.simulate,
            start_from=estimate,
            runs=runs,
            seed=seed,
            engine=engine,
            workers=crew,
            branch=branch,
        )
        if sweep.variants:
            _many(sweep, against or sweep.base, simulate, runs, out, as_json)
        else:
            _one(sweep.base, against, simulate, runs, out, as_json)


def _one(
    scenario: Scenario,
    against: Scenario | None,
    simulate: Callable[..., Run],
    runs: int,
    out: Path | None,
    as_json: bool,
) -> None:
    with _members(runs * (2 if against else 1)) as shown:
        run = simulate(scenario, progress=shown())
        base = simulate(against, progress=shown()) if against else None
    if out is not None:
        write_table(run.scan(), out)
        click.echo(f"{out}: {runs} runs of {scenario.weeks} weeks", err=as_json)
    print_run(run, Comparison(base, run) if base else None, as_json)


def _many(
    sweep: Sweep, against: Scenario, simulate: Callable[..., Run], runs: int, out: Path | None, as_json: bool
) -> None:
    with _members(runs * (1 + len(sweep.variants))) as shown:
        base = simulate(against, progress=shown())
        each = ((one.settings, simulate(one.scenario, progress=shown())) for one in sweep.variants)
        found = summaries(base, each)
    if out is not None:
        write_table(found, out)
        click.echo(f"{out}: {found.height} variants", err=as_json)
    print_sweep(base, found, as_json)


@contextmanager
def _members(total: int) -> Iterator[Callable[[], project.Progress]]:
    """A bar over the members of several runs, one callback for each; says what is kept when interrupted."""
    finished = [0]

    def next_run() -> project.Progress:
        before = finished[0]

        def update(done: int, _: int) -> None:
            finished[0] = before + done
            shown(finished[0], total)

        return update

    with progress("simulating") as shown:
        try:
            yield next_run
        except KeyboardInterrupt:
            click.echo(f"{finished[0]} of {total} members are finished and kept", err=True)
            raise
