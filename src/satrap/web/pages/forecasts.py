"""What is expected: open questions with their forecasts, how others came out, and who was right."""

from dataclasses import dataclass

from satrap.forecast.registered import Asked, registered, scored
from satrap.forecast.reliability import curve
from satrap.forecast.scores import summary
from satrap.protect.words import day
from satrap.publish.expected import came, said
from satrap.publish.words import percent
from satrap.web.cells import AnyCell, Cell, Table, entity
from satrap.web.desk import Desk
from satrap.web.page import Page
from satrap.web.view import View

_HASH = 12  # characters
_QUESTION = ("Question", "About", "Asked", "Closes", "Forecasts")


@dataclass(frozen=True, kw_only=True)
class Forecasts(Page):
    """``open`` and ``settled`` have a row a question, ``record`` one a forecaster, ``reliability`` one a
    range of probabilities; any may have no rows."""

    template = "forecasts.html"
    here = "forecasts"
    open: Table
    settled: Table
    record: Table
    reliability: Table


def forecasts(desk: Desk, view: View) -> Forecasts:
    """As the ledger has them: nothing is estimated, and no forecast made, for this page."""
    every = registered(desk.project.ledger, known_at=view.moment)
    still = sorted((one for one in every if one.settled is None), key=lambda one: one.question.closes)
    known = [one for one in every if one.settled is not None]
    rows = scored(known)
    scores = summary(rows).select("forecaster", "questions", "brier", "log")
    bins = curve(rows).select("p", "n", "came", "low", "high")
    return Forecasts(
        title="What is expected",
        open=Table((*_QUESTION, "Sealed"), [(*_asked(one, desk), _seals(one)) for one in still]),
        settled=Table((*_QUESTION, "Came out", "By"), [(*_asked(one, desk), *_came(one)) for one in known]),
        record=Table(
            ("Forecaster", "Questions", "Brier", "Log"),
            [(name, str(n), f"{brier:.2f}", f"{log:.2f}") for name, n, brier, log in scores.iter_rows()],
        ),
        reliability=Table(
            ("Said, on average", "Questions", "Came", "Chance, were it right"),
            [
                (percent(p), str(n), percent(came), f"{percent(low)} to {percent(high)}")
                for p, n, came, low, high in bins.iter_rows()
            ],
        ),
    )


def _asked(one: Asked, desk: Desk) -> tuple[AnyCell, ...]:
    pack, question = desk.project.pack, one.question
    about = next(iter(question.institutions), "")
    cell = entity(about, pack.institution(about).name, pack) if about else ""
    return question.text, cell, day(question.asked), day(question.closes), said(one)


def _came(one: Asked) -> tuple[AnyCell, ...]:
    answer, by = came(one)
    claims = one.settled.outcome.claims if one.settled else ()
    return answer, Cell(by, f"/claim/{claims[0]}") if claims else by


def _seals(one: Asked) -> str:
    return ", ".join(each.hash[:_HASH] for each in one.latest.values())
