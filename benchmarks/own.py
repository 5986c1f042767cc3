"""Claims on the own gold: sixty invented reports on five states, coded by the codebook."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import msgspec

from benchmarks.keywords import Keywords
from benchmarks.rows import ROOT, Row
from benchmarks.scoring import Scorer
from satrap.claims import Certainty, When
from satrap.claims.gold import GoldClaim, read_gold
from satrap.claims.matching import FIELDS, Score
from satrap.country import Pack, load_pack
from satrap.reading import Reader, RuleReader
from satrap.reports import Report

COMMAND = "make bench-reading"
GOLD = ROOT / "benchmarks" / "gold"


class Coded(msgspec.Struct):
    """A line of ``*.reports.jsonl``."""

    id: str
    country: str
    publisher: str
    published: str
    control: bool
    text: str

    def report(self) -> Report:
        published = When.parse(self.published)
        return Report(text=self.text, publisher=self.publisher, published=published, origin=self.id)


@dataclass
class Outcome:
    """Scores of one reader on one part of the gold."""

    lenient: Score = field(default_factory=Score)
    strict: Score = field(default_factory=Score)
    controls: int = 0
    false_on_controls: int = 0
    missed: Counter[str] = field(default_factory=Counter)

    @property
    def hedged(self) -> tuple[int, int]:
        """Matched claims that the gold hedges: how many were read with the right certainty, of how many."""
        pairs = [
            (read, coded) for read, coded in self.lenient.pairs if coded.certainty is not Certainty.STATED
        ]
        return sum(read.certainty is coded.certainty for read, coded in pairs), len(pairs)


MISSED = {"nothing": "nothing stands", "kind": "another kind stands", "arguments": "other arguments stand"}
WIRE = re.compile(r"T[456]-\d*[02468]")
"""Texts of ``train`` in the ordinary prose of agencies and monitors that no rule was written on."""


def part(name: str) -> tuple[list[Coded], dict[str, list[GoldClaim]]]:
    """Reports and coded claims (by report) of ``dev``, ``test``, ``train``, or of its part ``wire``."""
    if name == "wire":
        reports, gold = part("train")
        return [one for one in reports if WIRE.fullmatch(one.id)], gold
    lines = (GOLD / f"{name}.reports.jsonl").read_text(encoding="utf-8").splitlines()
    gold = defaultdict(list)
    with (GOLD / f"{name}.claims.jsonl").open(encoding="utf-8") as coded:
        for claim in read_gold(coded, name):
            gold[claim.report].append(claim)
    return [msgspec.json.decode(line, type=Coded) for line in lines], gold


@cache
def outcome(name: str, reader: Callable[[Pack], Reader] = RuleReader) -> Outcome:
    """What a reader makes of one part: read once a run, though several suites ask."""
    reports, gold = part(name)
    scorers: dict[str, Scorer] = {}
    total = Outcome()
    for coded in reports:
        if coded.country not in scorers:
            pack = load_pack(coded.country)
            scorers[coded.country] = Scorer(pack, reader(pack))
        score, strictly = scorers[coded.country].scores(coded.report(), gold[coded.id])
        total.lenient += score
        total.strict += strictly
        total.controls += coded.control
        total.false_on_controls += len(score.false) if coded.control else 0
        total.missed.update(why_missed(claim, score) for claim in score.misses)
    return total


def why_missed(claim: GoldClaim, score: Score) -> str:
    """What stands where a coded claim was missed: nothing, a claim of another kind, or of other arguments."""
    there = [one.kind for one in score.false if one.quote.start < claim.end and claim.start < one.quote.end]
    return "arguments" if claim.kind in there else "kind" if there else "nothing"


def fast(pack: Pack) -> Reader:
    """The tagger's lower half beside the rules."""
    return RuleReader(pack, tagger="fast")


def thorough(pack: Pack) -> Reader:
    """The whole tagger beside the rules."""
    return RuleReader(pack, tagger="thorough")


def rows() -> list[Row]:
    """The frozen test beside the part that rules are written on, and the keyword search on the same test."""
    read, peer, dev, wire = outcome("test"), outcome("test", Keywords), outcome("dev"), outcome("wire")
    levels = {level: outcome("test", reader) for level, reader in (("fast", fast), ("thorough", thorough))}
    n = len(read.lenient.pairs) + len(read.lenient.misses)
    right, hedged = read.hedged

    def row(name: str, value: float, target: float | None = None, **more: Any) -> Row:
        fields: dict[str, Any] = {"better": "higher", "unit": "F1", "n": n} | more
        return Row(id=f"reading.own.{name}", value=value, target=target, command=COMMAND, **fields)

    per_control: dict[str, Any] = {"better": "lower", "unit": "claims", "n": read.controls}
    return [
        row("test.f1", read.lenient.f1, 0.75, peer="keyword search", peer_value=round(peer.lenient.f1, 4)),
        row(
            "test.false_per_control",
            read.false_on_controls / max(1, read.controls),
            0.25,
            peer="keyword search",
            peer_value=round(peer.false_on_controls / max(1, peer.controls), 4),
            **per_control,
        ),
        *(
            found
            for level, made in levels.items()
            for found in (
                row(
                    f"test.f1.{level}",
                    made.lenient.f1,
                    note="the learned tagger beside the rules; off by default",
                ),
                row(f"test.precision.{level}", made.lenient.precision, unit="share"),
                row(f"test.recall.{level}", made.lenient.recall, unit="share"),
                row(
                    f"test.false_per_control.{level}",
                    made.false_on_controls / max(1, made.controls),
                    **per_control,
                ),
            )
        ),
        row("test.precision", read.lenient.precision, unit="share"),
        row("test.recall", read.lenient.recall, unit="share"),
        row("test.f1.strict", read.strict.f1),
        row("test.voice", read.lenient.voice_beyond_publisher, unit="share", n=read.lenient.voiced),
        row(
            "test.certainty_when_hedged",
            right / max(1, hedged),
            0.80,
            unit="share",
            n=hedged,
            peer="always stated",
            peer_value=0.0,
        ),
        *(
            row(f"test.field.{name}", read.lenient.accuracy[name], unit="share", n=len(read.lenient.pairs))
            for name in FIELDS
        ),
        row(
            "dev.f1",
            dev.lenient.f1,
            note="rules are written on this part",
            n=len(dev.lenient.pairs) + len(dev.lenient.misses),
        ),
        *(
            row(
                f"{name}.missed.{why}",
                found.missed[why],
                None,
                better="lower",
                unit="claims",
                n=found.missed.total(),
                note=f"coded claims that were missed: {where} there",
            )
            for name, found in (("test", read), ("dev", dev), ("wire", wire))
            for why, where in MISSED.items()
        ),
        row(
            "wire.f1",
            wire.lenient.f1,
            note="ordinary prose, the half that nobody looked at while rules were written",
            n=len(wire.lenient.pairs) + len(wire.lenient.misses),
        ),
        row("wire.precision", wire.lenient.precision, unit="share"),
        row("wire.recall", wire.lenient.recall, unit="share"),
        row(
            "wire.false_per_control",
            wire.false_on_controls / max(1, wire.controls),
            **per_control | {"n": wire.controls},
        ),
        row("wire.voice", wire.lenient.voice_beyond_publisher, unit="share", n=wire.lenient.voiced),
        row("dev.false_per_control", dev.false_on_controls / max(1, dev.controls), **per_control),
    ]
