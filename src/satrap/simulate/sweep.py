"""Sweeps: one scenario under every combination of some values, run with the same random draws."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import product
from math import prod
from typing import Annotated, Any, NamedTuple

from pydantic import AfterValidator, BaseModel, Field

from satrap.errors import ScenarioError, close_matches
from satrap.simulate.catalogue import CATALOGUE
from satrap.simulate.layers import replaced
from satrap.simulate.parameters import Declared
from satrap.simulate.scenario import Mechanisms, Scenario
from satrap.yamlfile import Document, Keys

SWEEP = "sweep"

MOST = 10_000
"""Variants of one sweep; beyond it the combinations are a slip of the pen."""

Value = float | bool | str


def _to_try(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if not values:
        raise ValueError("no values to try")
    twice = [one for at, one in enumerate(values) if one in values[:at]]
    if twice:
        raise ValueError(f"{twice[0]} stands here twice")
    return values


def _something(axes: dict[str, Any]) -> dict[str, Any]:
    if not axes:
        raise ValueError("nothing to vary")
    return axes


class Grid(Declared):
    """What is varied: values of parameters, switches of mechanisms, fields of events by the event's id."""

    parameters: dict[str, Annotated[tuple[float, ...], AfterValidator(_to_try)]] = Field(default_factory=dict)
    mechanisms: dict[str, Annotated[tuple[bool, ...], AfterValidator(_to_try)]] = Field(default_factory=dict)
    events: dict[
        str,
        Annotated[dict[str, Annotated[tuple[Any, ...], AfterValidator(_to_try)]], AfterValidator(_something)],
    ] = Field(default_factory=dict)


class _File(BaseModel):
    sweep: Grid


class Variant(NamedTuple):
    """One combination: what was set, by the name of its axis, and the scenario so set."""

    settings: dict[str, Value]
    scenario: Scenario


@dataclass(frozen=True, slots=True)
class Sweep:
    """A scenario and its variants; none where its file varies nothing."""

    base: Scenario
    variants: tuple[Variant, ...] = ()


class _Axis(NamedTuple):
    name: str
    there: Keys
    """Where the sweep says it."""
    keys: Keys
    """Where the scenario has it."""
    values: tuple[Any, ...]
    wrapped: Callable[[Any], Any]


def expanded(base: Scenario, document: Document, own: Document) -> Sweep:
    """The scenario `base` of `document`, and its variants by the sweep of the file `own`.

    Raises ScenarioError, naming the file, line and key, where the sweep varies what does not exist, and where
    one of its values does not fit; the line is then that of the value.
    """
    if SWEEP not in own.data:
        return Sweep(base)
    if own.data[SWEEP] in (None, {}):
        raise own.fault(
            (SWEEP,), "nothing to vary", remedy="name parameters, mechanisms or events", error=ScenarioError
        )
    axes = list(_axes(own.as_model(_File, ScenarioError).sweep, base, own))
    number = prod(len(axis.values) for axis in axes)
    if not axes or number > MOST:
        problem = f"{number:,} combinations" if axes else "nothing to vary"
        raise own.fault((SWEEP,), problem, remedy=f"vary 1 to {MOST:,}", error=ScenarioError)
    for axis in axes:  # one by one, so that a value that does not fit is told as such
        for at in range(len(axis.values)):
            _variant(document, own, [axis], (at,))
    chosen = product(*(range(len(axis.values)) for axis in axes))
    return Sweep(base, tuple(_variant(document, own, axes, one) for one in chosen))


def _variant(document: Document, own: Document, axes: list[_Axis], chosen: tuple[int, ...]) -> Variant:
    settings: dict[str, Value] = {}
    for axis, at in zip(axes, chosen, strict=True):
        value = axis.values[at]
        settings[axis.name] = value if isinstance(value, (float, bool, int)) else str(value)
        document = replaced(document, axis.keys, axis.wrapped(value), own, (*axis.there, at))
    named = ", ".join(f"{name} {_shown(value)}" for name, value in settings.items())
    scenario = document.as_model(Scenario, ScenarioError)
    renamed = {"id": f"{scenario.id}: {named}", "title": f"{scenario.title}: {named}"}
    return Variant(settings, scenario.model_copy(update=renamed))


def _shown(value: Value) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, float) else str(value)


def _axes(grid: Grid, base: Scenario, own: Document) -> Iterable[_Axis]:
    for name, values in grid.parameters.items():
        _known("parameter", name, CATALOGUE, (SWEEP, "parameters", name), own)
        yield _Axis(name, (SWEEP, "parameters", name), ("parameters", name), values, _parameter(name))
    for name, switches in grid.mechanisms.items():
        _known("mechanism", name, Mechanisms.model_fields, (SWEEP, "mechanisms", name), own)
        there: Keys = (SWEEP, "mechanisms", name)
        yield _Axis(f"mechanisms.{name}", there, there[1:], switches, lambda value: value)
    events = {event.id: (at, event) for at, event in enumerate(base.events)}
    for id_, varied in grid.events.items():
        _known("event", id_, events, (SWEEP, "events", id_), own)
        at, event = events[id_]
        fields = [info.alias or name for name, info in type(event).model_fields.items()]
        for name, values in varied.items():
            there = (SWEEP, "events", id_, name)
            _known("field", name, fields, there, own)
            yield _Axis(f"{id_}.{name}", there, ("events", at, name), values, lambda value: value)


def _parameter(name: str) -> Callable[[float], dict[str, Any]]:
    said = {"unit": CATALOGUE[name].unit, "informed_by": "prior", "source": "set by the sweep"}
    return lambda value: {"value": value, **said}


def _known(kind: str, name: str, known: Iterable[str], keys: Keys, own: Document) -> None:
    known = list(known)
    if name not in known:
        close = close_matches(name, known) or sorted(known)
        raise own.fault(
            keys, f"unknown {kind} {name!r}", remedy=f"use {' or '.join(close)}", error=ScenarioError
        )
