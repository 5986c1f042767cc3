"""The scenario lab: a scenario beside the same world with its levers moved, or beside another scenario."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from satrap.country import Pack
from satrap.errors import UnknownNameError
from satrap.protect.words import day
from satrap.publish.words import decimal, percent
from satrap.simulate import Comparison, Run, Scenario
from satrap.simulate.catalogue import CATALOGUE
from satrap.simulate.parameters import InformedBy
from satrap.web.cells import AnyCell, Estimated, Table
from satrap.web.desk import Desk
from satrap.web.figure import ENDS, Column, Figure
from satrap.web.held import Held
from satrap.web.jobs import Progress
from satrap.web.levers import PAYS, STRENGTHS, Levers, scenarios_of
from satrap.web.page import Page
from satrap.web.view import View

RUNS, MOST_RUNS = 100, 1000
STEP = 4  # weeks between the points of a chart
PROBS = (0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975)


@dataclass(frozen=True)
class Lever:
    """An event of the scenario and whether it stays."""

    id: str
    words: str
    on: bool


@dataclass(frozen=True, kw_only=True)
class ScenarioPage(Page):
    """``run`` is None until one was asked for."""

    template = "scenario.html"
    here = "scenario"
    names: Sequence[tuple[str, str]]
    chosen: str
    against: str
    levers: Levers
    events: Sequence[Lever]
    heirs: Sequence[tuple[str, str]]
    strengths: Sequence[str]
    pays: Sequence[str]
    runs: int
    illustrative: bool
    ran: bool
    starts: str
    outcome: Table | None
    parameters: Table | None
    judged: str


def scenario(desk: Desk, view: View) -> ScenarioPage:
    """The filters ``s`` and ``against`` name scenarios, the others move levers; ``sent`` asks to run."""
    pack = desk.project.pack
    known = scenarios_of(pack.code)
    names = [(name, one.title) for name, one in known.items()]
    empty: dict[str, Any] = {"names": names, "strengths": STRENGTHS, "pays": PAYS}
    if not known:
        return ScenarioPage(
            title="Scenarios", chosen="", against="", levers=Levers(), events=(), heirs=(), runs=RUNS,
            illustrative=False, ran=False, starts="", outcome=None, parameters=None, judged="", **empty,
        )  # fmt: skip
    chosen, against = view.get("s") or next(iter(known)), view.get("against")
    for name in filter(None, (chosen, against)):
        if name not in known:
            raise UnknownNameError("scenario", name, known)
    base = known[chosen]
    levers = Levers.of(view, base)
    runs = view.number("runs", RUNS, MOST_RUNS)
    ran = bool(view.get("sent"))
    held = desk.held(view) if ran else None
    compared = _compared(desk, held, base, known.get(against), levers, runs) if held else None
    judged = base.prior_dominated()
    return ScenarioPage(
        title=f"Scenario: {base.title}",
        chosen=chosen,
        against=against,
        levers=levers,
        events=[
            Lever(one.id, f"{one.kind} of {day(one.date)}", one.id not in levers.off) for one in base.events
        ],
        heirs=[(one.id, _name(one.id, base, pack)) for one in base.institutions],
        runs=runs,
        illustrative=base.illustrative,
        ran=compared is not None,
        starts=_starts(base, held) if held else "",
        outcome=_outcome(*compared, held, pack) if compared and held else None,
        parameters=_parameters(base) if compared else None,
        judged=f"{len(judged)} of {len(base.parameters)} parameters rest on judgement alone",
        figures=_figures(*compared, held, pack) if compared and held else (),
        **empty,
    )


def _compared(
    desk: Desk, held: Held, base: Scenario, other: Scenario | None, levers: Levers, runs: int
) -> tuple[Run, Run]:
    """Both runs from the same draws; raises Pending while they are being made."""
    beside = other or (levers.applied(base) if levers.moved else base.without_events())
    start = held.estimate if _within(base, held) else None

    def work(progress: Progress) -> tuple[Run, Run]:
        def told(share: float) -> Any:
            return lambda done, of: progress("simulating", share + done / of / 2)

        first = desk.project.simulate(base, start_from=start, runs=runs, seed=desk.seed, progress=told(0.0))
        second = desk.project.simulate(
            beside, start_from=start, runs=runs, seed=desk.seed, progress=told(0.5)
        )
        return Comparison(first, second).base, second

    key = ("scenario", held.head.size, base.id, other.id if other else levers, runs)
    return desk.jobs.ask(key, "the two runs", work)


def _within(base: Scenario, held: Held) -> bool:
    weeks = held.estimate.weeks
    return weeks.monday(1) <= base.start <= weeks.last


def _starts(base: Scenario, held: Held) -> str:
    if _within(base, held):
        return f"Authority starts from what the estimate knew on {day(base.start)}."
    return "Authority starts from the scenario's own shares: its first day lies outside the estimate."


def _why(base: Scenario, held: Held) -> str:
    """Where the futures start: the claims behind the weakened institution's share on the first day."""
    return f"/why/{base.question.weakened}?as_of={base.start}" if _within(base, held) else "#parameters"


