"""satrap brief"""

from datetime import date
from pathlib import Path

import click
from click.formatting import wrap_text

from satrap import project
from satrap.cli.options import DAY, print_json, progress, project_option, seed_option, stages
from satrap.cli.options import json_option as as_json_option
from satrap.publish import Brief
from satrap.publish.words import plain
from satrap.simulate import load_scenario


@click.command(
    epilog="""Examples:

\b
  satrap brief                                           # as of the estimate's last day
  satrap brief --as-of 2017-06-15 --since 2016-12-01 --focus KP-05    # on a province
  satrap brief --as-of 2017-06-15 --focus MSS --out mss.pdf           # on an institution, to print
  satrap brief --as-of 2017-06-15 --scenario kp-2017     # with an outlook for residents
  satrap brief --out brief.md                            # for mail and wikis, with tables for charts
"""
)
@project_option
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    help="Where; the name's ending says how: .html, .md or .pdf.  [default: brief.html in the project]",
)
@click.option("--as-of", type=DAY, help="The day the brief speaks of.  [default: the estimate's last day]")
@click.option("--since", type=DAY, help="Compare with this day.  [default: a year earlier]")
@click.option(
    "--focus",
    help="The province or institution it is about, by id or name.  [default: the whole state]",
)
@click.option("--scenario", help="Add an outlook for residents from this scenario.")
@click.option("--runs", default=200, show_default=True, type=click.IntRange(min=1), help="Ensemble members.")
@seed_option
@as_json_option
def command(
    folder: Path,
    out: Path | None,
    as_of: date | None,
    since: date | None,
    focus: str | None,
    scenario: str | None,
    runs: int,
    seed: int,
    as_json: bool,
) -> None:
    """Write the brief: one file, HTML, Markdown or PDF: what changed, how sure, and on whose word."""
    loaded = load_scenario(scenario) if scenario else None
    opened = project.open(folder)
    with stages() as shown:
        estimate = opened.estimate(seed=seed, progress=shown)
    futures = None
    if loaded is not None:
        with progress("simulating") as counted:
            futures = opened.futures(loaded, start_from=estimate, runs=runs, seed=seed, progress=counted)
    path = out or folder / "brief.html"
    brief = opened.brief(path, estimate=estimate, futures=futures, as_of=as_of, since=since, focus=focus)
    if as_json:
        print_json({"path": str(path), "findings": findings(brief)})
    else:
        print_findings(brief, path)


def findings(brief: Brief) -> list[str]:
    """The leading findings as plain sentences, each with what one must know to not misread it."""
    return [
        " ".join(filter(None, (plain(shown.finding.sentence), plain(shown.finding.caveat))))
        for shown in brief.findings
    ]


def print_findings(brief: Brief, path: Path) -> None:
    """Where the brief is and what it leads with."""
    click.echo(f"{path}\n\nMost important, {brief.since} to {brief.as_of}:")
    for number, sentence in enumerate(findings(brief), 1):
        click.echo(wrap_text(sentence, initial_indent=f"  {number}. ", subsequent_indent="     "))
    if not brief.findings:
        click.echo(f"  nothing: {brief.summary}")
