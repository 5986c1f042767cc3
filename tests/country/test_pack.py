"""What the bundled packs say about their states."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from satrap.country import Pack, available_packs, load_pack
from satrap.errors import UnknownNameError


@pytest.fixture
def kp() -> Pack:
    return load_pack("kp")


@pytest.fixture
def by() -> Pack:
    return load_pack("by")


def test_the_2008_census_adds_up(kp: Pack) -> None:
    nation = kp.place("KP").population
    assert nation is not None
    people = kp.residents()
    assert sum(people.values()) == 23_349_859
    assert sum(people.values()) + nation.not_in_places == nation.people == 24_052_231
    assert people["KP-02"] == 4_051_696 - 310_531, "Nampo is counted once"
    assert "KP-13" not in people, "Rason has no figure of its own"


def test_the_seven_parts_of_belarus_add_up(by: Pack) -> None:
    nation = by.place("BY").population
    assert nation is not None
    assert sum(by.residents().values()) == nation.people
    assert len(by.provinces) == 7


@pytest.mark.parametrize(
    ("institution", "on", "name"),
    [
        ("MSS", date(2016, 5, 1), "State Security Department"),
        ("MSS", date(2016, 6, 1), "Ministry of State Security"),
        ("MSS", date(2026, 5, 1), "State Information Bureau"),
        ("MPS", date(2020, 5, 27), "Ministry of People's Security"),
        ("MPS", date(2020, 5, 28), "Ministry of Social Security"),
        ("WPK_OGD", date(2017, 1, 1), "Organization and Guidance Department"),
        ("MPS_FORCES", date(2015, 1, 1), "Korean People's Internal Security Forces"),
    ],
)
def test_names_follow_the_renames(kp: Pack, institution: str, on: date, name: str) -> None:
    assert kp.name_at(institution, on) == name


def test_parents_follow_the_reforms(kp: Pack) -> None:
    assert kp.parents_at("MSS", date(2015, 1, 1)) == ("NDC", "LEADER", "WPK_OGD")
    assert kp.parents_at("MSS", date(2018, 1, 1)) == ("SAC", "LEADER", "WPK_OGD")
    assert kp.parents_at("MPS", date(2009, 1, 1)) == ("CABINET",)


@pytest.mark.parametrize(
    ("institution", "on", "person"),
    [
        ("MSS", date(2014, 1, 1), "kim-won-hong"),
        ("MSS", date(2017, 1, 10), "kim-won-hong"),
        ("MSS", date(2017, 4, 11), None),
        ("MSS", date(2020, 5, 24), "jong-kyong-thaek"),
        ("MPS", date(2014, 1, 1), "choe-pu-il"),
        ("GPB", date(2015, 1, 1), "hwang-pyong-so"),
        ("CABINET", date(2018, 1, 1), "pak-pong-ju"),
    ],
)
def test_who_led_what_when(kp: Pack, institution: str, on: date, person: str | None) -> None:
    tenure = kp.head_of(institution, on)
    assert tenure is not None, "a vacancy is known, not unknown"
    assert tenure.person == person


def test_an_unknown_head_is_not_a_vacancy(kp: Pack) -> None:
    assert kp.head_of("MPS", date(1999, 1, 1)) is None
    assert kp.head_of("BG", date(2017, 1, 1)) is None


def test_local_heads_belong_to_their_place(kp: Pack) -> None:
    held = kp.head_of("WPK_PROV", date(2013, 1, 1), "KP-06")
    assert held is not None
    assert held.person == "pak-thae-dok"
    assert kp.head_of("WPK_PROV", date(2013, 1, 1), "KP-05") is None


def test_what_was_not_verified_says_so(kp: Pack, by: Pack) -> None:
    head = kp.head_of("MSS", date(2023, 1, 1))
    assert head is not None
    assert not head.verified
    head = kp.head_of("MSS", date(2014, 1, 1))
    assert head is not None
    assert head.verified
    assert not any(one.verified for one in (*by.institutions.values(), *by.tenures, *by.people.values()))


@pytest.mark.parametrize(
    ("institution", "share"),
    [
        ("WPK_OGD", "WPK"),
        ("WPK_PROV", "WPK"),
        ("C82", "WPK"),
        ("G612", "MSS"),
        ("BG", None),
        ("MPS_FORCES", "MPS"),
        ("INMINBAN", "CABINET"),
        ("MSC", "MSC"),
        ("LEADER", None),
        ("SAC", None),
    ],
)
def test_institutions_roll_up_to_one_share_or_none(kp: Pack, institution: str, share: str | None) -> None:
    assert kp.share_institution(institution) == share


def test_collective_nouns_touch_shares(kp: Pack) -> None:
    assert kp.shares_of_group("SECURITY") == ("MSS", "MPS")
    assert kp.shares_of_group("LEGAL") == ("MPS", "PROS")


def test_oversight_has_direction_consent_and_dates(kp: Pack) -> None:
    edge = kp.oversees("WPK_OGD", "MSS", date(2017, 1, 1))
    assert edge is not None
    assert edge.needs == "LEADER"
    assert kp.oversees("MSS", "WPK_OGD", date(2017, 1, 1)) is None
    assert kp.oversees("PROS", "MSS", date(2017, 1, 1)) is None
    assert kp.oversees("PROS", "MSS", date(2021, 9, 1)) is not None


@pytest.mark.parametrize("code", available_packs())
def test_tiles_of_a_map_do_not_collide(code: str) -> None:
    tiles = [place.tile for place in load_pack(code).provinces]
    assert None not in tiles
    assert len(set(tiles)) == len(tiles)


@pytest.mark.parametrize("code", available_packs())
def test_one_person_at_a_time_leads(code: str) -> None:
    pack = load_pack(code)
    for post in (post for post in pack.posts.values() if post.head):
        held = sorted(
            (one for one in pack.tenures if one.post == post.id and one.start),
            key=lambda one: one.start.earliest if one.start else date.min,
        )
        for earlier, later in pairwise(held):
            assert earlier.end is not None, f"{post.id} is never given up before the next holder"
            assert later.start is not None
            assert earlier.end.earliest <= later.start.latest, post.id


def test_unknown_ids_suggest_known_ones(kp: Pack) -> None:
    with pytest.raises(UnknownNameError, match="unknown institution 'OGD'; did you mean WPK_OGD"):
        kp.institution("OGD")
    with pytest.raises(UnknownNameError, match="unknown place 'KP-99'; did you mean KP-0"):
        kp.place("KP-99")


def test_years_are_told_as_the_state_counts_them_while_it_does(kp: Pack) -> None:
    assert kp.era(date(2017, 6, 15)) == "Juche 106"
    assert kp.era(date(1997, 9, 8)) == kp.era(date(2024, 10, 13)) == ""
    assert load_pack("by").era(date(2017, 6, 15)) == ""
