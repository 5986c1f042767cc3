"""Load a country pack from its folder of YAML files and check that its parts agree.

Files: pack.yaml, institutions.yaml, places.yaml, people.yaml, words.yaml. `docs/country-packs.md` is the guide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from satrap import yamlfile
from satrap.country.dates import Declared
from satrap.country.model import (
    Group,
    Header,
    Institution,
    Oversight,
    Person,
    Place,
    Post,
    Rank,
    Tenure,
)
from satrap.country.pack import Pack
from satrap.errors import PackError, UnknownNameError
from satrap.yamlfile import Document, Keys


class InstitutionsFile(Declared):
    """institutions.yaml"""

    institutions: tuple[Institution, ...]
    oversight: tuple[Oversight, ...] = ()


class PlacesFile(Declared):
    """places.yaml"""

    places: tuple[Place, ...]


class PeopleFile(Declared):
    """people.yaml"""

    posts: tuple[Post, ...] = ()
    people: tuple[Person, ...] = ()
    tenures: tuple[Tenure, ...] = ()


class WordsFile(Declared):
    """words.yaml"""

    groups: tuple[Group, ...] = ()
    ranks: tuple[Rank, ...] = ()


Identified = TypeVar("Identified", Institution, Place, Post, Person, Group, Rank)


def available_packs() -> tuple[str, ...]:
    """Codes of the packs that come with satrap."""
    folders = resources.files("satrap.country").joinpath("packs").iterdir()
    return tuple(sorted(one.name for one in folders if one.joinpath("pack.yaml").is_file()))


def load_pack(code_or_path: str | Path) -> Pack:
    """A bundled pack by its code ("kp"), or one from a folder.

    Raises UnknownNameError if there is no such pack, PackError (file, line, key) if it is faulty.
    """
    code = str(code_or_path).lower()
    if isinstance(code_or_path, str) and code in available_packs():
        return _bundled(code)
    folder = Path(code_or_path)
    if not folder.is_dir():
        remedy = f"use one of {', '.join(available_packs())}, or the path of a folder with a pack.yaml"
        raise UnknownNameError("country", str(code_or_path), available_packs(), remedy=remedy)
    return _load(folder)


@cache
def _bundled(code: str) -> Pack:
    return _load(resources.files("satrap.country").joinpath("packs", code))


def _load(folder: Path | Traversable) -> Pack:
    files = {name: yamlfile.read(folder.joinpath(f"{name}.yaml"), PackError)
             for name in ("pack", "institutions", "places", "people", "words")}
    header = files["pack"].as_model(Header, PackError)
    organs = files["institutions"].as_model(InstitutionsFile, PackError)
    places = files["places"].as_model(PlacesFile, PackError)
    people = files["people"].as_model(PeopleFile, PackError)
    words = files["words"].as_model(WordsFile, PackError)
    pack = Pack(
        header=header,
        institutions=_by_id(files["institutions"], "institutions", organs.institutions),
        oversight=organs.oversight,
        places=_by_id(files["places"], "places", places.places),
        posts=_by_id(files["people"], "posts", people.posts),
        people=_by_id(files["people"], "people", people.people),
        tenures=people.tenures,
        groups=_by_id(files["words"], "groups", words.groups),
        ranks=_by_id(files["words"], "ranks", words.ranks),
    )
    for name, references in _references(pack).items():
        for keys, kind, wanted, known in references:
            if wanted not in known:
                unknown = UnknownNameError(kind, wanted, known, remedy=f"declare this {kind} in the pack")
                raise files[name].fault(keys, unknown.problem, remedy=unknown.remedy, error=PackError)
    _check_shares(pack, files["institutions"])
    return pack


def _by_id(file: Document, key: str, declared: tuple[Identified, ...]) -> dict[str, Identified]:
    found: dict[str, Identified] = {}
    for index, one in enumerate(declared):
        if one.id in found:
            raise file.fault((key, index, "id"), f"{one.id!r} is declared twice",
                             remedy="merge the two entries or rename one", error=PackError)
        found[one.id] = one
    return found


Reference = tuple[Keys, str, str, Iterable[str]]


def _references(pack: Pack) -> dict[str, Iterator[Reference]]:
    """Every id that one part of the pack uses and another must declare, by file, with where it stands."""
    return {"pack": _header_references(pack), "institutions": _institution_references(pack),
            "places": _place_references(pack), "people": _people_references(pack),
            "words": _word_references(pack)}


def _header_references(pack: Pack) -> Iterator[Reference]:
    organs = pack.institutions
    for index, each in enumerate(pack.authority):
        yield ("authority", index), "institution", each, organs
    for index, outside in enumerate(pack.header.outside):
        yield ("outside", index, "institution"), "institution", outside.institution, organs
    for index, tier in enumerate(pack.header.tiers):
        for each in tier.offices:
            yield ("tiers", index, "offices", each), "institution", each, organs
    yield ("country",), "place", pack.code, pack.places


def _institution_references(pack: Pack) -> Iterator[Reference]:
    organs = pack.institutions
    for index, one in enumerate(organs.values()):
        at: Keys = ("institutions", index)
        for number, parent in enumerate(one.parents):
            yield (*at, "parents", number, "of"), "institution", parent.of, organs
        for number, member in enumerate(one.members):
            yield (*at, "members", number), "institution", member, organs
        if one.share_of is not None:
            yield (*at, "share_of"), "institution", one.share_of, organs
    for index, edge in enumerate(pack.oversight):
        at = ("oversight", index)
        yield (*at, "by"), "institution", edge.by, organs
        for key, bodies in (("over", edge.over), ("never", edge.never)):
            for number, body in enumerate(bodies):
                yield (*at, key, number), "institution", body, organs
        if edge.needs is not None:
            yield (*at, "needs"), "institution", edge.needs, organs
        if edge.place:
            yield (*at, "place"), "place", edge.place, pack.places


def _place_references(pack: Pack) -> Iterator[Reference]:
    for index, place in enumerate(pack.places.values()):
        if place.parent is not None:
            yield ("places", index, "parent"), "place", place.parent, pack.places
        if place.population and place.population.within:
            counted = [one.id for one in pack.provinces if one.population]
            yield ("places", index, "population", "within"), "place", place.population.within, counted


def _people_references(pack: Pack) -> Iterator[Reference]:
    for index, post in enumerate(pack.posts.values()):
        yield ("posts", index, "institution"), "institution", post.institution, pack.institutions
        yield ("posts", index, "tier"), "tier", post.tier, pack.tiers
        yield ("posts", index, "titles"), "language", "en", [lang for lang, found in post.titles.items() if found]
        if post.place is not None:
            yield ("posts", index, "place"), "place", post.place, pack.places
    for index, tenure in enumerate(pack.tenures):
        yield ("tenures", index, "post"), "post", tenure.post, pack.posts
        if tenure.person is not None:
            yield ("tenures", index, "person"), "person", tenure.person, pack.people


def _word_references(pack: Pack) -> Iterator[Reference]:
    for index, group in enumerate(pack.groups.values()):
        for number, each in enumerate(group.institutions):
            yield ("groups", index, "institutions", number), "institution", each, pack.institutions


def _check_shares(pack: Pack, file: Document) -> None:
    """Every institution is a share, rolls up to one, or is said to stand outside: exactly one of the three."""
    outside = {one.institution for one in pack.header.outside}
    for index, one in enumerate(pack.institutions.values()):
        roles = (one.id in pack.authority) + (one.share_of is not None) + (one.id in outside)
        if roles != 1:
            raise file.fault(
                ("institutions", index), f"{one.id} has {roles} places in the authority shares, not one",
                remedy="give it share_of, or list it under authority or outside in pack.yaml", error=PackError)
        seen, at = {one.id}, one.share_of
        while at is not None and at not in seen:
            seen.add(at)
            at = pack.institutions[at].share_of
        if at is not None:
            raise file.fault(("institutions", index, "share_of"), f"{one.id} rolls up to itself",
                             remedy="break the circle of share_of", error=PackError)
        if one.share_of is not None and pack.share_institution(one.id) is None:
            raise file.fault(("institutions", index, "share_of"), f"{one.share_of} has no authority share",
                             remedy="roll it up to an institution listed under authority", error=PackError)
