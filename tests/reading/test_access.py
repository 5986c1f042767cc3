from collections.abc import Callable

import pytest

from satrap.claims import Access, Claim

Read = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    ("text", "access"),
    [
        ("A trader in Hyesan said the police chief was sacked.", Access.UNSTATED),
        ("A trader in Hyesan saw two boys being beaten by police, she said.", Access.WITNESSED),
        ("A trader in Hyesan said she had watched soldiers beat two boys.", Access.WITNESSED),
        ("An analyst believes that the police chief was sacked.", Access.DEDUCED),
        ("A source in Hyesan said that, according to residents, the police chief was sacked.", Access.TOLD),
    ],
)
def test_how_a_voice_knows_is_what_the_words_say(read: Read, text: str, access: Access) -> None:
    assert {claim.access for claim in read(text)} == {access}
