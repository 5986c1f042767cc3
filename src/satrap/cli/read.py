"""satrap read"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click

from satrap import project
from satrap.cli import explain
from satrap.cli.options import json_option, print_json, progress, project_option
from satrap.errors import SatrapError
from satrap.project import ReadSummary
from satrap.protect.vault import Unlocked, Vault, identities
from satrap.reading.learned.model import Choice
from satrap.reports import Fetch, Input, Metadata, Original, known_forms, published
from satrap.reports.rows import FIELDS

PARTLY = 3  # exit code: some reports could not be read


@click.command(
    epilog="""Examples:

\b
  satrap read report.pdf --publisher "Daily NK" --published 2017-06-15
  satrap read reports/                    # a folder and those in it
  satrap read clippings.csv --map text=body,published=date
  satrap read archive.warc.gz newsletters.mbox feed.xml
  pdftotext report.pdf - | satrap read - --publisher "Daily NK"
  satrap read --fetch https://example.org/news/12345
  satrap read interviews/ --vault sources.vault
  satrap read --chronology                # the country's bundled chronology
  satrap read reports/ --reader thorough  # finds more, takes longer
  satrap read --explain "The minister was dismissed." --country kp

Text, Markdown, HTML, PDF, Word (.docx), e-mail (.eml, .mbox), RSS and Atom, JSONL, CSV and WARC are told
apart by suffix, else by their first bytes. What you say here goes before what a page, mail or document
says about itself; only a table's own columns go before both. What nobody says stays unknown.

Reading again is safe: what this reader has read is skipped. Exit code 3 means that some reports could not
be read; they are listed with the reason.
"""
)
@click.argument("paths", nargs=-1)
@project_option
@click.option("--publisher", help="Who published the reports.")
@click.option("--published", "published_on", help="When: YYYY, YYYY-MM, YYYY-MM-DD or another EDTF date.")
@click.option("--title", help="The report's title.")
@click.option("--url", help="Where it was published.")
@click.option("--author", help="The published byline.")
@click.option("--language", help="ISO 639 code, such as en.  [default: told from the text]")
@click.option("--form", type=click.Choice(known_forms()), help="The files' form, whatever their names say.")
@click.option(
    "--map", "columns", metavar="FIELD=COLUMN,…", help=f"Columns of a table for: {', '.join(FIELDS)}."
)
@click.option(
    "--fetch", is_flag=True, help="Fetch addresses (http, https) among PATHS. Without it, no network is used."
)
@click.option(
    "--vault",
    "vault_path",
    type=click.Path(path_type=Path),
    help="Keep here who wrote or told it: satrap vault.",
)
@click.option(
    "--key",
    "keys",
    multiple=True,
    type=click.Path(path_type=Path),
    help="With --vault, both holders' keys: voices get handles that stay the same from report to report.",
)
@click.option("--chronology", is_flag=True, help="Read the chronology that comes with the country pack.")
@explain.reader_option
@click.option("--explain", "explained", is_flag=True, help="Show which rules fire, and why; record nothing.")
@click.option("--country", help="With --explain, instead of a project: a country pack.")
@json_option
def command(
    paths: tuple[str, ...],
    folder: Path,
    publisher: str | None,
    published_on: str | None,
    title: str | None,
    url: str | None,
    author: str | None,
    language: str | None,
    form: str | None,
    columns: str | None,
    fetch: bool,
    vault_path: Path | None,
    keys: tuple[Path, ...],
    chronology: bool,
    reader: Choice | None,
    explained: bool,
    country: str | None,
    as_json: bool,
) -> None:
    """Read reports from PATHS (files, folders, addresses, - for standard input) into the ledger as claims."""
    if bool(paths) == chronology:
        raise click.UsageError("Name the reports to read, or --chronology.")
    if explained:
        for path in paths:  # a sentence will do
            click.get_current_context().invoke(
                explain.command,
                text=path,
                folder=folder,
                country=country,
                publisher=publisher,
                published_on=published_on,
                reader=reader,
                as_json=as_json,
            )
        return
    opened = project.open(folder, reader)
    try:
        when = published(published_on, datetime.now(UTC).date()) if published_on else None
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--published") from error
    metadata = Metadata(
        publisher=publisher,
        published=when,
        title=title,
        url=url,
        author=author,
        language=language,
        columns=mapped(columns) if columns else {},
    )
    with progress("reading") as shown, fetching(fetch) as fetched, kept(vault_path, keys) as vault:
        if chronology:
            summary = opened.read_chronology(shown)
        else:
            inputs = map(given, paths)
            summary = opened.read(
                inputs, metadata, lambda done: shown(done, None), form=form, fetch=fetched, vault=vault
            )
    if as_json:
        print_json(
            {
                "read": summary.read,
                "known": summary.known,
                "claims": summary.claims,
                "undated": summary.undated,
                "unattributed": summary.unattributed,
                "stories_joined": summary.stories_joined,
                "failures": [str(failure) for failure in summary.failures],
            }
        )
    else:
        say(summary)
    if summary.failures:
        sys.exit(PARTLY)


def given(path: str) -> Input:
    """What an argument names: standard input, an address, or a file or folder."""
    return Original.stream("standard input", sys.stdin.buffer) if path == "-" else path


@contextmanager
def fetching(wanted: bool) -> Iterator[Fetch | None]:
    """What goes to the network, where that is wanted."""
    if not wanted:
        yield None
        return
    from satrap.reports.fetch import Fetcher  # who does not fetch does not wait for it

    with Fetcher() as fetcher:
        yield fetcher


@contextmanager
def kept(path: Path | None, keys: Sequence[Path]) -> Iterator[Vault | Unlocked | None]:
    """The vault that keeps what is not recorded, open where its keys are given."""
    if path is None or not keys:
        yield Vault.open(path) if path else None
        return
    with Vault.open(path).unlock([one for file in keys for one in identities(file)]) as opened:
        yield opened


def mapped(columns: str) -> dict[str, str]:
    """``text=body,published=date`` as which column holds which field."""
    pairs = (pair.partition("=") for pair in columns.split(","))
    stripped = {field.strip(): column.strip() for field, _, column in pairs}
    for field, column in stripped.items():
        if field not in FIELDS or not column:
            raise click.BadParameter(
                f"{field!r}: write FIELD=COLUMN, with a field of {', '.join(FIELDS)}", param_hint="--map"
            )
    return stripped


def say(summary: ReadSummary) -> None:
    """What became of the batch, what stayed unknown, and what could not be read."""
    known = f", {summary.known} known already" if summary.known else ""
    click.echo(f"{summary.read} reports read{known}: {summary.claims} new claims.")
    unknown = {"publication date": summary.undated, "publisher": summary.unattributed}
    if any(unknown.values()):
        said = ", ".join(f"{count} without a {what}" for what, count in unknown.items() if count)
        click.echo(f"{said}: kept as unknown (see --published, --publisher).", err=True)
    list_failures(summary.failures)


def list_failures(failures: tuple[SatrapError, ...]) -> None:
    """The reports that could not be read, each with its reason, on standard error."""
    if failures:
        click.echo(f"{len(failures)} could not be read:", err=True)
        for failure in failures:
            click.echo(f"  {failure}", err=True)
