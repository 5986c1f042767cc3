"""satrap demo"""

import sys
from pathlib import Path
from shutil import which

import click

from satrap import demo
from satrap.cli.brief import findings, print_findings
from satrap.cli.options import json_option, print_json, seed_option, stages


@click.command(
    epilog="""Examples:

\b
  satrap demo
  satrap demo demo-project
"""
)
@click.argument("folder", type=click.Path(path_type=Path), default="satrap-demo")
@seed_option
@json_option
def command(folder: Path, seed: int, as_json: bool) -> None:
    """The whole path in FOLDER on the bundled North Korea chronology, ending in brief.html.

    Reads 191 short reports, records their claims, estimates authority from 2008 to 2021, simulates the case
    of 2017 and writes the brief. Running it again goes on where it stopped.
    """
    with stages() as shown:
        outcome = demo.run(folder, seed=seed, progress=shown)
    summary = outcome.summary
    if as_json:
        path = str(outcome.path)
        print_json({"path": path, "claims": summary.claims, "findings": findings(outcome.brief)})
        return
    click.echo(f"{summary.read + summary.known} reports, {summary.claims} new claims.")
    print_findings(outcome.brief, outcome.path)
    command = "satrap" if which("satrap") else sys.argv[0]
    click.echo("\nTo look around in a browser, run the first and open the second:")
    click.echo(f"  {command} serve -C {folder}\n  http://127.0.0.1:8017/?as_of={demo.AS_OF}")
