"""Names are found as reports print them, whole, in the right case, and never twice over the same words."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satrap.country import Gazetteer, Mention, available_packs, load_pack
from satrap.country.terms import EntityKind, Entry, Role, entries


@cache
def gazetteer(code: str) -> Gazetteer:
    return Gazetteer(load_pack(code))


def found(code: str, text: str, on: date | None = None) -> list[tuple[str, str]]:
    return [(mention.text, mention.entity) for mention in gazetteer(code).find(text, on)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the Korean Workers’ Party", [("Korean Workers’ Party", "WPK")]),
        ("Chairman of the Worker's Party", [("Chairman of the Worker's Party", "LEADER")]),
        ("the Workers' Party and the KWP", [("Workers' Party", "WPK"), ("KWP", "WPK")]),
        (
            "offices of the MSS in South Hwanghae Province",
            [("MSS", "MSS"), ("South Hwanghae Province", "KP-05")],
        ),
        ("South and North Hwanghae", [("South", "KP-05"), ("North Hwanghae", "KP-06")]),
        (
            "North Hamkyung, Yanggang and Jagang",
            [("North Hamkyung", "KP-09"), ("Yanggang", "KP-10"), ("Jagang", "KP-04")],
        ),
        ("the city of Hoeryong", [("Hoeryong", "KP-09")]),
        (
            "Minister of State Security Kim Won-hong",
            [("Minister of State Security", "MSS_MINISTER"), ("Kim Won-hong", "kim-won-hong")],
        ),
        ("security and legal agencies", [("security", "SECURITY"), ("legal agencies", "LEGAL")]),
        (
            "local and provincial party committees",
            [("local", "WPK_PROV"), ("provincial party committees", "WPK_PROV")],
        ),
        (
            "in the Organization and\nGuidance Department",
            [("Organization and\nGuidance Department", "WPK_OGD")],
        ),
        ("국가보위성과 조직지도부가", [("국가보위성", "MSS"), ("조직지도부", "WPK_OGD")]),
        ("함경북도 회령에서 보위원이", [("함경북도", "KP-09"), ("회령", "KP-09"), ("보위원", "MSS")]),
        ("咸鏡北道の秘密警察", [("咸鏡北道", "KP-09"), ("秘密警察", "MSS")]),
        ("a colonel general", [("colonel general", "COLONEL_GENERAL")]),
    ],
)
def test_north_korean_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert found("kp", text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("KGB chief Vadim Zaitsev", [("KGB chief", "KGB_CHAIR"), ("Vadim Zaitsev", "zaitsev")]),
        (
            "the State Control Committee in the Homiel Region",
            [("State Control Committee", "KGK"), ("Homiel Region", "BY-HO")],
        ),
        ("Minsk and Minsk Oblast", [("Minsk", "BY-HM"), ("Minsk Oblast", "BY-MI")]),
        ("Alyaksandr Lukashenka", [("Alyaksandr Lukashenka", "lukashenko")]),
        ("Сотрудники КГБ в Гомеле", [("Сотрудники КГБ", "KGB"), ("Гомеле", "BY-HO")]),
        ("супрацоўнік КДБ у Мінску, Следчы камітэт", [("супрацоўнік КДБ", "KGB"), ("Следчы камітэт", "SK")]),
        ("the prosecutor's office of Grodno", [("prosecutor's office", "PROS"), ("Grodno", "BY-HR")]),
    ],
)
def test_belarusian_names(text: str, expected: list[tuple[str, str]]) -> None:
    assert found("by", text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a birthday party",
        "policed streets",
        "the psa was signed",
        "mss. of the poem",
        "partying",
        "a kangwon",
        "군당국은 침묵했다",
        "Pyongyangology",
        "the marshal arts",
    ],
)
def test_words_that_only_look_like_names(text: str) -> None:
    assert found("kp", text) == []


def test_an_article_and_a_capital_make_a_name_of_party() -> None:
    assert found("kp", "loyal to the Party") == [("Party", "WPK")]
    assert found("kp", "a Party with balloons") == []


def test_an_ambiguous_name_needs_its_entity_named_plainly_in_the_same_text() -> None:
    assert found("kp", "Above the party stands no one.") == []
    text = "Above the party stands no one. The Central Committee said so."
    assert found("kp", text) == [("party", "WPK"), ("Central Committee", "WPK")]


def test_an_ambiguous_name_counts_only_in_its_time() -> None:
    text = "The MSS, now an information bureau"
    assert ("information bureau", "MSS") in found("kp", text, date(2026, 5, 1))
    assert ("information bureau", "MSS") not in found("kp", text, date(2017, 5, 1))


def test_staff_are_told_from_their_institution_and_tiers_are_read_off() -> None:
    text = "Prosecutors, security agents and provincial party officials met the county MSS."
    mentions = gazetteer("kp").find(text)
    assert [(one.entity, one.role, one.tier) for one in mentions] == [
        ("PROS", Role.STAFF, ""),
        ("MSS", Role.STAFF, ""),
        ("WPK_PROV", Role.STAFF, "province"),
        ("MSS", Role.NAME, "county"),
    ]


def test_a_town_counts_as_its_province_and_keeps_its_name() -> None:
    (mention,) = gazetteer("kp").find("in Musan")
    assert mention == Mention(3, 8, "Musan", EntityKind.PLACE, "KP-09", "Musan", "en")


def in_context(entry: Entry, code: str) -> tuple[str, int]:
    """A text where the entry must count, and where in it the entry stands."""
    before = "It is said that the " if entry.article else "It is said: "
    plain = next(
        (
            one.text
            for one in all_entries(code)
            if (one.entity, one.kind) == (entry.entity, entry.kind) and not one.ambiguous and not one.article
        ),
        "",
    )
    return f"{before}{entry.text}. {plain}.", len(before)


@cache
def all_entries(code: str) -> tuple[Entry, ...]:
    return tuple(entries(load_pack(code)))


@pytest.mark.parametrize("code", available_packs())
def test_every_declared_name_is_found(code: str) -> None:
    """Each stands for its own entity, or for another one of the pack that bears the same name."""
    owners: dict[str, set[str]] = {}
    for entry in all_entries(code):
        owners.setdefault(entry.text.lower(), set()).add(entry.entity)
    missed = []
    for entry in all_entries(code):
        text, start = in_context(entry, code)
        on = entry.period.start.latest if entry.period and entry.period.start else None
        hits = [
            one
            for one in gazetteer(code).find(text, on)
            if one.start <= start and one.end >= start + len(entry.text)
        ]
        if not any(one.entity in owners[entry.text.lower()] for one in hits):
            missed.append((entry.text, entry.entity, [(one.text, one.entity) for one in hits]))
    assert missed == []


pieces = st.sampled_from([entry.text for code in available_packs() for entry in all_entries(code)])
glue = st.sampled_from([" ", " and ", ", ", "", "-", "’s ", "\n", " of the ", "İ", "\u00ad", "  "])
texts = st.lists(st.one_of(pieces, glue, st.text(max_size=5))).map("".join)


@given(text=texts, code=st.sampled_from(available_packs()), on=st.none() | st.dates())
def test_mentions_are_slices_in_order_without_overlap(text: str, code: str, on: date | None) -> None:
    last = 0
    for mention in gazetteer(code).find(text, on):
        assert text[mention.start : mention.end] == mention.text != ""
        assert mention.start >= last
        last = mention.end
