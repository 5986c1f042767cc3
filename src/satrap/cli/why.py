"""satrap why"""

from datetime import date
from pathlib import Path

import click
from rich.table import Table

from satrap import project
from satrap.cli.options import (
    DAY,
    console,
    end_of,
    json_option,
    known_at_option,
    print_json,
    project_option,
    seed_option,
    stages,
)


@click.command(
    epilog="""Examples:

\b
  satrap why MSS --on 2017-06-15                       # the Ministry at the centre
  satrap why MSS@KP-05 --on 2017-06-15 --since 2016-12-01
  satrap why WPK --on 2017-06-15 --json
"""
)
@click.argument("office")
@project_option
@click.option("--on", "--date", "on", type=DAY, required=True, help="The week of this day.")
@click.option("--since", type=DAY, help="Explain the change since this day rather than the level.")
@click.option("--top", default=10, show_default=True, help="How many claims to show.")
@click.option("--confirm", default=0, help="Check this many by estimating again without them.")
@known_at_option
@seed_option
@json_option
def command(
    office: str,
    folder: Path,
    on: date,
    since: date | None,
    top: int,
    confirm: int,
    known_at: date | None,
    seed: int,
    as_json: bool,
) -> None:
    """Show the claims that moved an OFFICE (INSTITUTION or INSTITUTION@PLACE), and by how much."""
    opened = project.open(folder)
    institution, _, place = office.partition("@")
    with stages() as shown:
        estimate = opened.estimate(known_at=end_of(known_at), seed=seed, progress=shown)
    found = estimate.why(institution, place or None, on, since, confirm)
    by_id = {recorded.id: recorded for recorded in estimate.claims}
    if as_json:
        print_json([{"contribution": part, "claim": by_id[part.claim]} for part in found])
        return
    table = Table("points", "of all movement", "on whose word", "published", "words", box=None)
    if confirm:
        table.add_column("log-ratio; without it")
    for part in found[:top]:
        recorded = by_id[part.claim]
        voice = recorded.claim.voice
        row = [
            f"{100 * part.share:+.1f}",
            f"{part.fraction:.0%}",
            f"{recorded.publisher}: {voice.name or voice.kind}{f' ({voice.place})' if voice.place else ''}",
            recorded.published.isoformat() if recorded.published else "unknown",
            recorded.claim.quote.exact,
        ]
        if part.if_removed is not None:
            row.append(f"{part.log_ratio:+.3f}; {part.if_removed:+.3f}")
        table.add_row(*row)
    console.print(table)
    console.print(f"{len(found)} claims moved it; the parts of all of them add up to the whole move.")
