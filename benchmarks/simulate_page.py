"""What the individual engine costs, and what is made of rehearsals, for docs/explanation/simulator.md."""

from collections.abc import Mapping

from benchmarks.rows import ROOT, Row, Suite

PAGE = ROOT / "docs" / "explanation" / "simulator.md"
PICTURE = PAGE.with_name("simulator-growth.svg")


def cost(suite: Suite | None) -> str:
    """The paragraph, with what misses its bar; nothing where nothing was measured."""
    found = {row.id.removeprefix("simulate."): row for row in suite.rows} if suite else {}
    said = [f"{part}." for part in (_whole(found), _peers(found), _many(found)) if part]
    missed = [name for name, row in found.items() if row.met is False]
    if missed:
        said.append(f"Bars missed: {', '.join(f'`{name}`' for name in missed)}.")
    if said and PICTURE.exists():
        said.append(f"\n\n![What a run costs by meetings and by residents]({PICTURE.name})")
    return " ".join(said) + "\n" if said else ""


def _whole(found: Mapping[str, Row]) -> str:
    if "full.seconds" not in found:
        return ""
    return (
        f"25 million residents live ten years in {found['full.seconds'].value:.1f} s on two cores "
        f"({found['full.meeting'].value:.0f} ns of processor time a meeting), in "
        f"{found['full.memory.resident'].value:.1f} bytes a resident and "
        f"{found['full.memory.peak'].value:.2f} GB in all"
    )


def _peers(found: Mapping[str, Row]) -> str:
    rows = [row for name, row in found.items() if name.startswith("encounters.") and row.peer]
    if not rows:
        return ""
    ratios = ", ".join(f"{row.value:,.0f} times faster than {row.peer}" for row in rows)
    return f"On one simple encounter model, an agent-step is {ratios}"


def _many(found: Mapping[str, Row]) -> str:
    if "ensemble.seconds" not in found or "branch" not in found:
        return ""
    runs, branch = found["ensemble.seconds"], found["branch"]
    return (
        f"{runs.n} such runs take two workers {runs.value / 60:.0f} minutes; {branch.n} futures from the end "
        f"of year 8 cost {branch.value:.0%} of as many whole runs"
    )


def rehearsal(suite: Suite | None) -> str:
    """The table of how often the truth lay within bands; nothing where it was not measured."""
    found = [row for row in suite.rows if row.id.startswith("simulate.recovery.")] if suite else []
    if not found:
        return ""
    lines = ["| figure | value | 95% | bar | note |", "|---|---|---|---|---|"]
    for row in found:
        spread = f"{row.spread[0]:.2f}–{row.spread[1]:.2f}" if row.spread else ""
        bar = "" if row.target is None else f"≥ {row.target:.2f}{'' if row.met else ', missed'}"
        name = row.id.removeprefix("simulate.recovery.")
        lines.append(f"| {name} | {row.value:.2f} {row.unit} | {spread} | {bar} | {row.note} |")
    return "\n".join(lines) + "\n"
