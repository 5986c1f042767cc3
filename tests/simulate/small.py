"""A small world for tests: three provinces and two years of the bundled 2017 scenario, changed at will."""

from typing import Any

import numpy as np

from satrap.simulate import InitialState, Run, Scenario, load_scenario, simulate

START = "2016-07-04"
WEEKS = 140
PLACES = ("KP-05", "KP-09", "KP-10")


def small(
    *,
    weeks: int = WEEKS,
    events: list[dict[str, Any]] | None = None,
    values: dict[str, float] | None = None,
    **mechanisms: bool,
) -> Scenario:
    """The 2017 scenario in three provinces, with other events, fixed parameters or mechanisms switched."""
    data = load_scenario("kp-2017").model_dump(mode="json", by_alias=True)
    data["places"] = [one for one in data["places"] if one["id"] in PLACES]
    data["weeks"] = weeks
    if events is not None:
        data["events"] = events
    data["mechanisms"].update(mechanisms)
    for name, value in (values or {}).items():
        data["parameters"][name].update(value=value, prior=None)
    return Scenario.model_validate(data)


def quiet(**changes: Any) -> Scenario:
    """A small world without unexplained noise and without the balancing rule: only its events move it."""
    values = {"authority_noise": 0.0, **changes.pop("values", {})}
    return small(values=values, balancing=False, **changes)


def run(scenario: Scenario, runs: int = 8, seed: int = 1) -> Run:
    return simulate(scenario, InitialState.from_scenario(scenario), runs, seed)


def same(one: Run, other: Run, upto: int | None = None) -> bool:
    """Whether two runs hold the same bits, in all weeks or in the first `upto`."""
    names = ("share", "sanction", "takers", "take", "burden", "fear", "support", "expressed", "resistance")
    return all(np.array_equal(getattr(one, name)[:, :upto], getattr(other, name)[:, :upto]) for name in names)


TRANSFER = {
    "id": "hand-over",
    "kind": "transfer",
    "date": "2017-01-02",
    "from": ["MSS"],
    "to": "WPK",
    "over_weeks": 4,
}
ORDER = {"id": "order", "kind": "order", "date": "2017-01-02", "to": ["MSS"]}
FALL = {
    "id": "fall",
    "kind": "dismissal",
    "date": "2017-01-02",
    "institution": "MSS",
    "cascade": [
        {"rank": "deputy", "number": 3, "after_weeks": 3},
        {"rank": "province", "per_thousand": 10, "after_weeks": 7},
    ],
}
INSPECTION = {"id": "inspection", "kind": "inspection", "date": "2017-01-02", "of": "MSS", "weeks": 13}
