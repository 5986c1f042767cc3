from collections.abc import Callable

from satrap.claims import Claim

Read = Callable[..., list[Claim]]


def test_a_participle_that_tells_which_person_is_meant_claims_nothing(read: Read) -> None:
    assert read("A retired officer described the town.") == []
    assert read("Released prisoners described the town.") == []


def test_a_noun_that_tells_which_thing_is_meant_claims_nothing(read: Read) -> None:
    assert read("The crew left the patrol boat at the quay.") == []


def test_who_shoots_himself_dies_and_is_not_executed(read: Read) -> None:
    (claim,) = read("The governor shot himself in May.")
    assert claim.kind == "death"


def test_to_be_called_a_name_is_no_order(read: Read) -> None:
    assert [one for one in read("The men call the governor the Stethoscope.") if one.kind == "order"] == []
