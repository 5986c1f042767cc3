"""satrap tenure"""

from datetime import date
from pathlib import Path

import click
from rich.table import Table

from satrap import project
from satrap.accounts import Boundary, Timeline, timelines
from satrap.cli.options import (
    as_of_option,
    console,
    end_of,
    json_option,
    known_at_option,
    print_json,
    project_option,
)


@click.command(
    epilog="""Examples:

\b
  satrap tenure MSS_MINISTER
  satrap tenure MSS                      # the post that leads it
  satrap tenure "Kim Won Hong" --known-at 2017-03-01
  satrap tenure kim-won-hong --json
"""
)
@click.argument("of", metavar="POST|PERSON")
@project_option
@as_of_option
@known_at_option
@json_option
def command(of: str, folder: Path, as_of: date | None, known_at: date | None, as_json: bool) -> None:
    """Show who held a post, or what posts a person held, from when to when, by what claims say.

    Began and ended are bounds that claims put on a day; first cited is when a claim first has the person in
    the post, which may be long after.
    """
    opened = project.open(folder)
    claims = opened.accounts(as_of=as_of, known_at=end_of(known_at))
    found = timelines(claims, opened.pack, of)
    if as_json:
        print_json(found)
        return
    for timeline in found:
        _show(timeline)


def _show(timeline: Timeline) -> None:
    console.print(timeline.subject, style="bold", markup=False, highlight=False)
    table = Table("post", "person", "first cited", "began", "ended", "last cited", "fate", box=None)
    for spell in timeline.spells:
        table.add_row(
            f"{spell.title} ({spell.institution})",
            spell.name,
            spell.first_cited.isoformat(),
            _bounds(spell.began),
            _bounds(spell.ended),
            spell.last_cited.isoformat(),
            ", ".join(spell.fate) + (" (a death refuted)" if spell.refuted else ""),
        )
    if timeline.spells:
        console.print(table)
    else:
        console.print("No claim names a holder of a post.")
    for one in timeline.between:
        console.print(f"{one.what}: {one.before} → {one.after}, {one.first} to {one.last}", highlight=False)
    for event in timeline.events:
        denied = " (denied)" if event.denied else ""
        since = f"{event.earliest} to " if event.earliest else "by "
        console.print(
            f"also: {event.kind}{denied}, {since}{event.latest}  {event.claim[:8]}", highlight=False
        )


def _bounds(one: Boundary | None) -> str:
    if one is None:
        return "not told"
    since = f"{one.earliest} to " if one.earliest else "by "
    day = str(one.latest) if one.earliest == one.latest else f"{since}{one.latest}"
    claims = f"{len(one.claims)} claim{'s' if len(one.claims) > 1 else ''}"
    return f"{day} ({claims}{'' if one.agreed else ', which disagree'})"
