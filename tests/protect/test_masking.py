import pytest
from tests.publish.builders import KP

from satrap.protect.masking import Masks, mask_book, masked

EXAMPLES = [(mask, example) for mask in mask_book().masks for example in mask.examples]


@pytest.mark.parametrize(("mask", "example"), EXAMPLES, ids=[example for _, example in EXAMPLES])
def test_every_example_of_the_book_is_masked_in_full(mask: object, example: str) -> None:
    masks = Masks(months=getattr(mask, "when", "") == "months")
    shown = masked(f"They came ({example}) and left.", KP, masks)
    assert shown.startswith("They came ([")
    assert shown.endswith("]) and left.")


def test_a_place_within_a_province_is_that_province_and_the_province_stays() -> None:
    assert masked("It began in Hyesan, Ryanggang Province.", KP) == (
        "It began in [place in Ryanggang], Ryanggang Province."
    )


def test_provinces_go_where_the_claim_is_told_of_the_whole_state() -> None:
    assert masked("In Hyesan and in North Hamgyong.", KP, Masks(places=True)) == (
        "In [place in North Korea] and in [place in North Korea]."
    )


def test_officials_go_where_they_are_told_as_their_institution() -> None:
    assert masked("Kim Won Hong was dismissed.", KP, Masks(officials=True)) == "[official] was dismissed."
    assert masked("Kim Won Hong was dismissed.", KP) == "Kim Won Hong was dismissed."


@pytest.mark.parametrize(
    "text",
    [
        "The Ministry of State Security lost its cases to the provincial party committee.",
        "In June 2017 its authority had fallen for 5 years.",
        "They may have to pay 12,000 yuan.",
        "The county and this city heard of it.",
        "General Ri and Colonel Pak Su Dong were there.",
        "우리는 다시 행동했다.",
    ],
)
def test_what_narrows_down_nobody_stays(text: str) -> None:
    assert masked(text, KP) == text


def test_months_go_where_they_are_too_fine() -> None:
    assert masked("It may end in May 2017.", KP, Masks(months=True)) == "It may end in [date]."
