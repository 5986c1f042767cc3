"""What a fit keeps: nothing twice, nothing half, no name, and the same numbers after an interruption."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from satrap.country import Pack
from satrap.estimate import Estimate, estimate, model
from satrap.estimate.shelf import Arrays, Folder, fingerprint, kept

from .conftest import END, START, Recorder


@pytest.fixture
def fit(pack: Pack, say: Recorder, tmp_path: Path):  # type: ignore[no-untyped-def]
    claims = [say("authority", "down", holder="MSS", story=f"s{n}") for n in range(4)]

    def fitted(keep: Path | None = tmp_path / "estimates", seed: int = 0) -> Estimate:
        return estimate(claims, pack, start=START, end=END, seed=seed, keep=keep)

    return fitted


def test_a_finished_fit_is_not_made_again(fit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:  # type: ignore[no-untyped-def]
    first = fit()

    def never(*_: object, **__: object) -> None:
        raise AssertionError("fitted again")

    monkeypatch.setattr("satrap.estimate.posterior.fitted", never)
    monkeypatch.setattr("satrap.estimate.learn.minimize", never)
    again = fit()
    assert np.array_equal(first.surfaces, again.surfaces)
    assert first.hyperparameters().equals(again.hyperparameters())
    with pytest.raises(AssertionError):
        fit(seed=1)


def test_an_interrupted_fit_goes_on_and_ends_with_the_same_numbers(  # type: ignore[no-untyped-def]
    fit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = fit(keep=None)
    put, stopped = Folder.put, {"part 5", "part 6"}

    def interrupted(self: Folder, step: str, arrays: Mapping[str, np.ndarray]) -> None:
        if step in stopped:
            raise KeyboardInterrupt
        put(self, step, arrays)

    monkeypatch.setattr(Folder, "put", interrupted)
    with pytest.raises(KeyboardInterrupt):
        fit()
    [reached] = (tmp_path / "estimates").iterdir()
    assert {"mode.npz", "slopes.npz", "values.npz", "part 0.npz"} <= {one.name for one in reached.iterdir()}
    stopped.clear()
    assert np.array_equal(fit().surfaces, alone.surfaces)


def test_what_is_kept_names_nobody(fit, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    fit()
    written = b"".join(path.read_bytes() for path in tmp_path.rglob("*.npz"))
    assert written
    for name in (b"Daily NK", b"inside source", b"KP-05", b"MSS", b"words", b"report"):
        assert name not in written
    assert all(path.stat().st_mode & 0o077 == 0 for path in (tmp_path / "estimates").iterdir())


def test_a_damaged_step_counts_as_missing(tmp_path: Path) -> None:
    shelf = Folder(tmp_path, "key")
    shelf.put("step", {"x": np.arange(3.0)})
    path = tmp_path / "key" / "step.npz"
    path.write_bytes(path.read_bytes()[:40])
    assert shelf.get("step") is None
    path.write_bytes(b"")
    assert shelf.get("step") is None
    made: list[int] = []

    def make() -> Arrays:
        made.append(1)
        return {"x": np.ones(2)}

    assert [kept(shelf, "step", make)["x"].tolist() for _ in range(2)] == [[1, 1], [1, 1]]
    assert len(made) == 1


def test_the_last_eight_fits_stay(tmp_path: Path) -> None:
    for number in range(12):
        Folder(tmp_path, f"fit {number}").put("mode", {"x": np.zeros(1)})
    assert len(list(tmp_path.iterdir())) == 8


def test_a_folder_that_cannot_be_written_costs_no_answer(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    Folder(blocked, "key").put("mode", {"x": np.zeros(1)})
    assert Folder(blocked, "key").get("mode") is None


def test_parts_of_a_fingerprint_do_not_run_into_one_another() -> None:
    assert fingerprint(b"ab", b"c") != fingerprint(b"a", b"bc")
    assert model() == model()
