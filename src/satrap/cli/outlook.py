"""What simulations gave, on the terminal."""

from typing import Any

import polars as pl
from rich.table import Column, Table

from satrap.cli.options import console, print_json
from satrap.simulate import Comparison, Run
from satrap.simulate.summary import summary
from satrap.simulate.verdicts import Facts


def print_run(run: Run, comparison: Comparison | None, as_json: bool) -> None:
    """The outlook at the end of the run, and what the scenario changed where another is set beside it."""
    last = run.scenario.weeks - 1
    found = summary(run)
    effect = comparison.at(last).to_dicts() if comparison else None
    if as_json:
        day = run.dates[last]
        print_json({"scenario": run.scenario.id, "runs": run.runs, "date": day, **found, "effect": effect})
        return
    console.print(f"[bold]{run.scenario.title}[/bold], {run.runs} runs, last week {run.dates[last]}")
    spending = f"{found['burden_p50']:.1%} of household spending"
    console.print(
        f"burden on residents: {spending} (80%: {found['burden_p10']:.1%} to {found['burden_p90']:.1%})"
    )
    if "undefined" in found:
        console.print(f"displacement ratio: {run.displacement_ratio(last)}")
    if comparison and effect:
        table = Table("institution", "10%", "median", "90%", "lower in", box=None)
        table.title = f"against {comparison.base.scenario.title}"
        for row in effect:
            parts = [f"{row[name]:+.2%}" for name in ("p10", "p50", "p90")]
            table.add_row(row["institution"], *parts, f"{row['lower']:.0%} of runs")
        console.print(table)


def print_sweep(base: Run, found: pl.DataFrame, as_json: bool) -> None:
    """One row per variant, beside the scenario itself."""
    if as_json:
        print_json({"scenario": base.scenario.id, "runs": base.runs, "variants": found.to_dicts()})
        return
    settings = found.columns[: found.columns.index("burden_p10")]
    names = (*settings, "burden", "change", "80%", "lower in", "displaced")
    table = Table(*(Column(name, overflow="fold") for name in names), box=None)
    for row in found.iter_rows(named=True):
        ratio = row.get("displacement_p50")
        table.add_row(
            *(_shown(row[name]) for name in settings),
            f"{row['burden_p50']:.1%}",
            f"{row['change_p50']:+.2%}",
            f"{row['change_p10']:+.2%}…{row['change_p90']:+.2%}",
            f"{row['lower']:.0%}",
            f"{ratio:.2f}" if ratio is not None else "",
        )
    console.print(f"[bold]{base.scenario.title}[/bold]: {found.height} variants, {base.runs} runs each")
    console.print(table)
    console.print("Burden in the last week; its change, median and 80%, against it.")


def print_facts(found: Facts, as_json: bool) -> None:
    """The table of hold and does not hold."""
    if as_json:
        print_json(found.to_polars().to_dicts())
        return
    table = Table("#", "fact", "quantity (median)", "bar", "holds in", "verdict", box=None)
    for row in found.rows:
        verdict = "holds" if row.holds else "[bold]does not hold[/bold]"
        quantity = f"{row.quantity} = {row.value:.2f}"
        table.add_row(row.id, row.statement, quantity, row.threshold, f"{row.share:.0%}", verdict)
    console.print(table)


def _shown(value: Any) -> str:
    return {True: "on", False: "off"}[value] if isinstance(value, bool) else str(value)
