"""satrap explain"""

from datetime import UTC, datetime
from pathlib import Path

import click

from satrap import project
from satrap.cli.options import json_option, print_json, project_option
from satrap.country import load_pack
from satrap.errors import ReportError
from satrap.reading import RuleReader
from satrap.reading.explaining import explain
from satrap.reading.learned.model import LEVELS, Choice, level
from satrap.reports import UNKNOWN, Metadata, Report, load, published

reader_option = click.option(
    "--reader",
    type=click.Choice(["rules", *LEVELS]),
    help="rules: what rules know, alone. thorough: a learned tagger finds wordings that no rule knows, too, "
    "at two fifths of the speed. fast: fewer of them, at over half of the speed.  [default: as satrap.yaml "
    "says, else rules]",
)


@click.command(
    epilog="""Examples:

\b
  satrap explain "The head of the security ministry was reportedly dismissed." --country kp
  satrap explain report.txt --published 2017-06-15        # in a project folder
  satrap explain report.txt --country kp --json

Nothing is recorded. A rule "came near" where exactly one of its conditions failed.
"""
)
@click.argument("text")
@click.option("--country", help="Code of a country pack, or a path to one.  [default: this project's]")
@project_option
@click.option("--publisher", help="Who published it.")
@click.option("--published", "published_on", help="When: YYYY, YYYY-MM, YYYY-MM-DD or another EDTF date.")
@reader_option
@json_option
def command(
    text: str,
    country: str | None,
    folder: Path,
    publisher: str | None,
    published_on: str | None,
    reader: Choice | None,
    as_json: bool,
) -> None:
    """Show, sentence by sentence, which rules fired on TEXT (a sentence or a file), and why."""
    try:
        when = published(published_on, datetime.now(UTC).date()) if published_on else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--published") from error
    if country:
        reading = RuleReader(load_pack(country), tagger=level(reader or "rules"))
    else:
        reading = project.open(folder, reader).rule_reader
    explained = [
        (report, explain(report, reading))
        for report in _reports(text, Metadata(publisher=publisher, published=when))
    ]
    if as_json:
        print_json([one for _, sentences in explained for one in sentences])
        return
    for report, sentences in explained:
        if not reading.is_relevant(report):
            click.echo(f"It names nothing of {reading.pack.name}: `satrap read` passes over it.\n")
        click.echo("\n\n".join(map(str, sentences)))


def _reports(text: str, metadata: Metadata) -> list[Report]:
    """The file that ``text`` names, or ``text`` itself."""
    if not _is_path(text):
        return [Report(text=text, publisher=metadata.publisher or UNKNOWN, published=metadata.published)]
    found = list(load([Path(text)], metadata))
    for one in found:
        if isinstance(one, ReportError):
            raise one
    return [one for one in found if isinstance(one, Report)]


def _is_path(text: str) -> bool:
    """A sentence has spaces and may be too long for a file's name."""
    try:
        return Path(text).exists() or (" " not in text and "." in text)
    except OSError:
        return False
