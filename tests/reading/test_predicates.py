from collections.abc import Callable

import pytest

from satrap.claims import Claim

Read = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    "text",
    [
        "Guards beat prisoners.",
        "Prisoners are beaten by guards.",
        "Guards have started to beat prisoners.",
        "The beating of prisoners by guards goes on.",
        "Prisoners, who have been beaten by guards, went on strike.",
        "The guards entered the cells and beat the prisoners.",
        "Guards are known for beating prisoners.",
        "Guards carried out beatings of prisoners.",
    ],
)
def test_every_wording_of_one_act_gives_the_same_agent_and_victim(read: Read, text: str) -> None:
    claim = next(claim for claim in read(text) if claim.kind == "violence")
    assert [one.name.lower() for one in claim.roles["by"]] == ["guards"]
    assert [one.name.lower() for one in claim.roles["on"]] == ["prisoners"]


def test_coordinated_passives_share_agent_and_victim(read: Read) -> None:
    claims = read("Traders have been abused and blackmailed by police officers for years.")
    assert {claim.kind for claim in claims} == {"violence", "extortion"}
    for claim in claims:
        assert [one.name for one in claim.roles["by"]] == ["police officers"]
        assert [one.name for one in claim.roles["on"]] == ["Traders"]


def test_nouns_joined_by_and_share_what_follows_the_last(read: Read) -> None:
    claims = read("Officers engaged in violence and threats against villagers.")
    assert {claim.kind for claim in claims} == {"violence", "threat"}
    assert all(claim.roles["on"][0].name == "villagers" for claim in claims)
