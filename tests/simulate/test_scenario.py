import pytest
from pydantic import ValidationError
from tests.simulate.small import FALL, ORDER, small

from satrap.country import load_pack
from satrap.simulate import Scenario, bundled, load_scenario
from satrap.simulate.catalogue import CATALOGUE
from satrap.simulate.parameters import InformedBy
from satrap.simulate.scenario import OFF, Mechanisms


def test_every_mechanism_has_parameters_that_switch_it_off() -> None:
    assert OFF.keys() == Mechanisms.model_fields.keys()
    assert all(CATALOGUE[name].low <= 0 <= CATALOGUE[name].high for names in OFF.values() for name in names)


def test_prior_dominated_parameters_are_those_that_no_data_informs() -> None:
    scenario = load_scenario("kp-2017")
    named = scenario.prior_dominated()
    assert {"transfer", "drift", "complementarity"} <= set(named)
    assert not any(scenario.parameters[name].informed_by is InformedBy.DATA for name in named)


def test_nothing_informs_the_illustrative_scenario() -> None:
    scenario = load_scenario("by-2020")
    assert scenario.illustrative
    assert set(scenario.prior_dominated()) == set(CATALOGUE)


def test_the_shock_is_the_fall_of_the_weakened_head_or_else_the_first_event() -> None:
    early = {**ORDER, "id": "early", "date": "2016-08-01"}
    assert small(events=[early, FALL]).shock_week() == 26
    assert small(events=[early]).shock_week() == 4
    assert small(events=[]).shock_week() is None


def test_event_ids_and_institution_ids_are_unique() -> None:
    with pytest.raises(ValidationError, match="event order declared twice"):
        small(events=[ORDER, ORDER])
    data = small().model_dump(mode="json", by_alias=True)
    data["institutions"][1]["id"] = "MSS"
    with pytest.raises(ValidationError, match="institution MSS declared twice"):
        Scenario.model_validate(data)


def test_a_value_outside_the_catalogue_cannot_be_set_for_comparison() -> None:
    with pytest.raises(ValueError, match=r"outside 0 to 0\.95"):
        small().with_value("forgetting", 2.0)


@pytest.mark.parametrize("name", bundled())
def test_bundled_scenarios_speak_of_offices_that_their_country_pack_declares(name: str) -> None:
    scenario = load_scenario(name)
    pack = load_pack(scenario.country.lower())
    assert {one.id for one in scenario.institutions} <= set(pack.authority)
    assert {one.id for one in scenario.places} == {one.id for one in pack.provinces}
