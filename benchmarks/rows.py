"""The form of a figure, and where figures are kept."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

ROOT = Path(__file__).parents[1]
FIGURES = ROOT / "docs" / "benchmarks"


class Row(msgspec.Struct, kw_only=True):
    """One measured bar. ``target`` None means measured for the record only; a missed one stays in."""

    id: str
    value: float
    target: float | None
    better: str  # "higher" or "lower"
    unit: str
    n: int
    command: str
    spread: tuple[float, float] | None = None
    peer: str | None = None
    peer_value: float | None = None
    note: str = ""

    @property
    def met(self) -> bool | None:
        if self.target is None:
            return None
        return self.value >= self.target if self.better == "higher" else self.value <= self.target


def under_load(
    id: str,
    value: float,
    target: float | None,
    unit: str,
    n: int,
    command: str,
    load: str,
    note: str = "",
    *,
    better: str = "lower",
    **more: Any,
) -> Row:
    """A figure whose note ends with how busy the machine was."""
    told = f"{note}; {load}" if note else load
    return Row(
        id=id, value=value, target=target, better=better, unit=unit, n=n, command=command, note=told, **more
    )


class Suite(msgspec.Struct, kw_only=True):
    """All rows of one run, with what they were measured on."""

    suite: str
    commit: str
    date: str
    machine: dict[str, str | int | float]
    rows: list[Row]


def write(suite: str, rows: list[Row]) -> Path:
    """Write ``docs/benchmarks/<suite>.json``."""
    found = Suite(
        suite=suite,
        commit=commit(),
        date=datetime.now(UTC).date().isoformat(),
        machine=_machine(),
        rows=[_plain(row) for row in rows],
    )
    return _save(found)


def renew(suite: str, rows: list[Row]) -> Path:
    """Write rows of a suite in the place of those of the same ids. The others and the head, which says what
    they were measured on, stay; so the new rows' notes name their commit."""
    whole = msgspec.json.decode((FIGURES / f"{suite}.json").read_bytes(), type=Suite)
    new = {row.id: msgspec.structs.replace(_plain(row), note=f"{row.note}; at {commit()}") for row in rows}
    kept = [new.pop(row.id, row) for row in whole.rows]
    return _save(msgspec.structs.replace(whole, rows=[*kept, *new.values()]))


def show(rows: list[Row]) -> None:
    """The rows on the terminal, with whether each met its target."""
    for row in rows:
        met = {True: "met", False: "MISSED", None: ""}[row.met]
        target = "" if row.target is None else f"target {row.target:g}"
        print(f"{row.id:48} {row.value:10.3f} {row.unit:12} {target:14} {met}")


def suites() -> list[Suite]:
    """Every suite measured so far, by name."""
    return [msgspec.json.decode(path.read_bytes(), type=Suite) for path in sorted(FIGURES.glob("*.json"))]


def commit() -> str:
    """What is measured; with a ``+`` where more than figures differs from it."""
    changed = _git("status", "--porcelain", "--", ".", f":!{FIGURES.relative_to(ROOT)}")
    return _git("rev-parse", "--short", "HEAD") + ("+" if changed else "")


def _save(suite: Suite) -> Path:
    FIGURES.mkdir(parents=True, exist_ok=True)
    path = FIGURES / f"{suite.suite}.json"
    beside = path.with_suffix(f".{os.getpid()}")
    beside.write_bytes(msgspec.json.format(msgspec.json.encode(suite), indent=1) + b"\n")
    return beside.replace(path)  # whole, whoever reads it meanwhile


def _plain(row: Row) -> Row:
    """The row in few digits, as JSON knows numbers."""
    spread = tuple(float(end) for end in row.spread) if row.spread else None
    peer = None if row.peer_value is None else float(row.peer_value)
    return msgspec.structs.replace(row, value=_short(float(row.value)), spread=spread, peer_value=peer)


def _short(value: float) -> float:
    return round(value, 4) if abs(value) >= 1e-3 else float(f"{value:.2g}")


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _machine() -> dict[str, str | int | float]:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return {
        "cpu": _cpu(),
        "cores": os.cpu_count() or 1,
        "memory_gib": round(memory),
        "python": platform.python_version(),
    }


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    names = [line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if "model name" in line]
    return names[0] if names else platform.processor() or platform.machine()
