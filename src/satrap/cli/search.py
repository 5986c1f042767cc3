"""satrap search"""

from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.text import Text

from satrap import project
from satrap.claims import Status
from satrap.cli.options import (
    DAY,
    as_of_option,
    console,
    end_of,
    json_option,
    kind_option,
    known_at_option,
    print_json,
    progress,
    project_option,
)
from satrap.ledger import Filters, Hit


@click.command(
    epilog="""Examples:

\b
  satrap search kim won hong
  satrap search '"abuse of power"' --institution MSS --since 2017-01-01
  satrap search 'dismiss* OR purge* -rumour' --kind dismissal
  satrap search 비서                     # part of a Korean, Japanese or Chinese word
  satrap search prosecutors --status rejected --json
"""
)
@click.argument("words", nargs=-1, required=True)
@project_option
@kind_option
@click.option("--institution", help="Only claims with this institution in a role (its id in the pack).")
@click.option("--place", help="Only claims about this place or what lies in it (its id in the pack).")
@click.option("--publisher", help="Only claims from this publisher's reports.")
@click.option(
    "--status",
    type=click.Choice([status.value for status in Status]),
    help="Only claims that people have done this with.  [default: all but rejected]",
)
@click.option("--since", type=DAY, help="Only from reports published on this day or later.")
@click.option("--until", type=DAY, help="Only from reports published by this day.")
@as_of_option
@known_at_option
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="How many to show.")
@click.option("--rebuild", is_flag=True, help="Make the index anew first.")
@json_option
def command(
    words: tuple[str, ...],
    folder: Path,
    kind: str | None,
    institution: str | None,
    place: str | None,
    publisher: str | None,
    status: str | None,
    since: date | None,
    until: date | None,
    as_of: date | None,
    known_at: date | None,
    limit: int,
    rebuild: bool,
    as_json: bool,
) -> None:
    """Find claims by WORDS: in what they quote, whom they name, who says so.

    All words must be found; "a phrase" as it stands; begin* of a word; -without; OR between alternatives.
    """
    opened = project.open(folder)
    if institution:
        opened.pack.institution(institution)  # an unknown id is an error, not an empty list
    if place:
        opened.pack.place(place)
    asked: dict[str, Any] = {
        "kind": kind,
        "institution": institution,
        "place": place,
        "publisher": publisher,
        "status": Status(status) if status else None,
        "reported_since": since,
        "reported_by": until,
    }
    by = Filters(**{name: value for name, value in asked.items() if value is not None}, limit=limit)  # type: ignore[typeddict-item]
    if rebuild:
        opened.ledger.forget_search()
    with progress("index") as shown:
        found = opened.ledger.search(
            " ".join(words), as_of=as_of, known_at=end_of(known_at), progress=shown, **by
        )
    if as_json:
        print_json(found)
        return
    for hit in found.hits:
        _show(hit)
    console.print(f"{len(found.hits)} of {found.total} claims" if found.hits else "nothing found")


def _show(hit: Hit) -> None:
    recorded = hit.claim
    claim = recorded.claim
    published = recorded.published.isoformat() if recorded.published else "undated"
    told = f"{recorded.id[:8]}  {claim.kind}, {recorded.publisher}, {published}"
    console.print(Text(told if recorded.status == Status.READ else f"{told}, {recorded.status}", style="dim"))
    quote = Text(f"  {claim.quote.exact}")
    for start, end in hit.marks:
        quote.stylize("bold reverse", 2 + start, 2 + end)
    console.print(quote)
