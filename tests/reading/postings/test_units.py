"""Units as they are named: by number, by name, as an operation, by acronym."""

import pytest

from satrap.reading.postings.grammar import bundled
from satrap.reading.postings.units import unit_at
from satrap.reading.postings.words import paragraphs


def unit(text: str) -> str | None:
    """The unit that ``text`` begins with."""
    [words] = paragraphs(text)
    end = unit_at(words, 0, bundled().units, set())
    return text[: words[end - 1].end] if end else None


@pytest.mark.parametrize(
    "name",
    [
        "7 Division",
        "3rd Armoured Division",
        "23 Brigade Provost Company",
        "301 Artillery Regiment",
        "Second Battalion",
        "Division 3",
        "Sector 1 Tactical Headquarters",
        "Joint Task Force",
        "Joint Task Force Operation Safe Haven",
        "Operation Safe Haven",
        "Lagos State Police Command",
        "Federal Special Anti-Robbery Squad",
        "Brigade of Guards",
        "Ministry of Defence",
        "Training and Doctrine Command",
        "United Nations Mission in Liberia",
        "Nigerian Army School of Artillery",
        "Korean People's Army",
        "Nigerian army",
        "TRADOC",
    ],
)
def test_a_unit_is_its_whole_name(name: str) -> None:
    if name == "Joint Task Force Operation Safe Haven":
        assert unit(name + " in Jos") == "Joint Task Force"  # an operation is a unit of its own
    else:
        assert unit(name + " in Jos" if "Mission" not in name else name) == name


@pytest.mark.parametrize(
    "text", ["43 soldiers", "2015 Army Day", "The Army", "Port Harcourt", "Police", "12 noon"]
)
def test_what_is_no_unit(text: str) -> None:
    assert unit(text) is None


def test_a_numbered_unit_ends_before_the_service_it_belongs_to() -> None:
    assert unit("3 Armoured Division of the Nigerian Army") == "3 Armoured Division"
