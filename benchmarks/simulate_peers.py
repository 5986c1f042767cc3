"""One encounter model in satrap and in the agent-based libraries in use: first alike, then how fast.

Residents meet an official with a fixed chance a week; which office by its share, which official by chance; a
taker asks a price that goes with what the resident has; fear and the memory of it fade, savings grow back.
Officials never change, nobody hides or complains. Every library is installed, at the version named, into an
environment of its own. The peers use one thread, mesa-frames as many as polars wants.
"""

import json
import os
import subprocess
import sys
import venv
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.rows import ROOT, Row
from benchmarks.simulate_world import SHRUNK, keep, kept, row

PEERS = {
    "mesa": (("mesa==3.3.1", "numpy==2.2.6"), 2000, "shuffled"),
    "agentpy": (("agentpy==0.1.5", "numpy==1.26.4", "setuptools<81"), 2000, "shuffled"),
    "mesa_frames": (("mesa-frames==0.1.0a0", "numpy==1.26.4"), 30, "polars"),
}
"""What is installed, by how much satrap is to be faster, and how the peer is used."""
SIZES = {"mesa": 20_000, "agentpy": 20_000, "mesa_frames": 2_000_000, "satrap": 25_000_000}
"""Residents where speed is measured: enough for each to be as fast as it gets."""
_ENVIRONMENTS = ROOT / ".peers"
_ALIKE = range(48)  # seeds
_TIMES = 5
_WEEKS = 26
_FAR = 4.5  # standard errors, of 30 comparisons


def model(residents: int, weeks: int, counties: int) -> dict[str, Any]:
    """The model's numbers: those of the 2017 scenario at their medians, rounded."""
    chance = np.random.default_rng(2017)
    posts = [33, 95, 7, 66]
    spread = np.exp(0.7 * np.linspace(-1.64, 1.64, 10))
    return {
        "residents": residents,
        "weeks": weeks,
        "counties": counties,
        "meeting": 0.05,
        "reach": [0.38, 0.6, 0.72, 1.0],
        "price": [160.0, 160.0, 160.0, 160.0],
        "menace": [2.0, 1.0, 1.0, 0.7],
        "step": 8,
        "means": (spread / spread.mean()).tolist(),
        "full": 2600.0,
        "kept": [0.963, 0.963, 0.976],
        "fear": 20,
        "burden": 200,
        "takes": [[(chance.random(n) < 0.5).tolist() for n in posts] for _ in range(counties)],
    }


def environment(peer: str) -> str:
    """The Python of the peer's own environment, made if it is not there."""
    folder = _ENVIRONMENTS / peer
    python = folder / "bin" / "python"
    done = folder / "installed"
    wanted = " ".join(PEERS[peer][0])
    if not done.exists() or done.read_text() != wanted:
        venv.create(folder, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS[peer][0]], check=True)
        done.write_text(wanted)
    return str(python)


def ask(library: str, spec: dict[str, Any], seeds: list[int], threads: int = 2) -> list[dict[str, Any]]:
    """The model lived once a seed by one library, in a process of its own."""
    python = sys.executable if library == "satrap" else environment(library)
    names = ("OMP_NUM_THREADS", "NUMBA_NUM_THREADS", "POLARS_MAX_THREADS")
    script = Path("benchmarks") / "peers" / f"{library}_encounters.py"
    own = {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])} if library == "satrap" else {}
    base = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    done = subprocess.run(
        [python, str(script)],
        input=json.dumps({"spec": spec, "seeds": seeds, "threads": threads}),
        cwd=ROOT,
        env={**base, **own, **dict.fromkeys(names, str(threads))},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    return found


def apart(one: list[dict[str, Any]], other: list[dict[str, Any]]) -> float:
    """The largest difference of means and of log spreads over seeds, in standard errors."""
    a, b = (np.array([run["found"] for run in runs], dtype=np.float64) for runs in (one, other))
    n = len(a)
    means = (a.mean(0) - b.mean(0)) / np.sqrt((a.var(0, ddof=1) + b.var(0, ddof=1)) / n)
    spreads = np.log(a.std(0) / b.std(0)) * np.sqrt(n - 1)
    return float(np.abs(np.concatenate([means, spreads])).max())


def run() -> None:
    """Alike first; then times by turns, so that what else the machine does meets all of them."""
    small = model(2_000, _WEEKS, 4)
    ours = ask("satrap", small, [seed + 1000 for seed in _ALIKE])
    alike = {peer: apart(ours, ask(peer, small, list(_ALIKE))) for peer in PEERS}
    seconds: dict[str, list[float]] = {}
    for turn in range(_TIMES):
        for name, size in SIZES.items():
            residents = max(size // SHRUNK // 200, 10) * 200
            spec = model(residents, _WEEKS, 200 if name == "satrap" else 20)
            for threads in (1, 2) if name == "satrap" else (2,):
                key = f"{name}.{threads}"
                took = ask(name, spec, [turn], threads)[0]["seconds"]
                seconds.setdefault(key, []).append(1e9 * took / residents / _WEEKS)
    keep("peers", {"alike": alike, "ns": seconds})


def rows() -> list[Row]:
    found = kept("peers")
    if not found:
        return []
    made, mine = [], found["ns"]["satrap.2"]
    for peer, (pins, target, style) in PEERS.items():
        theirs = found["ns"][f"{peer}.2"]
        ratios = sorted(b / a for a, b in zip(mine, theirs, strict=True))
        single = np.median([b / a for a, b in zip(found["ns"]["satrap.1"], theirs, strict=True)])
        made += [
            row(found, f"encounters.{peer}", float(np.median(ratios)), target, "times", len(ratios),
                f"nanoseconds an agent-step by the clock, {SIZES[peer]:,} agents there and "
                f"{SIZES['satrap']:,} here, {_WEEKS} weeks; satrap on two threads, on one "
                f"{single:.0f} times", better="higher", spread=(ratios[0], ratios[-1]),
                peer=f"{pins[0]} ({style})", peer_value=float(np.median(theirs))),
            row(found, f"encounters.{peer}.alike", found["alike"][peer], _FAR, "se", len(_ALIKE),
                "largest difference from satrap of 30 means and spreads: counts and money by office, fear, "
                "burden and wealth at the end"),
        ]  # fmt: skip
    made.append(
        row(found, "encounters.satrap", float(np.median(mine)), None, "ns", len(mine),
            "an agent-step: a resident and a week, met or not", spread=(min(mine), max(mine)))
    )  # fmt: skip
    return made
