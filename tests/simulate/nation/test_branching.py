"""Many futures of one past: the same until the week, then each by its own chance, and kept like members."""

from pathlib import Path

import numpy as np
import pytest
from tests.simulate.nation.worlds import village
from tests.simulate.small import FALL, ORDER, same

from satrap.errors import ScenarioError
from satrap.simulate import Branch, InitialState, Run, simulate

SCENARIO = village(weeks=40, events=[ORDER, FALL])
INITIAL = InitialState.from_scenario(SCENARIO)
WEEK = 26


def branched(keep: Path, runs: int = 3, workers: int = 1) -> Run:
    return simulate(
        SCENARIO, INITIAL, runs, 1, engine="individuals", keep=keep, workers=workers, branch=Branch(WEEK, 2)
    )


def test_futures_share_the_past_of_the_member_and_differ_after_it(tmp_path: Path) -> None:
    found = branched(tmp_path)
    member = simulate(SCENARIO, INITIAL, 3, 1, engine="individuals", keep=tmp_path)
    for name in ("share", "take", "burden", "fear", "support", "resistance"):
        values = getattr(found, name)
        assert np.array_equal(values[0, :WEEK], getattr(member, name)[2, :WEEK]), name
        assert np.array_equal(values[0, :WEEK], values[1, :WEEK]), name
    assert not np.array_equal(found.take[0, WEEK:], found.take[1, WEEK:])
    assert np.isfinite(found.burden).all()
    assert {row.member for row in found.log} == {0, 1, 2}


def test_more_futures_later_or_by_two_workers_are_the_same_futures(tmp_path: Path) -> None:
    few = branched(tmp_path / "one", runs=2)
    [folder] = (tmp_path / "one").iterdir()
    first = (folder / "000001.parquet").stat().st_mtime_ns
    more, shared = branched(tmp_path / "one", runs=3), branched(tmp_path / "two", runs=3, workers=2)
    assert (folder / "000001.parquet").stat().st_mtime_ns == first
    assert np.array_equal(few.take, more.take[:2])
    assert same(more, shared)
    assert more.log == shared.log


@pytest.mark.parametrize(
    ("told", "complaint"),
    [
        ({"engine": "equations"}, "use the engine individuals"),
        ({"keep": None}, "give a folder"),
        ({"branch": Branch(0)}, "choose 1 to 39"),
        ({"branch": Branch(40)}, "choose 1 to 39"),
    ],
)
def test_a_branch_that_cannot_be_is_refused(tmp_path: Path, told: dict[str, object], complaint: str) -> None:
    asked = {"engine": "individuals", "keep": tmp_path, "branch": Branch(WEEK), **told}
    with pytest.raises(ScenarioError, match=complaint):
        simulate(SCENARIO, INITIAL, 2, 1, **asked)  # type: ignore[arg-type]
