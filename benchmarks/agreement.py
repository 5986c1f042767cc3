"""How far two coders of the same reports agree, by the matching that scores the reader."""

from collections import defaultdict
from collections.abc import Iterable

from benchmarks.own import COMMAND, GOLD, Coded, part
from benchmarks.rows import Row
from benchmarks.scoring import Scorer
from satrap.claims import Access, Argument, Claim, Quote, Reading, Source
from satrap.claims.gold import GoldClaim, read_gold
from satrap.claims.matching import Score
from satrap.country import Gazetteer, load_pack
from satrap.reports import Report


class Coder:
    """A coder as a reader: says of each report what the coder coded."""

    name = "second coder"
    version = "1"
    languages = frozenset({"en"})

    def __init__(self, claims: Iterable[GoldClaim], places: Gazetteer) -> None:
        self._by_report: dict[str, list[GoldClaim]] = defaultdict(list)
        self._places = places
        for claim in claims:
            self._by_report[claim.report].append(claim)

    def read(self, report: Report) -> list[Claim]:
        return [self._claim(coded, report) for coded in self._by_report.get(report.origin or "", [])]

    def _claim(self, coded: GoldClaim, report: Report) -> Claim:
        return Claim(
            report=report.hash,
            quote=Quote.at(report.text, coded.start, coded.end),
            kind=coded.kind,
            said_by=tuple(Source(one.kind, self._place(one.place), one.name) for one in coded.said_by),
            reading=Reading(self.name, self.version, 1.0),
            roles={
                role: tuple(Argument(min(names, key=len)) for names in filled)
                for role, filled in coded.roles.items()
            },
            access=Access.UNSTATED,
            direction=coded.direction,
            polarity=coded.polarity,
            certainty=coded.certainty,
            horizon=coded.horizon,
        )

    def _place(self, name: str | None) -> str | None:
        if name is None:
            return None
        found = [one.entity for one in self._places.find(name.split("|")[0]) if one.kind == "place"]
        return found[0] if found else name


def rows() -> list[Row]:
    """Core claims of the second coder against the first coder's, over the reports both coded."""
    with (GOLD / "second.claims.jsonl").open(encoding="utf-8") as lines:
        second = list(read_gold(lines, "second"))
    both = {claim.report for claim in second}
    total = Score()
    count = 0
    for name in ("dev", "test"):
        reports, gold = part(name)
        for coded in reports:
            if coded.id in both:
                count += 1
                total += _compare(coded, gold[coded.id], second)
    n = len(total.pairs) + len(total.misses)

    def row(name: str, value: float, unit: str) -> Row:
        note = f"{count} reports coded twice; the second coder's core claims against the first coder's"
        return Row(
            id=f"reading.own.agreement.{name}",
            value=value,
            target=None,
            better="higher",
            unit=unit,
            n=n,
            command=COMMAND,
            note=note,
        )

    fields = [row(f"field.{name}", value, "share") for name, value in total.accuracy.items()]
    return [row("f1", total.f1, "F1"), row("recall", total.recall, "share"), *fields]


def _compare(coded: Coded, gold: list[GoldClaim], second: list[GoldClaim]) -> Score:
    pack = load_pack(coded.country)
    core = [claim for claim in second if claim.report == coded.id and not claim.optional]
    return Scorer(pack, Coder(core, Gazetteer(pack))).score(coded.report(), gold)
