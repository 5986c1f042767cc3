"""Read a YAML file into a pydantic model; every fault names the file, the line, the key and the remedy.

Country packs, reading rules and scenarios are data that an analyst edits by hand, so the message is the
interface: `packs/kp/places.yaml:41: places[3].code: 'KP-99x' is not an ISO 3166-2 code; ...`.

Dates are kept as text (YAML would turn 2017-01-15 into a date but leave 2017-01 a string).
"""

from __future__ import annotations

import types
import typing
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails
from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from satrap.errors import SatrapError, close_matches

Model = TypeVar("Model", bound=BaseModel)
Keys = tuple[str | int, ...]

_TIMESTAMP = "tag:yaml.org,2002:timestamp"


def load(path: Path | Traversable, model: type[Model], error: type[SatrapError]) -> Model:
    """The file at `path` as an instance of `model`; raises `error` at the first fault of the file."""
    return read(path, error).as_model(model, error)


def read(path: Path | Traversable, error: type[SatrapError]) -> Document:
    """The file's plain data with the line of every key; raises `error` if it is not readable as YAML."""
    name = str(path)
    try:
        text = path.read_bytes().decode("utf-8")
    except UnicodeDecodeError as bad:
        raise error(f"{name}: byte {bad.start} is not UTF-8", remedy="save the file as UTF-8") from None
    except OSError as bad:
        reason = bad.strerror or "cannot be read"
        raise error(f"{name}: {reason}", remedy="check the path and its permissions") from None
    return parse(name, text, error)


