from dataclasses import replace

import numpy as np
import pytest
from benchmarks.estimate_worlds import SMALL, world

from satrap.estimate.functionals import Functional, Observations
from satrap.estimate.learn import fitted
from satrap.estimate.live import moved, removals
from satrap.estimate.posterior import Conditional, Posterior, solver_for

DRAWN = world(replace(SMALL, claims=60), 4)
ROWS = tuple(
    Functional(
        f"c{n}",
        f"s{n // 2}",
        np.array([1.0, 0, 0]) * (1 - 2 * (n % 3 == 0)),
        np.eye(3)[n % 3],
        ((50, 1.0),) if n % 5 == 0 else ((50 - n % 9, 1.0), (40 - n % 9, -1.0)),
        level=n % 5 == 0,
        publisher="p",
        log_noise=1.0,
    )
    for n in range(40)
)


def _posterior(rows: tuple[Functional, ...]) -> Posterior:
    seen = Observations.stack(rows, 3, 3, 60)
    solver = solver_for(seen)
    hypers = [DRAWN.hyper._replace(slopes=(), noise=noise) for noise in (0.3, 0.5)]
    parts = tuple(Conditional(hyper, 1, fitted(solver, hyper, None, 1e-8)) for hyper in hypers)
    return Posterior(seen, parts, 2.0)


WHOLE = _posterior(ROWS)


@pytest.mark.parametrize("claim", [0, 7, 39])
def test_putting_a_claim_in_moves_what_a_new_fit_moves(claim: int) -> None:
    rest = _posterior(ROWS[:claim] + ROWS[claim + 1 :])
    exact = WHOLE.means() - rest.means()
    assert np.abs(moved(rest, new=ROWS[claim]) - exact).max() < 0.04 * np.abs(exact).max()


def test_taking_claims_out_agrees_with_fits_without_them() -> None:
    quick = removals(WHOLE, 1, 45, 0)
    full = WHOLE.means()[1, 45, 0]
    claims = range(0, 40, 4)
    exact = [full - WHOLE.refitted(np.arange(40) != claim).means()[1, 45, 0] for claim in claims]
    assert np.corrcoef(quick[::4], exact)[0, 1] > 0.99


def test_taken_out_more_closely_they_agree_better() -> None:
    quick, close = removals(WHOLE, 1, 45, 0), removals(WHOLE, 1, 45, 0, closely=8)
    top = np.argsort(-np.abs(quick), kind="stable")
    full = WHOLE.means()[1, 45, 0]
    exact = np.array([full - WHOLE.refitted(np.arange(40) != claim).means()[1, 45, 0] for claim in top[:8]])
    assert np.abs(close[top[:8]] / exact - 1).max() < 0.5 * np.abs(quick[top[:8]] / exact - 1).max()
    assert np.array_equal(close[top[8:]], quick[top[8:]])


def test_out_by_one_solve_for_all_is_out_for_one_over_all_weeks() -> None:
    quick = removals(WHOLE, 2, 30, 1)
    for claim in (3, 20):
        assert np.isclose(moved(WHOLE, out=claim)[2, 30, 1], -quick[claim])


def test_a_claim_corrected_to_itself_moves_little() -> None:
    """Out and in again is the way back, up to what the other sites would have changed."""
    there = moved(WHOLE, out=5)
    assert np.abs(moved(WHOLE, out=5, new=ROWS[5])).max() < 0.25 * np.abs(there).max()


def test_nothing_in_and_nothing_out_moves_nothing() -> None:
    assert not np.any(moved(WHOLE))
