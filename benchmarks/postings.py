"""Persons, ranks and posts on the Security Force Monitor's annotated news (see the note beside the data).

The set is for evaluation; nothing is trained on it. Every second document (by name) was read to learn what
the annotators take into a span and which wordings are usual; the others were held out, and the bar is
measured on them. Annotation is selective: only paragraphs with an annotation count. Spans are compared as
whole words without edge punctuation.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.rows import ROOT, Row
from satrap.reading.postings import postings

COMMAND = "make bench-reading"
DATA = Path(os.environ.get("SATRAP_SHARED", ROOT.parent / "shared")) / "data" / "gold" / "sfm-dev"
RELATIONS = ("has_rank", "has_title", "has_role", "is_posted")
_LINE = re.compile(r"[^\n]+")

Bounds = tuple[int, int]
Relation = tuple[str, Bounds, Bounds]  # label, person, the other


@dataclass(frozen=True, slots=True)
class Document:
    """A text, its annotated relations, and its paragraphs that hold an annotation."""

    text: str
    relations: tuple[Relation, ...]
    scored: tuple[Bounds, ...]


@dataclass(slots=True)
class Tally:
    """Relations found rightly, read and coded."""

    right: int = 0
    read: int = 0
    coded: int = 0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.read + self.coded) if self.read + self.coded else 0.0


def rows() -> list[Row]:
    """The bar on the held-out half; for the record the other half, looser matching and each relation."""
    if not DATA.is_dir():
        print(f"benchmarks.postings: no {DATA}, rows left out", file=sys.stderr)
        return []
    paths = sorted(DATA.glob("*.ann"))
    held_out = [_document(path) for path in paths[1::2]]
    seen = [_document(path) for path in paths[::2]]
    note = "paragraphs with an annotation; whole-word spans"
    found = [
        _row("held-out", _tally(held_out), target=0.65, note=f"held-out half; {note}"),
        _row("held-out.overlap", _tally(held_out, overlap=True), note="held-out half; spans overlap"),
        _row("seen", _tally(seen), note=f"half read for the conventions of annotation; {note}"),
        _row("all", _tally([*seen, *held_out]), note=f"both halves; {note}"),
    ]
    return found + [
        _row(f"held-out.{label}", _tally(held_out, label=label), peer=False, note=f"held-out half; {note}")
        for label in RELATIONS
    ]


def _row(name: str, tally: Tally, *, note: str, target: float | None = None, peer: bool = True) -> Row:
    return Row(
        id=f"reading.postings.sfm-dev.{name}.f1",
        value=tally.f1,
        target=target,
        better="higher",
        unit="F1",
        n=tally.coded,
        command=COMMAND,
        peer="CRF trained on the set, cross-validated by document (how spans match is not stated)"
        if peer
        else None,
        peer_value=0.615 if peer else None,
        note=note,
    )


def _tally(documents: Iterable[Document], *, overlap: bool = False, label: str | None = None) -> Tally:
    """One-to-one matches of read and coded relations over ``documents``."""
    tally = Tally()
    for document in documents:
        left = [one for one in document.relations if label in {None, one[0]}]
        tally.coded += len(left)
        for read in _read(document):
            if label not in {None, read[0]}:
                continue
            tally.read += 1
            match = next((coded for coded in left if _same(read, coded, overlap)), None)
            if match is not None:
                left.remove(match)
                tally.right += 1
    return tally


def _same(read: Relation, coded: Relation, overlap: bool) -> bool:
    if not overlap:
        return read == coded
    pairs = zip(read[1:], coded[1:], strict=True)
    return read[0] == coded[0] and all(one[0] < other[1] and other[0] < one[1] for one, other in pairs)


def _read(document: Document) -> Iterator[Relation]:
    """What the grammar reads in the paragraphs that count."""
    for one in postings(document.text):
        person = (one.person.start, one.person.end)
        if not any(start <= person[0] < end for start, end in document.scored):
            continue
        said = (
            ("has_rank", (one.rank,) if one.rank else ()),
            ("has_title", one.titles),
            ("has_role", one.roles),
            ("is_posted", one.organizations),
        )
        for label, spans in said:
            for span in spans:
                yield label, _whole(document.text, *person), _whole(document.text, span.start, span.end)


def _document(path: Path) -> Document:
    text = path.with_suffix(".txt").read_bytes().decode("utf-8")
    spans: dict[str, Bounds] = {}
    relations: list[tuple[str, str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        key, said, *_ = line.split("\t")
        if key.startswith("T"):
            numbers = re.findall(r"\d+", said)
            spans[key] = (int(numbers[0]), int(numbers[-1]))
        elif key.startswith("R"):
            label, person, other = said.split()
            relations.append((label, person.removeprefix("Arg1:"), other.removeprefix("Arg2:")))
    lines = [line.span() for line in _LINE.finditer(text)]
    return Document(
        text,
        tuple((label, _whole(text, *spans[one]), _whole(text, *spans[two])) for label, one, two in relations),
        tuple(line for line in lines if any(line[0] <= start < line[1] for start, _ in spans.values())),
    )


def _whole(text: str, start: int, end: int) -> Bounds:
    """The bounds without edge punctuation, and with the whole of a word they cut."""
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


if __name__ == "__main__":
    for row in rows():
        print(f"{row.id:50} {row.value:.3f}  n={row.n}  {row.note}")
