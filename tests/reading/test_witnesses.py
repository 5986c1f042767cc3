from collections.abc import Callable

from satrap.claims import Claim, SourceKind

Read = Callable[..., list[Claim]]


def voices(claims: list[Claim]) -> list[SourceKind]:
    return [claim.voice.kind for claim in claims]


def test_a_source_comes_back_by_the_name_it_was_given(read: Read) -> None:
    claims = read(
        "A trader in Hyesan whom we shall call Mrs. Om says the police chief was sacked.\n\n"
        "The governor was dismissed, according to Om."
    )
    assert [(claim.voice.kind, claim.voice.place) for claim in claims] == [(SourceKind.RESIDENT, "KP-10")] * 2


def test_a_paragraph_is_on_the_word_of_the_exile_it_introduces(read: Read) -> None:
    claims = read(
        "Ri Kum Sok was a policeman until 2015; today he repairs scooters in Daegu. "
        "The chief of his station was sacked in May.\n\nThe governor was dismissed."
    )
    assert voices(claims) == [SourceKind.DEFECTOR, SourceKind.PUBLISHER]


def test_an_official_who_does_something_today_is_no_source(read: Read) -> None:
    claims = read("The minister was in Moscow on Monday. The governor was dismissed.")
    assert set(voices(claims)) == {SourceKind.PUBLISHER}
