"""Files laid over each other: what one adds to or changes in another, each key remembering its own line."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from satrap.yamlfile import Document, Keys


def merged(under: Document, over: Document) -> Document:
    """`over` laid on `under`: lists go on where they ended, mappings get keys or other values for them."""
    data = dict(under.data)
    covered: list[Keys] = []
    longer: dict[str, int] = {}
    for key, value in over.data.items():
        before = data.get(key)
        if isinstance(before, list) and isinstance(value, list):
            data[key], longer[key] = [*before, *value], len(before)
        elif isinstance(before, dict) and isinstance(value, dict):
            data[key] = {**before, **value}
            covered += [(key, one) for one in value]
        else:
            data[key] = value
            covered.append((key,))

    def moved(keys: Keys) -> Keys | None:
        if not keys or keys[0] not in longer:
            return keys
        return (keys[0], int(keys[1]) + longer[str(keys[0])], *keys[2:]) if len(keys) > 1 else None

    below = _relabelled(under, data, lambda keys: None if _within(keys, covered) else keys)
    above = _relabelled(over, data, moved)
    return Document(over.name, data, below.lines | above.lines, below.borrowed | above.borrowed)


def without(document: Document, section: str, gone: Collection[int]) -> Document:
    """The document without some items of a list."""
    left = [at for at in range(len(document.data[section])) if at not in gone]

    def moved(keys: Keys) -> Keys | None:
        if keys[:1] != (section,) or len(keys) == 1:
            return keys
        return (section, left.index(int(keys[1])), *keys[2:]) if keys[1] in left else None

    items = [document.data[section][at] for at in left]
    return _relabelled(document, {**document.data, section: items}, moved)


def replaced(document: Document, keys: Keys, value: Any, by: Document, there: Keys) -> Document:
    """The document with another value at `keys`, which `by` gives at `there`.

    So is, from now on, what the value makes of the whole that it is a part of.
    """
    data = _put(document.data, keys, value)
    found = _relabelled(document, data, lambda one: None if _within(one, [keys]) else one)
    marked = [keys[:end] for end in range(2, len(keys) + 1)]
    lines = found.lines | dict.fromkeys(marked, by.lines[there])
    return Document(document.name, data, lines, found.borrowed | dict.fromkeys(marked, by.origin(there)))


def _put(data: Any, keys: Keys, value: Any) -> Any:
    if not keys:
        return value
    first, rest = keys[0], keys[1:]
    if isinstance(data, list):
        return [_put(one, rest, value) if at == first else one for at, one in enumerate(data)]
    return {**(data or {}), first: _put((data or {}).get(first), rest, value)}


def _within(keys: Keys, parts: Collection[Keys]) -> bool:
    return any(keys[: len(part)] == part for part in parts)


def _relabelled(document: Document, data: Any, label: Callable[[Keys], Keys | None]) -> Document:
    """Other data with the document's lines under other keys, without those whose label is None."""
    new = {keys: label(keys) for keys in document.lines}
    lines = {there: document.lines[keys] for keys, there in new.items() if there is not None}
    borrowed = {there: document.origin(keys) for keys, there in new.items() if there is not None}
    return Document(document.name, data, lines, borrowed)
