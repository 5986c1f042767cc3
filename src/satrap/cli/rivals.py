"""satrap rivals"""

from datetime import date
from pathlib import Path

import click
from rich.table import Table

from satrap import project
from satrap import rivals as explanations
from satrap.cli.options import DAY, console, end_of, json_option, known_at_option, print_json, project_option
from satrap.forecast.exposure import exposure
from satrap.forecast.rivals import Mark, Matrix, cases, collect, load_case

_SIGNS = {
    Mark.STRONGLY_FOR: "++",
    Mark.FOR: "+",
    Mark.NEITHER: "·",
    Mark.AGAINST: "-",
    Mark.STRONGLY_AGAINST: "--",
}
_SOUGHT = 12  # rows of the collection plan


@click.command(
    epilog="""Examples:

\b
  satrap rivals                                   # the cases there are
  satrap rivals kp-2017
  satrap rivals kp-2017 --until 2017-06-15 --collect
  satrap rivals mine.yaml --json
  satrap rivals kp-2017 --overrule reverts security-preys inconsistent --note "old reports, retold"

A case is a YAML file: copy a bundled one. Marks are ++ and + (the evidence speaks for it by ten and by three
to one against the average of the rivals), · (neither), - and --; a mark in brackets is an analyst's.
"""
)
@click.argument("name", metavar="CASE", required=False)
@project_option
@click.option("--until", type=DAY, help="By what was told up to this day.  [default: the case's last day]")
@click.option("--collect", "plan", is_flag=True, help="Which evidence, from where, would tell them apart.")
@click.option(
    "--overrule",
    nargs=3,
    metavar="RIVAL EVIDENCE MARK",
    help=f"Mark a cell yourself: {', '.join(Mark)}.",
)
@click.option("--note", default="", help="Why it is overruled.")
@known_at_option
@json_option
def command(
    name: str | None,
    folder: Path,
    until: date | None,
    plan: bool,
    overrule: tuple[str, str, str] | None,
    note: str,
    known_at: date | None,
    as_json: bool,
) -> None:
    """Weigh rival explanations of a CASE: what each expects to be told, and what was."""
    if name is None:
        found_cases = [load_case(one) for one in cases()]
        if as_json:
            print_json([{"id": one.id, "title": one.title} for one in found_cases])
        for one in () if as_json else found_cases:
            click.echo(f"{one.id}: {one.title}")
        return
    opened, case = project.open(folder), load_case(name)
    if overrule:
        rival, evidence, said = overrule
        if said not in set(Mark):
            raise click.BadParameter(f"{said!r} is no mark", param_hint="--overrule")
        seq = explanations.overrule(opened, case, rival, evidence, Mark(said), note)
        click.echo(f"entry {seq}", err=True)
    moment = end_of(known_at)
    found = explanations.weighed(opened, case, until=until, known_at=moment)
    sought = None
    if plan:
        sought = collect(found, exposure(opened.cut(until, known_at=moment)))
    if as_json:
        print_json(
            {
                "case": case.id,
                "posterior": dict(
                    zip([one.id for one in case.rivals], found.posterior.tolist(), strict=True)
                ),
                "lead": found.weighing.lead,
                "rests_on_priors": found.weighing.rests_on_priors,
                "settings": found.weighing.settings.to_dicts(),
                "matrix": found.to_polars().to_dicts(),
                "collect": sought.to_dicts() if sought is not None else None,
            }
        )
        return
    _show(found)
    if sought is not None:
        table = Table(
            "evidence", "from", "place", "stories a year", "bits of ten", "bits of a year", box=None
        )
        for row in sought.head(_SOUGHT).iter_rows(named=True):
            bits = (f"{row['bits_of_ten']:.3f}", f"{row['bits_of_year']:.3f}")
            place = row["place"] or "no place named"
            table.add_row(row["title"], row["source"], place, f"{row['stories']:.1f}", *bits)
        console.print(table)
        console.print(f"Of {sought['uncertain'][0]:.2f} bits that it is worth to know which is right.")


def _show(found: Matrix) -> None:
    case, tally = found.weighing.case, found.weighing.tally
    console.print(f"[bold]{case.title}[/bold]: {tally.told} stories since {case.since}", highlight=False)
    table = Table("rival", "says", "weight", "under other priors", box=None)
    settings = found.weighing.settings
    for rival, weight in zip(case.rivals, found.posterior, strict=True):
        low, high = settings[rival.id].to_numpy().min(), settings[rival.id].to_numpy().max()
        table.add_row(rival.title, rival.says, f"{weight:.0%}", f"{low:.0%} to {high:.0%}")
    console.print(table)
    own = {(one.rival, one.evidence) for one in found.overruled}
    table = Table("evidence", "before", "since", *(one.title for one in case.rivals), "apart", box=None)
    for column in sorted(range(len(case.evidence)), key=lambda at: -found.diagnosticity[at]):
        evidence = case.evidence[column]
        signs = []
        for row, rival in enumerate(case.rivals):
            sign = _SIGNS[found.mark(row, column)]
            signs.append(f"({sign})" if (rival.id, evidence.id) in own else sign)
        counts = (str(tally.before[column]), str(tally.after[column]))
        table.add_row(evidence.title, *counts, *signs, f"{found.diagnosticity[column]:.1f}")
    console.print(table)
    for one in found.overruled:
        console.print(
            f"{one.by} marks {one.rival}, {one.evidence} as {one.mark}: {one.note}", highlight=False
        )
    if found.weighing.rests_on_priors:
        console.print("Which of them leads rests on what was thought before, not on the claims.")
    else:
        console.print(
            f"The first would lead until it was {found.weighing.lead:.0f} times less likely before."
        )
