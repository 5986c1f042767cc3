"""satrap verify"""

import sys
from pathlib import Path

import click

from satrap import project
from satrap.cli.options import json_option, print_json, project_option


@click.command(
    epilog="""Examples:

\b
  satrap verify
  satrap verify --root 3f2a…      # the root that an earlier brief printed
"""
)
@project_option
@click.option("--root", help="A root printed earlier: check that the ledger still contains it.")
@json_option
def command(folder: Path, root: str | None, as_json: bool) -> None:
    """Check that nothing in the ledger was altered, dropped, inserted or reordered."""
    ledger = project.open(folder).ledger
    found = ledger.verify()
    contained = ledger.contains(root) if root else None
    if as_json:
        print_json(
            {"entries": found.entries, "root": found.root, "fault": found.fault, "contains": contained}
        )
    elif found.holds:
        click.echo(f"{found.entries} entries hold. Root: {found.root}")
    else:
        click.echo(f"satrap: the ledger does not hold: {found.fault}", err=True)
    if contained is False:
        click.echo(
            f"satrap: no entry has the root {root}: this is not the ledger it was printed from", err=True
        )
    if not found.holds or contained is False:
        sys.exit(1)
