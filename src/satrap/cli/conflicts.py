"""satrap conflicts"""

from datetime import date
from pathlib import Path

import click
from rich.table import Table

from satrap import project
from satrap.accounts import Conflict, SourceRecord, find_conflicts, sources_record
from satrap.claims import RecordedClaim
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
  satrap conflicts
  satrap conflicts --as-of 2017-06-15 --known-at 2018-01-01
  satrap conflicts --json | jq '.conflicts[] | select(.settled)'
"""
)
@project_option
@as_of_option
@known_at_option
@json_option
def command(folder: Path, as_of: date | None, known_at: date | None, as_json: bool) -> None:
    """Show claims that cannot both be true, or hardly, side by side with who says so; what a later
    appearance has settled; and what became of the sources' claims in these."""
    opened = project.open(folder)
    claims = opened.accounts(as_of=as_of, known_at=end_of(known_at))
    found = find_conflicts(claims, opened.pack)
    record = sources_record(found, claims)
    by_id = {one.id: one for one in claims}
    if as_json:
        told = {id: by_id[id] for conflict in found for id in conflict.claims}
        print_json({"conflicts": found, "sources": record, "claims": told})
        return
    for conflict in found:
        _show(conflict, by_id)
    console.print(f"{len(found)} conflicts, {sum(one.settled is not None for one in found)} of them settled")
    if record:
        _show_record(record)


def _show(conflict: Conflict, by_id: dict[str, RecordedClaim]) -> None:
    settled = f"; settled: {conflict.sides[conflict.settled.side].label}" if conflict.settled else ""
    table = Table(
        title=f"{conflict.subject}: {conflict.relation}{settled}", title_justify="left", expand=True
    )
    for side in conflict.sides:
        table.add_column(side.label, ratio=1)
    table.add_row(*("\n".join(_said(by_id[id]) for id in side.claims) for side in conflict.sides))
    console.print(table, markup=False)


def _said(recorded: RecordedClaim) -> str:
    claim = recorded.claim
    when = claim.when.edtf if claim.when else "undated"
    published = recorded.published.isoformat() if recorded.published else "an unknown day"
    voice = claim.voice.name or claim.voice.kind.value
    hedge = "" if claim.certainty == "stated" else f", {claim.certainty}"
    return (
        f"{recorded.id[:8]} {claim.kind}, {when}{hedge}: {claim.quote.exact} "
        f"({voice}, in {recorded.publisher} of {published})"
    )


def _show_record(record: tuple[SourceRecord, ...]) -> None:
    table = Table(
        "source", "borne out", "refuted", box=None, title="Where it was settled", title_justify="left"
    )
    for one in record:
        table.add_row(f"{one.of}: {one.name}", str(one.borne_out), str(one.refuted))
    console.print(table)
