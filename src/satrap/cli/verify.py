"""satrap verify"""

import sys
from pathlib import Path

import click

from satrap import forecasts, project, published
from satrap.cli.options import json_option, print_json, progress, project_option, stages


@click.command(
    epilog="""Examples:

\b
  satrap verify
  satrap verify --root 3f2a…      # the root that an earlier brief printed
  satrap verify --record          # the entries alone, in a tenth of the time
  satrap verify --estimates       # make published estimates anew, too, and compare
"""
)
@project_option
@click.option("--root", help="A root printed earlier: check that the ledger still contains it.")
@click.option("--record", is_flag=True, help="Check the entries alone, not the tables made from them.")
@click.option("--estimates", is_flag=True, help="Make published estimates anew and compare the numbers.")
@json_option
def command(folder: Path, root: str | None, record: bool, estimates: bool, as_json: bool) -> None:
    """Check that nothing in the ledger was altered, dropped, inserted or reordered.

    Estimates published in it, and forecasts registered, are held against it too.
    """
    opened = project.open(folder)
    ledger = opened.ledger
    with progress("entries") as shown:
        found = ledger.verify(tables=not record, progress=lambda what, done, of: shown(done, of, what))
    contained = ledger.contains(root) if root else None
    with stages() as made:
        wrong = list(published.check(opened, again=estimates, progress=made)) if found.holds else []
    unfounded = forecasts.check(opened) if found.holds else []
    if as_json:
        print_json(
            {
                "entries": found.entries,
                "root": found.root,
                "fault": found.fault,
                "contains": contained,
                "estimates": wrong,
                "forecasts": unfounded,
            }
        )
    elif found.holds:
        click.echo(f"{found.entries} entries hold. Root: {found.root}")
    if not found.holds:
        click.echo(f"satrap: the ledger does not hold: {found.fault}", err=True)
    if contained is False:
        click.echo(
            f"satrap: the ledger never had the root {root}: this is not the ledger it was printed from",
            err=True,
        )
    for fault in (*wrong, *unfounded):
        click.echo(f"satrap: {fault}", err=True)
    if not found.holds or contained is False or wrong or unfounded:
        sys.exit(1)
