"""satrap migrate"""

from pathlib import Path

import click

from satrap import project
from satrap.cli.options import json_option, print_json, project_option


@click.command(
    epilog="""Examples:

\b
  satrap migrate
  satrap migrate -C north-korea
"""
)
@project_option
@json_option
def command(folder: Path, as_json: bool) -> None:
    """Bring a ledger that an earlier satrap made up to date. Its entries stay as they are."""
    changed = project.migrate(folder)
    if as_json:
        print_json({"migrated": changed})
    else:
        click.echo("The ledger is up to date now." if changed else "The ledger was up to date.")
