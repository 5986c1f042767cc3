"""satrap import"""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click
from rich.table import Table

from satrap import project
from satrap.cli.options import console, json_option, print_json, progress, project_option
from satrap.cli.read import PARTLY, list_failures
from satrap.exchange import Intake, importer, known_importers
from satrap.reports import Metadata, published

SHOWN = 12  # reasons for passing rows over


@click.command(
    name="import",
    epilog="""Examples:

\b
  satrap import --list
  satrap import sfm sheets/                    # claim sheets, or WhoWasInCommand's personnel.csv
  satrap import icews events.2017.tab
  satrap import gdelt 20170615.export.CSV --mapping ours.yaml
  satrap import brat annotated/ --publisher "Daily NK" --published 2017-06-15
  satrap import jsonl theirs.jsonl

Rows become reports with claims, recorded as any others; the words of a report are those of its rows. Rows
that are no claims of ours are counted by reason. What cannot be read is listed, and exit code 3 says so.
Taking a file in again records nothing twice.
""",
)
@click.argument("form", metavar="FORMAT", required=False)
@click.argument("file", metavar="FILE", type=click.Path(exists=True, path_type=Path), required=False)
@project_option
@click.option("--list", "listed", is_flag=True, help="List the formats.")
@click.option(
    "--mapping",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A mapping of columns, codes or annotations to claims (YAML), instead of the bundled one.",
)
@click.option("--publisher", help="Who published the reports, where the file does not say.")
@click.option("--published", "published_on", help="When, where the file does not say (EDTF).")
@click.option("--title", help="Their title, where the file does not say.")
@click.option("--url", help="Where they were published, where the file does not say.")
@click.option("--language", help="ISO 639 code, such as en, where the file does not say.")
@json_option
def command(
    form: str | None,
    file: Path | None,
    folder: Path,
    listed: bool,
    mapping: Path | None,
    publisher: str | None,
    published_on: str | None,
    title: str | None,
    url: str | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Take in the claims that a FILE (or folder) of an open FORMAT tells."""
    if listed:
        list_formats(as_json)
        return
    if form is None or file is None:
        raise click.UsageError("Name a format and a file, or --list.")
    importer(form)  # an unknown format is an error before the project is opened
    opened = project.open(folder)
    try:
        when = published(published_on, datetime.now(UTC).date()) if published_on else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--published") from error
    given = Metadata(publisher=publisher, published=when, title=title, url=url, language=language)
    with progress(f"taking in {form}") as shown:
        intake = opened.take_in(form, file, given, mapping=mapping, progress=lambda done: shown(done, None))
    if as_json:
        print_json(
            {
                "reports": intake.reports,
                "new": intake.new,
                "claims": intake.claims,
                "passed_over": dict(intake.passed.most_common()),
                "failures": [str(failure) for failure in intake.failures],
            }
        )
    else:
        say(intake)
    if intake.failures:
        sys.exit(PARTLY)


def list_formats(as_json: bool) -> None:
    """The formats, and what they are."""
    formats = [importer(name) for name in known_importers()]
    if as_json:
        print_json([{"name": one.name, "title": one.title} for one in formats])
        return
    table = Table("format", "what", box=None, header_style="bold")
    for one in formats:
        table.add_row(one.name, one.title)
    console.print(table)


def say(intake: Intake) -> None:
    """What became of the file, what was passed over, and what could not be read."""
    known = f", {intake.reports - intake.new} known already" if intake.new < intake.reports else ""
    click.echo(f"{intake.reports} reports{known}: {intake.claims} claims.")
    if intake.passed:
        click.echo(f"{intake.passed.total()} rows passed over:", err=True)
        for reason, count in intake.passed.most_common(SHOWN):
            click.echo(f"  {count} × {reason}", err=True)
        if len(intake.passed) > SHOWN:
            click.echo(f"  and {len(intake.passed) - SHOWN} more reasons (--json lists all)", err=True)
    list_failures(tuple(intake.failures))
