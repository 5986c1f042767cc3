"""satrap claims"""

from datetime import date
from pathlib import Path

import click
from rich.table import Table

from satrap import project
from satrap.claims import Claim, RecordedClaim
from satrap.cli.options import (
    as_of_option,
    console,
    end_of,
    json_option,
    kind_option,
    known_at_option,
    print_json,
    project_option,
)


@click.command(
    epilog="""Examples:

\b
  satrap claims --kind transfer
  satrap claims --institution MSS --as-of 2017-06-15
  satrap claims --json | jq '.[].claim.quote.exact'
"""
)
@project_option
@kind_option
@click.option("--institution", help="Only claims with this institution in a role (its id in the pack).")
@as_of_option
@known_at_option
@json_option
def command(
    folder: Path,
    kind: str | None,
    institution: str | None,
    as_of: date | None,
    known_at: date | None,
    as_json: bool,
) -> None:
    """List recorded claims, in the order they were recorded."""
    opened = project.open(folder)
    if institution:
        opened.pack.institution(institution)  # an unknown id is an error, not an empty list
    found = [
        recorded
        for recorded in opened.claims(as_of=as_of, known_at=end_of(known_at))
        if (kind is None or recorded.claim.kind == kind)
        and (institution is None or institution in ids_in(recorded.claim))
    ]
    if as_json:
        print_json(found)
        return
    table = Table(
        "claim", "kind", "published", "on whose word", "sure", "words", box=None, header_style="bold"
    )
    for recorded in found:
        table.add_row(*row(recorded))
    console.print(table)
    console.print(f"{len(found)} claims")


def ids_in(claim: Claim) -> set[str]:
    """Ids of everything that fills a role of a claim."""
    return {a.id for arguments in claim.roles.values() for a in arguments if a.id}


def row(recorded: RecordedClaim) -> tuple[str, ...]:
    claim = recorded.claim
    direction = {"up": " ↑", "down": " ↓", "unchanged": " ="}.get(claim.direction or "", "")
    voices = " → ".join(
        f"{voice.name or voice.kind}{f' ({voice.place})' if voice.place else ''}" for voice in claim.said_by
    )
    published = recorded.published.isoformat() if recorded.published else "unknown"
    return recorded.id[:8], claim.kind + direction, published, voices, claim.certainty, claim.quote.exact
