"""Rival explanations or outcomes held against the claims: how much each story tells for and against each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from math import exp
from typing import Any

from satrap.errors import EstimateError
from satrap.estimate import Estimate, parse
from satrap.protect.words import day
from satrap.publish.words import count, percent
from satrap.web.desk import Desk
from satrap.web.figure import Column, Figure
from satrap.web.gate import Shown
from satrap.web.held import Days, Held
from satrap.web.jobs import Progress
from satrap.web.page import Page
from satrap.web.pages.cases import ShownCase, shown_cases
from satrap.web.view import BadAddressError, View

MOST = 6  # hypotheses at a time
SHOWN = 20  # stories that tell them apart best
LONGEST = 300  # characters of one
SCALE = "walk_sd_x"


@dataclass(frozen=True)
class Weighed:
    """A hypothesis with how much likelier the claims are under it than with nothing laid down; ``scales`` the
    same where the prior expects larger or smaller changes."""

    name: str
    odds: str
    weight: str
    scales: Sequence[tuple[str, str]]
    prior_dominated: bool


@dataclass(frozen=True)
class Told:
    """A story in the matrix, with its first claim."""

    anchor: str
    label: str
    claims: str
    claim: Shown


@dataclass(frozen=True, kw_only=True)
class Hypotheses(Page):
    template = "hypotheses.html"
    here = "hypotheses"
    asked: str
    examples: Sequence[str]
    ids: Sequence[tuple[str, str]]
    as_of: date
    since: date
    weighed: Sequence[Weighed]
    stories: Sequence[Told]
    problem: str
    cases: Sequence[ShownCase]


def hypotheses(desk: Desk, view: View) -> Hypotheses:
    """The filter ``h`` holds them, one a line, as for `satrap compare`; ``stories`` asks for the matrix."""
    held = desk.held(view)
    days = held.days(view)
    lines = [line.strip() for line in view.get("h").splitlines() if line.strip()]
    if len(lines) > MOST or any(len(line) > LONGEST for line in lines):
        raise BadAddressError(f"more than {MOST} hypotheses, or a very long one", remedy="ask for fewer")
    found: list[dict[str, Any]] = []
    tables: list[list[dict[str, Any]]] = []
    problem = ""
    if lines:
        try:
            found, tables = _asked(desk, held, days, lines, bool(view.get("stories")))
        except EstimateError as error:
            problem = str(error)
    shown, figures = _matrix(tables, [row["hypothesis"] for row in found], held, desk) if tables else ([], ())
    most = held.pack.authority[0]
    return Hypotheses(
        title="Rival explanations",
        asked="\n".join(lines),
        examples=[
            f"it fell everywhere: {most}@state down",
            f"nothing changed: {most}@state unchanged",
            f"in one province only: {most}@{held.pack.provinces[0].id} down and {most}@elsewhere unchanged",
            f"a purge: {most} fell on {days.since}",
        ],
        ids=[
            *((one, held.pack.institution(one).name) for one in held.pack.authority),
            *((one.id, one.name) for one in held.pack.provinces),
        ],
        as_of=days.as_of,
        since=days.since,
        weighed=[_weighed(row) for row in found],
        stories=shown,
        problem=problem,
        cases=[] if lines else _cases(desk, held, days.as_of),
        figures=figures,
    )


def _cases(desk: Desk, held: Held, until: date) -> list[ShownCase]:
    """Weighed once for each state of the ledger: a mark that an analyst gives changes it."""
    key = ("cases", desk.project.ledger.head.size, until)
    return held.kept(key, lambda: shown_cases(desk.project, held.claims, until))


def _asked(
    desk: Desk, held: Held, days: Days, lines: Sequence[str], matrix: bool
) -> tuple[list[dict[str, Any]], list[list[dict[str, Any]]]]:
    """The comparison, and the stories for each; raises Pending while they are being weighed."""
    estimate = held.estimate
    posed = [parse(line, estimate.offices, days.since, days.as_of) for line in lines]
    key = (held.head.size, tuple(lines), days)

    def compare(progress: Progress) -> list[dict[str, Any]]:
        progress("weighing hypotheses at five scales of the prior", 0.0)
        return estimate.compare(posed).to_dicts()

    def tell(progress: Progress) -> list[list[dict[str, Any]]]:
        return [_story_table(estimate, at, posed, progress) for at in range(len(posed))]

    found = desk.jobs.ask(("compare", *key), "the comparison", compare)
    tables = desk.jobs.ask(("stories", *key), "the matrix of stories", tell) if matrix else []
    return found, tables


def _story_table(
    estimate: Estimate, at: int, posed: Sequence[Any], progress: Progress
) -> list[dict[str, Any]]:
    def told(stage: str, done: float) -> None:
        progress(f"{stage}, hypothesis {at + 1} of {len(posed)}", (at + done) / len(posed))

    return estimate.diagnosticity(posed[at], told).to_dicts()


def _weighed(row: dict[str, Any]) -> Weighed:
    scales = [(name.removeprefix(SCALE), _odds(row[name])) for name in row if name.startswith(SCALE)]
    return Weighed(
        row["hypothesis"], _odds(row["log_bf"]), percent(row["weight"]), scales, row["prior_dominated"]
    )


def _odds(log_bf: float) -> str:
    return f"{exp(min(log_bf, 700.0)):.3g}"


def _matrix(
    tables: Sequence[Sequence[dict[str, Any]]], names: Sequence[str], held: Held, desk: Desk
) -> tuple[list[Told], tuple[Figure, ...]]:
    """Stories that tell the hypotheses apart best, those first."""
    by_story: dict[str, list[dict[str, Any]]] = {}
    for table in tables:
        for row in table:
            if row["story"] in held.first_of_story:
                by_story.setdefault(row["story"], []).append(row)

    def apart(rows: Sequence[dict[str, Any]]) -> float:
        told: list[float] = [row["log_bf"] for row in rows]
        return max(told) - min(told) if len(told) > 1 else abs(told[0])

    best = sorted(by_story.values(), key=apart, reverse=True)[:SHOWN]
    shown, rows = [], []
    for number, story in enumerate(best, 1):
        first = held.first_of_story[story[0]["story"]]
        label = f"{number}. {first.publisher}, {day(first.published) if first.published else 'undated'}"
        [claim] = desk.gate.shown([first])
        shown.append(Told(f"story-{number}", label, count(story[0]["claims"], "claim"), claim))
        rows += [
            {
                "story": label,
                "hypothesis": name,
                "log_bf": round(row["log_bf"], 4),
                "times": round(exp(min(row["log_bf"], 700.0)), 4),
                "href": f"#story-{number}",
            }
            for name, row in zip(names, story, strict=True)
        ]
    columns = (
        Column("story", "Story"),
        Column("hypothesis", "Hypothesis"),
        Column("times", "Odds times", "factor", estimate=True),
    )
    return shown, (
        Figure(
            "matrix",
            "matrix",
            "Which stories tell them apart",
            "By how much each story multiplies the odds of each hypothesis, given the stories before it; "
            "those that tell the hypotheses apart best stand first. Where a story speaks alike of all, it "
            "decides nothing.",
            columns,
            rows,
            source=held.basis,
        ),
    )
