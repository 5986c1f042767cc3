"""satrap compare"""

from datetime import date
from math import exp
from pathlib import Path

import click
import polars as pl
from rich.table import Table

from satrap import project
from satrap.cli.options import (
    DAY,
    console,
    end_of,
    json_option,
    known_at_option,
    print_json,
    project_option,
    seed_option,
    stages,
)
from satrap.estimate import parse

_SHOWN = 12  # stories that add most


@click.command(
    epilog="""Examples:

\b
  satrap compare "MSS@state down" "MSS@state unchanged" --since 2016-09-01 --until 2017-06-15
  satrap compare "in one province: MSS@KP-09 down and MSS@elsewhere unchanged" "MSS@state down" \\
      --since 2016-09-01 --until 2017-06-15 --json
  satrap compare "a purge: MSS fell on 2017-01-20" --stories

An office is INSTITUTION, at the centre, or INSTITUTION@PLACE; places are joined by +, @state is the
whole state, @elsewhere all that the hypothesis does not name.
"""
)
@click.argument("hypotheses", nargs=-1, required=True)
@project_option
@click.option("--since", type=DAY, default="2016-09-01", show_default=True, help="Where moves begin.")
@click.option("--until", type=DAY, default="2017-06-15", show_default=True, help="Where moves end.")
@click.option("--stories", is_flag=True, help="Show the stories that add most to the first one.")
@known_at_option
@seed_option
@json_option
def command(
    hypotheses: tuple[str, ...],
    folder: Path,
    since: date,
    until: date,
    stories: bool,
    known_at: date | None,
    seed: int,
    as_json: bool,
) -> None:
    """Weigh HYPOTHESES about authority against each other by what the claims say."""
    opened = project.open(folder)
    with stages() as shown:
        estimate = opened.estimate(known_at=end_of(known_at), seed=seed, progress=shown)
        posed = [parse(one, estimate.offices, since, until) for one in hypotheses]
        found = estimate.compare(posed)
        told = estimate.diagnosticity(posed[0], shown) if stories else None
    if as_json:
        print_json({"hypotheses": found.to_dicts(), "stories": told.to_dicts() if told is not None else None})
        return
    scales = [name for name in found.columns if name.startswith("walk_sd")]
    table = Table("hypothesis", "odds", "weight", *(name[8:] for name in scales), "", box=None)
    for row in found.iter_rows(named=True):
        odds = [_odds(row[name]) for name in ("log_bf", *scales)]
        marks = "prior-dominated" if row["prior_dominated"] else ""
        table.add_row(row["hypothesis"], odds[0], f"{row['weight']:.0%}", *odds[1:], marks)
    console.print(table)
    console.print(
        "Odds: how much likelier the claims are under it than with nothing laid down; then the same where "
        "the prior expects changes x… as large. Weight: among these, had each been as likely before."
    )
    if told is None:
        return
    table = Table("first told", "story", "claims", "odds times", "so far", box=None)
    most = told.select(pl.col("log_bf").abs().top_k(_SHOWN)).min().item()
    for row in told.filter(pl.col("log_bf").abs() >= most).iter_rows(named=True):
        day = row["published"].isoformat() if row["published"] else ""
        name = row["story"][:12] if row["story"] else "(hyperparameters)"
        table.add_row(day, name, str(row["claims"]), _odds(row["log_bf"]), _odds(row["so_far"]))
    console.print(table)


def _odds(log_bf: float) -> str:
    return f"{exp(min(log_bf, 700.0)):.3g}"
