"""Scenario files: YAML, alone, with parts that it includes, or `extends:` another and saying what changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field

from satrap.errors import ScenarioError, UnknownNameError
from satrap.simulate.engine import EQUATIONS
from satrap.simulate.layers import merged, without
from satrap.simulate.memory import shortage
from satrap.simulate.parameters import Declared
from satrap.simulate.scenario import Scenario
from satrap.simulate.sweep import SWEEP, Sweep, expanded
from satrap.yamlfile import Document, read

_BUNDLED = Path(__file__).parent / "scenarios"
_EXTENDS, _INCLUDE = "extends", "include"


class Part(Declared):
    """What a file may give to those that include it: lists are added to, mappings overlaid."""

    institutions: tuple[Any, ...] = ()
    places: tuple[Any, ...] = ()
    events: tuple[Any, ...] = ()
    mechanisms: dict[str, Any] = Field(default_factory=dict)
    parameters: dict[str, Any] = Field(default_factory=dict)


class Change(Declared):
    """A file that extends another: events removed by id, events added, mechanisms and parameters replaced."""

    extends: str
    include: str | tuple[str, ...] = ()
    id: str
    title: str
    remove: tuple[str, ...] = ()
    events: tuple[Any, ...] = ()
    mechanisms: dict[str, Any] = Field(default_factory=dict)
    parameters: dict[str, Any] = Field(default_factory=dict)
    sweep: Any = None


def bundled() -> list[str]:
    """Names of the scenarios that come with satrap."""
    return sorted(path.stem for path in _BUNDLED.glob("*.yaml"))


def load_scenario(name: str | Path, *, engine: str = EQUATIONS, workers: int = 1) -> Scenario:
    """The bundled scenario of that name, or the one in the YAML file at that path.

    Raises ScenarioError, naming file, line and key, if the file or one that it extends or includes is faulty,
    asks for a sweep, or needs more memory than there is for an engine and so many workers; and
    UnknownNameError if `name` is neither a file nor bundled.
    """
    path = _locate(name, Path())
    own = read(path, ScenarioError)
    if isinstance(own.data, dict) and SWEEP in own.data:
        raise own.fault(
            (SWEEP,),
            "many scenarios where one is asked for",
            remedy="run it with `satrap simulate`, or load it with `load_sweep`",
            error=ScenarioError,
        )
    return _fitting(_whole(path, own, ()), engine, workers)


def load_sweep(name: str | Path, *, engine: str = EQUATIONS, workers: int = 1) -> Sweep:
    """The scenario as :func:`load_scenario`, and its variants where the file has a `sweep:`."""
    path = _locate(name, Path())
    own = read(path, ScenarioError)
    whole = _whole(path, own, ())
    return expanded(_fitting(whole, engine, workers), whole, own)


def _fitting(document: Document, engine: str, workers: int) -> Scenario:
    scenario = document.as_model(Scenario, ScenarioError)
    lacking = shortage(scenario, engine, workers)
    if lacking:
        raise document.fault(lacking.keys, lacking.problem, remedy=lacking.remedy, error=ScenarioError)
    return scenario


def _locate(name: str | Path, folder: Path) -> Path:
    if str(name) in bundled():
        return _BUNDLED / f"{name}.yaml"
    path = folder / name
    if path.suffix not in {".yaml", ".yml"} and not path.is_file():
        raise UnknownNameError("scenario", str(name), bundled())
    return path


def _whole(path: Path, own: Document, extended_by: tuple[Path, ...]) -> Document:
    """The file with all that it extends and includes; every fault points at the line that made it."""
    if not isinstance(own.data, dict):
        return own
    change = own.as_model(Change, ScenarioError) if _EXTENDS in own.data else None
    whole = _base(path, own, change, extended_by) if change else Document(own.name, {}, {})
    for index, part in enumerate(_included(own)):
        found = path.parent / part
        if not found.is_file():
            raise own.fault(
                (_INCLUDE, index), f"no file {found}", remedy="check the name", error=ScenarioError
            )
        document = read(found, ScenarioError)
        document.as_model(Part, ScenarioError)
        whole = merged(whole, document)
    how = {_INCLUDE, SWEEP} | ({_EXTENDS, "remove"} if change else set())  # no part of the scenario itself
    said = {key: value for key, value in own.data.items() if key not in how}
    lines = {keys: line for keys, line in own.lines.items() if not keys or keys[0] not in how}
    return merged(whole, Document(own.name, said, lines))


def _included(own: Document) -> list[str]:
    named = own.data.get(_INCLUDE, [])
    named = [named] if isinstance(named, str) else named
    if not isinstance(named, list) or not all(isinstance(one, str) for one in named):
        raise own.fault(
            (_INCLUDE,),
            "not a file or a list of files",
            remedy="write include: [shared.yaml]",
            error=ScenarioError,
        )
    return named


def _base(path: Path, own: Document, change: Change, extended_by: tuple[Path, ...]) -> Document:
    """The scenario that a file extends, without the events that it removes."""
    try:
        base_path = _locate(change.extends, path.parent)
    except UnknownNameError as bad:
        raise own.fault((_EXTENDS,), bad.problem, remedy=bad.remedy, error=ScenarioError) from None
    if path.resolve() in extended_by:
        raise own.fault(
            (_EXTENDS,), "a scenario extends itself", remedy="break the circle", error=ScenarioError
        )
    base = _whole(base_path, read(base_path, ScenarioError), (*extended_by, path.resolve()))
    known = [event.id for event in base.as_model(Scenario, ScenarioError).events]
    for index, gone in enumerate(change.remove):
        if gone not in known:
            raise own.fault(
                ("remove", index),
                f"{base.name} has no event {gone!r}",
                remedy=f"use one of: {', '.join(known)}",
                error=ScenarioError,
            )
    gone_at = [at for at, one in enumerate(known) if one in change.remove]
    return without(base, "events", gone_at) if gone_at else base
