from collections.abc import Callable

from satrap.claims import Argument, Claim, Tier

Read = Callable[..., list[Claim]]


def names(claim: Claim, role: str) -> list[str]:
    return [argument.name for argument in claim.roles.get(role, ())]


def test_an_office_is_its_institution_with_tier_and_place(read: Read) -> None:
    (claim,) = read(
        "The power of the provincial office of the Ministry of State Security in South Hwanghae fell."
    )
    assert claim.roles["holder"] == (
        Argument("Ministry of State Security", "MSS", (Tier.PROVINCE,), ("KP-05",)),
    )


def test_tiers_joined_by_and_are_one_claim_with_a_list(read: Read) -> None:
    (claim,) = read("Its powers were transferred to the local and national party committees.")
    (committees,) = claim.roles["to"]
    assert set(committees.tiers) == {Tier.COUNTY, Tier.CENTRAL}


def test_two_bodies_that_share_a_head_noun_are_two(read: Read) -> None:
    (claim,) = read("The authority of the security and legal agencies has been in decline.")
    assert names(claim, "holder") == ["security agencies", "legal agencies"]


def test_the_agency_is_the_body_spoken_of_last(read: Read) -> None:
    claims = read(
        "The Ministry of State Security arrested a customs chief. The agency has lost its authority since."
    )
    assert names(claims[-1], "holder") == ["Ministry of State Security"]


def test_he_and_a_bare_surname_are_the_person_named_before(read: Read) -> None:
    claims = read(
        "Jang Song Thaek was arrested in December. He was executed. Jang had been dismissed in May."
    )
    assert {name for claim in claims for name in names(claim, "person")} == {"Jang Song Thaek"}


def test_a_post_before_a_name_is_the_persons(read: Read) -> None:
    (claim,) = read(
        "The former head of the Ministry of State Security, Kim Won Hong, was dismissed for abuse of power."
    )
    assert names(claim, "person") == ["Kim Won Hong"]
    assert names(claim, "institution") == ["Ministry of State Security"]
    assert names(claim, "reason") == ["abuse of power"]


def test_a_comma_that_ends_a_phrase_does_not_join_post_and_person(read: Read) -> None:
    claims = read(
        "After the dismissal of the minister of state security, Kim Jong Un issued an order to the police."
    )
    by_kind = {claim.kind: claim for claim in claims}
    assert names(by_kind["order"], "by") == ["Kim Jong Un"]
    assert names(by_kind["dismissal"], "person") == ["Minister of State Security"]


def test_distinct_named_people_make_a_claim_each_and_a_group_makes_one(read: Read) -> None:
    assert len(read("Ri Ryong Ha and Jang Su Gil were executed.")) == 2
    assert len(read("Several officials and officers were executed.")) == 1


def test_an_older_name_is_given_by_its_modern_one(read: Read) -> None:
    (claim,) = read("The influence of the State Security Department is growing.", published="2014-03-01")
    assert names(claim, "holder") == ["Ministry of State Security"]


def test_a_passive_without_agent_leaves_the_agent_out(read: Read) -> None:
    (claim,) = read("The customs chief was arrested.")
    assert "by" not in claim.roles


def test_one_of_them_is_read_without_end(read: Read) -> None:
    claims = read("The officers were arrested. Both of them, one of whom led the bureau, were dismissed.")
    assert [claim.kind for claim in claims] == ["arrest", "dismissal"]


def test_a_capital_stands_for_those_who_rule_from_it(read: Read) -> None:
    (claim,) = read("Pyongyang strengthened its authority over the counties.")
    assert names(claim, "holder") == ["Pyongyang"]


def test_a_deputy_is_not_whoever_holds_the_post(read: Read) -> None:
    (claim,) = read("The former Minister of State Security was arrested in May.")
    (minister,) = claim.roles["person"]
    assert (minister.name, minister.id) == ("former Minister of State Security", None)


def test_the_head_of_a_part_is_named_by_the_part(read: Read) -> None:
    (claim,) = read("The head of the finance department of the Workers' Party was dismissed.")
    assert names(claim, "person") == ["head of the finance department of the Workers' Party"]


def test_one_of_them_is_told_apart_by_his_description(read: Read) -> None:
    claims = read(
        "Nine villagers complained about the police. "
        "One of them, a teacher from Hyesan, was arrested by the police."
    )
    assert names(claims[-1], "on") == ["teacher from Hyesan"]


def test_she_is_no_man(read: Read) -> None:
    claims = read("A trader quarrelled with her husband. She was detained by security agents in May.")
    assert names(claims[-1], "on") == ["trader"]


def test_i_am_whoever_the_report_introduces_as_speaking(read: Read) -> None:
    (claim,) = read('"An agent beat me in the street," said a woman in Hyesan.')
    assert names(claim, "on") == ["woman in Hyesan"]


def test_an_officer_does_not_twist_his_own_arm(read: Read) -> None:
    claims = read("A trader shouted at the gate. A police officer twisted his arm.")
    assert names(claims[-1], "by") != names(claims[-1], "on")


def test_a_task_of_a_body_names_its_chief(read: Read) -> None:
    (claim,) = read("The army's chief of supply was dismissed.")
    assert names(claim, "person") == ["army's chief of supply"]


def test_officers_of_a_kind_are_named_by_it_and_known_by_their_body(read: Read) -> None:
    (claim,) = read("The army's political officers have lost their influence.")
    (holder,) = claim.roles["holder"]
    assert (holder.name, holder.id) == ("political officers", "KPA")


def test_the_fourth_is_one_of_those_before(read: Read) -> None:
    claims = read("Four villagers were arrested in May. The fourth is still being held by security agents.")
    assert names(claims[-1], "on") == ["fourth"]
