"""Why: the claims that moved an estimate, and what is left of it without a source or a story."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from satrap.country import Pack
from satrap.estimate import Contribution
from satrap.estimate.sensitivity import Answer
from satrap.estimate.traits import TRAITS
from satrap.protect.words import day
from satrap.publish.words import count, percent, points, share
from satrap.web.cells import Cell
from satrap.web.desk import Desk
from satrap.web.figure import Column, Figure
from satrap.web.gate import Shown
from satrap.web.held import Days, Held
from satrap.web.office import Office
from satrap.web.page import Page
from satrap.web.pages.overview import changes
from satrap.web.view import BadAddressError, View

LISTED = 25  # claims on the page and bars in its chart; the rest are one bar
SWITCHES = 10  # of each kind

GROUPS = {"source": "Sources", "publisher": "Publishers", "place": "Places", "story": "Stories"}


@dataclass(frozen=True)
class Reason:
    """A claim with its part in the move; ``switch`` is the address without it, or with it again."""

    number: int
    claim: Shown
    moved: str
    part: str
    off: bool
    switch: str


@dataclass(frozen=True)
class Switch:
    """A source, publisher, place or story that can go out, and be taken in again, at ``href``."""

    label: str
    claims: int
    moved: str
    off: bool
    href: str


@dataclass(frozen=True)
class Without:
    """The estimate with everything, and without what is switched off."""

    whole: str
    left: str
    whole_down: str
    left_down: str
    claims: int


@dataclass(frozen=True, kw_only=True)
class Why(Page):
    """``change`` tells the change between the days from the level on the later one; ``other`` is the address
    of the one that this page does not show. ``prior`` where no claim is behind it."""

    template = "why.html"
    here = "who"
    office: Cell
    change: bool
    other: str
    as_of: date
    since: date
    told: str
    reasons: Sequence[Reason]
    more: str
    switches: Mapping[str, Sequence[Switch]]
    without: Without | None
    all_in: str


def why(desk: Desk, view: View, key: str) -> Why:
    """The page for ``INSTITUTION@PLACE``; the filter ``of`` is "change", or none for the level; every ``out``
    names what goes, such as "publisher:Daily NK"."""
    asked = Office.parse(key, desk.project.pack)
    held = desk.held(view)
    days = held.days(view)
    change = view.get("of") == "change"
    since = days.since if change else None
    out = _out(view)
    parts = held.why(asked.institution, asked.place, days.as_of, since)
    parts = [one for one in parts if one.claim in held.by_id]
    title = asked.title(held.pack)
    listed = parts[:LISTED]
    shown = desk.gate.shown(held.by_id[one.claim] for one in listed)
    gone = _gone(held, out)
    live = held.estimate.live(asked.institution, asked.place, days.as_of, since, out=out) if gone else None
    return Why(
        title=f"Why: {title}",
        office=Cell(title, asked.href),
        change=change,
        other=view.put("of", "" if change else "change").to("why", asked.key),
        as_of=days.as_of,
        since=days.since,
        told=_told(asked, held, days, change),
        reasons=[
            _reason(number, one, claim, one.claim in gone, view, asked)
            for number, (one, claim) in enumerate(zip(listed, shown, strict=True), 1)
        ],
        more=_more(parts[LISTED:]),
        switches=_switches(parts, held, view, asked),
        without=None if live is None else _without(*live, change, len(held.pack.authority), len(gone)),
        all_in=view.put("out", "").to("why", asked.key),
        figures=(waterfall(parts, shown, gone, days, change),) if parts else (),
    )


def _out(view: View) -> dict[str, list[str]]:
    """What goes out, by kind of group."""
    found: dict[str, list[str]] = defaultdict(list)
    for one in view.all("out"):
        kind, _, name = one.partition(":")
        if kind not in TRAITS or not name:
            raise BadAddressError(f"out={one[:60]!r} names no source, publisher, place, story or claim")
        found[kind].append(name)
    return dict(found)


def _gone(held: Held, out: Mapping[str, Sequence[str]]) -> set[str]:
    """The observations that go out."""
    return {id for kind, names in out.items() for name in names for id in held.having[kind].get(name, ())}


def _told(asked: Office, held: Held, days: Days, change: bool) -> str:
    """The number that the page explains, in a sentence."""
    estimate, pack = held.estimate, held.pack
    place, institution = estimate.offices.place(asked.place), estimate.offices.institution(asked.institution)
    moved = changes(held, days).at(place, institution)
    where = f"in {pack.place(asked.place).name}" if asked.place else "at the centre"
    name = pack.institution(asked.institution).name
    if change:
        return (
            f"Between {day(days.since)} and {day(days.as_of)} the share of the {name} {where} went from "
            f"{share(moved.before)} to {share(moved.after)}: {points(moved.mean)} points (80% band "
            f"{points(moved.low)} to {points(moved.high)}). The chance that it fell is {percent(moved.down)}."
        )
    return (
        f"On {day(days.as_of)} the {name} held {share(moved.after)} of authority {where}. Without any claim "
        f"it would be {share(1 / len(pack.authority))}, an equal share of {len(pack.authority)} institutions."
    )


def _reason(number: int, one: Contribution, claim: Shown, off: bool, view: View, asked: Office) -> Reason:
    return Reason(
        number,
        claim,
        f"{points(one.share)} points",
        percent(one.fraction),
        off,
        view.toggled("out", f"claim:{one.claim}").to("why", asked.key),
    )


def _more(rest: Sequence[Contribution]) -> str:
    if not rest:
        return ""
    return (
        f"and {count(len(rest), 'further claim')}, together {points(sum(one.share for one in rest))} points"
    )


def _switches(
    parts: Sequence[Contribution], held: Held, view: View, asked: Office
) -> dict[str, list[Switch]]:
    """For each kind of group those whose claims moved most, and all that are off."""
    found: dict[str, list[Switch]] = {}
    part = {one.claim: one.share for one in parts}
    for kind, heading in GROUPS.items():
        having = held.having[kind]
        moved = {name: sum(part.get(id, 0.0) for id in ids) for name, ids in having.items()}
        off = {name[len(kind) + 1 :] for name in view.all("out") if name.startswith(f"{kind}:")}
        order = sorted(moved, key=lambda name: (name not in off, -abs(moved[name]), name))
        found[heading] = [
            Switch(
                _label(kind, name, held),
                len(having[name]),
                f"{points(moved[name])} points",
                name in off,
                view.toggled("out", f"{kind}:{name}").to("why", asked.key),
            )
            for name in order[: max(SWITCHES, len(off))]
        ]
    return found


def _label(kind: str, name: str, held: Held) -> str:
    if kind == "place":
        return _place(name, held.pack)
    if kind == "source":
        what, _, where = name.partition("@")
        return f"{what} in {_place(where, held.pack)}" if where else f"every {what}"
    if kind == "story":
        first = held.first_of_story.get(name)
        return f"{first.publisher}, {first.published or 'undated'}" if first else "a story"
    return name


def _place(id: str, pack: Pack) -> str:
    return pack.places[id].name if id in pack.places else id


def _without(whole: Answer, left: Answer, change: bool, institutions: int, gone: int) -> Without:
    def written(one: Answer) -> str:
        return f"{points(one.share)} points" if change else share(1 / institutions + one.share)

    def fell(one: Answer) -> str:
        return percent(one.p_down)

    return Without(written(whole), written(left), fell(whole), fell(left), gone)


def waterfall(
    parts: Sequence[Contribution], shown: Sequence[Shown], gone: set[str], days: Days, change: bool
) -> Figure:
    """From the prior, or from no change, by one claim after another to the estimate, in log-ratio."""
    rows: list[dict[str, object]] = [
        {
            "number": number,
            "label": f"{claim.publisher or 'kept back'}, {claim.published}".rstrip(", "),
            "kind": claim.kind,
            "amount": round(one.log_ratio, 5),
            "points": round(one.share, 5),
            "off": one.claim in gone,
            "href": f"#reason-{number}",
        }
        for number, (one, claim) in enumerate(zip(parts, shown, strict=False), 1)
    ]
    rest = parts[len(shown) :]
    if rest:
        rows.append(
            {
                "number": len(shown) + 1,
                "label": f"{len(rest):,} further claims",
                "kind": "",
                "amount": round(sum(one.log_ratio for one in rest), 5),
                "points": round(sum(one.share for one in rest), 5),
                "off": False,
                "href": "#more",
            }
        )
    total = round(sum(one.log_ratio for one in parts), 5)
    start = "no change" if change else "prior: equal shares"
    return Figure(
        "waterfall",
        "waterfall",
        "What moved it, claim by claim",
        "Each bar is what one claim adds, on the scale of log-ratios, on which such parts add up exactly: "
        "the logarithm of the institution's share over the average (geometric mean) of all. The table tells "
        "the same in points of the share.",
        (
            Column("label", "Report"),
            Column("kind", "Claim"),
            Column("points", "Moved, points", "points", estimate=True),
        ),
        rows,
        source="the claims listed below, by publisher and day",
        options={
            "start": {"label": start, "value": 0.0},
            "end": {"label": f"on {day(days.as_of)}", "value": total},
        },
    )
