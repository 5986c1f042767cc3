"""What the tagger may learn from: own gold, and the chronology's rows that are not held out."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import msgspec
from benchmarks.chronology import held_out_row
from benchmarks.own import part
from ruamel.yaml import YAML

from satrap.claims.gold import GoldClaim, read_gold
from satrap.country import load_pack
from satrap.country.chronology import chronology
from satrap.reports import Metadata, Report, load

_WIRE = ("T4-", "T5-", "T6-")  # ordinary wire prose; the rest of train has wordings chosen to vary


@dataclass(frozen=True)
class Text:
    """A report with its coded claims. Its part is ``train``, ``wire``, ``dev`` or ``chronology``: on the
    first two no rule was written, so that rules there are as good as they are on new text."""

    id: str
    part: str
    country: str
    report: Report
    gold: tuple[GoldClaim, ...]


def texts() -> list[Text]:
    """Every text to learn from. Held-out rows of the chronology and the frozen test are not among them."""
    return [*_own("train"), *_own("dev"), *_chronology()]


def phrases() -> dict[str, list[str]]:
    """Clauses by the class they claim."""
    text = (Path(__file__).parent / "phrases.yaml").read_text(encoding="utf-8")
    return msgspec.convert(YAML(typ="safe").load(text), dict[str, list[str]])


def _own(name: str) -> Iterator[Text]:
    reports, gold = part(name)
    for coded in reports:
        shown_as = "wire" if coded.id.startswith(_WIRE) else name
        yield Text(coded.id, shown_as, coded.country, coded.report(), tuple(gold[coded.id]))


def _chronology() -> Iterator[Text]:
    gold: dict[str, list[GoldClaim]] = defaultdict(list)
    folder = files("satrap.country").joinpath("packs", "kp", "chronology")
    for claim in read_gold(folder.joinpath("claims.jsonl").read_text(encoding="utf-8").splitlines()):
        gold[claim.report].append(claim)
    for row in load([Path(str(chronology(load_pack("kp"))))], Metadata()):
        if isinstance(row, Report) and row.origin is not None and not held_out_row(row.origin):
            yield Text(row.origin, "chronology", "kp", row, tuple(gold[row.origin]))
