"""satrap backtest"""

import sys
from datetime import date
from pathlib import Path

import click
import polars as pl
from rich.table import Table

from satrap import project
from satrap.cli.options import DAY, console, json_option, print_json, progress, project_option
from satrap.forecast import reliability, scores
from satrap.forecast.backtest import Backtest, backtest
from satrap.forecast.members import scenario_of
from satrap.publish.backtest import POOL, REFERENCES, markdown, write_backtest
from satrap.simulate.executor import executor

KEPT = "backtests"  # quarters that are finished


@click.command(
    epilog="""Examples:

\b
  satrap backtest                                        # 2009 to 2021, some minutes; stopped, it goes on
  satrap backtest --workers 2 --out backtest.html
  satrap backtest --first 2015-01-01 --until 2018-01-01 --json

Finished quarters are kept in the project's folder `backtests`, which may be deleted at any time.
"""
)
@project_option
@click.option(
    "--first", type=DAY, default="2009-01-01", show_default=True, help="First quarter that is asked."
)
@click.option(
    "--until", type=DAY, default="2022-01-01", show_default=True, help="When the last question closes."
)
@click.option("--particles", default=500, show_default=True, help="Of the simulator.")
@click.option("--workers", default=1, show_default=True, help="Processes that share the work.")
@click.option("--out", type=click.Path(path_type=Path), help="Write a page (.html, else Markdown).")
@json_option
def command(
    folder: Path, first: date, until: date, particles: int, workers: int, out: Path | None, as_json: bool
) -> None:
    """Show how well forecasts would have done: each from what was known at its time, scored by what came."""
    opened = project.open(folder)
    with progress("quarters") as shown, executor(workers) as crew:
        found = backtest(
            opened.record(),
            first=first,
            until=until,
            crew=crew,
            scenario=scenario_of(opened.pack.code),
            particles=particles,
            keep=opened.folder / KEPT,
            progress=shown,
        )
    if out is not None:
        write_backtest(out, markdown(found))
    if as_json:
        print_json(_figures(found))
    else:
        _print(found)
    if not found.answered:
        click.echo("satrap: no question was answered: the record has too few reports", err=True)
        sys.exit(1)


def _figures(found: Backtest) -> dict[str, object]:
    scored = found.scored
    names = sorted(set(scored["forecaster"]) - set(REFERENCES))
    skills = [
        {"forecaster": name, "reference": reference, "score": score}
        | scores.skill(scored, name, reference, score=score)
        for name in names
        for reference in REFERENCES
        for score in ("brier", "log")
    ]
    slope = reliability.slope(scored.filter(pl.col("forecaster") == POOL))
    return {
        "asked": found.asked,
        "answered": found.answered,
        "scores": scores.summary(scored).to_dicts(),
        "skills": skills,
        "calibration": slope,
    }


def _print(found: Backtest) -> None:
    console.print(f"{found.asked} questions, {found.answered} answered")
    table = Table(
        "forecaster", "questions", "Brier", "log", *(f"Brier skill, {one}" for one in REFERENCES), box=None
    )
    for row in scores.summary(found.scored).iter_rows(named=True):
        name = row["forecaster"]
        skills = ["" if name == one else _told(scores.skill(found.scored, name, one)) for one in REFERENCES]
        table.add_row(name, str(row["questions"]), f"{row['brier']:.3f}", f"{row['log']:.3f}", *skills)
    console.print(table)
    console.print("Skill over the questions that both answered, with 90% intervals.")


def _told(skill: dict[str, float | int]) -> str:
    return f"{skill['skill']:+.2f} ({skill['low']:+.2f} to {skill['high']:+.2f})" if skill["n"] else ""
