"""The projects that the dashboard is measured on: that of `satrap demo`, and one of 100,000 claims."""

import os
import subprocess
import sys
from collections.abc import Iterator

import satrap
from benchmarks.ledger_world import World
from benchmarks.rows import ROOT
from satrap.ledger import Recording
from satrap.project import Project

KEPT = ROOT / "build" / "web"
"""Where they stay: the large one takes minutes to make, of which its estimate is nearly all."""

SHRUNK = int(os.environ.get("SATRAP_SHRUNK", "1"))
CLAIMS = 100_000 // SHRUNK


def demo() -> Project:
    """What `satrap demo` makes."""
    folder = KEPT / "demo"
    if not (folder / "brief.html").exists():
        subprocess.run([sys.executable, "-m", "satrap", "demo", str(folder)], check=True, capture_output=True)
    return satrap.open(folder)


def large() -> Project:
    """An invented archive of ``CLAIMS`` claims or a few more."""
    folder = KEPT / f"large-{CLAIMS}"
    if not folder.exists():
        beside = folder.with_suffix(f".{os.getpid()}")
        made = satrap.init(beside, country="kp")
        made.ledger.record_many(_until(CLAIMS, World(made.pack)))
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
