"""A country pack in memory: lookups over what it declares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from satrap.country.dates import latest_covering
from satrap.country.model import (
    Group,
    Header,
    Institution,
    Oversight,
    Person,
    Place,
    Post,
    Rank,
    Tenure,
    Tier,
)
from satrap.errors import UnknownNameError

Entity = TypeVar("Entity", Institution, Place, Post, Person, Group, Rank, Tier)


@dataclass(frozen=True, eq=False)
class Pack:
    """One state: its institutions, places, posts, people and words, as checked by `load_pack`."""

    header: Header
    institutions: Mapping[str, Institution]
    oversight: tuple[Oversight, ...]
    places: Mapping[str, Place]
    posts: Mapping[str, Post]
    people: Mapping[str, Person]
    tenures: tuple[Tenure, ...]
    groups: Mapping[str, Group]
    ranks: Mapping[str, Rank]

    @property
    def code(self) -> str:
        """ISO 3166-1 alpha-2 code, which is also the id of the nation's place."""
        return self.header.country

    @property
    def name(self) -> str:
        return self.header.name

    @property
    def authority(self) -> tuple[str, ...]:
        """Ids of the institutions between which a place's authority is shared; the shares sum to one."""
        return self.header.authority

    @cached_property
    def tiers(self) -> Mapping[str, Tier]:
        """Tiers by id, from the centre down."""
        return {tier.id: tier for tier in self.header.tiers}

    @cached_property
    def provinces(self) -> tuple[Place, ...]:
        """The places right below the nation, in the order of the pack."""
        return tuple(place for place in self.places.values() if place.parent == self.code)

    def institution(self, institution_id: str) -> Institution:
        """Raises UnknownNameError, like the lookups below."""
        return _look_up("institution", institution_id, self.institutions)

    def place(self, place_id: str) -> Place:
        return _look_up("place", place_id, self.places)

    def post(self, post_id: str) -> Post:
        return _look_up("post", post_id, self.posts)

    def person(self, person_id: str) -> Person:
        return _look_up("person", person_id, self.people)

    def group(self, group_id: str) -> Group:
        return _look_up("group", group_id, self.groups)

    def share_institution(self, institution_id: str) -> str | None:
        """The institution of `authority` whose share counts this one's power; None if it takes no part."""
        at: str | None = institution_id
        while at is not None and at not in self.authority:
            at = self.institution(at).share_of
        return at

    def shares_of_group(self, group_id: str) -> tuple[str, ...]:
        """The shares that a collective noun touches, each once, in the order of `authority`."""
        touched = {self.share_institution(each) for each in self.group(group_id).institutions}
        return tuple(share for share in self.authority if share in touched)

    def name_at(self, institution_id: str, on: date) -> str:
        """The institution's English name on that day; its timeless name where the pack gives none."""
        institution = self.institution(institution_id)
        period = latest_covering((one for one in institution.names if one.terms.get("en")), on)
        return period.terms["en"][0].text if period else institution.name

    def parents_at(self, institution_id: str, on: date) -> tuple[str, ...]:
        """The institutions it answered to on that day, formal parents first."""
        covering = [one for one in self.institution(institution_id).parents if one.may_cover(on)]
        return tuple(one.of for one in sorted(covering, key=lambda one: one.kind != "formal"))

    def head_post(self, institution_id: str, place_id: str | None = None) -> Post | None:
        """The post that leads the institution, or its office at a place."""
        self.institution(institution_id)
        at = None if place_id in (None, self.code) else place_id
        heads = (
            post
            for post in self.posts.values()
            if post.head and post.institution == institution_id and post.place == at
        )
        return next(heads, None)

    def head_of(self, institution_id: str, on: date, place_id: str | None = None) -> Tenure | None:
        """Who led it on that day: a tenure without person if the seat was empty, None if unknown."""
        post = self.head_post(institution_id, place_id)
        return self.holder_of(post.id, on) if post else None

    def holder_of(self, post_id: str, on: date) -> Tenure | None:
        """The tenure of a post that covers the day. A bare sighting (`seen`) covers only its own date."""
        held = [one for one in self.tenures if one.post == self.post(post_id).id]
        spanning = latest_covering((one for one in held if one.start or one.end), on)
        seen = (one for one in held if one.seen and one.seen.earliest <= on <= one.seen.latest)
        return spanning or next(seen, None)

    def oversees(self, by: str, over: str, on: date) -> Oversight | None:
        """The rule under which `by` could act on `over` on that day, or None."""
        self.institution(by)
        self.institution(over)
        return latest_covering((edge for edge in self.oversight if edge.by == by and over in edge.over), on)

    def era(self, on: date) -> str:
        """The year of a day as the state counts it ("Juche 106"); empty where it counted as we do."""
        era = self.header.era
        return f"{era.name} {on.year - era.first + 1}" if era and era.may_cover(on) else ""

    def residents(self) -> dict[str, int]:
        """People by province without double counting, at the pack's census.

        Where the source counts one place within another, its people are taken out of the other's figure.
        Provinces without a figure are left out: the source counts their people elsewhere.
        """
        people = {place.id: place.population.people for place in self.provinces if place.population}
        for place in self.provinces:
            if place.population and place.population.within:
                people[place.population.within] -= place.population.people
        return people


def _look_up(kind: str, wanted: str, known: Mapping[str, Entity]) -> Entity:
    try:
        return known[wanted]
    except KeyError:
        shown = ", ".join(list(known)[:12]) + (", ..." if len(known) > 12 else "")
        raise UnknownNameError(kind, wanted, known, remedy=f"known ids: {shown}") from None
