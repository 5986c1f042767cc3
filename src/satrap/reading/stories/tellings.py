"""The same telling in other words, by what the reader made of it: who says it, of whom, where, and when."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from satrap.claims import Claim, SourceKind, kinds
from satrap.reading.stories.link import WINDOW, Link, day_of
from satrap.reports import Report

Read = Sequence[tuple[Report, Sequence[Claim]]]

SAME_ADDRESS, SAME_VOICE = 1.0, 0.5  # strengths: of equal words, how much is equal; see wording
NEAREST = 16  # reports that one is compared with for each name, however often it is told
ENOUGH = 2.0  # names and figures in common, a body counting half
MOST = 0.6  # of those of the report that names fewer
BODY = 0.5

_FIGURE = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:[,. ]\d{3})+|\d{2,})(?!\w)")
_YEAR = re.compile(r"(19|20)\d\d")


def same_telling(read: Read) -> Iterator[Link]:
    """Pairs that have one address, or in which the same voice says the same thing within weeks."""
    told: dict[tuple[object, ...], list[tuple[date, int, str]]] = defaultdict(list)
    for at, (report, claims) in enumerate(read):
        if report.url:
            told["address", report.url].append((date.max, at, ""))
        for claim in claims:
            about = tuple(sorted(a.id or a.name for a in claim.arguments(*kinds()[claim.kind].main)))
            if about and (voice := _described(claim)):
                key = ("voice", claim.voice.kind, voice, claim.kind, claim.direction, about)
                told[key].append((day_of(report), at, f"{voice} on the same {claim.kind}"))
    for (sign, *_), members in told.items():
        members = sorted(set(members))
        start, first, _ = members[0]
        for day, at, said in members:
            if day - start > WINDOW:
                first, start = at, day
            elif at != first and sign == "address":
                yield Link(first, at, SAME_ADDRESS, "same address")
            elif at != first:
                yield Link(first, at, SAME_VOICE, f"{said}, {_apart(start, day)}")


class _Outline(NamedTuple):
    """What a retelling keeps, whatever its words and its language. ``weights`` is by name."""

    day: date
    publisher: str
    sources: frozenset[str]
    weights: dict[str, float]
    places: frozenset[str]
    kinds: frozenset[str]
    dates: tuple[tuple[str, date, date], ...]


def retold(read: Read) -> Iterator[Link]:
    """Pairs of reports within weeks of each other whose source is described alike (or of which one cites the
    other's publisher), about one place, with most names and figures of one in the other."""
    outlines = [_outline(report, claims) for report, claims in read]
    told: dict[tuple[str, str], list[tuple[date, int]]] = defaultdict(list)
    for at, outline in enumerate(outlines):
        for source in outline.sources:
            for name, weight in outline.weights.items():
                if weight > BODY:
                    told[source, name].append((outline.day, at))
    seen: set[tuple[int, int]] = set()
    for (source, _), members in told.items():
        members.sort()
        for place, (day, a) in enumerate(members):
            for later, b in members[place + 1 : place + 1 + NEAREST]:
                one, other = outlines[a], outlines[b]
                if later - day > WINDOW or (a, b) in seen or source == one.publisher == other.publisher:
                    continue  # what one publisher tells twice may be two things
                seen.add((a, b))
                if link := _compared(a, one, b, other, source):
                    yield link


def _compared(a: int, one: _Outline, b: int, other: _Outline, source: str) -> Link | None:
    common = {name: weight for name, weight in one.weights.items() if name in other.weights}
    weight = sum(common.values())
    share = weight / min(sum(one.weights.values()), sum(other.weights.values()))
    same_place = one.places & other.places or not (one.places or other.places)
    if weight < ENOUGH or share < MOST or not same_place or not _same_acts(one, other):
        return None
    names = ", ".join(sorted(common, key=lambda name: (-common[name], name))[:4])
    evidence = f"{source}, {_apart(one.day, other.day)}; {share:.0%} of names and figures in common: {names}"
    return Link(a, b, SAME_VOICE * share, evidence)


def _same_acts(one: _Outline, other: _Outline) -> bool:
    """Whether both claim some same kind of act, and do not all date such acts differently."""
    if not one.kinds & other.kinds:
        return False
    dated = [
        begun <= ended and other_begun <= other_ended and begun <= other_ended and other_begun <= ended
        for kind, begun, ended in one.dates
        for other_kind, other_begun, other_ended in other.dates
        if kind == other_kind
    ]
    return any(dated) or not dated


def _outline(report: Report, claims: Iterable[Claim]) -> _Outline:
    claims = list(claims)
    weights: dict[str, float] = {}
    for claim in claims:
        for role, arguments in claim.roles.items():
            for argument in arguments:
                person = role == "person" and not argument.staff
                if person and (argument.id or _is_name(argument.name)):
                    weights[argument.id or argument.name] = 1.0
                elif argument.id:
                    weights.setdefault(argument.id, BODY)
    weights.update(dict.fromkeys(_figures(report.text), 1.0))
    voices = [voice for claim in claims for voice in claim.said_by[1:]]
    outlets = {report.publisher, report.outlet, *(v.name for v in voices if v.kind is SourceKind.MEDIA)}
    return _Outline(
        day=day_of(report),
        publisher=_outlet(report.publisher),
        sources=frozenset(filter(None, map(_described, claims))) | {_outlet(one) for one in outlets if one},
        weights=weights if claims else {},
        places=frozenset(place for claim in claims for place in _places(claim)),
        kinds=frozenset(claim.kind for claim in claims),
        dates=tuple((c.kind, c.when.earliest, c.when.latest) for c in claims if c.when),
    )


def _described(claim: Claim) -> str:
    """Whose word it is: "inside source in KP-05"; empty where "a source" could be anyone."""
    voice = claim.voice
    if voice.kind is SourceKind.PUBLISHER or not (voice.place or voice.name):
        return ""
    return f"{voice.name or voice.kind}" + (f" in {voice.place}" if voice.place else "")


def _outlet(name: str) -> str:
    return f"word of {name}"


def _places(claim: Claim) -> Iterator[str]:
    yield from claim.places
    for arguments in claim.roles.values():
        for argument in arguments:
            yield from argument.places


def _is_name(name: str) -> bool:
    """Whether this is a person's own name rather than what they are: "Pak Chun Sam", not "officers"."""
    words = name.split()
    return len(words) > 1 and all(word[:1].isupper() for word in words)


def _figures(text: str) -> set[str]:
    """Numbers of at least two digits that are no years: they survive rewriting and translation."""
    found = {re.sub(r"\D", "", one) for one in _FIGURE.findall(text)}
    return {one for one in found if not _YEAR.fullmatch(one)}


def _apart(first: date, later: date) -> str:
    if later == date.max:
        return "both undated"
    return "the same day" if first == later else f"within {(later - first).days} days"
