"""The chronology that comes with a pack: dated facts restated in own words, each as a short report."""

from __future__ import annotations

from importlib import resources
from importlib.resources.abc import Traversable

from satrap.country.pack import Pack
from satrap.errors import PackError


def chronology(pack: Pack) -> Traversable:
    """The pack's chronology, one report a line (JSONL); raises PackError where it has none.

    Beside it lies ``claims.jsonl``: the same reports coded by hand, by the codebook. It is what readers are
    measured against, and is never given to one.
    """
    packs = resources.files("satrap.country").joinpath("packs")
    found = packs.joinpath(pack.code.lower(), "chronology", "reports.jsonl")
    if not found.is_file():
        raise PackError(f"the pack of {pack.name} has no chronology", remedy="name the reports to read")
    return found
