"""satrap rules"""

import sys
from pathlib import Path

import click
from rich.table import Table

from satrap.cli.options import console, json_option, print_json
from satrap.country import load_pack
from satrap.reading import rulebook

path_argument = click.argument("path", required=False, type=click.Path(path_type=Path))


@click.group(
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="""Examples:

\b
  satrap rules list --kind arrest
  satrap rules test                   # the bundled rules
  satrap rules test rules/            # with your own: a file, or a folder of .yaml files

A rule of yours with a new id is added; one with a bundled id replaces that. In a project, the rules in its
folder rules/ are read with.
""",
)
def command() -> None:
    """List the reading rules, or test them and your own."""


@command.command("list")
@path_argument
@click.option("--kind", help="Only rules that make this kind of claim.")
@json_option
def list_rules(path: Path | None, kind: str | None, as_json: bool) -> None:
    """The rules, bundled and those in PATH, and where each is written."""
    book = [one for one in rulebook.written(path) if kind in (None, one.rule.kind)]
    if as_json:
        print_json([{"place": one.place, **one.rule.model_dump(mode="json")} for one in book])
        return
    table = Table("rule", "kind", "score", "at", "example", box=None)
    for one in book:
        table.add_row(one.rule.id, one.rule.kind, f"{one.rule.score:g}", one.place, one.rule.example.text)
    console.print(table)


@command.command("test")
@path_argument
@click.option("--country", help="Read the examples with this country's names, too.  [default: none]")
@json_option
def test_rules(path: Path | None, country: str | None, as_json: bool) -> None:
    """Read every rule's example; print what fails, with file and line. Exit code 1 where any does."""
    book = rulebook.written(path)
    failures = list(rulebook.faults(book, load_pack(country) if country else None))
    if as_json:
        print_json({"rules": len(book), "failures": failures})
    else:
        for failure in failures:
            click.echo(failure)
        click.echo(f"{len(book)} rules, {len(failures)} failed.")
    if failures:
        sys.exit(1)
