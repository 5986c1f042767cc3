"""Futures for residents: fan charts, the displacement ratio and what they rest on."""

from collections.abc import Mapping
from datetime import date, timedelta

import numpy as np

from satrap.country import Pack
from satrap.publish import charts
from satrap.publish.authority import Band
from satrap.publish.brief import Figure, Outlook, Panel, Table
from satrap.publish.findings import DISPLACEMENT
from satrap.publish.words import day, decimal, month, percent, points, share
from satrap.simulate import Comparison, DisplacementRatio, Run
from satrap.simulate.facts import Facts

_STEP = 4  # weeks between the points of a chart
_PROBS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
_DOTS = 40


def horizon(run: Run) -> int:
    """The week that findings speak of: two years after the first event, or the last week if sooner."""
    return min((run.scenario.shock_week() or 0) + 104, run.scenario.weeks - 1)


def outlook(
    run: Run, counterfactuals: Mapping[str, Run], pack: Pack, focus: str | None, facts: Facts | None
) -> Outlook:
    """The scenario against its counterfactuals, of which the first is the same world without it."""
    scenario, week = run.scenario, horizon(run)
    figures = [
        _burden(run, counterfactuals, focus if focus in run.places else None, pack),
        _takings(run, pack),
    ]
    undefined = ""
    if counterfactuals:
        ratio = Comparison(next(iter(counterfactuals.values())), run).displacement_ratio(week)
        weakened = pack.institution(scenario.question.weakened).name
        figures.append(_displacement(ratio, weakened, day(scenario.start + timedelta(weeks=week)), run.runs))
        if ratio.undefined > 0:
            undefined = (
                f"In {percent(ratio.undefined)} of runs the {weakened} gives up nothing, so that there is "
                "nothing to displace: the ratio is undefined there and those runs are left out of it."
            )
        figures.append(_what_if(run, counterfactuals, week))
    return Outlook(
        scenario.title,
        f"{run.runs} futures from {day(scenario.start)}, {scenario.weeks} weeks, seed {run.seed}",
        scenario.illustrative,
        tuple(figures),
        undefined,
        _parameters(run),
        _facts(facts) if facts else None,
    )


def band(run: Run, name: str, place: str | None = None, institution: str | None = None) -> Band:
    """Median and bands of one quantity, every few weeks."""
    rows = run.quantiles(name, _PROBS, place, institution)[::_STEP]
    columns = {probability: rows[f"p{100 * probability:g}"].to_list() for probability in _PROBS}
    return Band(
        rows["date"].to_list(),
        columns[0.5],
        {
            level: (columns[low], columns[high])
            for level, low, high in ((50, 0.25, 0.75), (80, 0.1, 0.9), (95, 0.025, 0.975))
        },
    )


def _burden(run: Run, counterfactuals: Mapping[str, Run], focus: str | None, pack: Pack) -> Figure:
    name, without = next(iter(counterfactuals.items()), ("", None))
    places = [None, focus] if focus else [None]
    fans = {place: band(run, "burden", place) for place in places}
    top = 1.05 * max(max(one.bands[95][1]) for one in fans.values())
    panels = tuple(
        Panel(
            pack.place(place).name if place else pack.name,
            charts.fan(
                one,
                top=top,
                size=(400, 190),
                marks=_marks(run),
                beside=band(without, "burden", place) if without else None,
                label=f"Fan chart of the burden in {pack.place(place or pack.code).name}",
            ),
            f"Burden, {pack.place(place or pack.code).name}",
            DISPLACEMENT,
        )
        for place, one in fans.items()
    )
    dashed = f" Dashed: the median {name}." if name else ""
    return Figure(
        "What is taken from residents",
        "Share of household spending that all offices together take: "
        f"median and 50, 80 and 95% bands. Dotted: the first event.{dashed}",
        f"satrap simulator, scenario {run.scenario.id}",
        panels,
        _table({panel.title: one for panel, one in zip(panels, fans.values(), strict=True)}),
    )


def _takings(run: Run, pack: Pack) -> Figure:
    fans = {institution: band(run, "take", institution=institution) for institution in run.institutions}
    top = 1.05 * max(max(one.bands[95][1]) for one in fans.values())
    names = {institution: pack.institution(institution).name for institution in fans}
    panels = tuple(
        Panel(
            names[institution],
            charts.fan(
                one, top=top, marks=_marks(run), label=f"Fan chart of taking by the {names[institution]}"
            ),
            f"Taking by the {names[institution]}",
            DISPLACEMENT,
        )
        for institution, one in fans.items()
    )
    return Figure(
        "Who takes it",
        "Share of household spending taken by each institution, all on one scale.",
        f"satrap simulator, scenario {run.scenario.id}",
        panels,
        _table({names[institution]: one for institution, one in fans.items()}),
    )


