from collections.abc import Callable

from satrap.claims import Claim
from satrap.reading.mentions import Named
from satrap.reading.rehang import rehang
from satrap.reading.tokens import Token, link

Read = Callable[..., list[Claim]]


def person(claim: Claim) -> list[str]:
    return [argument.name for argument in claim.roles.get("person", ())]


def test_who_is_appointed_head_of_something_is_the_person_and_the_head_is_the_post(read: Read) -> None:
    (claim,) = read("Kim Jong Un appointed Ryang Chol Bom deputy head of the Ministry of State Security.")
    assert person(claim) == ["Ryang Chol Bom"]
    assert "deputy head" in claim.roles["post"][0].name


def test_a_name_between_commas_is_no_second_subject(read: Read) -> None:
    claims = read("A general demoted last year, Ryang Chol Bom, was dismissed again in March.")
    dismissal = next(claim for claim in claims if claim.kind == "dismissal")
    assert person(dismissal) == ["Ryang Chol Bom"]


def test_a_name_after_the_place_of_a_post_is_whoever_holds_it(read: Read) -> None:
    claims = read(
        "Kim Jong Un dismissed the governor of South Hwanghae, Ryang Chol Bom, and praised the army."
    )
    assert person(next(claim for claim in claims if claim.kind == "dismissal")) == ["Ryang Chol Bom"]


def test_a_month_at_the_head_of_a_sentence_leaves_the_name_its_subject(read: Read) -> None:
    (claim,) = read("In January Ryang Chol Bom dismissed the mayor of Hyesan.")
    assert [one.name for one in claim.roles["by"]] == ["Ryang Chol Bom"]


def test_who_stands_after_a_place_is_the_subject() -> None:
    brest = Named(3, 8, "Brest", "place", "BY-BR", "Brest")
    words = [
        Token(0, "In", "in", "IN", "prep", 0, 2),
        Token(1, "Brest", "brest", "NNP", "pobj", 3, 8, brest),
        Token(2, "the", "the", "DT", "det", 10, 13),
        Token(3, "governor", "governor", "NN", "appos", 14, 22),
        Token(4, "resigned", "resign", "VBD", "ROOT", 23, 31),
    ]
    link(words, [4, 0, 3, 1, 4])
    rehang(words)
    assert (words[3].head, words[3].dep) == (words[4], "nsubj")
