from collections.abc import Callable

from satrap.claims import Claim

Read = Callable[..., list[Claim]]


def names(claim: Claim, role: str) -> list[str]:
    return [argument.name for argument in claim.roles.get(role, ())]


def test_a_subject_is_likelier_meant_than_what_was_named_after_it(read: Read) -> None:
    claims = read(
        "The Ministry of State Security met the Central Military Commission. It arrested a governor."
    )
    assert names(claims[-1], "by") == ["Ministry of State Security"]


def test_he_is_whom_the_report_keeps_speaking_of(read: Read) -> None:
    claims = read(
        "Ri Ryong Ha was promoted in May. He was arrested beside Jang Su Gil. In July he was executed."
    )
    assert names(claims[-1], "person") == ["Ri Ryong Ha"]


def test_they_takes_up_several_people_rather_than_one_body(read: Read) -> None:
    claims = read("Guards came with the council. They beat prisoners.")
    assert names(claims[-1], "by") == ["Guards"]


def test_a_body_that_no_pack_knows_is_meant_by_its_common_noun(read: Read) -> None:
    claims = read("A Rectification Office opened in May. Last week the new office lost its authority.")
    assert names(claims[-1], "holder") == ["Rectification Office"]


def test_the_colonel_is_the_colonel_named_before(read: Read) -> None:
    claims = read("Colonel Pavel Orlov ran the station. The colonel was dismissed in May.")
    assert names(claims[-1], "person") == ["Colonel Pavel Orlov"]


def test_a_man_called_so_goes_by_his_name(read: Read) -> None:
    (claim,) = read("A man called Pavel Orlov was dismissed in May.")
    assert names(claim, "person") == ["Pavel Orlov"]


def test_a_body_with_a_name_of_its_own_is_not_its_ministry(read: Read) -> None:
    (claim,) = read("The interior ministry's Main Directorate for Combating Crime lost its authority.")
    assert names(claim, "holder") == ["Main Directorate for Combating Crime"]


def test_both_are_the_two_named_last(read: Read) -> None:
    claims = read("Ri Ryong Ha met Jang Su Gil in May. Both were arrested in June.")
    assert {name for claim in claims for name in names(claim, "person")} == {"Ri Ryong Ha", "Jang Su Gil"}
