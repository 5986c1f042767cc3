"""Load a country pack from its folder of YAML files and check that its parts agree.

Files: pack.yaml, institutions.yaml, places.yaml, people.yaml, words.yaml; see docs/country-packs.md.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import TypeVar

from satrap import yamlfile
from satrap.country.checks import check
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
from satrap.yamlfile import Document


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
    files = {
        name: yamlfile.read(folder.joinpath(f"{name}.yaml"), PackError)
        for name in ("pack", "institutions", "places", "people", "words")
    }
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
    check(pack, files)
    return pack


def _by_id(file: Document, key: str, declared: tuple[Identified, ...]) -> dict[str, Identified]:
    found: dict[str, Identified] = {}
    for index, one in enumerate(declared):
        if one.id in found:
            raise file.fault(
                (key, index, "id"),
                f"{one.id!r} is declared twice",
                remedy="merge the two entries or rename one",
                error=PackError,
            )
        found[one.id] = one
    return found
