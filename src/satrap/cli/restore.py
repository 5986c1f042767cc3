"""satrap restore"""

from pathlib import Path

import click

from satrap import project
from satrap.cli.options import json_option, print_json, progress, project_option


@click.command(
    epilog="""Examples:

\b
  satrap restore north-korea-2017-06-30.jsonl                # where the ledger file is gone
  satrap restore ledger.jsonl --to postgresql://min@host/nk  # moves to a team's server

Nothing is overwritten: where a ledger is already, move it away first. The restored ledger has the root that
the backup was made with, or there is none.
"""
)
@click.argument("path", type=click.Path(path_type=Path))
@project_option
@click.option("--to", help="A file or a PostgreSQL URL, other than where the project's settings say.")
@json_option
def command(path: Path, folder: Path, to: str | None, as_json: bool) -> None:
    """Make the project's ledger again from the backup at PATH, whichever store it was made from."""
    with progress("entries") as shown:
        head = project.restore(folder, path, to, shown).head
    if as_json:
        print_json({"entries": head.size, "root": head.root.hex()})
    else:
        click.echo(f"{head.size} entries restored. Root: {head.root.hex()}")
