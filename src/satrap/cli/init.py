"""satrap init"""

from pathlib import Path

import click

from satrap import project, settings
from satrap.cli.options import json_option, print_json


@click.command(
    epilog="""Examples:

\b
  satrap init north-korea --country kp
  satrap init belarus --country by
  satrap init elsewhere --country ./packs/elsewhere   # a pack of your own
  satrap init north-korea --country kp --ledger postgresql://min@db.example.org/ledger --author min
"""
)
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--country", required=True, help="Code of a bundled country pack (kp, by) or a pack's folder.")
@click.option(
    "--ledger",
    default=settings.LEDGER,
    show_default=True,
    help="A file, or a PostgreSQL URL that a team shares; its password stays in PGPASSWORD or ~/.pgpass.",
)
@click.option("--author", default=settings.AUTHOR, show_default=True, help="Who records and decides here.")
@json_option
def command(folder: Path, country: str, ledger: str, author: str, as_json: bool) -> None:
    """Make a project FOLDER for a country: its settings and an empty ledger, or a team's that is there."""
    made = project.init(folder, country, ledger=ledger, author=author)
    if as_json:
        print_json({"folder": str(folder), "country": made.pack.code, "name": made.pack.name})
        return
    click.echo(f"{folder}: a project on {made.pack.name}. Next: satrap read -C {folder} REPORTS")
