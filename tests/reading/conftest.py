"""One pack and one reader for the whole folder: loading the language model is what costs time."""

from collections.abc import Callable

import pytest

from satrap.claims import Claim, When
from satrap.country import Pack, load_pack
from satrap.country.model import Header, Place
from satrap.reading import RuleReader
from satrap.reports import Report

Read = Callable[..., list[Claim]]


@pytest.fixture(scope="session")
def pack() -> Pack:
    return load_pack("kp")


@pytest.fixture(scope="session")
def nowhere() -> Pack:
    """A state about which nothing is known but its name: what is read of it is read by the rules alone."""
    header = Header.model_validate(
        {
            "schema_version": 1,
            "country": "XX",
            "name": "Nowhere",
            "as_of": "2020",
            "authority": [],
            "tiers": [],
        }
    )
    place = Place(id="XX", name="Nowhere")
    return Pack(header, {}, (), {"XX": place}, {}, {}, (), {}, {})


@pytest.fixture(scope="session")
def reader(pack: Pack) -> RuleReader:
    return RuleReader(pack, tagger=None)


@pytest.fixture(scope="session")
def read(reader: RuleReader) -> Read:
    def run(
        text: str,
        publisher: str = "Daily Bulletin",
        published: str | None = "2019-05-20",
        outlet: str | None = None,
    ) -> list[Claim]:
        when = When.parse(published) if published else None
        return reader.read(Report(text=text, publisher=publisher, published=when, outlet=outlet))

    return run
