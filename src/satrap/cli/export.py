"""satrap export"""

from datetime import date
from pathlib import Path

import click
from rich.table import Table

from satrap import project
from satrap.cli.options import (
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
from satrap.exchange import exporter, known_exporters
from satrap.exchange.context import UNSTATED_LICENCE
from satrap.exchange.jsonl import schema
from satrap.ledger import Filters
from satrap.protect.exposure import Exposed


@click.command(
    epilog="""Examples:

\b
  satrap export --list
  satrap export ftm claims.ftm.json
  satrap export datapackage package/ --licence CC-BY-4.0
  satrap export datasette site/ && datasette site/claims.db --metadata site/metadata.json
  satrap export sfm sheets/ --known-at 2017-06-30 --kind dismissal
  satrap export --schema > claim.schema.json

What leaves has passed the gate that protects sources: some claims are coarser than in the ledger, and some
stay back. What each format loses is told in docs/how-to/exchange.md.
"""
)
@click.argument("form", metavar="FORMAT", required=False)
@click.argument("path", type=click.Path(path_type=Path), required=False)
@project_option
@click.option("--list", "listed", is_flag=True, help="List the formats.")
@click.option("--schema", "described", is_flag=True, help="Print the JSON Schema of a line of `jsonl`.")
@as_of_option
@known_at_option
@kind_option
@click.option("--place", help="Only claims about this place or one within it (its id in the pack).")
@click.option(
    "--licence",
    default=UNSTATED_LICENCE,
    show_default=True,
    help="Of your claims (SPDX id); quotations stay their publishers'.",
)
@json_option
def command(
    form: str | None,
    path: Path | None,
    folder: Path,
    listed: bool,
    described: bool,
    as_of: date | None,
    known_at: date | None,
    kind: str | None,
    place: str | None,
    licence: str,
    as_json: bool,
) -> None:
    """Write claims to PATH in an open FORMAT that other tools read, all or nothing."""
    if listed:
        list_formats(as_json)
        return
    if described:
        print_json(schema())
        return
    if form is None or path is None:
        raise click.UsageError("Name a format and a path, or --list.")
    exporter(form)  # an unknown format is an error before claims are read
    opened = project.open(folder)
    filters = Filters()
    if kind:
        filters["kind"] = kind
    if place:
        filters["place"] = opened.pack.place(place).id
    with progress(f"writing {form}") as shown:
        exposed = opened.export(
            form,
            path,
            as_of=as_of,
            known_at=end_of(known_at),
            licence=licence,
            progress=shown,
            **filters,
        )
    if as_json:
        print_json({"path": str(path), "format": form, **counted(exposed)})
    else:
        say(path, exposed)


def list_formats(as_json: bool) -> None:
    """The formats, what they are and whether they make a file or a folder."""
    formats = [exporter(name) for name in known_exporters()]
    if as_json:
        print_json(
            [
                {"name": one.name, "title": one.title, "media_type": one.media_type, "folder": one.folder}
                for one in formats
            ]
        )
        return
    table = Table("format", "makes", "what", box=None, header_style="bold")
    for one in formats:
        table.add_row(one.name, "a folder" if one.folder else "a file", one.title)
    console.print(table)


def counted(exposed: Exposed) -> dict[str, int]:
    """How many claims left, and how many did not."""
    return {
        "claims": len(exposed.claims),
        "withheld": exposed.withheld,
        "waiting": exposed.waiting,
    }


def say(path: Path, exposed: Exposed) -> None:
    """Where the export is, and what stayed back."""
    click.echo(f"{path}: {len(exposed.claims)} claims.")
    if exposed.withheld:
        click.echo(f"{exposed.withheld} stayed back: too few people could have told them.", err=True)
    if exposed.waiting:
        click.echo(f"{exposed.waiting} wait until the delay of what is not published is over.", err=True)
