"""Correcting a claim by hand: as a sheet of YAML, or a field at a time; every fault names its key."""

import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any

import msgspec
from ruamel.yaml import YAML

from satrap import yamlfile
from satrap.claims import (
    Access,
    Argument,
    Certainty,
    Claim,
    Direction,
    Horizon,
    Polarity,
    Quote,
    Source,
    SourceKind,
    Tier,
    When,
    kinds,
)
from satrap.country import Pack
from satrap.errors import ClaimError, SatrapError, close_matches
from satrap.review.fields import FIELDS

Keys = yamlfile.Keys
Fault = Callable[[Keys, str, str], SatrapError]  # from keys, problem and remedy


class _Voice(Source, frozen=True, forbid_unknown_fields=True):
    pass


class _Argument(Argument, frozen=True, forbid_unknown_fields=True):
    pass


_TYPES: dict[str, Any] = {
    "quote": str,
    "kind": str,
    "roles": dict[str, Any],
    "direction": Direction | None,
    "polarity": Polarity,
    "certainty": Certainty,
    "cues": tuple[str, ...],
    "horizon": Horizon,
    "when": str | int | None,  # a year alone is a number in YAML
    "places": tuple[str, ...],
    "said_by": tuple[_Voice, ...],
    "access": Access,
    "because": tuple[str, ...],
}
_WORDS: dict[str, Iterable[str]] = {
    "kind": kinds(),
    "direction": Direction,
    "polarity": Polarity,
    "certainty": Certainty,
    "horizon": Horizon,
    "access": Access,
    "said_by.kind": SourceKind,
    "roles.tiers": Tier,
}
_HEAD = """# Correct what is wrong, save and close; close without a change to leave it.
# when: as EDTF, such as 2017, 2017-06, 2017-06-15, 2017-01/2017-03
"""
_PATH = re.compile(r"[^.\[\]]+|\[\d+\]")
_CLAIM_ID = re.compile(r"[0-9a-f]{32}")


def sheet(claim: Claim) -> str:
    """A claim as YAML to be edited, with the words that each field may take."""
    out = io.StringIO()
    yaml = YAML()
    yaml.width = 100
    yaml.dump(_plain(claim), out)
    words = (f"# {field}: {', '.join(words)}\n" for field, words in _WORDS.items())
    return f"{_HEAD}{''.join(words)}{out.getvalue()}"


def edited(claim: Claim, text: str, name: str, report: str, pack: Pack) -> Claim:
    """The claim as an edited sheet says; fields left out stay as they are.

    ``report`` is the text of its report, ``name`` what messages call the sheet. Raises ClaimError naming line
    and key of the first fault.
    """
    document = yamlfile.parse(name, text, ClaimError)

    def fault(keys: Keys, problem: str, remedy: str) -> SatrapError:
        return document.fault(keys, problem, remedy=remedy, error=ClaimError)

    if not isinstance(document.data, dict):
        raise fault((), "is not a claim", "write `field: value` lines")
    return _built(claim, document.data, report, pack, fault)


def with_values(claim: Claim, values: Iterable[tuple[str, str]], report: str, pack: Pack) -> Claim:
    """The claim with some fields set: ``("certainty", "probable")``, ``("roles.holder[0].id", "MSS")``.

    Values are YAML. Raises ClaimError naming the key.
    """
    data = _plain(claim)

    def fault(keys: Keys, problem: str, remedy: str) -> SatrapError:
        return ClaimError(f"{yamlfile.dotted(keys)}: {problem}", remedy=remedy)

    for path, value in values:
        keys = tuple(int(part[1:-1]) if part[0] == "[" else part for part in _PATH.findall(path))
        if not keys:
            raise ClaimError(f"{path!r} names no field", remedy=f"set one of: {', '.join(FIELDS)}")
        said = yamlfile.parse(yamlfile.dotted(keys), value, ClaimError).data if value.strip() else None
        _put(data, keys, said, fault)
    return _built(claim, data, report, pack, fault)


def _put(data: Any, keys: Keys, value: Any, fault: Fault) -> None:
    for depth, key in enumerate(keys):
        last = depth == len(keys) - 1
        if isinstance(data, list) and isinstance(key, int) and key <= len(data):
            if key == len(data):
                data.append({})
        elif not (isinstance(data, dict) and isinstance(key, str)):
            raise fault(keys[: depth + 1], "there is no such place", "see the claim: satrap review --json")
        elif not last:
            data.setdefault(key, [] if isinstance(keys[depth + 1], int) else {})
        if last:
            data[key] = value
        else:
            data = data[key]


def _plain(claim: Claim) -> dict[str, Any]:
    """Every field that may be corrected, as YAML writes it."""
    data = {name: msgspec.json.decode(msgspec.json.encode(getattr(claim, name))) for name in FIELDS}
    data["quote"] = claim.quote.exact
    data["when"] = claim.when.edtf if claim.when else None
    return data


