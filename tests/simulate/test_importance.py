"""What an answer hangs on: known functions are told apart; chance does not pass for a parameter."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.simulate.small import FALL, ORDER, TRANSFER, small

from satrap.errors import ScenarioError
from satrap.simulate import InitialState
from satrap.simulate.answers import Answers, Progress
from satrap.simulate.importance import OTHERS, indices, screen
from satrap.simulate.outcomes import Outcome, Parts
from satrap.simulate.units import Floats

WORLD = small(weeks=60, events=[ORDER, FALL, TRANSFER])
DAY = WORLD.start + timedelta(weeks=50)


@dataclass(frozen=True)
class Known(Answers):
    """Answers 4 u(drift) + 2 u(burden) + 3 u(order) u(transfer), and noise by member; undefined at will."""

    noise: float = 0.0
    undefined: bool = False

    def at(self, quantiles: Floats, members: NDArray[np.int64], progress: Progress | None = None) -> Parts:
        u = dict(zip(self.parameters, quantiles.T, strict=True))
        found = 4 * u["drift"] + 2 * u["burden"] + 3 * u["order"] * u["transfer"]
        found = found + self.noise * np.random.default_rng(7).standard_normal(1000)[members]
        below = np.where(u["meetings"] < 0.5, 0.0, 1.0) if self.undefined else np.ones_like(found)
        return Parts(found[:, None], below[:, None], np.zeros((len(found), 1)))


def known(**more: float) -> Known:
    outcome = Outcome.parse("burden", DAY)
    return Known(WORLD, InitialState.from_scenario(WORLD), (outcome,), 1, None, **more)  # type: ignore[arg-type]


def test_screening_finds_slopes_and_interplay_and_nothing_else() -> None:
    found = {row["parameter"]: row for row in screen(known(), 6, 1).rows.iter_rows(named=True)}
    span = 0.9
    assert found["drift"]["effect"] == pytest.approx(4 * span)
    assert found["burden"]["strength"] == pytest.approx(2 * span)
    assert found["drift"]["interplay"] == pytest.approx(0, abs=1e-9)
    assert found["order"]["interplay"] > 0.1
    assert all(row["strength"] == 0 for name, row in found.items() if name not in MATTER)


MATTER = ("drift", "burden", "order", "transfer")


def test_the_strongest_are_those_that_matter() -> None:
    assert set(screen(known(), 10, 1).strongest(10)) == set(MATTER)


def test_indices_are_the_shares_of_variance() -> None:
    found = {row["parameter"]: row for row in indices(known(), MATTER, 1024, 1).rows.iter_rows(named=True)}
    # u has variance 1/12; 3uv: first order 9/48 each, together 9(1/9 − 1/16)
    product = 9 * (1 / 9 - 1 / 16)
    total = (16 + 4) / 12 + product
    assert found["drift"]["first"] == pytest.approx(16 / 12 / total, abs=0.03)
    assert found["burden"]["total"] == pytest.approx(4 / 12 / total, abs=0.03)
    assert found["order"]["first"] == pytest.approx(9 / 48 / total, abs=0.03)
    assert found["order"]["total"] == pytest.approx((product - 9 / 48) / total, abs=0.03)
    assert found[OTHERS]["total"] == 0


def test_what_was_left_out_shows_as_others() -> None:
    found = {
        row["parameter"]: row for row in indices(known(), ("burden",), 256, 1).rows.iter_rows(named=True)
    }
    assert found[OTHERS]["first"] > 0.7


def test_chance_does_not_pass_for_a_parameter() -> None:
    loud = known(noise=50.0)
    quiet_, noisy = screen(known(), 6, 3), screen(loud, 6, 3)
    assert noisy.rows["strength"].to_list() == pytest.approx(quiet_.rows["strength"].to_list(), abs=1e-9)
    assert indices(loud, MATTER, 128, 3).chance["burden"] > 0.9
    assert indices(known(), MATTER, 128, 3).chance["burden"] == pytest.approx(0)


def test_where_it_is_undefined_whole_blocks_are_left_out_and_counted() -> None:
    found = indices(known(undefined=True), ("drift", "meetings"), 256, 1)
    assert 0.5 < found.undefined["burden"] < 0.95
    assert found.rows["total"].is_finite().all()


def test_the_model_itself_the_same_for_the_same_seed() -> None:
    outcomes = (Outcome.parse("burden", DAY), Outcome.parse("fear", DAY))
    asked = Answers(WORLD, InitialState.from_scenario(WORLD), outcomes, 0)
    first, again = screen(asked, 2, 1), screen(asked, 2, 1)
    assert first.rows.equals(again.rows)
    assert first.of("burden").filter(parameter="revenge_base")["strength"].item() == 0
    assert first.of("burden").filter(parameter="correction")["effect"].item() < 0
    assert first.points == 2 * (len(asked.parameters) + 1)
    assert first.plot(5).to_dict()["facet"]["field"] == "outcome"


def test_what_cannot_be_asked() -> None:
    with pytest.raises(ScenarioError, match="power of two"):
        indices(known(), MATTER, 100, 1)
    with pytest.raises(ScenarioError, match="two or more"):
        screen(known(), 1, 1)
