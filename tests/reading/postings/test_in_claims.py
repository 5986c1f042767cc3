"""Claims about people take the post and the unit that the text tells of them."""

import pytest
from tests.reading.conftest import Read


def roles(read: Read, text: str) -> dict[str, list[str]]:
    [claim] = read(text)
    return {role: [one.name for one in arguments] for role, arguments in claim.roles.items()}


def test_post_and_unit_of_a_person_no_pack_knows(read: Read) -> None:
    found = roles(
        read, "The General Officer Commanding 3 Division, Maj.-Gen. Ade Obi, was arrested on Tuesday."
    )
    assert found["post"] == ["General Officer Commanding"]
    assert found["institution"] == ["3 Division"]


@pytest.mark.parametrize("before", ["", "The Ministry of State Security was quiet. " * 20])
def test_a_unit_is_read_whole_however_far_into_the_report(read: Read, before: str) -> None:
    found = roles(read, before + "Colonel Ade Obi, commander of the 117 Battalion, was arrested on Tuesday.")
    assert found["institution"] == ["117 Battalion"]


def test_of_two_posts_or_units_neither_is_guessed(read: Read) -> None:
    assert "post" not in roles(
        read, "Police arrested Colonel Ade Obi, who was the spokesman and the commandant."
    )
    moved = roles(read, "Police arrested Colonel Ade Obi, who moved from 2 Brigade to 3 Brigade, on Tuesday.")
    assert "institution" not in moved
