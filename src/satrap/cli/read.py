"""satrap read"""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from satrap import project
from satrap.cli.options import json_option, print_json, progress, project_option
from satrap.errors import SatrapError
from satrap.reports import Metadata, published

PARTLY = 3  # exit code: some reports could not be read


@click.command(
    epilog="""Examples:

\b
  satrap read report.txt --publisher "Daily NK" --published 2017-06-15
  satrap read reports/                    # a folder of .txt, .md and .jsonl files
  satrap read archive.jsonl --json        # lines of {"text", "publisher", "published", "url", ...}
  satrap read --chronology                # the country's bundled chronology

Reading again is safe: what this reader has read is skipped. Exit code 3 means that some reports could not
be read; they are listed with the reason.
"""
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@project_option
@click.option("--publisher", help="Who published the reports, where the files do not say.")
@click.option("--published", "published_on", help="When: YYYY, YYYY-MM, YYYY-MM-DD or another EDTF date.")
@click.option("--title", help="The report's title.")
@click.option("--url", help="Where it was published.")
@click.option("--chronology", is_flag=True, help="Read the chronology that comes with the country pack.")
@json_option
def command(
    paths: tuple[Path, ...],
    folder: Path,
    publisher: str | None,
    published_on: str | None,
    title: str | None,
    url: str | None,
    chronology: bool,
    as_json: bool,
) -> None:
    """Read reports from PATHS (files or folders) into the ledger as attributed claims."""
    if bool(paths) == chronology:
        raise click.UsageError("Name the reports to read, or --chronology.")
    opened = project.open(folder)
    try:
        when = published(published_on, datetime.now(UTC).date()) if published_on else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--published") from error
    metadata = Metadata(publisher, when, title, url)
    with progress("reading") as shown:
        summary = opened.read_chronology(shown) if chronology else opened.read(paths, metadata, shown)
    if as_json:
        print_json(
            {
                "read": summary.read,
                "known": summary.known,
                "claims": summary.claims,
                "stories_joined": summary.stories_joined,
                "failures": [str(failure) for failure in summary.failures],
            }
        )
    else:
        known = f", {summary.known} known already" if summary.known else ""
        click.echo(f"{summary.read} reports read{known}: {summary.claims} new claims.")
        list_failures(summary.failures)
    if summary.failures:
        sys.exit(PARTLY)


def list_failures(failures: tuple[SatrapError, ...]) -> None:
    """The reports that could not be read, each with its reason, on standard error."""
    if failures:
        click.echo(f"{len(failures)} could not be read:", err=True)
        for failure in failures:
            click.echo(f"  {failure}", err=True)
