"""Three engines, one nation: they agree in distribution, each over its own seeds in the same world of
offices.
"""

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.simulate.nation.worlds import EXCHANGEABLE, cohorts, individuals, oracle, village
from tests.simulate.small import FALL, ORDER, TRANSFER

from satrap.errors import ScenarioError
from satrap.simulate.nation.cohort import refuse
from satrap.simulate.nation.meetings import COLUMNS
from satrap.simulate.nation.nation import Lived

SEEDS = range(32)
WEEKS = 60
EVENTS = [ORDER, TRANSFER, FALL]
VALUES = {
    "meetings": 0.6,
    "savings": 3.0,
    "hiding": 0.5,
    "complaint": 0.5,
    "drift": 0.3,
    "correction": 0.5,
    "forgetting": 0.3,
    "relapse": 0.9,
}


def summary(lived: Lived) -> NDArray[np.float64]:
    """Sums over counties, early and late, of everything that is counted and felt."""
    parts = []
    for weeks in (slice(0, 20), slice(30, WEEKS)):
        parts += [*lived.tally[weeks].sum(axis=(0, 1)).ravel(), *lived.felt[weeks].sum(axis=(0, 1))]
    return np.array(parts, dtype=np.float64)


def distance(one: Callable[[int], Lived], other: Callable[[int], Lived]) -> NDArray[np.float64]:
    """Differences of means, and of log spreads, in their standard errors."""
    a, b = (np.array([summary(run(seed)) for seed in SEEDS]) for run in (one, other))
    n = len(SEEDS)
    error = np.sqrt((a.var(axis=0, ddof=1) + b.var(axis=0, ddof=1)) / n)
    moves = error > 0
    assert np.array_equal(a.mean(axis=0)[~moves], b.mean(axis=0)[~moves])
    means = (a.mean(axis=0) - b.mean(axis=0))[moves] / error[moves]
    both = (a.std(axis=0) > 0) & (b.std(axis=0) > 0)
    spreads = np.log(a.std(axis=0)[both] / b.std(axis=0)[both]) / np.sqrt(1 / (n - 1))
    return np.concatenate([means, spreads])


def test_following_individuals_gives_what_the_oracle_gives() -> None:
    scenario = village(300, weeks=WEEKS, events=EVENTS, values=VALUES)
    found = distance(lambda seed: individuals(scenario, seed), lambda seed: oracle(scenario, seed + 1000))
    assert np.abs(found).max() < 4.5  # of some 130 comparisons
    assert np.mean(found**2) < 1.8


def test_counting_cohorts_gives_what_following_individuals_gives() -> None:
    scenario = village(2000, weeks=WEEKS, events=EVENTS, values=VALUES, **EXCHANGEABLE)
    found = distance(lambda seed: individuals(scenario, seed), lambda seed: cohorts(scenario, seed + 1000))
    assert np.abs(found).max() < 4.5
    assert np.mean(found**2) < 1.8


@pytest.mark.parametrize("mistake", [{"savings": 4.5}, {"relapse": 0.0}])
def test_a_wrong_engine_is_found_out(mistake: dict[str, float]) -> None:
    right = village(300, weeks=WEEKS, events=EVENTS, values=VALUES)
    wrong = village(300, weeks=WEEKS, events=EVENTS, values=VALUES | mistake)
    found = distance(lambda seed: individuals(right, seed), lambda seed: oracle(wrong, seed + 1000))
    assert np.abs(found).max() > 4.5 or np.mean(found**2) > 1.8


def test_cohorts_refuse_residents_who_are_not_alike_and_say_why() -> None:
    with pytest.raises(ScenarioError, match="who has paid has less to pay with") as refused:
        refuse(village(weeks=10, events=[], hiding=False, complaints=False))
    assert "savings: false" in str(refused.value.remedy)
    refuse(village(weeks=10, events=[], **EXCHANGEABLE))


def test_every_engine_counts_money_that_adds_up() -> None:
    scenario = village(300, weeks=WEEKS, events=EVENTS, values=VALUES, **EXCHANGEABLE)
    for run in (individuals, cohorts, oracle):
        lived = run(scenario, 3)
        assert not lived.imbalance.any()
        assert lived.tally[..., COLUMNS.taken].sum() > 0
