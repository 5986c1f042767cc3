"""FollowTheMoney entities on their way in: Events that satrap wrote, and anybody's Occupancies.

An Event that satrap wrote has the fields of a claim in its keywords. Of another's entities only Occupancies
are claims of ours: a start is an appointment, an end a dismissal, else it is an appearance in the post.
"""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from satrap.claims import Argument, Certainty, Direction, Horizon, Polarity, Reading, Source, SourceKind, Tier
from satrap.errors import ReportError
from satrap.exchange.formats import Importer
from satrap.exchange.languages import THREE_LETTERS
from satrap.exchange.taking import Outcome, PassedOver, Taking, Told, UnreadableError, named, rebuilt, why
from satrap.reports import UNKNOWN

_OURS = "satrap-"
_TWO_LETTERS = {three: two for two, three in THREE_LETTERS.items()}
_CODED = Reading("FollowTheMoney", "1", 1.0)  # somebody's data, taken as they are


class Entity(msgspec.Struct, frozen=True):
    """A line of an entity file."""

    id: str
    schema: str
    properties: dict[str, list[str]] = {}
    datasets: tuple[str, ...] = ()

    def first(self, name: str) -> str:
        return next(iter(self.properties.get(name, ())), "")

    def keyword(self, field: str) -> str:
        return next(self.keywords(field), "")

    def keywords(self, field: str) -> Iterator[str]:
        for word in self.properties.get("keywords", ()):
            if word.startswith(field):
                yield word.partition(": ")[2]


def read(path: Path, taking: Taking) -> Iterator[Outcome]:
    """The claims of a file of entities, one a line (JSON), in any order."""
    entities: dict[str, Entity] = {}
    at: dict[str, int] = {}  # the line of each
    decoder = msgspec.json.Decoder(Entity)
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                if line.strip():
                    entity = decoder.decode(line)
                    entities[entity.id], at[entity.id] = entity, number
            except msgspec.MsgspecError as fault:
                yield ReportError(f"{path.name}:{number}: {why(fault)}", remedy="mend or remove this line")
    told: list[Told] = []
    for entity in entities.values():
        ours = entity.id.startswith(_OURS)
        try:
            if entity.schema == "Event" and entity.keyword("kind"):
                told.append(_event(entity, entities))
            elif entity.schema == "Occupancy" and not ours:
                told += _occupancy(entity, entities, taking)
            elif not ours:
                yield PassedOver(f"{named(entity.schema)}: no claim of ours")
        except ValueError as fault:
            yield ReportError(f"{path.name}:{at[entity.id]}: {why(fault)}", remedy="mend or remove this line")
    yield from rebuilt(told)


def _event(event: Entity, entities: dict[str, Entity]) -> Told:
    article = entities.get(event.first("proof"), Entity("", "Article"))
    reader, _, version = event.keyword("reader").rpartition(" ")
    return Told(
        kind=event.keyword("kind"),
        roles=_roles(event),
        direction=Direction(event.keyword("direction")) if event.keyword("direction") else None,
        polarity=Polarity(event.keyword("polarity")),
        certainty=Certainty(event.keyword("certainty")),
        horizon=Horizon(event.keyword("horizon")),
        when=event.keyword("when"),
        places=tuple(event.keywords("place")),
        quote=event.first("summary"),
        chain=tuple(_source(link) for link in event.keywords("voice")),
        reading=Reading(reader, version, 1.0),
        publisher=event.first("publisher") or UNKNOWN,
        outlet=article.keyword("outlet") or event.first("publisher"),
        title=article.keyword("title"),
        url=event.first("sourceUrl"),
        language=event.keyword("language"),
        published=article.keyword("published"),
    )


def _roles(event: Entity) -> dict[str, tuple[Argument, ...]]:
    roles: dict[str, tuple[Argument, ...]] = {}
    for word in event.properties.get("keywords", ()):
        head, _, written = word.partition(": ")
        if head.startswith("role "):
            role = head.split(" ")[1]
            known, tiers, place, name = written.split("|", 3)
            levels = tuple(Tier(tier) for tier in tiers.split("+") if tier)
            made = Argument(name, known or None, levels, (place,) if place else ())
            roles[role] = (*roles.get(role, ()), made)
    return roles


def _source(written: str) -> Source:
    kind, place, name = written.split("|", 2)
    return Source(SourceKind(kind), place or None, name or None)


def _occupancy(held: Entity, entities: dict[str, Entity], taking: Taking) -> Iterator[Told]:
    nobody = Entity("", "")
    person = entities.get(held.first("holder"), nobody)
    post = entities.get(held.first("post"), nobody)
    body = entities.get(post.first("organization"), nobody)
    if not person.first("name") or not post.first("name"):
        raise UnreadableError("its holder or its post is not in the file")
    names = taking.names
    roles: dict[str, tuple[Argument, ...]] = {
        "person": (names.argument(person.first("name")),),
        "post": (names.post(post.first("name")),),
    }
    if body.first("name"):
        roles["institution"] = (names.argument(body.first("name")),)
    ends = {"appointment": held.first("startDate"), "dismissal": held.first("endDate")}
    told = {kind: day[:10] for kind, day in ends.items() if day} or {"appearance": held.first("date")[:10]}
    article = entities.get(held.first("proof"), nobody)
    publisher = held.first("publisher") or article.first("publisher") or taking.given.publisher
    publisher = publisher or next(iter(held.datasets), UNKNOWN)
    for kind, day in told.items():
        yield Told(
            kind=kind,
            roles=roles,
            when=day,
            quote=f"{person.first('name')}, {post.first('name')}: {kind} {day}".strip(),
            reading=_CODED,
            publisher=publisher,
            title=article.first("title"),
            url=held.first("sourceUrl") or article.first("sourceUrl"),
            language=_TWO_LETTERS.get(article.first("language"), "und"),
            published=article.first("publishedAt")[:10],
            origin=held.id,
        )


IMPORTER = Importer("ftm", "FollowTheMoney entities: satrap's Events, anybody's Occupancies", read)
