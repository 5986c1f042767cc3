import pytest
from tests.publish.builders import KP, told

from satrap.accounts import Seat
from satrap.accounts.seats import seat_of


@pytest.mark.parametrize(
    ("roles", "places", "seat"),
    [
        ({"person": "kim-won-hong", "post": "MSS_MINISTER"}, (), Seat("MSS_MINISTER")),
        ({"person": "MSS_MINISTER"}, (), Seat("MSS_MINISTER")),  # nobody's name
        ({"person": "x", "post": "Security Minister"}, (), Seat("MSS_MINISTER")),
        ({"person": "x", "post": "minister", "institution": "MSS"}, (), Seat("MSS_MINISTER")),
        ({"person": "x", "post": "minister"}, (), None),  # of what?
        ({"person": "x", "post": "deputy", "institution": "MSS"}, (), None),
        ({"person": "x"}, (), None),
        ({"person": "x", "post": "PARTY_HEAD"}, ("KP-07",), Seat("PARTY_HEAD_KP_07")),
        ({"person": "x", "post": "PARTY_HEAD"}, ("KP-10",), Seat("PARTY_HEAD", "KP-10")),
        ({"person": "x", "post": "PARTY_HEAD"}, ("KP-10", "KP-09"), Seat("PARTY_HEAD")),
        ({"person": "x", "post": "MSS_MINISTER"}, ("KP-10",), Seat("MSS_MINISTER")),
    ],
)
def test_the_seat_that_a_claim_names(
    roles: dict[str, str], places: tuple[str, ...], seat: Seat | None
) -> None:
    assert seat_of(told("appointment", roles, places=places)[0].claim, KP) == seat


def test_one_person_at_a_time_leads_an_institution() -> None:
    assert Seat("MSS_MINISTER").is_single(KP)
    assert Seat("PARTY_HEAD_KP_07").is_single(KP)
    assert not Seat("MSS_VICE").is_single(KP)


def test_a_seat_is_titled_with_its_place() -> None:
    assert Seat("PARTY_HEAD", "KP-10").title(KP) == "provincial party chairman, Ryanggang"
