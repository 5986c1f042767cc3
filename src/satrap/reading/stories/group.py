"""Which reports descend from one telling: stories with their evidence.

Rewrites, translations and several articles from one interview are told apart from independent reports by
signs that are shown to the analyst: the same address, much the same words, the same voice saying the same
thing within weeks, or the same kind of source on the same names and figures in one place. Joining too much
only widens a band; joining too little narrows one falsely, so the signs are generous. What a person decided
stands.
"""

from collections.abc import Sequence
from typing import NamedTuple

from satrap.claims import Claim
from satrap.reading.stories.joined import Joined
from satrap.reading.stories.link import day_of
from satrap.reading.stories.tellings import retold, same_telling
from satrap.reading.stories.wording import near_duplicates
from satrap.reports import Placement, Report


class Membership(NamedTuple):
    """The story of one report, and why it is in it: with which report, on what evidence.

    The id is the hash of the story's earliest report, or what a person's decision named it.
    """

    story: str
    evidence: str


def group(
    read: Sequence[tuple[Report, Sequence[Claim]]], placements: Sequence[Placement] = ()
) -> dict[str, Membership]:
    """Story of every report by hash; a report like no other is a story of its own, with no evidence.

    ``placements`` are people's decisions, the oldest first: a report stays in the story that somebody joined
    it to, and apart from the reports that somebody told it apart from; new rewrites of it follow it.
    """
    hashes = [report.hash for report, _ in read]
    joined = _decided({hash: at for at, hash in enumerate(hashes)}, placements)
    links = [
        *same_telling(read),
        *near_duplicates([report.text for report, _ in read]),
        *retold(read),
    ]
    evidence: dict[int, str] = {}
    for a, b, _, told in sorted(links, key=lambda link: (-link.strength, hashes[link.a], hashes[link.b])):
        if joined.join(a, b):
            evidence.setdefault(a, f"with report {hashes[b][:8]}: {told}")
            evidence.setdefault(b, f"with report {hashes[a][:8]}: {told}")
    first: dict[int, str] = {}
    for at in sorted(range(len(read)), key=lambda at: (day_of(read[at][0]), hashes[at])):
        first.setdefault(joined.root(at), hashes[at])
    return {
        hash: Membership(joined.name(at) or first[joined.root(at)], evidence.get(at, ""))
        for at, hash in enumerate(hashes)
    }


def _decided(at: dict[str, int], placements: Sequence[Placement]) -> Joined:
    """The reports as people have put them, the newest decision first where two contradict each other."""
    joined = Joined(len(at))
    known = [one for one in reversed(placements) if one.report in at]
    for one in known:
        joined.call(at[one.report], one.story)
        if one.apart:
            joined.tell_apart(at[one.report], (at[other] for other in one.others if other in at))
    named: dict[str, int] = {}
    for one in known:
        joined.join(named.setdefault(one.story, at[one.report]), at[one.report])
        if not one.apart:
            for other in sorted(one.others & at.keys()):
                joined.join(at[one.report], at[other])
    return joined
