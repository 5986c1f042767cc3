"""What stands around a page's model in its template: the navigation, the dates, the state of the estimate."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from satrap import __version__
from satrap.protect.words import day
from satrap.publish.words import count, percent
from satrap.web.cells import Chart
from satrap.web.desk import Desk
from satrap.web.figure import Figure
from satrap.web.view import DAYS, View

NAV = (
    ("overview", "/", "Overview"),
    ("who", "/who", "Who"),
    ("conflicts", "/conflicts", "Conflicts"),
    ("sources", "/sources", "Sources"),
    ("hypotheses", "/hypotheses", "Hypotheses"),
    ("forecasts", "/forecasts", "Forecasts"),
    ("scenario", "/scenario", "Scenarios"),
    ("review", "/review", "Review"),
    ("search", "/search", "Search"),
)


@dataclass(frozen=True)
class Site:
    """What all pages of a project have. ``stale`` says how far the estimate is behind, or nothing."""

    country: str
    version: str
    institutions: tuple[str, ...]
    nav: tuple[tuple[str, str, str], ...]
    stale: str


@dataclass(frozen=True)
class Span:
    """The days that can be asked for."""

    first: date
    last: date


def around(desk: Desk, view: View, path: str, here: str) -> Mapping[str, Any]:
    """The context that ``base.html`` needs beside the page; days of the estimate where that is made."""
    span = Span(desk.start, desk.end)
    as_of = view.as_of or min(desk.end, datetime.now(UTC).date())
    newest = desk.newest
    if newest is not None:
        weeks = newest.estimate.weeks
        span = Span(weeks.monday(1), weeks.last)
        as_of = view.as_of or newest.days(View()).as_of
    since = [("since", view.since.isoformat())] if view.since else []
    return {
        "site": Site(
            desk.project.pack.name, __version__, desk.project.pack.authority, NAV, stale(desk, view)
        ),
        "here": here,
        "said": " · ".join(filter(None, (day(as_of), desk.project.pack.era(as_of)))),
        "view": view.on(as_of=as_of),
        "span": span,
        "path": path,
        "hidden": [*since, *view.filters],
        "link": linking(view),
        "chart": partial(chart, path, view),
        "making": desk.making is not None,
    }


def chart(path: str, view: View, figure: Figure) -> Chart:
    """A figure as the page at ``path`` has it: its data lie beneath the page, under the same filters."""
    parts = [part for part in path.split("/") if part] or ["overview"]
    return figure.shown(lambda name: view.to(*parts, name))


def stale(desk: Desk, view: View) -> str:
    """That the estimate is older than the record, in a sentence."""
    behind = desk.behind(view)
    if not behind:
        return ""
    told = f"The record has {count(behind, 'entry')} that this estimate does not know of."
    if desk.making is None:
        return told
    stage, done = desk.making
    return f"{told} It is being made anew: {stage}, {percent(done)}."


def linking(view: View) -> Callable[[str], str]:
    """An address of ours under the view's clocks; those that the address sets itself stay."""
    clocks = view.bare().pairs

    def link(address: str) -> str:
        parts = urlsplit(address)
        own = parse_qsl(parts.query)
        named = {name for name, _ in own if name in DAYS}
        query = urlencode([*(pair for pair in clocks if pair[0] not in named), *own])
        return urlunsplit(parts._replace(query=query))

    return link