def _built(claim: Claim, data: Mapping[str, Any], report: str, pack: Pack, fault: Fault) -> Claim:
    said = {key: _converted((key,), value, fault) for key, value in data.items()}
    kind = said.get("kind", claim.kind)
    if "roles" in said:
        said["roles"] = {role: _role(role, filled, fault) for role, filled in said["roles"].items()}
    if "said_by" in said:
        said["said_by"] = msgspec.convert(data["said_by"], tuple[Source, ...])
    if "quote" in said:
        said["quote"] = _quoted(claim.quote, said["quote"], report, fault)
    if said.get("when") is not None:
        said["when"] = _when(str(said["when"]), fault)
    made = claim.clone(**_whole(claim, kind, said, fault))
    for keys, id, known in _ids(made, pack):
        if id not in known and not _CLAIM_ID.fullmatch(id):
            remedy = " or ".join(close_matches(id, known)) or "an id of the country pack, or none"
            raise fault(keys, f"{id!r} is not known", f"did you mean {remedy}?")
    return made


def _whole(claim: Claim, kind: str, said: dict[str, Any], fault: Fault) -> dict[str, Any]:
    """What is said, where it holds together with what is left as it was."""
    schema = kinds().get(kind)
    if schema is None:
        raise fault(("kind",), f"unknown kind {kind!r}", _allowed(kind, kinds()))
    for role in said.get("roles", claim.roles):
        if role not in schema.roles:
            raise fault(("roles", role), f"{kind} has no such role", _allowed(role, schema.roles))
    if said.get("direction", claim.direction) and not schema.directional:
        raise fault(("direction",), f"{kind} takes no direction", "leave it empty")
    if not said.get("said_by", claim.said_by):
        raise fault(("said_by",), "is empty", "name the publisher: it is always the outermost voice")
    return said


def _role(role: str, filled: Any, fault: Fault) -> tuple[Argument, ...]:
    _strict(("roles", role), filled, tuple[_Argument, ...], fault)
    return msgspec.convert(filled, tuple[Argument, ...])


def _converted(keys: Keys, value: Any, fault: Fault) -> Any:
    [key] = keys
    if key not in _TYPES:
        raise fault(keys, "is no field that can be corrected", _allowed(str(key), FIELDS))
    return _strict(keys, value, _TYPES[str(key)], fault)


def _strict(keys: Keys, value: Any, type: Any, fault: Fault) -> Any:
    try:
        return msgspec.convert(value, type)
    except msgspec.ValidationError as error:
        problem, _, path = str(error).partition(" - at `$")
        inner = [int(one[1:-1]) if one[0] == "[" else one for one in _PATH.findall(path.rstrip("`"))]
        where = (*keys, *inner)
        field = ".".join(str(key) for key in where if isinstance(key, str))
        words = _WORDS.get(field) or _WORDS.get(f"{where[0]}.{where[-2 if inner else -1]}", ())
        wrong = _at(value, inner)
        remedy = _allowed(str(wrong), words) if words else "correct this value"
        raise fault(where, problem[:1].lower() + problem[1:], remedy) from None


def _at(value: Any, keys: Iterable[str | int]) -> Any:
    for key in keys:
        value = value[key]
    return value


def _allowed(wrong: str, words: Iterable[str]) -> str:
    close = close_matches(wrong, words)
    return f"did you mean {' or '.join(close)}?" if close else f"use one of: {', '.join(words)}"


def _quoted(before: Quote, exact: str, report: str, fault: Fault) -> Quote:
    """The words at the place in the report that is nearest to where the quote was."""
    starts = [found.start() for found in re.finditer(f"(?={re.escape(exact)})", report)] if exact else []
    if not starts:
        raise fault(("quote",), "these words do not stand in the report", "quote it to the letter")
    start = min(starts, key=lambda at: abs(at - before.start))
    return Quote.at(report, start, start + len(exact))


def _when(edtf: str, fault: Fault) -> When:
    try:
        return When.parse(edtf)
    except ValueError as error:
        raise fault(("when",), str(error), "write it as EDTF") from None


def _ids(claim: Claim, pack: Pack) -> Iterator[tuple[Keys, str, Collection[str]]]:
    """Every id in a claim, with its keys and the ids that it may be."""
    entities = {*pack.institutions, *pack.people, *pack.posts, *pack.groups, *pack.places}
    for at, place in enumerate(claim.places):
        yield ("places", at), place, pack.places
    for at, voice in enumerate(claim.said_by):
        if voice.place:
            yield ("said_by", at, "place"), voice.place, pack.places
    for role, filled in claim.roles.items():
        for at, argument in enumerate(filled):
            if argument.id:
                yield ("roles", role, at, "id"), argument.id, entities
            for number, place in enumerate(argument.places):
                yield ("roles", role, at, "places", number), place, pack.places
