"""The coded reports that the reader is developed on are all distinct tellings."""

from collections import defaultdict

import msgspec
import pytest
from benchmarks.agreement import Coder
from benchmarks.own import part

from satrap.claims import kinds
from satrap.country import Gazetteer, load_pack
from satrap.reading.stories import group


@pytest.mark.parametrize("name", ["dev", "train"])
def test_no_two_distinct_tellings_are_joined(name: str) -> None:
    reports, coded = part(name)
    by_state = defaultdict(list)
    for one in reports:
        by_state[one.country].append(one.report())
    claims = [
        claim if kinds()[claim.kind].directional else msgspec.structs.replace(claim, direction=None)
        for of_report in coded.values()
        for claim in of_report
    ]
    read = []
    for state, told in by_state.items():
        coder = Coder(claims, Gazetteer(load_pack(state)))
        read += [(report, coder.read(report)) for report in told]
    joined = {hash: found.evidence for hash, found in group(read).items() if found.evidence}
    assert len(read) == len(reports) > 20
    assert joined == {}
