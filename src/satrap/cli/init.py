"""satrap init"""

from pathlib import Path

import click

from satrap import project
from satrap.cli.options import json_option, print_json


@click.command(
    epilog="""Examples:

\b
  satrap init north-korea --country kp
  satrap init belarus --country by
  satrap init elsewhere --country ./packs/elsewhere   # a pack of your own
"""
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--country", required=True, help="Code of a bundled country pack (kp, by) or a pack's folder.")
@json_option
def command(folder: Path, country: str, as_json: bool) -> None:
    """Make a project FOLDER for a country: its settings and an empty ledger."""
    made = project.init(folder, country)
    if as_json:
        print_json({"folder": str(folder), "country": made.pack.code, "name": made.pack.name})
        return
    click.echo(f"{folder}: a project on {made.pack.name}. Next: satrap read -C {folder} REPORTS")