def parse(name: str, text: str, error: type[SatrapError]) -> Document:
    """As :func:`read`, from text; `name` is what messages call it."""
    yaml = YAML(typ="safe", pure=True)
    try:
        root = yaml.compose(text)
    except MarkedYAMLError as bad:
        mark = bad.problem_mark or bad.context_mark
        line = mark.line + 1 if mark else 1
        raise error(
            f"{name}:{line}: not valid YAML: {bad.problem}",
            remedy="check the indentation, quotes and colons on this line",
        ) from None
    except RecursionError:
        raise error(f"{name}: nested too deeply", remedy="flatten the file") from None
    except YAMLError as bad:
        reason = " ".join(str(bad).split())
        raise error(f"{name}: not valid YAML: {reason}", remedy="save it as plain text") from None
    if root is None:
        raise error(f"{name}:1: the file is empty", remedy="fill it in or delete it")
    builder = _Builder(name, error, yaml.constructor)
    return Document(name=name, data=builder.build(root, ()), lines=builder.lines)


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file: its plain data and, for every path of keys into them, the line it starts on (from 1).

    Where other files gave part of the data, `borrowed` has the file that gave a key and the key's path there.
    """

    name: str
    data: Any
    lines: dict[Keys, int]
    borrowed: dict[Keys, tuple[str, Keys]] = field(default_factory=dict)

    def origin(self, keys: Keys) -> tuple[str, Keys]:
        """The file that gave `keys`, and what they are called there."""
        return self.borrowed.get(keys, (self.name, keys))

    def as_model(self, model: type[Model], error: type[SatrapError]) -> Model:
        """The data validated by `model`; raises `error` naming the first fault and how many follow it."""
        try:
            return model.model_validate(self.data)
        except ValidationError as bad:
            # A misspelt key is both unknown and missing; the first of the two says what to mend
            faults = sorted(bad.errors(include_url=False), key=lambda one: one["type"] != "extra_forbidden")
        problem, remedy = _explain(faults[0], model)
        if len(faults) > 1:
            remedy += f" ({len(faults) - 1} more to mend in this file)"
        raise self.fault(faults[0]["loc"], problem, remedy=remedy, error=error) from None

    def fault(self, keys: Keys, problem: str, *, remedy: str, error: type[SatrapError]) -> SatrapError:
        """An `error` that points at the line of `keys`, or of the nearest enclosing key the file has."""
        known: Keys = ()
        beyond: Keys = ()
        for key in keys:  # pydantic names the member of a union on the way, which the file does not
            if (*known, key) in self.lines:
                known, beyond = (*known, key), ()
            else:
                beyond = (*beyond, key)
        name, there = self.origin(known)
        shown = dotted((*there, *beyond))
        place = f"{name}:{self.lines.get(known, 1)}: " + (f"{shown}: " if shown else "")
        return error(place + problem, remedy=remedy)


def dotted(keys: Keys) -> str:
    """`("places", 3, "code")` as `places[3].code`."""
    text = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in keys)
    return text.removeprefix(".")


class _Builder:
    """Plain data from YAML nodes, noting lines on the way (ruamel's own loaders keep one or the other)."""

    def __init__(self, name: str, error: type[SatrapError], constructor: Any) -> None:
        self.name = name
        self.error = error
        self.constructor = constructor
        self.lines: dict[Keys, int] = {}
        self.built: set[int] = set()

    def build(self, node: Node, keys: Keys) -> Any:
        self.lines.setdefault(keys, node.start_mark.line + 1)
        # An alias (*name) comes as the same node again; it could hold itself, or grow without bound.
        if id(node) in self.built:
            raise self.error(
                f"{self.name}:{self.lines[keys]}: {dotted(keys)}: aliases are not allowed",
                remedy="write the value out",
            )
        self.built.add(id(node))
        if isinstance(node, MappingNode):
            return self.mapping(node, keys)
        if isinstance(node, SequenceNode):
            return [self.build(item, (*keys, index)) for index, item in enumerate(node.value)]
        return self.scalar(typing.cast(ScalarNode, node), keys)

    def mapping(self, node: MappingNode, keys: Keys) -> dict[Any, Any]:
        built: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            line = key_node.start_mark.line + 1
            if not isinstance(key_node, ScalarNode):
                raise self.error(
                    f"{self.name}:{line}: {dotted(keys)}: a key must be one word or number",
                    remedy="write the key as plain text",
                )
            key = self.scalar(key_node, keys)
            if key in built:
                raise self.error(
                    f"{self.name}:{line}: {dotted((*keys, key))}: key appears twice, "
                    f"first on line {self.lines[(*keys, key)]}",
                    remedy="keep one of the two",
                )
            self.lines[(*keys, key)] = line
            built[key] = self.build(value_node, (*keys, key))
        return built

    def scalar(self, node: ScalarNode, keys: Keys) -> Any:
        if node.tag == _TIMESTAMP:
            return node.value
        try:
            return self.constructor.construct_object(node)
        except (YAMLError, ValueError):
            raise self.error(
                f"{self.name}:{node.start_mark.line + 1}: {dotted(keys)}: "
                f"cannot read {node.value!r} as {node.tag}",
                remedy="put the value in quotes or remove the tag",
            ) from None


def _explain(fault: ErrorDetails, model: type[BaseModel]) -> tuple[str, str]:
    """What is wrong and what to do, in the words of someone editing YAML."""
    keys, value = fault["loc"], fault.get("input")
    if fault["type"] == "extra_forbidden":
        known = _fields_at(model, keys[:-1])
        close = close_matches(str(keys[-1]), known)
        return "unknown key", (
            f"did you mean {' or '.join(close)}?"
            if close
            else f"remove it or use one of: {', '.join(known)}"
            if known
            else "remove it"
        )
    if fault["type"] == "missing":
        return "required key is missing", f"add `{keys[-1]}:` here"
    message = fault["msg"].removeprefix("Value error, ")
    message = message[:1].lower() + message[1:]
    if fault["type"] == "value_error":
        return message, "correct this value"
    return f"{_short(value)}: {message}", "correct this value"


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= 60 else shown[:57] + "..."


def _fields_at(model: Any, keys: Keys) -> list[str]:
    """The keys that `model` allows below `keys`, as far as type annotations tell; empty if they do not."""
    options = [model]
    for key in keys:
        options = [inner for option in options for inner in _step(option, key)]
    names = {
        info.alias or name
        for option in options
        for one in _unwrap(option)
        if isinstance(one, type) and issubclass(one, BaseModel)
        for name, info in one.model_fields.items()
    }
    return sorted(names)


def _step(annotation: Any, key: str | int) -> list[Any]:
    found: list[Any] = []
    for one in _unwrap(annotation):
        if isinstance(one, type) and issubclass(one, BaseModel):
            found += [info.annotation for name, info in one.model_fields.items() if key in (name, info.alias)]
        elif typing.get_origin(one) is not None:
            # list[X], tuple[X, ...] and dict[str, X] all hold what we step into in their last real argument
            found += [arg for arg in typing.get_args(one) if arg is not Ellipsis][-1:]
    return found


def _unwrap(annotation: Any) -> list[Any]:
    """The alternatives of a union, without Annotated."""
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _unwrap(typing.get_args(annotation)[0])
    if origin in (typing.Union, types.UnionType):
        return [one for option in typing.get_args(annotation) for one in _unwrap(option)]
    return [annotation]
