"""Calendar times: news with coded dates, and the times of coded claims.

How a value is scored. On coded spans: a time found and a coded one agree if their spans overlap and they have
the same first and last day; an open end agrees with an open end only. What the coding gives as `when` is
bounded as EDTF (a year is its first to its last day), `from`/`to` and `notBefore`/`notAfter` by their own
first and last days. A range is coded as its two ends, so the two ends of a range found are what is scored.
Times found that have no bounds ("recently") are left out; coded ones that we give none are misses. Each is
matched once, in order.

On claims: of the claims matched to a coded claim (lenient, by the codebook; optional ones left out), a time
is right if its bounds are the coded ones. So a day that only dates the telling is a false alarm.
"""

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from xml.etree import ElementTree

from benchmarks.own import outcome
from benchmarks.rows import ROOT, Row
from satrap.claims import Claim, When
from satrap.claims.gold import GoldClaim
from satrap.reading.dates import Dated, find_dates

COMMAND = "make bench-reading"
GUM = Path(os.environ.get("SATRAP_SHARED", ROOT.parent / "shared")) / "data" / "gold" / "gum-news"
_OPEN = (date.min, date.max)
_TIGHT_BEFORE = frozenset(
    {",", ".", ";", ":", "!", "?", ")", "]", "%", "'s", "’s", "'", "’", "n't", "”", "…"}
)
_TIGHT_AFTER = frozenset({"(", "[", "$", "“"})


@dataclass(frozen=True, slots=True)
class Coded:
    """A coded date: where it stands and its first and last day (the first or last day there is, if open)."""

    start: int
    end: int
    earliest: date
    latest: date


@dataclass(frozen=True, slots=True)
class Document:
    name: str
    text: str
    published: When
    dates: list[Coded]


@dataclass(slots=True)
class Count:
    """Right, found and coded."""

    right: int = 0
    found: int = 0
    coded: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.coded) if self.found + self.coded else 0.0

    def add(self, right: int, found: int, coded: int) -> None:
        self.right += right
        self.found += found
        self.coded += coded


def rows() -> list[Row]:
    return [*gum(), *own()]


def own() -> list[Row]:
    """Value F1 on the claims of the own gold that the reader and the coders both found."""
    found = []
    for name in ("test", "dev"):
        count = on_claims(outcome(name).lenient.pairs)
        found.append(
            Row(
                id=f"dates.own.{name}",
                value=count.f1,
                target=0.80 if name == "test" else None,
                better="higher",
                unit="value F1",
                n=count.coded,
                command=COMMAND,
                note=f"on matched claims; {count.right} right of {count.found} found",
            )
        )
    return found


def on_claims(pairs: Iterable[tuple[Claim, GoldClaim]]) -> Count:
    """The times of claims beside those of the coded claims they are matched to."""
    count = Count()
    for claim, coded in pairs:
        when = When.parse(coded.when) if coded.when else None
        right = claim.when is not None and when is not None and _bounds(claim.when) == _bounds(when)
        count.add(right, claim.when is not None, when is not None)
    return count


def _bounds(when: When) -> tuple[date, date]:
    return when.earliest, when.latest


def gum() -> list[Row]:
    """Value F1 on Wikinews: all documents, and the half (every second by name) no rule was written from."""
    paths = sorted(GUM.glob("*.xml"))
    if not paths:
        print(f"no coded news in {GUM}: dates are not measured on it", file=sys.stderr)
        return []
    documents = [read(path) for path in paths]
    parts = {
        "": documents,
        ".held-out": list(islice(documents, 1, None, 2)),
        ".developed-on": list(islice(documents, 0, None, 2)),
    }
    found = []
    for name, part in parts.items():
        count, spans = Count(), Count()
        for document in part:
            predicted = list(flat(find_dates(document.text, document.published)))
            agreed = agreement(predicted, document.dates, values=True)
            count.add(agreed, len(predicted), len(document.dates))
            spans.add(agreement(predicted, document.dates, values=False), len(predicted), len(document.dates))
        found.append(
            Row(
                id=f"dates.gum-news{name}",
                value=count.f1,
                target=0.80 if name != ".developed-on" else None,
                better="higher",
                unit="value F1",
                n=count.coded,
                command=COMMAND,
                peer=None if name else "HeidelTime-class reference (.78); popular library .25",
                peer_value=None if name else 0.78,
                note=f"{len(part)} documents of GUM (annotation CC-BY 4.0); "
                f"{count.right} right of {count.found} found; spans alone F1 {spans.f1:.3f}",
            )
        )
    return found


def flat(dates: Iterable[Dated]) -> Iterator[Dated]:
    """Times with bounds, ranges as their ends."""
    for one in dates:
        if one.ends:
            yield from one.ends
        elif one.when is not None:
            yield one


def agreement(predicted: list[Dated], coded: list[Coded], *, values: bool) -> int:
    """How many agree, each once."""
    left = list(coded)
    right = 0
    for one in predicted:
        for other in left:
            if one.start < other.end and other.start < one.end and (not values or same(one.when, other)):
                left.remove(other)
                right += 1
                break
    return right


def same(when: When | None, coded: Coded) -> bool:
    return when is not None and _bounds(when) == (coded.earliest, coded.latest)


def read(path: Path) -> Document:
    """A document of GUM's XML: one token a line, its form first; sentences run on, paragraphs stand apart."""
    root = ElementTree.parse(path).getroot()
    text: list[str] = []
    dates: list[Coded] = []
    length = 0

    def put(piece: str) -> None:
        nonlocal length
        text.append(piece)
        length += len(piece)

    def words(lines: str | None) -> None:
        for line in (lines or "").split("\n"):
            form = line.split("\t")[0].strip()
            if form:
                last = text[-1] if text else "\n"
                put("" if last[-1:] == "\n" or form in _TIGHT_BEFORE or last in _TIGHT_AFTER else " ")
                put(form)

    def walk(node: ElementTree.Element) -> None:
        if node.tag in {"head", "p", "caption", "item", "list", "figure", "quote"} and length:
            put("\n\n")
        if node.tag == "date":
            before = len(text)
            start = length
            words(node.text)
            for kid in node:
                walk(kid)
                words(kid.tail)
            start += len(text[before]) if text[before:] else 0
            if length > start:
                dates.append(Coded(start, length, *bounds(node.attrib)))
        else:
            words(node.text)
            for kid in node:
                walk(kid)
                words(kid.tail)

    walk(root)
    return Document(path.stem, "".join(text), When.parse(root.attrib["dateCreated"]), dates)


def bounds(coded: dict[str, str]) -> tuple[date, date]:
    """First and last day of a coded date."""
    if "when" in coded:
        return _bounds(When.parse(coded["when"]))
    first, last = coded.get("from", coded.get("notBefore")), coded.get("to", coded.get("notAfter"))
    return (
        When.parse(first).earliest if first else _OPEN[0],
        When.parse(last).latest if last else _OPEN[1],
    )
