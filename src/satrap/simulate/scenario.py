"""A scenario: the state at the start, what happens to it, and how people are taken to behave."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, ValidationError, ValidationInfo, field_validator, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError

from satrap.errors import close_matches
from satrap.simulate.catalogue import CATALOGUE
from satrap.simulate.events import Event, Local
from satrap.simulate.parameters import Declared, InformedBy, Parameter


class Role(StrEnum):
    """What an institution is; `party` is the ruling apparatus itself, which the leader controls directly."""

    PARTY = "party"
    SECURITY = "security"
    POLICE = "police"
    PROSECUTION = "prosecution"
    INSPECTION = "inspection"
    EXECUTIVE = "executive"


class Institution(Declared):
    """An institution at the start: posts nationwide, pay (1 = a living), authority share, weight in fear."""

    id: str
    name: str
    role: Role
    staff: int = Field(ge=1)
    pay: float = Field(ge=0)
    share: float = Field(gt=0, lt=1)
    fear: float = Field(default=1.0, gt=0)
    source: str


class Place(Declared):
    """A province: residents, the share of place-tagged reports that speak of it, and how many counties it
    has.
    """

    id: str
    name: str
    population: int = Field(ge=1)
    coverage: float = Field(ge=0, le=1)
    counties: int = Field(default=1, ge=1, le=10_000)


class Mechanisms(Declared):
    """The named mechanisms; one that is off has its parameters at zero (`OFF`). Without `savings` nobody runs
    out of money."""

    market_structure: bool = True
    deterrence: bool = True
    horizon: bool = True
    drift: bool = True
    relapse: bool = True
    balancing: bool = True
    transfers: bool = True
    quotas: bool = True
    savings: bool = True
    hiding: bool = True
    complaints: bool = True


OFF: dict[str, tuple[str, ...]] = {
    "market_structure": ("complementarity",),
    "deterrence": ("deterrence", "correction"),
    "horizon": ("horizon",),
    "drift": ("drift",),
    "relapse": ("relapse",),
    "balancing": ("balancing_hazard",),
    "transfers": ("transfer",),
    "quotas": ("quota",),
    "savings": ("savings",),
    "hiding": ("hiding",),
    "complaints": ("complaint",),
}


class Question(Declared):
    """What is asked: who was weakened, who may take over, and where the witnesses of the change speak."""

    weakened: str
    heirs: tuple[str, ...] = Field(min_length=1)
    witnesses: tuple[str, ...] = Field(min_length=1)


def _unique(kind: str, ids: list[str]) -> None:
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise ValueError(f"{kind} {', '.join(twice)} declared twice")


def _known(kind: str, named: Collection[str], known: Collection[str]) -> None:
    for name in named:
        if name not in known:
            close = close_matches(name, known) or sorted(known)
            raise ValueError(f"unknown {kind} {name!r}, use {' or '.join(close)}")


def _fits(event: Event, info: ValidationInfo) -> Event:
    """An event must lie within the run and name institutions and places of the scenario."""
    if not {"start", "weeks", "institutions", "places"} <= info.data.keys():
        return event  # these have faults of their own, which are reported first
    start, end = info.data["start"], info.data["start"] + timedelta(weeks=info.data["weeks"])
    if not start <= event.date < end:
        raise ValueError(f"event {event.id} on {event.date} is outside the run ({start} to {end})")
    _known("institution", event.institutions(), {one.id for one in info.data["institutions"]})
    if isinstance(event, Local) and event.places is not None:
        _known("place", event.places, {one.id for one in info.data["places"]})
    return event


def _catalogued(parameters: dict[str, Parameter]) -> dict[str, Parameter]:
    missing = [name for name in CATALOGUE if name not in parameters]
    if missing:
        raise ValueError(f"parameter {', '.join(missing)} missing")
    for name, parameter in parameters.items():
        try:
            _known("parameter", (name,), CATALOGUE)
            admit(name, parameter)
        except ValueError as bad:
            # a nested error keeps its key, so that the loader can point at the parameter's own line
            fault = PydanticCustomError("value_error", "{problem}", {"problem": str(bad)})
            raise ValidationError.from_exception_data(
                "Parameter", [InitErrorDetails(type=fault, loc=(name,), input=name)]
            ) from None
    return parameters


def admit(name: str, parameter: Parameter) -> None:
    """Raise ValueError if the parameter's unit is not the catalogue's or it lies mostly out of range."""
    entry = CATALOGUE[name]
    if parameter.unit != entry.unit:
        raise ValueError(f"{name} is in {entry.unit!r}, not {parameter.unit!r}")
    if parameter.mass_within(entry.low, entry.high) < 0.5:
        raise ValueError(f"{name} ({parameter.describe()}) is outside {entry.low:g} to {entry.high:g}")


class Scenario(Declared):
    """One possible course of a state, week by week from `start`.

    `illustrative` marks a scenario whose numbers only show the mechanism and rest on no calibration.
    Field order matters: events are checked against what stands above them.
    """

    id: str
    title: str
    country: str
    illustrative: bool = False
    start: date
    weeks: int = Field(ge=1, le=5200)
    institutions: tuple[Institution, ...] = Field(min_length=2)
    places: tuple[Place, ...] = Field(min_length=1)
    question: Question
    mechanisms: Mechanisms = Mechanisms()
    events: tuple[Annotated[Event, AfterValidator(_fits)], ...] = ()
    parameters: Annotated[dict[str, Parameter], AfterValidator(_catalogued)]

    @field_validator("institutions")
    @classmethod
    def _shares_sum_to_one(cls, institutions: tuple[Institution, ...]) -> tuple[Institution, ...]:
        _unique("institution", [one.id for one in institutions])
        total = sum(one.share for one in institutions)
        if abs(total - 1) > 1e-6:
            raise ValueError(f"authority shares sum to {total:g}, not 1")
        return institutions

    @field_validator("places")
    @classmethod
    def _places_differ(cls, places: tuple[Place, ...]) -> tuple[Place, ...]:
        _unique("place", [one.id for one in places])
        return places

    @field_validator("question")
    @classmethod
    def _answerable(cls, question: Question, info: ValidationInfo) -> Question:
        if {"institutions", "places"} <= info.data.keys():
            _known(
                "institution",
                (question.weakened, *question.heirs),
                {one.id for one in info.data["institutions"]},
            )
            _known("place", question.witnesses, {one.id for one in info.data["places"]})
        if question.weakened in question.heirs:
            raise ValueError(f"{question.weakened} cannot be its own heir")
        return question

    @model_validator(mode="after")
    def _event_ids_differ(self) -> Self:
        _unique("event", [one.id for one in self.events])
        return self

    def week_of(self, day: date) -> int:
        """The number of the week (0 = the first) that holds `day`."""
        return (day - self.start).days // 7

    def shock_week(self) -> int | None:
        """The week in which the weakened institution's head falls, or else of the first event, if any."""
        falls = [
            one.date
            for one in self.events
            if one.kind == "dismissal" and one.institution == self.question.weakened
        ]
        dates = falls or [one.date for one in self.events]
        return self.week_of(min(dates)) if dates else None

    def without_events(self) -> Scenario:
        """The same world, left alone by the centre except for the balancing rule."""
        return self.model_copy(update={"id": f"{self.id}/no-events", "events": ()})

    def only(self, *ids: str) -> Scenario:
        """The same world with no events but these, and the balancing rule."""
        _known("event", ids, [one.id for one in self.events])
        kept = tuple(one for one in self.events if one.id in ids)
        return self.model_copy(update={"id": f"{self.id}/{'+'.join(ids)}", "events": kept})

    def with_mechanisms(self, **switches: bool) -> Scenario:
        """The same scenario with mechanisms switched, as in `with_mechanisms(drift=False)`."""
        changed = Mechanisms.model_validate({**self.mechanisms.model_dump(), **switches})
        return self.model_copy(update={"mechanisms": changed})

    def with_value(self, name: str, value: float) -> Scenario:
        """The same scenario with one parameter fixed; its source becomes "set for comparison"."""
        fixed = Parameter(
            value=value, unit=CATALOGUE[name].unit, source="set for comparison", informed_by=InformedBy.PRIOR
        )
        admit(name, fixed)
        return self.model_copy(update={"parameters": {**self.parameters, name: fixed}})

    def prior_dominated(self) -> list[str]:
        """Names of the parameters that no data informs."""
        return [name for name, one in self.parameters.items() if one.informed_by is InformedBy.PRIOR]
