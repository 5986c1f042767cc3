"""What is finished is kept: an ensemble that was stopped goes on, and another question finds nothing."""

from pathlib import Path

import pytest
from tests.simulate.small import FALL, ORDER, same, small

from satrap.simulate import InitialState, simulate

SCENARIO = small(weeks=60, events=[ORDER, FALL])
INITIAL = InitialState.from_scenario(SCENARIO)


class StoppedError(Exception):
    """What stops an ensemble half-way."""


def test_a_stopped_ensemble_goes_on_and_gives_the_same(tmp_path: Path) -> None:
    def stop(done: int, _: int) -> None:
        if done == 64:
            raise StoppedError

    with pytest.raises(StoppedError):
        simulate(SCENARIO, INITIAL, 80, 1, stop, keep=tmp_path)
    [folder] = tmp_path.iterdir()
    first = {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}
    assert len(first) == 3 * 64
    whole = simulate(SCENARIO, INITIAL, 80, 1, keep=tmp_path)
    assert same(whole, simulate(SCENARIO, INITIAL, 80, 1))
    assert whole.log == simulate(SCENARIO, INITIAL, 80, 1).log
    assert first.items() <= {file.name: file.stat().st_mtime_ns for file in folder.iterdir()}.items()


def test_a_torn_member_is_lived_again(tmp_path: Path) -> None:
    once = simulate(SCENARIO, INITIAL, 4, 1, keep=tmp_path)
    [folder] = tmp_path.iterdir()
    (folder / "000002-offices.parquet").write_bytes(b"PAR1")
    assert same(once, simulate(SCENARIO, INITIAL, 4, 1, keep=tmp_path))


@pytest.mark.parametrize("change", ["seed", "scenario", "engine"])
def test_another_question_finds_nothing(tmp_path: Path, change: str) -> None:
    simulate(SCENARIO, INITIAL, 2, 1, keep=tmp_path)
    other = small(weeks=60, events=[ORDER], savings=False, hiding=False, complaints=False)
    if change == "seed":
        simulate(SCENARIO, INITIAL, 2, 2, keep=tmp_path)
    elif change == "scenario":
        simulate(other, INITIAL, 2, 1, keep=tmp_path)
    else:
        simulate(other, INITIAL, 2, 1, engine="cohorts", keep=tmp_path)
    assert len(list(tmp_path.iterdir())) == 2
