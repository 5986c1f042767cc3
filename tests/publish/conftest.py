from datetime import date

import pytest
from tests.publish.builders import KP, sample, split

from satrap.estimate import Estimate, estimate
from satrap.publish import Brief, Futures, compose, render
from satrap.simulate import InitialState, load_scenario
from satrap.simulate.facts import facts
from satrap.simulate.worlds import run_worlds

AS_OF = date(2017, 6, 15)


@pytest.fixture(scope="session")
def estimated() -> Estimate:
    claims, _ = split(sample())
    return estimate(claims, KP, start=date(2016, 5, 1), end=date(2017, 8, 31))


@pytest.fixture(scope="session")
def futures() -> Futures:
    scenario = load_scenario("kp-2017")
    worlds = run_worlds(scenario, InitialState.from_scenario(scenario), runs=20, seed=1)
    return Futures(worlds.base, {"none of this": worlds.calm}, facts(worlds))


@pytest.fixture(scope="session")
def brief(estimated: Estimate, futures: Futures) -> Brief:
    claims, reports = split(sample())
    return compose(
        pack=KP,
        claims=claims,
        reports=reports,
        estimate=estimated,
        as_of=AS_OF,
        futures=futures,
        ledger_root="ab" * 32,
        version="0",
    )


@pytest.fixture(scope="session")
def page(brief: Brief) -> str:
    return render(brief)


@pytest.fixture(scope="session")
def empty_page() -> str:
    """The brief of a ledger that holds nothing."""
    nothing = estimate([], KP, start=date(2016, 5, 1), end=date(2017, 8, 31))
    return render(compose(pack=KP, claims=[], reports={}, estimate=nothing, as_of=AS_OF))
