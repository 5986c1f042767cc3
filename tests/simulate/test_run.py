import numpy as np
import pytest
from tests.simulate.small import FALL, ORDER, run, small

from satrap.errors import ScenarioError, UnknownNameError
from satrap.simulate import Run


@pytest.fixture(scope="module")
def found() -> Run:
    return run(small(events=[FALL]))


def test_the_table_has_a_row_for_every_run_week_place_and_institution(found: Run) -> None:
    table = found.to_polars()
    assert len(table) == found.share.size
    one = table.filter(run=3, week=50, place="KP-09", institution="WPK")
    assert one["take"].item() == found.take[3, 50, 1, 3]
    assert one["burden"].item() == found.burden[3, 50, 1]
    assert one["date"].item() == found.dates[50]


def test_the_country_is_the_population_weighted_mean_of_its_places(found: Run) -> None:
    weights = found.population
    local = np.stack([found.series("burden", place) for place in found.places], axis=-1)
    assert np.allclose(found.series("burden"), local @ weights)
    assert weights.sum() == pytest.approx(1)


def test_attacks_are_counted_not_averaged(found: Run) -> None:
    assert np.array_equal(found.series("resistance"), found.resistance.sum(axis=-1))


def test_takings_of_all_institutions_are_the_burden(found: Run) -> None:
    assert np.array_equal(found.series("take", "KP-05"), found.series("burden", "KP-05"))


def test_quantiles_rise_with_their_probability(found: Run) -> None:
    bands = found.quantiles("share", (0.1, 0.5, 0.9), institution="MSS")
    assert bands.columns == ["week", "date", "p10", "p50", "p90"]
    assert ((bands["p10"] <= bands["p50"]) & (bands["p50"] <= bands["p90"])).all()


def test_the_log_tells_the_cascade_of_every_member(found: Run) -> None:
    falls = found.events().filter(kind="dismissal", event="fall")
    assert set(falls.filter(rank="head")["week"]) == {26}
    assert falls.filter(rank="deputy").height == found.runs
    assert falls.filter(rank="province")["place"].is_not_null().all()


def test_what_does_not_exist_is_refused_with_what_does(found: Run) -> None:
    with pytest.raises(UnknownNameError, match="did you mean burden"):
        found.series("burdn")
    with pytest.raises(UnknownNameError, match="unknown institution 'MSSS'; did you mean MSS"):
        found.series("take", institution="MSSS")
    with pytest.raises(ScenarioError, match="'share' is a quantity of offices"):
        found.series("share")
    with pytest.raises(ScenarioError, match="belongs to places"):
        found.series("fear", institution="MSS")
    with pytest.raises(ScenarioError, match="week 500 is outside the run"):
        found.displacement_ratio(500)


def test_without_a_shock_there_is_no_eve_to_compare_with() -> None:
    calm = run(small(weeks=20, events=[]), 2)
    with pytest.raises(ScenarioError, match="no week before its first event"):
        calm.displacement_ratio(10)


def test_the_fan_chart_holds_the_quantiles(found: Run) -> None:
    chart = found.plot("take", institution="MSS").to_dict()
    assert len(chart["layer"]) == 4
    [rows] = chart["datasets"].values()
    assert len(rows) == found.scenario.weeks


def test_the_summary_names_size_and_seed_and_how_much_is_judgement() -> None:
    html = run(small(weeks=30, events=[ORDER]), 2, seed=7)._repr_html_()
    assert "2 runs of 30 weeks, seed 7" in html
    assert "32 of 45 parameters rest on judgement alone" in html
