"""The register of everything through which something leaves: each way out takes gated values only.

An exporter, page, answer, log or backup that is made to be passed on is registered with `outward`. What it is
given is looked through at every call: a value of a type that holds anything not public is refused. A test
walks the source for code that writes or renders and fails where a public function of it is not registered.
"""

import dataclasses
import inspect
from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any, NamedTuple, ParamSpec, TypeVar

import msgspec

from satrap.claims import Reading
from satrap.errors import ProtectError
from satrap.protect.public import PublicClaim
from satrap.protect.sensitivity import declared_structs

P = ParamSpec("P")
R = TypeVar("R")

_MAY_LEAVE = {Reading}  # wholly public, and part of a PublicClaim


class WayOut(NamedTuple):
    """A registered function: what it makes, and where it is defined."""

    what: str
    module: str
    function: str


_registered: dict[tuple[str, str], WayOut] = {}


def outward(what: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a function through which ``what`` leaves, and have it refuse what did not pass the gate.

    >>> @outward("JSON lines")
    ... def write(claims: Sequence[PublicClaim], path: Path) -> None: ...
    """

    def registered(function: Callable[P, R]) -> Callable[P, R]:
        way = WayOut(what, function.__module__, function.__qualname__)
        _registered[way.module, way.function] = way

        @wraps(function)
        def checked(*args: P.args, **kwargs: P.kwargs) -> R:
            for value in (*args, *kwargs.values()):
                refuse_inside(value)
            return function(*args, **kwargs)

        return checked

    return registered


def ways_out() -> Mapping[tuple[str, str], WayOut]:
    """Every registered way out of the modules imported so far, by module and function."""
    return dict(_registered)


def refuse_inside(value: Any) -> None:
    """Raise ProtectError where a value is, or holds, something that did not pass the gate.

    Lists, tuples, sets, mappings, dataclasses and structs are looked through. What is drawn on only later
    (an iterator) cannot be, and is refused: pass a sequence.
    """
    waiting, seen = [value], set[int]()
    while waiting:
        one = waiting.pop()
        if isinstance(one, (PublicClaim, str, bytes, int, float, type(None))) or id(one) in seen:
            continue
        seen.add(id(one))
        if type(one) in declared_structs() and type(one) not in _MAY_LEAVE:
            raise ProtectError(
                f"a {type(one).__name__} reached the outside without passing the gate",
                remedy="pass claims through satrap.protect.exposure.expose first",
            )
        if inspect.isgenerator(one) or isinstance(one, (map, filter)):
            raise ProtectError(
                "an iterator cannot be looked through before it is written", remedy="pass a tuple or a list"
            )
        waiting.extend(_within(one))


def _within(value: Any) -> list[Any]:
    match value:
        case msgspec.Struct():
            return [getattr(value, name) for name in value.__struct_fields__]
        case dict() | Mapping():
            return [*value.keys(), *value.values()]
        case list() | tuple() | set() | frozenset():
            return list(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name) for field in dataclasses.fields(value)]
    return []
