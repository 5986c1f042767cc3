"""satrap estimate"""

from datetime import date
from pathlib import Path

import click
import polars as pl
from rich.table import Table

from satrap import project, published
from satrap.cli import society
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
from satrap.publish.tables import write_table


@click.command(
    epilog="""Examples:

\b
  satrap estimate                                # offices at the centre, last week
  satrap estimate --place KP-05 --on 2017-06-15
  satrap estimate --out authority.parquet        # every place, week and institution, with bands
  satrap estimate --what conduct --on 2017-06-15  # or mood, or coverage: where silence says nothing
  satrap estimate --publish                      # seal it in the ledger: from what record, what numbers
"""
)
@project_option
@click.option(
    "--what",
    type=click.Choice(["authority", *society.WHAT]),
    default="authority",
    show_default=True,
    help="Who rules; how predatory; what residents feel; what is reported from where.",
)
@click.option("--place", help="Id of a place; the country's code for the centre.  [default: the centre]")
@click.option("--on", type=DAY, help="The week of this day.  [default: the last week]")
@click.option("--start", type=DAY, default="2008-01-01", show_default=True, help="First day of the estimate.")
@click.option("--end", type=DAY, default="2021-12-31", show_default=True, help="Last day of the estimate.")
@click.option("--out", type=click.Path(path_type=Path), help="Write everything as .parquet or .csv.")
@click.option("--publish", "sealed", is_flag=True, help="Seal the result in the ledger, and keep its table.")
@known_at_option
@seed_option
@json_option
def command(
    folder: Path,
    what: str,
    place: str | None,
    on: date | None,
    start: date,
    end: date,
    out: Path | None,
    sealed: bool,
    known_at: date | None,
    seed: int,
    as_json: bool,
) -> None:
    """Estimate who holds how much authority, by place and week, with 50, 80 and 95% bands; or how predatory
    offices are said to be, what residents feel, and how much is reported from where.

    Interrupted, it goes on where it was; nothing is estimated twice from the same claims.
    """
    if out is not None and out.suffix not in {".parquet", ".csv"}:
        raise click.BadParameter("ends neither in .parquet nor in .csv", param_hint="--out")
    opened = project.open(folder)
    cut = end_of(known_at)
    if what != "authority":
        if sealed:
            raise click.BadParameter("only authority is sealed in the ledger", param_hint="--publish")
        whole = society.whole(what, opened.claims(known_at=cut), opened.pack, start, end, seed)
        rows = society.on_day(whole, on or end, place, opened.pack.code)
        if out is not None:
            write_table(whole, out)
            click.echo(f"{out}: {whole.height} rows")
        elif as_json:
            print_json(rows.to_dicts())
        else:
            console.print(society.shown(what, rows))
        return
    with stages() as shown:
        if sealed:
            told = published.publish(opened, start=start, end=end, known_at=cut, seed=seed, progress=shown)
            estimate = told.estimate
            click.echo(f"entry {told.seq}, made from root {told.said.cut}: {told.path}", err=True)
        else:
            estimate = opened.estimate(start=start, end=end, known_at=cut, seed=seed, progress=shown)
    if out is not None:
        everything = estimate.to_polars()
        write_table(everything, out)
        click.echo(f"{out}: {everything.height} rows")
        return
    week = estimate.weeks.monday(estimate.weeks.at(on or end))
    rows = estimate.bands(place=place or opened.pack.code).filter(pl.col("week") == week)
    if as_json:
        print_json(rows.to_dicts())
        return
    shown_at = opened.pack.place(place).name if place else f"{opened.pack.name}, at the centre"
    table_title = f"{shown_at}: authority in the week of {week}"
    table = Table("institution", "share", "80% band", "95% band", "", box=None, title=table_title)
    for row in rows.sort("share", descending=True).iter_rows(named=True):
        table.add_row(
            row["institution_name"],
            f"{row['share']:.0%}",
            f"{row['low_80']:.0%}–{row['high_80']:.0%}",
            f"{row['low_95']:.0%}–{row['high_95']:.0%}",
            "prior-dominated" if row["prior_dominated"] else "",
        )
    console.print(table)
    console.print(f"{len(estimate.used)} claims used, {len(estimate.unused)} not.")
