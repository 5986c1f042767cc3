from datetime import date, timedelta

import numpy as np
import pytest

from satrap.claims import Argument, Tier
from satrap.country import Pack
from satrap.errors import UnknownNameError
from satrap.estimate.offices import Offices, UnusableClaimError


@pytest.fixture
def offices(pack: Pack) -> Offices:
    return Offices(pack)


def _named(offices: Offices, weights: np.ndarray) -> dict[str, float]:
    return {name: round(float(w), 3) for name, w in zip(offices.institutions, weights, strict=True) if w}


def _scope(offices: Offices, tiers: tuple[Tier, ...] = (), places: tuple[str, ...] = ()) -> dict[str, float]:
    weights = offices._scope(tiers, places)
    assert np.isclose(weights.sum(), 1)
    return {name: float(w) for name, w in zip(offices.places, weights, strict=True) if w}


def test_a_department_counts_for_the_institution_that_holds_its_share(offices: Offices) -> None:
    assert _named(offices, offices.side([Argument("OGD", "WPK_OGD")])) == {"WPK": 1}


def test_a_collective_noun_stands_for_its_members_alike(offices: Offices) -> None:
    side = _named(offices, offices.side([Argument("security agencies", "SECURITY")]))
    assert "MSS" in side
    assert sum(side.values()) == pytest.approx(1, abs=0.01)
    assert len(set(side.values())) == 1


def test_a_post_and_its_holder_stand_for_their_institution(offices: Offices) -> None:
    post = offices.side([Argument("Minister of State Security", "MSS_MINISTER")])
    assert _named(offices, post) == {"MSS": 1}
    minister = next(
        one.person
        for one in offices.pack.tenures
        if one.post == "MSS_MINISTER" and one.person and one.may_cover(date(2014, 1, 1))
    )
    assert "MSS" in _named(offices, offices.side([Argument("the minister", minister)], date(2014, 1, 1)))


def test_a_fall_told_late_is_of_the_post_that_was_lost(offices: Offices) -> None:
    held = offices.pack.tenures
    fallen = next(one for one in held if one.post == "MSS_MINISTER" and one.person and one.end)
    assert fallen.end is not None
    after = fallen.end.latest + timedelta(days=90)
    former = [Argument("the former minister", fallen.person)]
    assert _named(offices, offices.side(former, after, "end")) == {"MSS": 1}
    assert "MSS" not in _named(offices, offices.side(former, after))


def test_who_is_unknown_or_outside_has_no_side(offices: Offices) -> None:
    assert not offices.side([Argument("Kim Jong Un", "LEADER"), Argument("residents")]).any()


def test_the_centre_is_one_place_and_the_provinces_the_others(offices: Offices) -> None:
    assert _scope(offices, (Tier.CENTRAL,)) == {"KP": 1}
    assert _scope(offices, (Tier.PROVINCE,), ("KP-05",)) == {"KP-05": 1}
    provinces = _scope(offices, (Tier.PROVINCE,))
    assert "KP" not in provinces
    assert len(provinces) == len(offices.pack.provinces)


@pytest.mark.parametrize(("tiers", "places"), [((), ()), ((), ("KP",)), ((Tier.CENTRAL, Tier.PROVINCE), ())])
def test_the_whole_state_is_half_the_centre_and_half_the_provinces(
    offices: Offices, tiers: tuple[Tier, ...], places: tuple[str, ...]
) -> None:
    scope = _scope(offices, tiers, places)
    assert scope.pop("KP") == pytest.approx(0.5)
    assert len(scope) == len(offices.pack.provinces)


def test_a_place_outside_the_pack_is_not_guessed(offices: Offices) -> None:
    with pytest.raises(UnusableClaimError, match="place"):
        offices._scope((), ("XX-99",))


def test_asking_for_an_unknown_office_suggests_a_known_one(offices: Offices) -> None:
    with pytest.raises(UnknownNameError, match="MSS"):
        offices.institution("MSSS")
    with pytest.raises(UnknownNameError, match="KP-05"):
        offices.place("KP-055")
    with pytest.raises(UnknownNameError, match="takes no part"):
        offices.institution("LEADER")
