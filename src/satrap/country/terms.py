"""Every way a pack's entities may be written, as a flat list for the gazetteer."""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from satrap.country.dates import Lasting
from satrap.country.model import City, Institution, Place, Term
from satrap.country.pack import Pack


class EntityKind(enum.StrEnum):
    INSTITUTION = "institution"
    PLACE = "place"
    PERSON = "person"
    POST = "post"
    GROUP = "group"
    RANK = "rank"


class Role(enum.StrEnum):
    """Whether the words name the entity itself or the people who work for it ("security agents")."""

    NAME = "name"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Entry:
    """One written form of one entity. `name` is the proper English name of what the form names."""

    text: str
    language: str
    kind: EntityKind
    entity: str
    name: str
    role: Role = Role.NAME
    tier: str = ""
    ambiguous: bool = False
    article: bool = False
    period: Lasting | None = None


def entries(pack: Pack) -> list[Entry]:
    """All written forms, each once per entity, declared forms before derived ones."""
    declared = list(_declared(pack))
    derived = [variant for entry in declared for variant in _variants(entry, pack)]
    kept: dict[tuple[str, EntityKind, str, Role], Entry] = {}
    for entry in declared + derived:
        kept.setdefault((entry.text, entry.kind, entry.entity, entry.role), entry)
    return list(kept.values())


def _declared(pack: Pack) -> Iterator[Entry]:
    for institution in pack.institutions.values():
        yield from _of_institution(institution)
    for tier in pack.header.tiers:
        for body, terms in tier.offices.items():
            base = Entry("", "", EntityKind.INSTITUTION, body, pack.institution(body).name, tier=tier.id)
            yield from _spread(base, terms)
    for place in pack.places.values():
        yield from _of_place(place, place)
        for city in place.cities:
            yield from _of_place(place, city)
    for post in pack.posts.values():
        yield from _spread(Entry("", "", EntityKind.POST, post.id, post.title, tier=post.tier), post.titles)
    for person in pack.people.values():
        base = Entry(person.name, "en", EntityKind.PERSON, person.id, person.name)
        yield base
        yield from _spread(base, person.terms)
    for group in pack.groups.values():
        yield from _spread(Entry("", "", EntityKind.GROUP, group.id, group.name), group.terms)
    for rank in pack.ranks.values():
        yield from _spread(Entry("", "", EntityKind.RANK, rank.id, rank.name), rank.terms)


def _of_institution(institution: Institution) -> Iterator[Entry]:
    base = Entry(institution.name, "en", EntityKind.INSTITUTION, institution.id, institution.name)
    yield base
    for period in institution.names:
        yield from _spread(replace(base, period=period), period.terms)
    yield from _spread(base, institution.slang)
    yield from _spread(replace(base, role=Role.STAFF), institution.staff_names)


def _of_place(place: Place, named: Place | City) -> Iterator[Entry]:
    base = Entry(named.name, "en", EntityKind.PLACE, place.id, named.name)
    yield base
    yield from _spread(base, named.terms)


def _spread(base: Entry, terms: Mapping[str, tuple[Term, ...]]) -> Iterator[Entry]:
    for language, alternatives in terms.items():
        for term in alternatives:
            yield replace(
                base,
                text=term.text,
                language=language,
                ambiguous=term.ambiguous,
                article=term.article,
                tier=term.tier or base.tier,
            )


def _variants(entry: Entry, pack: Pack) -> Iterator[Entry]:
    """Spellings that follow from a declared form by a general rule."""
    spelled = [entry, *_respelled(entry, pack)] if entry.language == "en" else [entry]
    yield from spelled[1:]
    for one in spelled:
        if "s' " in one.text:
            # "Workers' Party" is often printed "Worker's Party" or "Workers Party"
            yield replace(one, text=one.text.replace("s' ", "'s "))
            yield replace(one, text=one.text.replace("s' ", "s "))
        collective = one.kind in (EntityKind.INSTITUTION, EntityKind.GROUP)
        if one.language == "en" and collective and (one.role is Role.STAFF or one.text.islower()):
            yield replace(one, text=f"{one.text}s")  # "prosecutors", "party committees"
        if one.kind is EntityKind.PLACE and one.entity != pack.code:
            for word in pack.header.place_words.get(one.language, ()):
                yield replace(one, text=f"{one.text} {word}")


def _respelled(entry: Entry, pack: Pack) -> Iterator[Entry]:
    texts = [entry.text]
    for word, others in pack.header.spellings.items():
        whole = re.compile(rf"\b{re.escape(word)}\b")
        texts += [whole.sub(other, text) for text in texts if whole.search(text) for other in others]
    yield from (replace(entry, text=text) for text in texts[1:])
