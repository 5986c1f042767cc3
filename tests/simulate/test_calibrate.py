"""Calibration: exact where the answer is known; what is informed is recovered, the rest keeps its prior."""

from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.special import ndtri
from tests.simulate.small import ORDER, TRANSFER, small

from satrap.errors import ScenarioError
from satrap.simulate import InitialState, Scenario
from satrap.simulate.answers import Answers, Progress
from satrap.simulate.calibrate import calibrate
from satrap.simulate.outcomes import Parts
from satrap.simulate.parameters import InformedBy
from satrap.simulate.posterior import Posterior
from satrap.simulate.targets import Targets
from satrap.simulate.units import Floats

WORLD = small(weeks=34, events=[ORDER | {"date": "2016-10-03"}, TRANSFER | {"date": "2016-10-03"}])
BEFORE = {"from": "2016-07-04", "to": "2016-09-30"}
AFTER = {"from": "2016-12-26", "to": "2017-02-05"}


def targets(*given: dict[str, Any]) -> Targets:
    numbered = [{"id": str(k), "source": "made", **one} for k, one in enumerate(given)]
    return Targets.model_validate({"id": "made", "title": "made", "targets": numbered})


@dataclass(frozen=True)
class Straight(Answers):
    """Answers z(drift) plus noise of sd 0.5 by member: its posterior is known."""

    def at(self, quantiles: Floats, members: NDArray[np.int64], progress: Progress | None = None) -> Parts:
        z = ndtri(quantiles[:, self.parameters.index("drift")])
        found = z + 0.5 * np.random.default_rng(3).standard_normal(100_000)[members]
        return Parts(found[:, None], np.ones((len(z), 1)), np.zeros((len(z), 1)))


class Undefined(Answers):
    """Answers nothing."""

    def at(self, quantiles: Floats, members: NDArray[np.int64], progress: Progress | None = None) -> Parts:
        return Parts(*np.zeros((3, len(members), 1)))


def straight(known: Targets, steps: int = 300) -> Posterior:
    asked = Straight(WORLD, InitialState.from_scenario(WORLD), known.targets, 1)
    return calibrate(asked, known, walkers=64, steps=steps, pilot=512)


def test_the_posterior_is_exact_with_chance_in_every_evaluation() -> None:
    found = straight(targets({"quantity": "burden", **BEFORE, "value": 1.0, "sd": 0.5}))
    z = ndtri(found.quantiles[..., found.parameters.index("drift")])
    assert z.mean() == pytest.approx(1 / 1.5, abs=0.08)  # N(0, 1) times N(1; z, .5² + .5²)
    assert z.std() == pytest.approx(np.sqrt(0.5 / 1.5), abs=0.06)


def test_a_bound_weighs_both_sides_by_its_probability() -> None:
    found = straight(targets({"quantity": "burden", **BEFORE, "above": 0.0, "probability": 0.9}))
    # with new chance: two normals of correlation .8 are both above 0 in this part
    both = 0.25 + np.arcsin(0.8) / (2 * np.pi)
    expected = (0.9 * both + 0.1 * (0.5 - both)) / 0.5
    assert found.met["posterior_p"].item() == pytest.approx(expected, abs=0.06)
    assert found.met["prior_p"].item() == pytest.approx(0.5, abs=0.06)


def test_only_what_was_informed_is_said_to_be() -> None:
    found = straight(targets({"quantity": "burden", **BEFORE, "value": 1.0, "sd": 0.5}))
    assert found.table.filter("informed")["parameter"].to_list() == ["drift"]
    [(name, written)] = found.written().items()
    assert name == "drift"
    assert written.informed_by is InformedBy.DATA
    assert "targets made" in written.source
    kept = found.table.filter(~found.table["informed"])
    assert kept["informed_by"].to_list() == kept["was_informed_by"].to_list()
    replaced = Scenario.model_validate(
        {**WORLD.model_dump(by_alias=True), "parameters": {**WORLD.parameters, name: written}}
    )
    middle = replaced.parameters["drift"].draw(np.array([0.5]), 0, 1)
    assert middle == pytest.approx(np.median(found.draws["drift"].to_numpy()), rel=0.01)


def test_a_target_out_of_reach_is_not_met() -> None:
    found = straight(targets({"quantity": "burden", **BEFORE, "value": 9.0, "sd": 1.0}))
    assert not found.met["met"].item()


def test_what_is_undefined_everywhere_is_told() -> None:
    nothing = targets({"quantity": "burden", **BEFORE, "value": 1.0, "sd": 1.0})
    asked = Undefined(WORLD, InitialState.from_scenario(WORLD), nothing.targets, 1)
    with pytest.raises(ScenarioError, match="no draw of the prior"):
        calibrate(asked, nothing, walkers=8, steps=8, pilot=16)


def test_a_world_is_recovered_from_what_was_seen_of_it() -> None:
    truth = small(
        weeks=34,
        events=[ORDER | {"date": "2016-10-03"}, TRANSFER | {"date": "2016-10-03"}],
        values={"burden": 0.13, "transfer": 0.45},
    )
    seen = targets(
        {"quantity": "burden", "measure": "level", **BEFORE, "value": 0, "sd": 0.004},
        {"quantity": "share", "institution": "MSS", "measure": "change", **AFTER, "value": 0, "sd": 0.01},
    )
    lived = Answers(truth, InitialState.from_scenario(truth), seen.targets, 5)
    middle = np.full((1, len(lived.parameters)), 0.5)
    [values] = lived.at(middle, np.array([0])).values()
    told = [one.model_copy(update={"value": v}) for one, v in zip(seen.targets, values, strict=True)]
    seen = seen.model_copy(update={"targets": tuple(told)})
    asked = Answers(WORLD, InitialState.from_scenario(WORLD), seen.targets, 6)
    found = calibrate(asked, seen, walkers=32, steps=90, pilot=512)
    rows = {row["parameter"]: row for row in found.table.iter_rows(named=True)}
    assert rows["burden"]["posterior_p10"] < 0.13 < rows["burden"]["posterior_p90"]
    assert rows["burden"]["narrowed"] > 0.5
    assert rows["transfer"]["posterior_p50"] < 0.75 * rows["transfer"]["prior_p50"]
    # the placebo: nothing in the equations reads these
    assert not any(rows[name]["informed"] for name in ("savings", "hiding", "meetings", "inequality"))
    assert found.met["met"].all()


def test_the_same_seed_gives_the_same_draws() -> None:
    known = targets({"quantity": "burden", **BEFORE, "value": 1.0, "sd": 0.5})
    one, other = straight(known, steps=20), straight(known, steps=20)
    assert np.array_equal(one.quantiles, other.quantiles)


def test_chains_that_stand_still_have_few_effective_draws() -> None:
    known = targets({"quantity": "burden", **BEFORE, "value": 1.0, "sd": 0.5})
    found = straight(known, steps=20)
    rng = np.random.default_rng(1)
    stuck = np.repeat(rng.random((1, 64, len(found.parameters))), 40, axis=0)
    still = Posterior(
        found.answers, known, np.clip(stuck + 1e-4 * rng.random(stuck.shape), 0.001, 0.999), 0, found.pilot, 0
    )
    moving = Posterior(found.answers, known, rng.random((40, 64, len(found.parameters))), 0, found.pilot, 0)
    assert still.ess().max() < 140
    assert still.rhat().min() > 10
    assert moving.ess().min() > 1000
    assert moving.rhat().max() < 1.1
