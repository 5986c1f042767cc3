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


def test_what_tells_whom_a_rule_is_about_claims_nothing(read: Read) -> None:
    assert read("Anyone who enters the strip will be shot.") == []
    assert [
        one for one in read("Officers who beat villagers would be fined.") if one.kind == "violence"
    ] == []
    assert [one for one in read("Those released had to sign a paper.") if one.kind == "leniency"] == []


def test_to_be_among_those_arrested_is_to_be_arrested(read: Read) -> None:
    assert read("Two students were among those arrested by the police.")


def test_what_is_threatened_is_not_claimed(read: Read) -> None:
    assert {one.kind for one in read("The officers threatened to jail the miners.")} == {"threat"}


def test_things_that_go_on_are_claimed_though_nobody_is_named(read: Read) -> None:
    (claim,) = read("Arrests have continued.")
    assert claim.kind == "detention"
