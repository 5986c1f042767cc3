"""Scenario files: YAML, alone or `extends:` another one and saying only what changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import Field

from satrap.errors import ScenarioError, UnknownNameError
from satrap.simulate.parameters import Declared
from satrap.simulate.scenario import Scenario
from satrap.yamlfile import Document, read

_BUNDLED = Path(__file__).parent / "scenarios"


class Change(Declared):
    """A file that extends another: events removed by id, events added, mechanisms and parameters replaced."""

    extends: str
    id: str
    title: str
    remove: tuple[str, ...] = ()
    events: tuple[Any, ...] = ()
    mechanisms: dict[str, bool] = Field(default_factory=dict)
    parameters: dict[str, Any] = Field(default_factory=dict)


def bundled() -> list[str]:
    """Names of the scenarios that come with satrap."""
    return sorted(path.stem for path in _BUNDLED.glob("*.yaml"))


def load_scenario(name: str | Path) -> Scenario:
    """The bundled scenario of that name, or the one in the YAML file at that path.

    Raises ScenarioError, naming file, line and key, if the file or one it extends is faulty, and
    UnknownNameError if `name` is neither a file nor bundled.
    """
    return _document(_locate(name, Path()), ()).as_model(Scenario, ScenarioError)


def _locate(name: str | Path, folder: Path) -> Path:
    if str(name) in bundled():
        return _BUNDLED / f"{name}.yaml"
    path = folder / name
    if path.suffix not in {".yaml", ".yml"} and not path.is_file():
        raise UnknownNameError("scenario", str(name), bundled())
    return path


def _document(path: Path, extended_by: tuple[Path, ...]) -> Document:
    """The file with all that it extends merged in; faults of what it adds point at its own lines."""
    own = read(path, ScenarioError)
    if not isinstance(own.data, dict) or "extends" not in own.data:
        return own
    change = own.as_model(Change, ScenarioError)
    try:
        base_path = _locate(change.extends, path.parent)
    except UnknownNameError as bad:
        raise own.fault(("extends",), bad.problem, remedy=bad.remedy, error=ScenarioError) from None
    if path.resolve() in extended_by:
        raise own.fault(
            ("extends",), "a scenario extends itself", remedy="break the circle", error=ScenarioError
        )
    base = _document(base_path, (*extended_by, path.resolve()))
    base.as_model(Scenario, ScenarioError)  # a fault of the base is told with the base's own lines
    return _merged(base, own, change)


def _merged(base: Document, own: Document, change: Change) -> Document:
    known = [event["id"] for event in base.data.get("events", [])]
    for index, gone in enumerate(change.remove):
        if gone not in known:
            raise own.fault(
                ("remove", index),
                f"{base.name} has no event {gone!r}",
                remedy=f"use one of: {', '.join(known)}",
                error=ScenarioError,
            )
    kept = [event for event in base.data.get("events", []) if event["id"] not in change.remove]
    data = {
        **base.data,
        "id": change.id,
        "title": change.title,
        "events": [*kept, *change.events],
        "mechanisms": {**base.data.get("mechanisms", {}), **change.mechanisms},
        "parameters": {**base.data["parameters"], **change.parameters},
    }
    lines = {keys: line for keys, line in own.lines.items() if keys[:1] != ("events",)}
    for keys, line in own.lines.items():
        if keys[:1] == ("events",) and len(keys) > 1 and isinstance(keys[1], int):
            lines[("events", keys[1] + len(kept), *keys[2:])] = line
    return Document(name=own.name, data=data, lines=lines)
