"""Where scenarios start from an estimate, and a scenario beside its what-ifs."""

from collections.abc import Callable, Sequence

from satrap.estimate import Estimate
from satrap.publish import Futures
from satrap.simulate import InitialState, Scenario, simulate
from satrap.simulate.facts import facts
from satrap.simulate.worlds import is_checkable, run_worlds


def initial_state(scenario: Scenario, estimated: Estimate | None, draws: int, seed: int) -> InitialState:
    """Where a scenario starts: posterior draws of its first day, or its own shares without an estimate.

    Each ensemble member starts from its own draw, so that what the estimate does not know stays unknown.
    """
    if estimated is None:
        return InitialState.from_scenario(scenario)
    offices = estimated.offices
    return InitialState(offices.places, offices.institutions, estimated.draws(scenario.start, draws, seed))


def futures(
    scenario: Scenario,
    counterfactuals: Sequence[Scenario],
    state: InitialState,
    runs: int,
    seed: int,
    progress: Callable[[int, int], None] | None = None,
) -> Futures:
    """A scenario beside the same world without its events and other what-ifs.

    With its stylised facts, where it has the events that they speak of.
    """
    others = {one.title: simulate(one, state, runs=runs, seed=seed) for one in counterfactuals}
    if is_checkable(scenario):
        worlds = run_worlds(scenario, state, runs, seed, progress)
        return Futures(worlds.base, {"none of this": worlds.calm, **others}, facts(worlds))
    base = simulate(scenario, state, runs=runs, seed=seed, progress=progress)
    calm = simulate(scenario.without_events(), state, runs=runs, seed=seed)
    return Futures(base, {"none of this": calm, **others})
