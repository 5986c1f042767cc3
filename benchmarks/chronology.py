"""Claims on the chronology of the North Korea pack: lenient and strict F1, by kind and by field."""

import time
from collections import defaultdict
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any

from benchmarks.rows import Row
from benchmarks.scoring import Scorer
from satrap.claims.gold import GoldClaim, read_gold
from satrap.claims.matching import FIELDS, Score
from satrap.country.chronology import chronology
from satrap.reports import Metadata, Report, load

BAR = 0.80  # lenient F1, by the issue on reading
LOOKED_AT = "three quarters of the rows were looked at while rules were written"


@dataclass
class Outcome:
    """Scores of all rows, of those that were not looked at while rules were written, and the time taken."""

    lenient: Score = field(default_factory=Score)
    strict: Score = field(default_factory=Score)
    held_out: Score = field(default_factory=Score)
    words: int = 0
    seconds: float = 0.0


def outcome(scorer: Scorer) -> Outcome:
    """What the scorer's reader makes of the chronology."""
    gold: dict[str, list[GoldClaim]] = defaultdict(list)
    folder = files("satrap.country").joinpath("packs", "kp", "chronology")
    for claim in read_gold(folder.joinpath("claims.jsonl").read_text(encoding="utf-8").splitlines()):
        gold[claim.report].append(claim)
    made, began = Outcome(), time.perf_counter()
    for report in load([Path(str(chronology(scorer.pack)))], Metadata()):
        assert isinstance(report, Report)
        assert report.origin is not None
        score, strictly = scorer.scores(report, gold[report.origin])
        made.lenient += score
        made.strict += strictly
        if held_out_row(report.origin):
            made.held_out += score
        made.words += len(report.text.split())
    made.seconds = time.perf_counter() - began
    return made


def rows(scorer: Scorer, command: str) -> list[Row]:
    """The chronology against its gold."""
    found = outcome(scorer)
    lenient, held_out = found.lenient, found.held_out
    n = _coded(lenient)

    def row(name: str, value: float, n: int = n, unit: str = "F1", **more: Any) -> Row:
        fields: dict[str, Any] = {"target": None, "better": "higher"} | more
        return Row(id=f"chronology.{name}", value=value, unit=unit, n=n, command=command, **fields)

    return [
        row("f1", lenient.f1, target=BAR, note=LOOKED_AT),
        row("f1.held_out", held_out.f1, _coded(held_out), note="the rows that were not looked at"),
        row("precision", lenient.precision, unit="share"),
        row("recall", lenient.recall, unit="share"),
        row("f1.strict", found.strict.f1),
        row("voice", lenient.voice_beyond_publisher, lenient.voiced, "share"),
        *(row(f"field.{name}", lenient.accuracy[name], len(lenient.pairs), "share") for name in FIELDS),
        *(row(f"kind.{kind}.f1", f1, count) for kind, (f1, count) in by_kind(lenient).items()),
        row(
            "words_per_second",
            found.words / found.seconds,
            found.words,
            "words/s",
            note="one core, model loaded, row by row",
        ),
    ]


def held_out_row(origin: str) -> bool:
    """Every fourth row, by its number."""
    return int(origin[1:]) % 4 == 3


def by_kind(score: Score) -> dict[str, tuple[float, int]]:
    """F1 and number of coded claims of each kind."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for _, coded in score.pairs:
        counts[coded.kind][0] += 1
    for claim in score.false:
        counts[claim.kind][1] += 1
    for coded in score.misses:
        counts[coded.kind][2] += 1
    return {
        kind: (2 * hit / max(1, 2 * hit + false + missed), hit + missed)
        for kind, (hit, false, missed) in sorted(counts.items())
    }


def _coded(score: Score) -> int:
    return len(score.pairs) + len(score.misses)
