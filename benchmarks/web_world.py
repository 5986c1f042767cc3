"""The projects that the dashboard is measured on, the demo's and archives, and the form of its rows."""

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import satrap
from benchmarks.ledger_world import World
from benchmarks.rows import ROOT, Row, under_load
from satrap.ledger import Recording
from satrap.project import Project

KEPT = ROOT / "build" / "web"
"""Where they stay: the large one takes minutes to make, of which its estimate is nearly all."""

SHRUNK = int(os.environ.get("SATRAP_SHRUNK", "1"))
COMMAND = "make bench-web"


def demo() -> Project:
    """What `satrap demo` makes."""
    folder = KEPT / "demo"
    if not (folder / "brief.html").exists():
        subprocess.run([sys.executable, "-m", "satrap", "demo", str(folder)], check=True, capture_output=True)
    return satrap.open(folder)


def archive(claims: int) -> Project:
    """An invented one, of so many claims or a few more."""
    folder = KEPT / f"archive-{claims}"
    if not folder.exists():
        beside = folder.with_suffix(f".{os.getpid()}")
        made = satrap.init(beside, country="kp")
        made.ledger.record_many(_until(claims, World(made.pack)))
        beside.rename(folder)
    return satrap.open(folder)


def _until(claims: int, world: World) -> Iterator[Recording]:
    """Recordings until so many claims are in the record; a second reading takes one out."""
    held = 0
    for one in world.recordings(claims):
        if held >= claims:
            return
        held += len(one.claims) if one.version == "1" else -1
        yield one


def row(name: str, value: float, target: float | None, unit: str, n: int, note: str = "", **more: Any) -> Row:
    """A figure, with how busy the machine is."""
    load = f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"
    return under_load(f"web.{name}", value, target, unit, n, COMMAND, load, note, **more)
