"""satrap sensitivity"""

from datetime import date
from pathlib import Path
from typing import Any

import click
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
from satrap.estimate import GROUPS


@click.command(
    epilog="""Examples:

\b
  satrap sensitivity MSS --since 2016-09-01 --on 2017-06-15                   # on which sources it rests
  satrap sensitivity MSS@KP-05 --drop story --since 2016-09-01 --on 2017-06-15 --confirm 3
  satrap sensitivity MSS --drop publisher --since 2016-09-01 --on 2017-06-15 --json
"""
)
@click.argument("office")
@project_option
@click.option("--drop", type=click.Choice(GROUPS), default="source", show_default=True, help="What goes out.")
@click.option("--since", type=DAY, required=True, help="Where the change begins.")
@click.option("--on", "--date", "on", type=DAY, required=True, help="Where it ends.")
@click.option("--top", default=20, show_default=True, help="How many to try.")
@click.option("--confirm", default=1, show_default=True, help="Estimate anew without this many.")
@known_at_option
@seed_option
@json_option
def command(
    office: str,
    folder: Path,
    drop: str,
    since: date,
    on: date,
    top: int,
    confirm: int,
    known_at: date | None,
    seed: int,
    as_json: bool,
) -> None:
    """Show on whom the change of an OFFICE (INSTITUTION or INSTITUTION@PLACE) rests."""
    opened = project.open(folder)
    institution, _, place = office.partition("@")
    with stages() as shown:
        estimate = opened.estimate(known_at=end_of(known_at), seed=seed, progress=shown)
    found = estimate.sensitivity(drop, institution, place or None, since, on, top=top, confirm=confirm)
    if as_json:
        print_json(found.to_dicts())
        return
    told = ("points", "p(fell)", "rests on it")
    table = Table("without", "claims", *told, "new fit: points", *told[1:], box=None)
    table.columns[0].no_wrap = True
    for row in found.iter_rows(named=True):
        name = row["without"] or "(nothing: all claims)"
        table.add_row(name, str(row["claims"]), *_told(row, ""), *_told(row, "refit_"))
    console.print(table)
    console.print("Groups that agree share the credit: what rests on each need not add up.")


def _told(row: dict[str, Any], prefix: str) -> list[str]:
    """Points, chance and part of one answer; blank where there is none."""
    share, p_down, part = (row[prefix + name] for name in ("share", "p_down", "rests_on_it"))
    if share is None:
        return ["", "", ""]
    return [f"{100 * share:+.1f}", f"{p_down:.0%}", "" if part is None else f"{part:.0%}"]