def _name(id: str, base: Scenario, pack: Pack) -> str:
    if id in pack.institutions:
        return pack.institution(id).name
    return next(one.name for one in base.institutions if one.id == id)


def _titles(first: Run, second: Run) -> tuple[str, str]:
    one, other = first.scenario, second.scenario
    return one.title, "without these measures" if other.id.endswith("/no-events") else other.title


def _figures(first: Run, second: Run, held: Held, pack: Pack) -> tuple[Figure, ...]:
    base = first.scenario
    takings: list[tuple[str, str, str | None]] = [("burden", "All takings together", None)]
    takings += [("take", f"Taken by the {_name(one, base, pack)}", one) for one in first.institutions]
    moods: list[tuple[str, str, str | None]] = [("fear", "Fear", None), ("support", "Support", None)]
    where = f"Median with 50, 80 and 95% bands over {first.runs} runs each; simulated, not observed."
    return (
        _fan(first, second, takings, held, "takings", "What is taken from residents", "share",
             f"As shares of household spending. {where}"),
        _fan(first, second, moods, held, "moods", "Fear and support", "number",
             f"In standard deviations from the start. {where}"),
    )  # fmt: skip


def _fan(
    first: Run, second: Run, measures: Sequence[tuple[str, str, str | None]], held: Held,
    name: str, title: str, unit: str, caption: str,
) -> Figure:  # fmt: skip
    rows: list[dict[str, object]] = []
    why = _why(first.scenario, held)
    for run, label in zip((first, second), _titles(first, second), strict=True):
        for quantity, words, institution in measures:
            table = run.quantiles(quantity, PROBS, None, institution)
            for row in table[::STEP].iter_rows(named=True):
                low, values = [row[f"p{100 * prob:g}"] for prob in PROBS], {}
                values = dict(zip(ENDS, [*low[:3], *low[4:]], strict=True))
                rows.append(
                    {
                        "run": label,
                        "measure": f"{quantity} {institution or ''}".strip(),
                        "name": words,
                        "at": row["week"],
                        "median": round(low[3], 5),
                        **{end: round(value, 5) for end, value in values.items()},
                        "prior": False,
                        "href": why,
                    }
                )
    form = "share" if unit == "share" else "decimal"
    shock = first.scenario.shock_week()
    return Figure(
        "fans",
        name,
        title,
        caption,
        (
            Column("run", "Run"),
            Column("name", "What"),
            Column("at", "Week", "count"),
            Column("median", "Median", form, estimate=True, band=("low_80", "high_80")),
        ),
        rows,
        every=13,
        axis="at",
        options={
            "axis": f"weeks from {day(first.scenario.start)}",
            "unit": unit,
            "marks": [] if shock is None else [{"at": shock, "label": "the fall"}],
        },
        source=f"satrap simulator, {first.runs} runs each, seed {first.seed}; simulated, not observed",
    )


def _outcome(first: Run, second: Run, held: Held, pack: Pack) -> Table:
    """Displacement in each run, and what the second changes, at the end."""
    base, last, why = first.scenario, first.scenario.weeks - 1, _why(first.scenario, held)
    rows: list[Sequence[AnyCell]] = []
    for run, title in zip((first, second), _titles(first, second), strict=True):
        if run.scenario.shock_week():
            ratio = run.displacement_ratio(last)
            low, middle, high = ratio.quantiles((0.1, 0.5, 0.9)).tolist()
            band = f"{decimal(low)} to {decimal(high)}; undefined in {percent(ratio.undefined)} of runs"
            rows.append([f"Displacement ratio, {title}", Estimated(decimal(middle), why, band)])
    for row in Comparison(first, second).at(last).iter_rows(named=True):
        name = "everybody" if row["institution"] == "all" else f"the {_name(row['institution'], base, pack)}"
        low, middle, high = (decimal(100 * row[key]) for key in ("p10", "p50", "p90"))
        words = f"Taken by {name}, points of household spending: second run minus first"
        rows.append([words, Estimated(middle, why, f"{low} to {high}")])
    return Table(["In the last four weeks", "Median and 80% band"], rows)


def _parameters(base: Scenario) -> Table:
    """What the runs rest on, those that nothing but judgement informs marked."""
    rows = [
        [
            CATALOGUE[name].meaning,
            one.describe(),
            one.unit,
            "judgement alone" if one.informed_by is InformedBy.PRIOR else str(one.informed_by.value),
            one.source,
        ]
        for name, one in base.parameters.items()
    ]
    return Table(["Parameter", "Value", "Unit", "Informed by", "Source"], rows)
