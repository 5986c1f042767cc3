"""satrap prove"""

from pathlib import Path

import click

from satrap import project
from satrap.cli.options import print_json, project_option


@click.command(
    epilog="""Examples:

\b
  satrap prove 17                      # entry 17 stands in the ledger
  satrap prove 3f2a…                   # so does the entry that first read this claim
  satrap prove --from 1200             # the ledger still begins with its first 1,200 entries
  satrap prove 17 > proof.json && python tools/verify_ledger.py --proof proof.json
"""
)
@click.argument("entry", metavar="ENTRY|CLAIM", required=False)
@click.option("--from", "old_size", type=int, help="Prove that the ledger extends this many entries.")
@project_option
def command(entry: str | None, old_size: int | None, folder: Path) -> None:
    """Print a proof, as JSON, that an entry or all before an earlier size stand in the ledger unchanged."""
    if (entry is None) == (old_size is None):
        raise click.UsageError("name an entry's number, a claim's id, or a size with --from")
    ledger = project.open(folder).ledger
    if old_size is not None:
        print_json(ledger.consistency(old_size))
    elif entry is not None:
        short = entry.isdecimal() and len(entry) < 32
        print_json(ledger.prove(int(entry) if short else entry))
