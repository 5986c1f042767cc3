"""What a state is made of, as its pack declares it. Values only: the lookups are in `pack.py`."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from satrap.country.dates import DateField, Declared, Lasting

InstitutionId = Annotated[str, Field(pattern=r"^[A-Z][A-Z0-9_]*$")]


class Term(BaseModel):
    """One way to write a name. In YAML a plain string, or a mapping when it is not safe on its own.

    `ambiguous`: counts only in a text that also names the same entity by a safe term, and only in its period.
    `article`: counts only after "the", as in "the Party".
    `tier`: the tier the wording itself gives away ("provincial party committee").
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    text: str = Field(min_length=1)
    ambiguous: bool = False
    article: bool = False
    tier: str = ""


def _as_term(value: Any) -> Any:
    return {"text": value} if isinstance(value, str) else value


TermField = Annotated[Term, BeforeValidator(_as_term)]
# ISO 639-1 language → ways to write it, the proper one first
Terms = dict[str, Annotated[tuple[TermField, ...], Field(min_length=1)]]


def _first(terms: Terms) -> str:
    return terms.get("en", next(iter(terms.values())))[0].text


class NamePeriod(Lasting):
    """The names an institution went by in one period; the first English one is its proper name then."""

    terms: Terms = Field(alias="in")


class Parentage(Lasting):
    """Which institution another one answers to; `de facto` where practice differs from the chart."""

    of: InstitutionId
    kind: Literal["formal", "de facto"] = "formal"


class Figure(Declared):
    """A number of people, with the date and the basis of the count."""

    people: int = Field(ge=0)
    what: str
    date: DateField | None = None


class Event(Declared):
    """A dated change in an institution's make-up."""

    date: DateField
    what: str


class Institution(Lasting):
    """An organ of the state; ids outlive names and parents.

    `share_of` names the institution whose authority share counts this one's power.
    """

    id: InstitutionId
    name: str
    names: tuple[NamePeriod, ...] = ()
    slang: Terms = Field(default_factory=dict)
    staff_names: Terms = Field(default_factory=dict)
    parents: tuple[Parentage, ...] = ()
    members: tuple[InstitutionId, ...] = ()
    share_of: InstitutionId | None = None
    powers: tuple[str, ...] = ()
    subunits: tuple[str, ...] = ()
    staff: tuple[Figure, ...] = ()
    events: tuple[Event, ...] = ()


class Oversight(Lasting):
    """`by` may act on each of `over`; `needs` whose consent; `never` are bodies expressly out of reach."""

    by: InstitutionId
    over: tuple[InstitutionId, ...]
    kind: Literal["inspection", "investigation", "case sign-off", "tasking", "guidance"] = "inspection"
    needs: InstitutionId | None = None
    never: tuple[InstitutionId, ...] = ()
    place: str = ""


class Tier(Declared):
    """A level of the state; `offices` gives the local names of institutions' bodies at this level."""

    id: Literal["central", "province", "county", "village", "unit"]
    name: str
    names: Terms = Field(default_factory=dict)
    offices: dict[InstitutionId, Terms] = Field(default_factory=dict)


class Population(Declared):
    """Residents at a census. `within`: the place whose own figure includes these people as well."""

    people: int = Field(gt=0)
    year: int = Field(ge=1900, le=2100)
    within: str = ""
    not_in_places: int = Field(default=0, ge=0)


class City(Declared):
    """A town or county by which reports place an event; it stands for the province around it."""

    name: str
    terms: Terms = Field(default={}, alias="in")


class Place(Declared):
    """A node of the tree of places: the nation, or one of its provinces.

    `tile` is (row, column) on a map of equal squares, row 0 in the north; `borders` are ISO 3166-1 codes.
    """

    id: str
    name: str
    terms: Terms = Field(default={}, alias="in")
    parent: str | None = None
    population: Population | None = None
    capital: str = ""
    borders: tuple[str, ...] = ()
    tile: tuple[int, int] | None = None
    cities: tuple[City, ...] = ()

    @field_validator("id")
    @classmethod
    def _iso(cls, code: str) -> str:
        if not re.fullmatch(r"[A-Z]{2}(-[A-Z0-9]{1,3})?", code):
            raise ValueError(f"{code!r} is not an ISO 3166 code like KP or KP-05")
        return code


class Post(Declared):
    """A seat that a person holds; `head` if it leads the institution (at the place, if one is given)."""

    id: str
    institution: InstitutionId
    titles: Annotated[Terms, Field(min_length=1)]
    tier: str = "central"
    place: str | None = None
    head: bool = False

    @property
    def title(self) -> str:
        """The first of the titles, in English where the pack gives one."""
        return _first(self.titles)


class Person(Declared):
    """A senior official known from the public record; never a private person."""

    id: str
    name: str
    terms: Terms = Field(default={}, alias="in")


class Tenure(Lasting):
    """Who held a post, from when to when and what became of them; no person where the seat was empty.

    `seen` is a day on which the holder was observed in the post when neither end is known.
    """

    post: str
    person: str | None
    fate: str = ""
    seen: DateField | None = None


class Group(Declared):
    """A collective noun of the reports ("legal agencies") and the institutions it stands for."""

    id: InstitutionId
    name: str
    institutions: tuple[InstitutionId, ...]
    terms: Terms = Field(alias="in")


class Rank(Declared):
    """A military or service rank; a higher `order` outranks a lower one."""

    id: str
    order: int
    terms: Annotated[Terms, Field(min_length=1)] = Field(alias="in")

    @property
    def name(self) -> str:
        return _first(self.terms)


class Outside(Declared):
    """An institution that takes no part in the authority shares, and why."""

    institution: InstitutionId
    reason: str


class Era(Lasting):
    """The state's own count of years, while in use; ``first`` is the year of our calendar that it calls 1."""

    name: str
    first: int


class Header(Declared):
    """pack.yaml: which country this is, and between whom its authority is shared.

    `spellings`: other romanisations of a word, tried in every English name that holds it.
    `place_words`: nouns that may follow a place's name ("Province"), by language.
    `era`: the state's own count of years, shown beside ours.
    """

    schema_version: Literal[1]
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    name: str
    as_of: DateField
    authority: tuple[InstitutionId, ...]
    outside: tuple[Outside, ...] = ()
    tiers: tuple[Tier, ...]
    spellings: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    place_words: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    era: Era | None = None
    notes: tuple[str, ...] = ()
