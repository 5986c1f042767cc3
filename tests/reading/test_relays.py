from collections.abc import Callable

import pytest

from satrap.claims import Claim, SourceKind

Read = Callable[..., list[Claim]]
OFFICIAL, SERVICE = SourceKind.OFFICIAL, SourceKind.INTELLIGENCE_SERVICE
BRIEFED = (
    "The police chief was sacked, two members of parliament said after a briefing by the "
    "National Intelligence Service.\n\n"
)


def chains(claims: list[Claim]) -> list[list[SourceKind]]:
    return [[link.kind for link in claim.said_by[1:]] for claim in claims]


@pytest.mark.parametrize(
    "next_",
    [
        "The governor was dismissed, the agency told them.",
        "The governor was dismissed, the briefing said.",
        "The service believes that the governor was dismissed.",
        "The governor was dismissed, the lawmakers said.",
    ],
)
def test_what_a_service_told_lawmakers_is_on_their_word_and_the_services(read: Read, next_: str) -> None:
    assert chains(read(BRIEFED + next_)) == [[OFFICIAL, SERVICE]] * 2


@pytest.mark.parametrize(
    "next_",
    [
        "Lawmakers predicted that the governor would be dismissed.",
        "One of the lawmakers said that the governor was dismissed.",
        "In their own opinion, the lawmakers added, the governor was dismissed.",
    ],
)
def test_what_lawmakers_think_and_what_one_of_them_says_alone_is_their_own(read: Read, next_: str) -> None:
    assert chains(read(BRIEFED + next_))[-1] == [OFFICIAL]


def test_where_nobody_was_briefed_lawmakers_speak_for_themselves(read: Read) -> None:
    assert chains(read("The police chief was sacked, lawmakers said.")) == [[OFFICIAL]]
