"""How much memory a scenario needs, and whether there is so much: told before anything begins."""

from __future__ import annotations

import os
from typing import NamedTuple

from satrap.simulate.engine import INDIVIDUALS, OFFICE, PLACE
from satrap.simulate.scenario import Scenario
from satrap.yamlfile import Keys

_RESIDENT, _OFFICIAL = 3 * 8, 3 * 11
"""Bytes of a record; three times, since a branch reads its past, takes it up and copies it."""
_COUNTED = 8 * 8 + 2 * 8
"""Bytes that are counted of a week, a county and an institution."""
_LAID_OUT = 32 * 6 * 8
"""Bytes of a week, a place and an institution: members of a block times arrays of events and shocks."""
_SINGLE = 4
_GIB = 2**30


class Shortage(NamedTuple):
    """What does not fit: the key of the scenario that asks for most of it, and what to do."""

    keys: Keys
    problem: str
    remedy: str


def shortage(
    scenario: Scenario, engine: str, workers: int = 1, *, held: int = 0, room: int | None = None
) -> Shortage | None:
    """What is lacking for `workers` processes and the results of `held` members in memory; None if nothing.

    `room` is how many bytes there are, by default the machine's memory. The need is that of the largest
    arrays, without the program itself.
    """
    there = room if room is not None else _installed()
    weeks, places, institutions = scenario.weeks, len(scenario.places), len(scenario.institutions)
    people = counties = 0
    if engine == INDIVIDUALS:
        residents = sum(one.population for one in scenario.places)
        officials = sum(one.staff for one in scenario.institutions)
        people = _RESIDENT * residents + _OFFICIAL * officials
        counties = sum(one.counties for one in scenario.places)
    course = weeks * institutions * (_LAID_OUT * places + _COUNTED * counties)
    results = held * weeks * places * (len(OFFICE) * institutions + len(PLACE)) * _SINGLE
    need = workers * (people + course) + results
    if there is None or need <= there:
        return None
    told = f"needs {need / _GIB:,.1f} GiB of memory, and there are {there / _GIB:,.1f}"
    if results >= workers * max(people, course):
        return Shortage((), told, "give a folder to `keep` members in, or ask for fewer runs")
    fewer = " and fewer workers" if workers > 1 else ""
    if people >= course:
        return Shortage(("places",), told, f"use the engine `equations`, or fewer residents{fewer}")
    return Shortage(("weeks",), told, f"use fewer weeks, places or institutions{fewer}")


def _installed() -> int | None:
    """The machine's memory in bytes; None where the system does not tell."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, OSError, ValueError):
        return None
