from collections.abc import Callable

import pytest

from satrap.claims import Claim, SourceKind

Read = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    ("speaker", "kind", "place"),
    [
        ("A former cadre in Anyang", SourceKind.DEFECTOR, None),
        ("A former policeman from Hyesan who now lives in Seoul", SourceKind.DEFECTOR, None),
        ("Eleven former inmates", SourceKind.DEFECTOR, None),
        ("Gil Suk-hwan of the Institute for Peninsular Risk", SourceKind.ANALYST, None),
        ("An analyst at a Warsaw institute", SourceKind.ANALYST, None),
        ("Three people with ties to the unit", SourceKind.INSIDE_SOURCE, None),
        ("Two serving sergeants in Hyesan", SourceKind.INSIDE_SOURCE, "KP-10"),
        ("A retired sergeant in Hyesan", SourceKind.OFFICIAL, "KP-10"),
        ("A spokesman for the ministry", SourceKind.OFFICIAL, None),
        ("A provincial paper", SourceKind.MEDIA, None),
        ("Some here", SourceKind.RESIDENT, None),
    ],
)
def test_a_description_says_what_kind_of_voice_it_is(
    read: Read, speaker: str, kind: SourceKind, place: str | None
) -> None:
    (claim,) = read(f"{speaker} said that the minister had been dismissed.")
    assert (claim.voice.kind, claim.voice.place) == (kind, place)


@pytest.mark.parametrize(
    "text",
    [
        "In Hyesan, residents say that the police chief was sacked.",
        "The police chief of Hyesan was sacked, a teacher said.",
        "The police chief was sacked, a teacher in Hyesan said.",
    ],
)
def test_residents_speak_from_the_place_they_speak_of_unless_another_is_named(read: Read, text: str) -> None:
    (claim,) = read(text)
    assert (claim.voice.kind, claim.voice.place) == (SourceKind.RESIDENT, "KP-10")


def test_the_number_of_voices_is_kept_where_it_is_told(read: Read) -> None:
    (claim,) = read("The police chief was sacked, three residents of Hyesan said.")
    assert claim.voice.number == 3