def _displacement(ratio: DisplacementRatio, weakened: str, when: str, runs: int) -> Figure:
    panels: tuple[Panel, ...] = ()
    probs = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
    values = ratio.quantiles(probs)
    if ratio.defined.any():
        drawn = ratio.quantiles([(at + 0.5) / _DOTS for at in range(_DOTS)])
        panels = (
            Panel(
                "Displacement ratio",
                charts.dots(
                    drawn.tolist(),
                    low=max(min(-0.5, values[1] - 0.25), -4.0),
                    high=min(max(1.5, values[5] + 0.25), 4.0),
                    marks=(0.0, 1.0),
                    label=f"Distribution of the displacement ratio, {when}",
                ),
                f"Displacement ratio by {when}",
                DISPLACEMENT,
            ),
        )
    rows = tuple(
        (f"{100 * p:g}%", decimal(value) if np.isfinite(value) else "undefined")
        for p, value in zip(probs, values.tolist(), strict=True)
    )
    return Figure(
        "Does it stop, or change hands?",
        f"What others took over by {when}, over what the {weakened} gave "
        "up. Below 0: others took less as well; 0: nothing was taken over; 1: all of it; above 1: residents "
        "pay more than before. Each dot is "
        f"one in {_DOTS} of the runs; dots at an edge lie on it or beyond.",
        f"satrap simulator, {int(ratio.defined.sum())} of {runs} runs in which the ratio is defined",
        panels,
        Table(("Quantile", "Ratio"), rows),
    )


def _what_if(run: Run, counterfactuals: Mapping[str, Run], week: int) -> Figure:
    rows = [("as it is", *_burden_at(run, week), "")]
    for name, other in counterfactuals.items():
        low, middle, high = np.quantile(
            (run.series("burden") - other.series("burden"))[:, week], (0.1, 0.5, 0.9)
        ).tolist()
        rows.append((name, *_burden_at(other, week), f"{points(middle)} ({points(low)} to {points(high)})"))
    when = month(run.scenario.start + timedelta(weeks=week))
    return Figure(
        "What if",
        f"The burden in {when} (median, 80% band), and how much of it the measures that each row "
        "leaves out or alters account for, in points of household spending.",
        f"satrap simulator, the same {run.runs} futures in every row",
        (),
        Table(("Scenario", "Burden", "80% band", "As it is, minus this row"), tuple(rows)),
        DISPLACEMENT,
    )


def _burden_at(run: Run, week: int) -> tuple[str, str]:
    low, middle, high = np.quantile(run.series("burden")[:, week], (0.1, 0.5, 0.9)).tolist()
    return share(middle), f"{share(low)}–{share(high)}"


def _marks(run: Run) -> tuple[date, ...]:
    shock = run.scenario.shock_week()
    return () if shock is None else (run.scenario.start + timedelta(weeks=shock),)


def _table(fans: Mapping[str, Band]) -> Table:
    """Twice a year: the median with its 80% band."""
    days = next(iter(fans.values())).days
    rows = tuple(
        (
            month(days[at]),
            *(
                f"{share(one.middle[at])} ({share(one.bands[80][0][at])}–{share(one.bands[80][1][at])})"
                for one in fans.values()
            ),
        )
        for at in range(0, len(days), 6)
    )
    return Table(("", *fans), rows)


def _parameters(run: Run) -> Table:
    return Table(
        ("Parameter", "Value or prior", "Unit", "Informed by", "Source"),
        tuple(
            (name.replace("_", " "), one.describe(), one.unit, str(one.informed_by), one.source)
            for name, one in run.scenario.parameters.items()
        ),
    )


def _facts(facts: Facts) -> Table:
    return Table(
        ("#", "Stylised fact", "Quantity (median)", "Bar", "Holds in", "Verdict"),
        tuple(
            (
                row.id,
                row.statement,
                f"{row.quantity} = {decimal(row.value)}",
                row.threshold,
                f"{row.share:.0%}",
                "holds" if row.holds else "does not hold",
            )
            for row in facts.rows
        ),
    )
