"""How fast the rule reader reads, beside its parser alone: words per second on one core, memory, two cores.

Words are counted by white space. Speeds of one core are by processor time, so that other work on the machine
does not count; two cores are measured by the clock and want an idle machine. The middle run counts.
"""

import multiprocessing
import os
import resource
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from importlib.resources import as_file
from multiprocessing.synchronize import Barrier
from pathlib import Path

import spacy

from benchmarks.own import part
from benchmarks.rows import ROOT, Row
from satrap.country import load_pack
from satrap.country.chronology import chronology
from satrap.reading import RuleReader
from satrap.reading.english import MODEL
from satrap.reading.learned.model import LEVELS
from satrap.reports import Metadata, Report, load

COMMAND = "make bench-reading"
NEWS = (
    Path(os.environ.get("SATRAP_SHARED", ROOT.parent / "shared")) / "data" / "gold" / "polnear-dev" / "text"
)
COUNTRY = "kp"
RUNS = 3
CORES = 2
SHARE = 4  # reports that a process is handed at a time

Timed = tuple[float, tuple[float, float]]  # words per second: the middle run, and the slowest and fastest


def rows() -> list[Row]:
    """Every figure of speed; those on others' news are left out where it is not at hand."""
    reader = RuleReader(load_pack(COUNTRY))
    about = own(COUNTRY)
    dense = [joined(about[at : at + 4]) for at in range(0, len(about), 4)]  # of some 1,300 words
    speed, alone = beside_parser(reader, dense)
    short, short_alone = beside_parser(reader, chronology_rows())
    elsewhere = [report for code in ("by", "cu", "er", "tm") for report in own(code)]
    return [
        row(
            "dense",
            speed,
            6000,
            words(dense),
            alone,
            "reports on the state whose names are known, read together",
        ),
        row(
            "short",
            short,
            6000,
            words(chronology_rows()),
            short_alone,
            "the chronology's rows, of one to four sentences, read together",
        ),
        *(
            row(
                f"dense.{level}",
                timed(partial(_read_all, by, dense), words(dense)),
                None,
                words(dense),
                note="the same reports, by the learned tagger too",
            )
            for level in LEVELS
            for by in [RuleReader(reader.pack, tagger=level)]
        ),
        row(
            "other_states",
            timed(lambda: list(reader.read_many(elsewhere)), words(elsewhere)),
            None,
            words(elsewhere),
            note=f"own reports on four other states' apparatus; {passed_over(reader, elsewhere)}",
        ),
        *news(reader),
        linear(reader, joined(about)),
        memory(),
        cores(about),
    ]


def _read_all(reader: RuleReader, reports: Sequence[Report]) -> None:
    for _ in reader.read_many(reports):
        pass


def news(reader: RuleReader) -> list[Row]:
    """Third-party news about another country, some of which mentions the state."""
    if not NEWS.is_dir():
        print("no PolNeAR text at hand: its rows of speed are left out (set SATRAP_SHARED)", file=sys.stderr)
        return []
    texts = [path.read_text(encoding="utf-8") for path in sorted(NEWS.iterdir())]
    reports = [Report(text=text, publisher="unknown") for text in texts]
    others = [report for report in reports if not reader.is_relevant(report)]
    skipped = passed_over(reader, reports)
    return [
        row(
            "news.no_names",
            timed(lambda: list(reader.read_many(others)), words(others)),
            100_000,
            words(others),
            note=f"PolNeAR dev articles that name nothing of the state; {skipped}",
        ),
        row(
            "news.all",
            timed(lambda: list(reader.read_many(reports)), words(reports)),
            None,
            words(reports),
            note=f"all PolNeAR dev articles; {skipped}, the rest is read whole",
        ),
    ]


def linear(reader: RuleReader, report: Report) -> Row:
    """One report against one ten times as long."""
    long = joined([report] * 10)
    once, tenfold = [], []
    for _ in range(RUNS):
        once.append(seconds(lambda: reader.read(report)))
        tenfold.append(seconds(lambda: reader.read(long)))
    ratios = [10 * one / ten for one, ten in zip(once, tenfold, strict=True)]
    return Row(
        id="reading.speed.tenfold",
        value=statistics.median(ratios),
        target=0.9,
        better="higher",
        unit="of the speed",
        n=words([long]),
        spread=(min(ratios), max(ratios)),
        command=COMMAND,
        note="one report ten times as long, read at this part of the speed; 1 is linear",
    )


