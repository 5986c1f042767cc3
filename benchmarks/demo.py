"""The bars of the whole path: time, memory, what is read rightly, what the brief weighs."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from html.parser import HTMLParser
from pathlib import Path

from benchmarks import chronology, tables
from benchmarks.rows import ROOT, Row, show, write
from benchmarks.scoring import Scorer
from satrap.claims import When
from satrap.claims.gold import read_gold
from satrap.claims.matching import Score
from satrap.country import load_pack
from satrap.reading import RuleReader
from satrap.reports import Report
from satrap.simulate import InitialState, load_scenario
from satrap.simulate.facts import facts
from satrap.simulate.worlds import run_worlds

COMMAND = "make bench-demo"
RUNS = 200
SIMULATOR = ROOT / "docs" / "explanation" / "simulator.md"
SEED = Path(os.environ.get("SATRAP_SHARED", ROOT.parent / "shared")) / "seed"


def main() -> None:
    scorer = Scorer(load_pack("kp"), RuleReader(load_pack("kp")))
    rows = [*demo(), suite(), *founding(scorer), *chronology.rows(scorer, COMMAND), *stylised_facts()]
    show(rows)
    print(write("demo", rows))
    tables.main()


def demo() -> list[Row]:
    """The demo's own work, after installation, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "demo"
        began = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "satrap", "demo", str(project)], check=True, capture_output=True
        )
        seconds = time.perf_counter() - began
        # ru_maxrss: kibibytes on Linux, bytes on macOS
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * (
            1 if sys.platform == "darwin" else 1024
        )
        page = (project / "brief.html").read_text(encoding="utf-8")
    loads = Loads()
    loads.feed(page)
    return [
        Row(id="demo.seconds", value=seconds, target=60, better="lower", unit="s", n=1, command=COMMAND),
        Row(
            id="demo.peak_memory",
            value=peak / 2**30,
            target=2,
            better="lower",
            unit="GiB",
            n=1,
            command=COMMAND,
        ),
        Row(
            id="demo.brief.size",
            value=len(page.encode()) / 2**20,
            target=1.5,
            better="lower",
            unit="MiB",
            n=1,
            command=COMMAND,
            note="the bar is that of the later brief",
        ),
        Row(
            id="demo.brief.external_requests",
            value=loads.count,
            target=0,
            better="lower",
            unit="requests",
            n=1,
            command=COMMAND,
            note="everything in the page that a browser would fetch by itself, counted in its markup",
        ),
    ]


def suite() -> Row:
    """The tests alone, without linters, as `make test` runs them."""
    began = time.perf_counter()
    command = [sys.executable, "-m", "pytest", "-n", "auto", "--dist", "loadfile"]
    subprocess.run(command, cwd=ROOT, check=True, stdout=sys.stderr)
    seconds = time.perf_counter() - began
    return Row(
        id="tests.seconds",
        value=seconds,
        target=600,
        better="lower",
        unit="s",
        n=1,
        command=COMMAND,
        note="the bar is that of CI as a whole",
    )


def founding(scorer: Scorer) -> list[Row]:
    """The founding report against its worked coding; nothing where it is not at hand."""
    if not (SEED / "founding-claims.jsonl").is_file():
        print(
            f"no founding report in {SEED.name}/: its rows are left out (set SATRAP_SHARED)", file=sys.stderr
        )
        return []
    text = (SEED / "founding-report.txt").read_text(encoding="utf-8")
    report = Report(text=text, publisher="Daily NK", published=When.parse("2017-06-15"))
    with (SEED / "founding-claims.jsonl").open(encoding="utf-8") as lines:
        score = scorer.score(report, read_gold(lines))
    print(founding_table(score))
    n = len(score.pairs) + len(score.misses)
    note = "rules were developed on this report"

    def row(
        name: str, value: float, target: float | None, better: str = "higher", unit: str = "share"
    ) -> Row:
        return Row(
            id=f"founding.{name}",
            value=value,
            target=target,
            better=better,
            unit=unit,
            n=n,
            command=COMMAND,
            note=note,
        )

    return [
        row("f1", score.f1, 0.70, unit="F1"),
        row("precision", score.precision, None),
        row("recall", score.recall, None),
        row("false_claims", len(score.false), 4, "lower", "claims"),
        row("voice", score.voice_beyond_publisher, 0.85),
    ]


def founding_table(score: Score) -> str:
    """What the report says, by its coding, and what the reader made of it."""
    found = [(coded, claim.reading.rules[0]) for claim, coded in score.pairs]
    missed = [(coded, "MISSED") for coded in score.misses]
    lines = [
        f"{coded.id}  {coded.kind:12} {(coded.direction or ''):10} {rule:32} {coded.quote[:60]}"
        for coded, rule in sorted([*found, *missed], key=lambda row: row[0].start)
    ]
    false = [
        f"FALSE {claim.kind:11} {claim.reading.rules[0]:43} {claim.quote.exact[:60]}" for claim in score.false
    ]
    return "\n".join([*lines, *false])


def stylised_facts() -> list[Row]:
    """The facts of 2017 from the scenario's own shares; also printed into the simulator's page."""
    scenario = load_scenario("kp-2017")
    table = facts(run_worlds(scenario, InitialState.from_scenario(scenario), RUNS, seed=1))
    text = SIMULATOR.read_text(encoding="utf-8")
    SIMULATOR.write_text(tables.between("facts", f"{table}\n", text), encoding="utf-8")
    return [
        Row(
            id=f"facts.{one.id}",
            value=one.share,
            target=None,
            better="higher",
            unit="share",
            n=table.runs,
            command=COMMAND,
            note=f"{'holds' if one.holds else 'does not hold'}: {one.statement}",
        )
        for one in table.rows
    ]


class Loads(HTMLParser):
    """Counts what a page would fetch when opened: sources, style sheets, and addresses in styles."""

    def __init__(self) -> None:
        super().__init__()
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        fetched = [found.get("src"), found.get("srcset"), found.get("data"), found.get("poster")]
        if tag in {"link", "use", "image"}:
            fetched += [found.get("href"), found.get("xlink:href")]
        self.count += sum(1 for url in fetched if url and not url.startswith(("#", "data:")))
        self._style(found.get("style"))

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "style":
            self._style(data)

    def _style(self, text: str | None) -> None:
        self.count += (text or "").count("url(http") + (text or "").count("@import")


if __name__ == "__main__":
    main()
