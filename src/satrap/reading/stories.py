"""Which reports descend from one telling, so that one insider is not counted five times.

Rewrites, translations and several articles from one interview are told apart from independent reports by
three signs, each shown to the analyst as evidence: the same address, the same voice saying the same thing
within weeks, or much the same words. Joining too much only widens a band; joining too little narrows one
falsely, so the signs are generous.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from satrap.claims import Claim, SourceKind, kinds
from satrap.reports import Report

WINDOW = timedelta(days=31)  # a telling is rewritten within weeks: chronology of 2017, F103 to F133
SHINGLE = 5  # words; the usual length for news text (Broder 1997, doi:10.1109/SEQUEN.1997.666900)
ALIKE = 0.3  # share of common shingles from which two texts are rewrites of one


class Telling(NamedTuple):
    """What a report has in common with another of the same story, and how it is shown."""

    sign: Hashable
    evidence: str


class Membership(NamedTuple):
    """The story (id: hash of its earliest report) of one report, and why it is in it."""

    story: str
    evidence: str


def group(read: Sequence[tuple[Report, Sequence[Claim]]]) -> dict[str, Membership]:
    """Story of every report by hash; a report like no other is a story of its own, with no evidence."""
    links = list(_links(read))
    size = len(read)
    rows = np.array([a for a, _, _ in links], dtype=np.int64)
    columns = np.array([b for _, b, _ in links], dtype=np.int64)
    graph = coo_array((np.ones(len(links)), (rows, columns)), shape=(size, size))
    _, component = connected_components(graph, directed=False) if size else (0, np.array([], dtype=np.int64))
    first: dict[int, str] = {}
    for index in sorted(range(size), key=lambda i: (_day(read[i][0]) or date.max, read[i][0].hash)):
        first.setdefault(int(component[index]), read[index][0].hash)
    evidence: dict[int, str] = {}
    for a, b, why in links:
        evidence.setdefault(a, why)
        evidence.setdefault(b, why)
    return {
        report.hash: Membership(first[int(component[i])], evidence.get(i, ""))
        for i, (report, _) in enumerate(read)
    }


def _links(read: Sequence[tuple[Report, Sequence[Claim]]]) -> Iterator[tuple[int, int, str]]:
    by_sign: dict[Hashable, list[tuple[date | None, int, str]]] = defaultdict(list)
    shingles = [_shingles(report.text) for report, _ in read]
    for index, (report, claims) in enumerate(read):
        for telling in {t.sign: t for t in _tellings(report, claims)}.values():
            by_sign[telling.sign].append((_day(report), index, telling.evidence))
    for members in by_sign.values():
        dated = sorted((day or date.max, index, evidence) for day, index, evidence in members)
        for (day, a, evidence), (next_day, b, _) in pairwise(dated):
            if next_day - day <= WINDOW:
                yield a, b, evidence
    yield from _rewrites(shingles)


def _tellings(report: Report, claims: Iterable[Claim]) -> Iterator[Telling]:
    if report.url:
        yield Telling(("url", report.url), "same address")
    for claim in claims:
        voice = claim.voice
        if voice.kind is SourceKind.PUBLISHER or not (voice.place or voice.name):
            continue  # "a source" could be anyone
        about = tuple(
            sorted(a.id or a.name for a in claim.arguments(*kinds()[claim.kind].main)),
        )
        if about:
            speaker = f"{voice.name or voice.kind}" + (f" in {voice.place}" if voice.place else "")
            yield Telling(
                ("voice", voice.kind, voice.place, voice.name, claim.kind, claim.direction, about),
                f"{speaker} on the same {claim.kind}, within {WINDOW.days} days",
            )


def _rewrites(shingles: Sequence[frozenset[str]]) -> Iterator[tuple[int, int, str]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for index, found in enumerate(shingles):
        common: dict[int, int] = defaultdict(int)
        for shingle in found:
            for other in holders[shingle]:
                common[other] += 1
            holders[shingle].append(index)
        for other, count in common.items():
            alike = count / (len(found) + len(shingles[other]) - count)
            if alike >= ALIKE:
                yield other, index, f"{alike:.0%} of {SHINGLE}-word runs in common"


def _shingles(text: str) -> frozenset[str]:
    words = text.casefold().split()
    return frozenset(" ".join(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))


def _day(report: Report) -> date | None:
    return report.published.earliest if report.published else None
