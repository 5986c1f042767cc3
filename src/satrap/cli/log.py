"""satrap log"""

from datetime import date
from pathlib import Path
from typing import Any

import click
import msgspec

from satrap import project
from satrap.cli.options import console, end_of, json_option, known_at_option, print_json, project_option
from satrap.ledger import Entry, EntryFilters, EntryKind


@click.command(
    epilog="""Examples:

\b
  satrap log --limit 20
  satrap log --kind "claim rejected" --author min
  satrap log --about 3f2a…             # all that happened to a claim, a report or an entity
  satrap log --after 1200 --json
"""
)
@project_option
@click.option(
    "--kind", type=click.Choice([kind.value for kind in EntryKind]), help="Only entries of this kind."
)
@click.option("--author", help="Only what this person or program wrote.")
@click.option("--about", help="Only what happened to this claim (id), report (hash) or entity (id).")
@click.option("--after", type=int, help="Only entries after this number.")
@click.option("--limit", type=int, help="At most so many.")
@known_at_option
@json_option
def command(
    folder: Path,
    kind: str | None,
    author: str | None,
    about: str | None,
    after: int | None,
    limit: int | None,
    known_at: date | None,
    as_json: bool,
) -> None:
    """List what happened in the ledger: when, by whom, to what."""
    asked = {"kind": EntryKind(kind) if kind else None, "author": author, "after": after, "limit": limit}
    by = EntryFilters(**{name: value for name, value in asked.items() if value is not None})  # type: ignore[typeddict-item]
    found = project.open(folder).ledger.entries(subject=about, known_at=end_of(known_at), **by)
    if as_json:
        print_json([_plain(one) for one in found])
        return
    for one in found:
        console.print(
            f"{one.seq:>8}  {one.at[:19]}Z  {one.author}  {one.kind}", highlight=False, soft_wrap=True
        )


def _plain(one: Entry) -> dict[str, Any]:
    return {**msgspec.structs.asdict(one), "body": msgspec.Raw(one.body)}
