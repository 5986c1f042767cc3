"""Futures for residents: fan charts, the displacement ratio and what they rest on."""

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from satrap.country import Pack
from satrap.protect.words import day, month
from satrap.publish import charts
from satrap.publish.authority import Band
from satrap.publish.brief import Figure, Outlook, Panel, Table
from satrap.publish.measures import difference
from satrap.publish.prospects import DISPLACEMENT, reservations
from satrap.publish.words import BAND, BANDS, Linked, Sentence, behind, decimal, points, share
from satrap.simulate import Comparison, DisplacementRatio, Run
from satrap.simulate.verdicts import Facts

_STEP = 4  # weeks between the points of a chart
_PROBS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)
_DOTS = 40


def horizon(run: Run) -> int:
    """The week that findings speak of: two years after the first event, or the last week if sooner."""
    return min((run.scenario.shock_week() or 0) + 104, run.scenario.weeks - 1)


def outlook(run: Run, others: Sequence[Run], pack: Pack, focus: str | None, facts: Facts | None) -> Outlook:
    """The scenario against its counterfactuals, of which the first is the same world without it."""
    scenario, week = run.scenario, horizon(run)
    figures = [_burden(run, others, focus if focus in run.places else None, pack), _takings(run, pack)]
    if others:
        ratio = Comparison(others[0], run).displacement_ratio(week)
        weakened = pack.institution(scenario.question.weakened).name
        figures.append(_displacement(ratio, weakened, day(scenario.start + timedelta(weeks=week)), run.runs))
        figures.append(_what_if(run, others, week, pack))
    return Outlook(
        scenario.title,
        f"{run.runs} futures from {day(scenario.start)}, {scenario.weeks} weeks, seed {run.seed}",
        scenario.illustrative,
        tuple(figures),
        _parameters(run, pack),
        _facts(facts) if facts else None,
        reservations(facts),
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


def _burden(run: Run, others: Sequence[Run], focus: str | None, pack: Pack) -> Figure:
    without = others[0] if others else None
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
    dashed = f" Dashed: the median {difference(run.scenario, without.scenario, pack)}." if without else ""
    dotted = "".join(f" Dotted: {day(one)}." for one in _marks(run))
    return Figure(
        "What is taken from residents",
        (
            "Share of household spending that all offices together take: median and ",
            BANDS,
            f".{dotted}{dashed}",
        ),
        _source(run),
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
        ("Share of household spending taken by each institution, median and ", BANDS, ", on one scale."),
        _source(run),
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
        (
            "The ",
            Linked("displacement ratio", "method-ratio"),
            f": what others took over by {when}, over what the {weakened} gave up. Left of ",
            Linked("0", "method-ratio"),
            " others took less as well; at ",
            Linked("1", "method-ratio"),
            " all was taken over. Each dot is ",
            Linked(f"one in {_DOTS}", "method-futures"),
            " of the futures; dots at an edge lie on it or beyond.",
        ),
        (
            "satrap simulator, ",
            Linked(f"{int(ratio.defined.sum())} of {runs} futures", "method-ratio"),
            ", in which the ratio is defined",
        ),
        panels,
        Table(("Quantile", "Ratio"), rows, _BASIS),
    )


def _what_if(run: Run, others: Sequence[Run], week: int, pack: Pack) -> Figure:
    rows = [("with all measures, as they were taken", *_burden_at(run, week), "")]
    for other in others:
        low, middle, high = np.quantile(
            (run.series("burden") - other.series("burden"))[:, week], (0.1, 0.5, 0.9)
        ).tolist()
        rows.append(
            (
                difference(run.scenario, other.scenario, pack),
                *_burden_at(other, week),
                f"{points(middle)} ({points(low)} to {points(high)})",
            )
        )
    when = month(run.scenario.start + timedelta(weeks=week))
    return Figure(
        "What if a measure had not been taken?",
        (
            f"What residents would pay in {when}, in the same ",
            Linked(f"{run.runs} futures", "method-futures"),
            " in every row. The last column is the first row minus this one: below zero, the measure spared "
            "residents that much.",
        ),
        ("satrap simulator",),
        (),
        Table(
            (
                "The same futures",
                "Taken from residents, % of household spending (median)",
                BAND,
                "Difference that the measures make, points (median, 80% band)",
            ),
            tuple(rows),
            _BASIS,
        ),
    )


def _burden_at(run: Run, week: int) -> tuple[str, str]:
    low, middle, high = np.quantile(run.series("burden")[:, week], (0.1, 0.5, 0.9)).tolist()
    return share(middle), f"{share(low)}–{share(high)}"


_BASIS: Sentence = (
    behind(DISPLACEMENT, "claims that the futures start from"),
    "; ",
    Linked("what futures are", "method-futures"),
)


def _source(run: Run) -> Sentence:
    return ("satrap simulator, ", Linked(f"{run.runs} futures", "method-futures"))


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
    return Table(("", *fans), rows, _BASIS, "median and 80% band")


def _parameters(run: Run, pack: Pack) -> Table:
    return Table(
        ("Parameter", "Value or prior", "Unit", "Informed by", "Source"),
        tuple(
            (
                name.replace("_", " "),
                one.describe().replace("-", "−"),
                one.unit,
                str(one.informed_by),
                _spelled_out(one.source, pack),
            )
            for name, one in run.scenario.parameters.items()
        ),
        (Linked("what parameters are", "method-parameters"),),
    )


def _spelled_out(text: str, pack: Pack) -> str:
    """Ids of institutions and places within a text, by name."""
    names = {one.id: one.name for one in pack.institutions.values()}
    names |= {one.id: one.name for one in pack.places.values()}
    ids = "|".join(sorted(map(re.escape, names), key=len, reverse=True))
    return re.sub(rf"(?<![\w-])(?:{ids})(?![\w-])", lambda found: names[found[0]], text)


def _facts(facts: Facts) -> Table:
    return Table(
        ("What should show", "Quantity (median)", "Bar", "Shows in, of the futures", "Verdict"),
        tuple(
            (
                row.statement,
                f"{row.quantity}: {decimal(row.value)}",
                row.threshold,
                f"{round(row.share * facts.runs)} of {facts.runs}",
                "holds" if row.holds else "does not hold",
            )
            for row in facts.rows
        ),
        (Linked("how it is checked", "method-checks"),),
    )
