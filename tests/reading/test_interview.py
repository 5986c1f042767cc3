from collections.abc import Callable

from satrap.claims import Access, Claim, SourceKind

Read = Callable[..., list[Claim]]
DEFECTOR, PUBLISHER = SourceKind.DEFECTOR, SourceKind.PUBLISHER


def kinds(claims: list[Claim]) -> list[SourceKind]:
    return [claim.voice.kind for claim in claims]


def test_answers_are_those_of_whoever_the_talk_is_with(read: Read) -> None:
    claims = read(
        "M., 38, sold shoes in Hyesan. She crossed the river in 2016 and now lives in Daegu, where she spoke "
        "to us.\n\n"
        "Were you ever arrested?\n\n“Yes. The police beat me with a belt.”\n\nDid it help to pay?\n\n"
        "“The chief was sacked for taking bribes.”"
    )
    assert set(kinds(claims)) == {DEFECTOR}


def test_what_the_outlet_writes_between_the_answers_is_its_own(read: Read) -> None:
    claims = read(
        "M., 38, crossed the river in 2016 and now lives in Daegu, where she spoke to us.\n\n"
        "Were you ever arrested?\n\n“The police beat me with a belt.”\n\n"
        "The governor was dismissed in May."
    )
    assert kinds(claims)[-1] is PUBLISHER


def test_a_text_told_as_i_is_the_narrators(read: Read) -> None:
    claims = read(
        "I was a clerk in Hamhung. Soldiers beat me with a belt in May. "
        "I left the country in 2016.\n\nThe chief was sacked soon afterwards. I never heard why."
    )
    assert set(kinds(claims)) == {DEFECTOR}
    assert {claim.access for claim in claims if "me" in claim.quote.exact.split()} == {Access.WITNESSED}


def test_a_columnist_who_says_i_is_the_publisher(read: Read) -> None:
    claims = read("The governor was dismissed in May. I find that hardly surprising.")
    assert kinds(claims) == [PUBLISHER]
