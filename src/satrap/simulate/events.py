"""What the centre does, as typed events of a scenario. Dates are days; the engine places them in weeks."""

from __future__ import annotations

from abc import ABC, abstractmethod
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from satrap.simulate.parameters import Declared


class Rank(StrEnum):
    """Whom a dismissal strikes: the head, the deputies at the centre, or officers in the provinces."""

    HEAD = "head"
    DEPUTY = "deputy"
    PROVINCE = "province"


class Measure(Declared, ABC):
    """Common to all events: an id (to remove it in a counterfactual), a date and where it comes from."""

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    date: date
    source: str = ""

    @abstractmethod
    def institutions(self) -> tuple[str, ...]:
        """The institutions the event names."""


class Local(Measure):
    """A measure for all places, or only for `places`."""

    places: tuple[str, ...] | None = None


class Forceful(Local):
    """A measure that may be stronger or weaker than usual, in equal parts wherever it arrives."""

    strength: float = Field(default=1.0, gt=0, le=10)


class Stage(Declared):
    """Later in a cascade: `number` deputies at the centre, or `per_thousand` officers in each province.

    The delay after the head's fall is lognormal with median `after_weeks`; stages do not wait for each other.
    """

    rank: Rank
    after_weeks: float = Field(gt=0)
    number: int | None = Field(default=None, ge=1)
    per_thousand: float | None = Field(default=None, gt=0, le=1000)

    @model_validator(mode="after")
    def _counted_by_rank(self) -> Self:
        if self.rank is Rank.HEAD:
            raise ValueError("the head is the dismissal itself; a stage is `deputy` or `province`")
        wanted, given = (
            ("number", self.number) if self.rank is Rank.DEPUTY else ("per_thousand", self.per_thousand)
        )
        if given is None or (self.number is not None and self.per_thousand is not None):
            raise ValueError(f"a stage of rank {self.rank} is counted by `{wanted}` only")
        return self


class Dismissal(Measure):
    """The head of an institution falls, and others after him."""

    kind: Literal["dismissal"]
    institution: str
    cascade: tuple[Stage, ...] = ()

    def institutions(self) -> tuple[str, ...]:
        return (self.institution,)


class Order(Forceful):
    """An order that promises punishment to the officials of the listed institutions."""

    kind: Literal["order"]
    to: tuple[str, ...] = Field(min_length=1)

    def institutions(self) -> tuple[str, ...]:
        return self.to


class Transfer(Forceful):
    """Powers pass from the listed institutions to another one, evenly over `over_weeks`."""

    kind: Literal["transfer"]
    from_: tuple[str, ...] = Field(alias="from", min_length=1)
    to: str
    over_weeks: int = Field(default=1, ge=1)

    @model_validator(mode="after")
    def _moves(self) -> Self:
        if self.to in self.from_:
            raise ValueError(f"{self.to} cannot hand powers to itself")
        return self

    def institutions(self) -> tuple[str, ...]:
        return (*self.from_, self.to)


class Inspection(Local):
    """An institution is inspected for `weeks`; officers are dismissed when the inspection closes."""

    kind: Literal["inspection"]
    of: str
    weeks: int = Field(ge=1)

    def institutions(self) -> tuple[str, ...]:
        return (self.of,)


class Restructuring(Measure):
    """Institutions put under one roof (they price permissions jointly), or paid differently, or both."""

    kind: Literal["restructuring"]
    merge: tuple[str, ...] = ()
    pay: dict[str, Annotated[float, Field(ge=0)]] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _changes_something(self) -> Self:
        if len(self.merge) == 1 or not (self.merge or self.pay):
            raise ValueError("name two or more institutions to `merge`, or the new `pay`")
        return self

    def institutions(self) -> tuple[str, ...]:
        return (*self.merge, *self.pay)


Event = Annotated[Dismissal | Order | Transfer | Inspection | Restructuring, Field(discriminator="kind")]
