"""How coarse fields are worded: bodies by their known names, places by province, risky days by month."""

from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import urlsplit

from satrap.claims import Claim, Quote, Source, SourceKind
from satrap.country import Pack
from satrap.country.model import Group, Institution, Person
from satrap.publish import words
from satrap.reports import UNKNOWN, Report

LONGEST_QUOTE = 240  # characters: enough for a sentence, short enough to be a quotation

_BODIES = {
    SourceKind.PUBLISHER,
    SourceKind.MEDIA,
    SourceKind.STATE_MEDIA,
    SourceKind.GROUP,
    SourceKind.DOCUMENT,
    SourceKind.INTELLIGENCE_SERVICE,
}

_SMALL = {SourceKind.GROUP, SourceKind.DOCUMENT}
_WORDED = {
    SourceKind.UNSPECIFIED: "unnamed voices",
    SourceKind.STATE_MEDIA: "state media",
    SourceKind.MEDIA: "another outlet",
}


def voice(source: Source, pack: Pack) -> str:
    """One link of the chain: a body by its name, a person by kind and province only.

    A group or a document that speaks from within the state may be a handful of people: it has no name here.
    """
    within = source.place in pack.places and source.kind in _SMALL
    if source.name and source.kind in _BODIES and not within:
        return source.name
    kind = _WORDED.get(source.kind) or f"{_article(source.kind)} {source.kind}"
    where = place_names((source.place,), pack) if source.place else ()
    return f"{kind} in {where[0]}" if where else kind


def place_names(places: Iterable[str], pack: Pack) -> tuple[str, ...]:
    """Provinces by name; a place within a province by that province; places outside the pack not at all."""
    found = []
    for place in places:
        while place and place not in pack.places:
            place = place.rpartition("-")[0]
        if place and pack.place(place).name not in found:
            found.append(pack.place(place).name)
    return tuple(found)


def entities(pack: Pack) -> Mapping[str | None, Institution | Group | Person]:
    """What may be named: institutions, groups and senior officials that the pack itself names, by id."""
    return dict([*pack.institutions.items(), *pack.groups.items(), *pack.people.items()])


def names(claim: Claim, pack: Pack) -> tuple[str, ...]:
    """Who and what the claim is about; † marks what the pack declares without having checked it."""
    known = entities(pack)
    given = [known[one.id] for one in claim.arguments(*claim.roles) if one.id in known]
    return tuple(dict.fromkeys(one.name + ("" if one.verified else words.UNVERIFIED) for one in given))


def when(claim: Claim, at_risk: bool) -> str:
    """The day or window of the event; empty where none is given or where it could expose who told it."""
    if at_risk or claim.when is None:
        return ""
    first, last = claim.when.earliest, claim.when.latest
    if first == last:
        return words.day(first)
    if (first.year, first.month) == (last.year, last.month):
        return words.month(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31):
        return f"{first.year}" if first.year == last.year else f"{first.year} to {last.year}"
    return f"between {words.day(first)} and {words.day(last)}"


def published(publication: date | None, at_risk: bool) -> str:
    if publication is None:
        return "undated"
    return words.month(publication) if at_risk else words.day(publication)


def quote(anchor: Quote, report: Report) -> str:
    """The words, shortened; nothing where the report is not known to be published."""
    if report.publisher == UNKNOWN or report.published is None:
        return ""
    exact = " ".join(anchor.exact.split())
    return exact if len(exact) <= LONGEST_QUOTE else exact[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


def link(url: str | None) -> str:
    """A web address that a page may point to; empty for any scheme but http and https."""
    if not url:
        return ""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in {"http", "https"} and parts.hostname else ""


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" else "a"
