"""FollowTheMoney: entities, as its tools and Aleph take them, and statements, one dataset a report.

Two reports that tell the same value make two statements, as their datasets differ; ``origin`` is the id of
the claim that told it first in its report. Written straight, as the library's own classes are slow; the
tests validate what is written with the library.
"""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from satrap.exchange.context import Context
from satrap.exchange.files import lines
from satrap.exchange.formats import Exporter
from satrap.exchange.things import Thing, Things, stamp
from satrap.protect.gate import outward
from satrap.protect.public import PublicClaim


class Statement(msgspec.Struct, frozen=True):
    """A row of a statement file, in the library's own order of fields."""

    canonical_id: str
    entity_id: str
    prop: str
    schema: str
    value: str
    dataset: str
    lang: str | None
    original_value: str | None
    first_seen: str | None
    last_seen: str | None
    external: bool
    origin: str | None
    id: str


@outward("claims as FollowTheMoney statements")
def write_statements(claims: Sequence[PublicClaim], context: Context, path: Path) -> None:
    """One statement a line (JSON), in the order of the claims."""
    encode = msgspec.json.Encoder().encode
    with lines(path) as file:
        for statement in _statements(claims, context):
            file.write(encode(statement) + b"\n")


@outward("claims as FollowTheMoney entities")
def write_entities(claims: Sequence[PublicClaim], context: Context, path: Path) -> None:
    """One entity a line (JSON); an entity that several reports tell of names all their datasets."""
    encode = msgspec.json.Encoder().encode
    things = Things(context.pack)
    shared: dict[str, tuple[Thing, dict[str, None]]] = {}
    with lines(path) as file:
        for claim in context.each(claims):
            dataset, told = things.of(claim)
            for thing in told:
                if thing.lasting:
                    shared.setdefault(thing.id, (thing, {}))[1][dataset] = None
                else:
                    file.write(encode(_entity(thing, (dataset,))) + b"\n")
        for thing, datasets in shared.values():
            file.write(encode(_entity(thing, tuple(datasets))) + b"\n")


def _entity(thing: Thing, datasets: tuple[str, ...]) -> dict[str, object]:
    properties: dict[str, list[str]] = {}
    for name, value, _ in thing.values:
        properties.setdefault(name, []).append(value)
    return {
        "id": thing.id,
        "caption": next(value for name, value, _ in thing.values),
        "schema": thing.schema,
        "properties": properties,
        "datasets": datasets,
    }


def _statements(claims: Sequence[PublicClaim], context: Context) -> Iterator[Statement]:
    things = Things(context.pack)
    seen = stamp(context.cut)
    made: set[tuple[str, str]] = set()  # dataset and shared entity
    for claim in context.each(claims):
        dataset, told = things.of(claim)
        for thing in told:
            if thing.lasting:
                if (dataset, thing.id) in made:
                    continue
                made.add((dataset, thing.id))
            identity = ("id", thing.id, "")
            for name, value, language in (identity, *thing.values):
                lang = language or None
                yield Statement(
                    thing.id,
                    thing.id,
                    name,
                    thing.schema,
                    value,
                    dataset,
                    lang,
                    None,
                    seen,
                    seen,
                    False,
                    claim.id,
                    _key(dataset, thing.id, name, value, lang),
                )


def _key(dataset: str, entity: str, name: str, value: str, lang: str | None) -> str:
    """The id that the library's `Statement.make_key` gives."""
    key = f"{dataset}.{entity}.{name}.{value}@{lang}" if lang else f"{dataset}.{entity}.{name}.{value}"
    return hashlib.sha1(key.encode(), usedforsecurity=False).hexdigest()


ENTITIES = Exporter("ftm", "FollowTheMoney entities, one a line", "application/json+ftm", write_entities)
STATEMENTS = Exporter(
    "ftm-statements",
    "FollowTheMoney statements, one dataset a report",
    "application/x-ndjson",
    write_statements,
)
