"""How coarse fields are told: bodies by their known names, places by province, people by class."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from urllib.parse import urlsplit

import msgspec

from satrap.claims import Argument, Claim, Source, SourceKind
from satrap.country import Pack
from satrap.country.model import Group, Institution, Person
from satrap.protect import words
from satrap.protect.public import PublicArgument, PublicSource
from satrap.protect.sensitivity import ANONYMOUS
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

_SMALL = {SourceKind.GROUP, SourceKind.DOCUMENT, SourceKind.UNSPECIFIED}
_WORDED = {
    SourceKind.UNSPECIFIED: "unnamed voices",
    SourceKind.STATE_MEDIA: "state media",
    SourceKind.MEDIA: "another outlet",
}

# The one who fills a role when the pack has no name for it is told by class alone: the last word of the
# description that names a class, else whatever the role takes
_CLASSES = {
    word: plural
    for plural, words_of in {
        "residents": "resident residents household households family families neighbour neighbours",
        "officials": "official officials cadre cadres secretary secretaries head heads chief chiefs director "
        "directors chairman minister ministers deputy deputies vice",
        "officers": "officer officers agent agents inspector inspectors investigator investigators",
        "soldiers": "soldier soldiers troops conscripts",
        "traders": "trader traders merchant merchants vendor vendors donju smuggler smugglers broker brokers",
        "workers": "worker workers farmer farmers labourers",
        "students": "student students",
        "prisoners": "prisoner prisoners inmate inmates detainees",
        "defectors": "defector defectors refugee refugees",
    }.items()
    for word in words_of.split()
}
_UNNAMED = {
    **dict.fromkeys(("person", "on", "of", "by", "to", "from", "holder", "over"), "others"),
    "toward": "others, or a measure",
}


def at_risk(claim: Claim, pack: Pack) -> tuple[Source, ...]:
    """Whoever in the chain may pay for having spoken.

    A group, a document or an unnamed voice within the state may be a handful of people; an official of
    another state speaks in public.
    """
    return tuple(
        source
        for source in claim.said_by
        if (source.kind in _SMALL and _within(source, pack))
        or (source.kind in ANONYMOUS and not (source.kind is SourceKind.OFFICIAL and _abroad(source, pack)))
    )


def is_published(report: Report) -> bool:
    """Whether the text is known to be public: somebody published it on some day."""
    return report.publisher != UNKNOWN and report.published is not None


def voice(told: Source, pack: Pack) -> str:
    """One link of the chain in words: a body by its name, a person by kind and province only."""
    public = source(told, pack)
    if public.name:
        return public.name
    kind = _WORDED.get(told.kind) or f"{_article(told.kind)} {told.kind}"
    return f"{kind} in {pack.place(public.place).name}" if public.place else kind


def source(told: Source, pack: Pack) -> PublicSource:
    """One link of the chain: the name of a body that speaks in public, else kind and province."""
    named = told.kind in _BODIES and not (told.kind in _SMALL and _within(told, pack))
    places = place_ids((told.place,), pack) if told.place else ()
    return PublicSource(told.kind, places[0] if places else None, told.name if named else None)


def _within(told: Source, pack: Pack) -> bool:
    return told.place is not None and bool(place_ids((told.place,), pack))


def _abroad(told: Source, pack: Pack) -> bool:
    return told.place is not None and not _within(told, pack)


def place_ids(places: Iterable[str], pack: Pack) -> tuple[str, ...]:
    """Codes of provinces; a place within a province is that province; places outside the pack are none."""
    found = []
    for place in places:
        while place and place not in pack.places:
            place = place.rpartition("-")[0]
        if place and place not in found:
            found.append(place)
    return tuple(found)


def placeless(claim: Claim, pack: Pack) -> Claim:
    """The claim without any place within the state: neither of what happened nor of who spoke."""

    def without(told: Source) -> Source:
        return msgspec.structs.replace(told, place=None) if _within(told, pack) else told

    roles = {
        role: tuple(msgspec.structs.replace(one, places=()) for one in of) for role, of in claim.roles.items()
    }
    return claim.clone(places=(), roles=roles, said_by=tuple(map(without, claim.said_by)))


def place_names(places: Iterable[str], pack: Pack) -> tuple[str, ...]:
    """Provinces by name."""
    return tuple(pack.place(one).name for one in place_ids(places, pack))


@lru_cache(maxsize=8)
def entities(pack: Pack) -> Mapping[str | None, Institution | Group | Person]:
    """What may be named: institutions, groups and senior officials that the pack itself names, by id."""
    return dict([*pack.institutions.items(), *pack.groups.items(), *pack.people.items()])


def names(claim: Claim, pack: Pack) -> tuple[str, ...]:
    """Who and what the claim is about; † marks what the pack declares without having checked it."""
    known = entities(pack)
    given = [known[one.id] for one in claim.arguments(*claim.roles) if one.id in known]
    return tuple(dict.fromkeys(one.name + ("" if one.verified else words.UNVERIFIED) for one in given))


def roles(claim: Claim, pack: Pack) -> dict[str, tuple[PublicArgument, ...]]:
    """The roles that may be told: what the pack names, and unnamed people by their class.

    A role that holds words of the text (an aim, a reason, an amount) is left out: they are in the quotation.
    """
    known = entities(pack)
    told = {}
    for role, arguments in sorted(claim.roles.items()):
        public = [one for each in arguments if (one := _argument(role, each, known, pack)) is not None]
        if public:
            told[role] = tuple(dict.fromkeys(public))
    return told


def _argument(
    role: str, given: Argument, known: Mapping[str | None, Institution | Group | Person], pack: Pack
) -> PublicArgument | None:
    places = place_ids(given.places, pack)
    place = places[0] if len(places) == 1 else None
    if given.id in known:
        return PublicArgument(known[given.id].name, given.id, given.tiers, place)
    if given.id and given.id in pack.posts:
        return PublicArgument(pack.posts[given.id].title, given.id, given.tiers, place)
    if role not in _UNNAMED:
        return None
    named = [_CLASSES[word] for word in given.name.casefold().split() if word in _CLASSES]
    return PublicArgument(named[-1] if named else _UNNAMED[role], None, given.tiers, place)


def shortened(text: str) -> str:
    """The words, no longer than a quotation needs to be."""
    return text if len(text) <= LONGEST_QUOTE else text[:LONGEST_QUOTE].rsplit(" ", 1)[0] + " …"


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
