"""What a scenario's counterfactual leaves out or puts in, in words."""

from collections.abc import Iterable

from satrap.country import Pack
from satrap.protect.words import day
from satrap.publish.words import listed
from satrap.simulate import Scenario
from satrap.simulate.events import Dismissal, Event, Inspection, Order, Restructuring, Transfer


def difference(base: Scenario, other: Scenario, pack: Pack) -> str:
    """How ``other`` differs from ``base``: "without the order of 23 January 2017".

    Where they differ in more than measures, the title that its author gave it.
    """
    left = [one for one in base.events if one not in other.events]
    added = [one for one in other.events if one not in base.events]
    if not _alike_but_for_events(base, other) or not (left or added):
        return other.title
    if not other.events:
        return "without any of these measures"
    put_in = f"with a {_worded(added, pack)}" if added else ""
    if not left:
        return put_in
    return f"{put_in} instead of the {_worded(left, pack)}" if added else f"without the {_worded(left, pack)}"


def _alike_but_for_events(base: Scenario, other: Scenario) -> bool:
    named = {"id", "title", "events"}
    return base.model_dump(exclude=named) == other.model_dump(exclude=named)


def _worded(events: Iterable[Event], pack: Pack) -> str:
    return listed(_measure(one, pack) for one in events)


def _measure(event: Event, pack: Pack) -> str:
    names = {one: pack.institution(one).name for one in event.institutions()}
    match event:
        case Dismissal(institution=institution, cascade=()):
            return f"dismissal of the head of the {names[institution]} on {day(event.date)}"
        case Dismissal(institution=institution):
            return f"dismissals at the {names[institution]} from {day(event.date)}"
        case Order():
            return f"order of {day(event.date)}"
        case Transfer(to=to):
            return f"hand-over of powers to the {names[to]} from {day(event.date)}"
        case Inspection(of=of):
            return f"inspection of the {names[of]} from {day(event.date)}"
        case Restructuring():
            return f"restructuring of the {listed(names.values())} on {day(event.date)}"
