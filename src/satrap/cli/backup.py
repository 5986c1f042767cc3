"""satrap backup"""

from pathlib import Path

import click

from satrap import project
from satrap.cli.options import json_option, print_json, progress, project_option


@click.command(
    epilog="""Examples:

\b
  satrap backup north-korea-2017-06-30.jsonl
  satrap backup /media/safe/ledger.jsonl -C north-korea

The file holds every entry as it was recorded, so also what is withheld from exports: keep it as you keep
the ledger. The vault is a file of its own, to be copied as it is.
"""
)
@click.argument("path", type=click.Path(path_type=Path))
@project_option
@json_option
def command(path: Path, folder: Path, as_json: bool) -> None:
    """Write all that the ledger holds to PATH, checked on the way; others may go on writing."""
    ledger = project.open(folder).ledger
    with progress("entries") as shown:
        made = ledger.backup(path, shown)
    if as_json:
        print_json({"path": str(path), "entries": made.entries, "root": made.root})
    else:
        click.echo(f"{path}: {made.entries} entries. Root: {made.root}")