def memory() -> Row:
    """The largest resident set of a process of its own that reads one long report and many short ones."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        peak, read = pool.apply(_peak)
    return Row(
        id="reading.speed.peak_memory",
        value=peak / 2**30,
        target=1,
        better="lower",
        unit="GiB",
        n=read,
        command=COMMAND,
        note="own reports on the state twenty times over in one text, and the chronology",
    )


def _peak() -> tuple[int, int]:
    reports = [joined(own(COUNTRY) * 20), *chronology_rows()]
    for _ in RuleReader(load_pack(COUNTRY)).read_many(reports):
        pass
    unit = 1 if sys.platform == "darwin" else 1024  # kibibytes on Linux
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit, words(reports)


def cores(reports: Sequence[Report]) -> Row:
    """The same reports by one process and by two, alternating; starting them is not counted."""
    work = [list(reports)[at : at + SHARE] for at in range(0, len(reports), SHARE)] * 3
    context = multiprocessing.get_context("spawn")
    with (
        ProcessPoolExecutor(1, context, _start, (context.Barrier(1),)) as one,
        ProcessPoolExecutor(CORES, context, _start, (context.Barrier(CORES),)) as two,
    ):
        for pool in (one, two):
            list(pool.map(_read, work))
        ratios = [
            elapsed(lambda: list(one.map(_read, work))) / elapsed(lambda: list(two.map(_read, work)))
            for _ in range(RUNS)
        ]
    return Row(
        id="reading.speed.two_cores",
        value=statistics.median(ratios),
        target=1.8,
        better="higher",
        unit="times one",
        n=sum(map(words, work)),
        spread=(min(ratios), max(ratios)),
        command=COMMAND,
        note="two processes against one, by the clock",
    )


_READER: list[RuleReader] = []  # of a worker process


def _start(all_ready: Barrier) -> None:
    """Loads a reader, and waits until every other worker has loaded its own."""
    _READER.append(RuleReader(load_pack(COUNTRY)))
    all_ready.wait()


def _read(reports: list[Report]) -> int:
    return sum(len(claims) for claims in _READER[0].read_many(reports))


def beside_parser(reader: RuleReader, reports: Sequence[Report]) -> tuple[Timed, float]:
    """Speed of the reader and of the parser it uses on the same texts, run in turns."""
    parser = spacy.load(MODEL, exclude=["ner", "attribute_ruler", "lemmatizer"])
    texts = [report.text for report in reports]
    n = words(reports)
    ours, alone = [], []
    list(reader.read_many(reports))  # caches fill once
    for _ in range(RUNS):
        ours.append(n / seconds(lambda: list(reader.read_many(reports))))
        alone.append(n / seconds(lambda: list(parser.pipe(texts))))
    return (statistics.median(ours), (min(ours), max(ours))), statistics.median(alone)


def timed(run: Callable[[], object], n: int) -> Timed:
    speeds = [n / seconds(run) for _ in range(RUNS)]
    return statistics.median(speeds), (min(speeds), max(speeds))


def seconds(run: Callable[[], object]) -> float:
    """Processor time of this process."""
    began = time.process_time()
    run()
    return time.process_time() - began


def elapsed(run: Callable[[], object]) -> float:
    began = time.perf_counter()
    run()
    return time.perf_counter() - began


def passed_over(reader: RuleReader, reports: Sequence[Report]) -> str:
    left = sum(not reader.is_relevant(report) for report in reports)
    return f"{left} of {len(reports)} name nothing of the state and are passed over"


def row(
    name: str, speed: Timed, target: float | None, n: int, peer: float | None = None, note: str = ""
) -> Row:
    value, spread = speed
    return Row(
        id=f"reading.speed.{name}",
        value=value,
        target=target,
        better="higher",
        unit="words/s",
        n=n,
        spread=spread,
        peer="tagger and parser alone" if peer else None,
        peer_value=peer,
        command=COMMAND,
        note=f"one core, model loaded; {note}",
    )


def own(country: str) -> list[Report]:
    """The own gold's reports on a country."""
    return [one.report() for name in ("dev", "test") for one in part(name)[0] if one.country == country]


def chronology_rows() -> list[Report]:
    with as_file(chronology(load_pack(COUNTRY))) as path:
        return [row for row in load([path], Metadata()) if isinstance(row, Report)]


def joined(reports: Sequence[Report]) -> Report:
    return Report(text="\n\n".join(report.text for report in reports), publisher="unknown")


def words(reports: Sequence[Report]) -> int:
    return sum(len(report.text.split()) for report in reports)


def main() -> None:
    for one in rows():
        peer = f" ({one.peer}: {one.peer_value:.0f})" if one.peer_value else ""
        print(f"{one.id:32} {one.value:12.2f} {one.unit:12} {one.spread} {one.met}{peer}")


if __name__ == "__main__":
    main()
