"""What claims say was done from above, as events of a scenario: falls of heads, orders, transfers, probes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from satrap.accounts.said import Said
from satrap.accounts.seats import seat_of
from satrap.claims import Certainty
from satrap.country import Pack
from satrap.estimate.offices import Offices
from satrap.simulate import Scenario
from satrap.simulate.events import Dismissal, Event, Inspection, Order, Transfer

AGAIN = timedelta(days=183)
"""The same thing told of within so many days is one event."""
_WEEKS = {"inspection": 13, "transfer": 8}  # how long they last, as nobody tells: judgement


@dataclass(frozen=True)
class Done:
    """An event and the claim that tells of it."""

    event: Event
    claim: str


def measures(claims: Iterable[Said], scenario: Scenario, offices: Offices, until: date) -> list[Done]:
    """Events from the scenario's first day up to ``until``, oldest first.

    Each is dated in the middle of the days of which its first claim speaks. Doubted and denied ones, those
    told as no more than possible, and those about institutions that the scenario lacks are left out.
    """
    found: list[Done] = []
    seen: dict[tuple[str, ...], date] = {}
    for one in sorted(claims, key=lambda each: (_middle(each), each.recorded.id)):
        day = _middle(one)
        plain = one.claim.certainty in (Certainty.STATED, Certainty.PROBABLE)
        if not one.affirmed or not plain or not scenario.start <= day <= until:
            continue
        for what in _whats(one, offices):
            known = all(name in {each.id for each in scenario.institutions} for name in what[1:])
            if known and (what not in seen or day - seen[what] > AGAIN):
                seen[what] = day
                found.append(Done(_event(what, day, len(found), scenario), one.recorded.id))
    return found


def _whats(one: Said, offices: Offices) -> Iterator[tuple[str, ...]]:
    """What happened to which institutions: kind, and one or two ids."""
    claim, pack = one.claim, offices.pack
    match claim.kind:
        case "dismissal" if institution := _headed(one, pack):
            yield ("dismissal", institution)
        case "order":
            yield from (("order", each) for each in _named(one, offices, "to"))
        case "inspection":
            yield from (("inspection", each) for each in _named(one, offices, "of"))
        case "transfer":
            for origin in _named(one, offices, "from"):
                for to in _named(one, offices, "to"):
                    if origin != to:
                        yield ("transfer", origin, to)


def _headed(one: Said, pack: Pack) -> str | None:
    """The institution whose head it says has fallen: by post, or by the post that the person held."""
    seat = seat_of(one.claim, pack)
    if seat is not None:
        return pack.share_institution(pack.post(seat.post).institution) if seat.is_single(pack) else None
    people = {each.id for each in one.claim.arguments("person")}
    for tenure in pack.tenures:
        post = pack.posts[tenure.post]
        if tenure.person in people and post.head and post.place is None and tenure.may_cover(one.first):
            return pack.share_institution(post.institution)
    return None


def _named(one: Said, offices: Offices, role: str) -> list[str]:
    weights = offices.side(one.claim.arguments(role), one.first)
    return [offices.institutions[at] for at in np.flatnonzero(weights)]


def _event(what: tuple[str, ...], day: date, number: int, scenario: Scenario) -> Event:
    common = {"id": f"told-{number}", "date": max(day, scenario.start), "source": "a claim"}
    match what:
        case ("dismissal", institution):
            return Dismissal.model_validate(common | {"kind": "dismissal", "institution": institution})
        case ("order", to):
            return Order.model_validate(common | {"kind": "order", "to": (to,)})
        case ("inspection", of):
            weeks = _WEEKS["inspection"]
            return Inspection.model_validate(common | {"kind": "inspection", "of": of, "weeks": weeks})
        case (_, origin, to):
            ways = {"kind": "transfer", "from": (origin,), "to": to, "over_weeks": _WEEKS["transfer"]}
            return Transfer.model_validate(common | ways)
    raise ValueError(what)


def _middle(one: Said) -> date:
    return one.first + (one.last - one.first) / 2
