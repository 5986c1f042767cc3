"""What the packs of Eritrea, Turkmenistan and Cuba say, and how their names are found in text."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest

from satrap.country import Gazetteer, load_pack
from satrap.country.terms import entries

CODES = ("er", "tm", "cu")
# The first-level subdivisions of ISO 3166-2
SUBDIVISIONS = {
    "er": "AN DK DU GB MA SK",
    "tm": "A B D L M S",
    "cu": "01 03 04 05 06 07 08 09 10 11 12 13 14 15 16 99",
}
SCRIPTS = {"er": {"ti", "ar"}, "tm": {"tk", "ru"}, "cu": {"es"}}


@cache
def gazetteer(code: str) -> Gazetteer:
    return Gazetteer(load_pack(code))


def found(code: str, text: str) -> list[tuple[str, str]]:
    return [(mention.text, mention.entity) for mention in gazetteer(code).find(text)]


@pytest.mark.parametrize("code", CODES)
def test_every_first_level_subdivision_is_there(code: str) -> None:
    expected = {f"{code.upper()}-{suffix}" for suffix in SUBDIVISIONS[code].split()}
    assert {place.id for place in load_pack(code).provinces} == expected


@pytest.mark.parametrize(
    ("code", "year", "people"), [("er", 2001, 3_194_800), ("tm", 2022, 7_057_841), ("cu", 2012, 11_167_325)]
)
def test_the_parts_add_up_to_the_nation(code: str, year: int, people: int) -> None:
    pack = load_pack(code)
    nation = pack.place(pack.code).population
    assert nation is not None
    assert (nation.year, nation.people) == (year, people)
    assert len(pack.residents()) == len(pack.provinces)
    assert sum(pack.residents().values()) == people


@pytest.mark.parametrize("code", CODES)
def test_nothing_claims_to_be_verified(code: str) -> None:
    pack = load_pack(code)
    assert not any(
        one.verified
        for one in (
            pack.header,
            *pack.header.tiers,
            *pack.institutions.values(),
            *pack.oversight,
            *pack.places.values(),
            *pack.posts.values(),
            *pack.people.values(),
            *pack.tenures,
            *pack.groups.values(),
            *pack.ranks.values(),
            *(city for place in pack.places.values() for city in place.cities),
            *(place.population for place in pack.places.values() if place.population),
        )
    )


@pytest.mark.parametrize("code", CODES)
def test_institutions_and_places_bear_names_in_a_language_of_the_country(code: str) -> None:
    pack = load_pack(code)
    spoken = {
        one.id: {language for period in one.names for language in period.terms}
        for one in pack.institutions.values()
    }
    named = spoken | {one.id: set(one.terms) for one in pack.places.values()}
    bare = [one for one, languages in named.items() if not languages & SCRIPTS[code]]
    assert bare == []


@pytest.mark.parametrize("code", CODES)
def test_every_safe_name_alone_stands_for_its_own_entity(code: str) -> None:
    before = "It is said: "
    missed = []
    for entry in entries(load_pack(code)):
        if entry.ambiguous or entry.article:
            continue
        mentions = gazetteer(code).find(f"{before}{entry.text}.")
        whole = [(one.start, one.text, one.kind, one.entity, one.role) for one in mentions]
        if whole != [(len(before), entry.text, entry.kind, entry.entity, entry.role)]:
            missed.append((entry.text, entry.entity, [(one.text, one.entity) for one in mentions]))
    assert missed == []


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        (
            "er",
            "National Security agents seized the governor of Debub in Adi-Keih; the zone commander knew.",
            [
                ("National Security agents", "NSO"),
                ("governor of Debub", "GOVERNOR_ER_DU"),
                ("Adi-Keih", "ER-DU"),
                ("zone commander", "COMMANDS"),
            ],
        ),
        (
            "er",
            "the PFDJ and the Special Court in the Northern and Southern Red Sea",
            [
                ("PFDJ", "PFDJ"),
                ("Special Court", "SPECIAL_COURT"),
                ("Northern", "ER-SK"),
                ("Southern Red Sea", "ER-DK"),
            ],
        ),
        (
            "er",
            "ኣባላት ሃገራዊ ድሕነት ኣብ ኣስመራ፡ ህግደፍ ድማ ኣብ ዞባ ደቡብ።",
            [("ኣባላት ሃገራዊ ድሕነት", "NSO"), ("ኣስመራ", "ER-MA"), ("ህግደፍ", "PFDJ"), ("ዞባ ደቡብ", "ER-DU")],
        ),
        ("er", "قوات الدفاع الإريترية في مصوع", [("قوات الدفاع الإريترية", "EDF"), ("مصوع", "ER-SK")]),
        (
            "tm",
            "MNB officers searched the Lebap Velayat hakimlik; Kurbanguly Berdymukhammedov fired the hakim.",
            [
                ("MNB officers", "MNB"),
                ("Lebap Velayat", "TM-L"),
                ("hakimlik", "HAKIMLIK"),
                ("Kurbanguly Berdymukhammedov", "gurbanguly-berdimuhamedov"),
                ("hakim", "HAKIMLIK"),
            ],
        ),
        (
            "tm",
            "Сотрудники МНБ задержали прокурора в Туркменабаде; глава МВД молчит",
            [
                ("Сотрудники МНБ", "MNB"),
                ("прокурора", "PROS"),
                ("Туркменабаде", "TM-L"),
                ("глава МВД", "MVD_MINISTER"),
            ],
        ),
        (
            "tm",
            "Mary welaýatynda polisiýa işgärleri, Daşoguzda migrasiýa gullugy",
            [
                ("Mary welaýatynda", "TM-M"),
                ("polisiýa işgärleri", "MVD"),
                ("Daşoguzda", "TM-D"),
                ("migrasiýa gullugy", "MIGRATION"),
            ],
        ),
        (
            "cu",
            "State Security agents and PNR in Holguin obey the first secretary of the Communist Party",
            [
                ("State Security agents", "DSE"),
                ("PNR", "PNR"),
                ("Holguin", "CU-11"),
                ("first secretary of the Communist Party", "PCC_FIRST_SECRETARY"),
            ],
        ),
        (
            "cu",
            "La Fiscalía y la policía política citaron en San Antonio de los Baños al presidente del CDR",
            [
                ("Fiscalía", "PROS"),
                ("policía política", "DSE"),
                ("San Antonio de los Baños", "CU-15"),
                ("presidente del CDR", "CDR"),
            ],
        ),
    ],
)
def test_composed_phrases(code: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert found(code, text) == expected


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("tm", "Mary went home."),
        ("cu", "Granma reported rain."),
        ("cu", "detainees at Guantanamo Bay"),
        ("cu", "the fiscal year, far from over"),
        ("er", "a threat to national security"),
    ],
)
def test_words_that_are_names_only_in_company(code: str, text: str) -> None:
    assert found(code, text) == []


def test_arkadag_is_the_man_or_the_city_by_its_company() -> None:
    man = "gurbanguly-berdimuhamedov"
    assert found("tm", "Gurbanguly Berdimuhamedov, called Arkadag")[1:] == [("Arkadag", man)]
    assert ("Arkadag", "TM-A") in found("tm", "Arkadag, in the Ahal Velayat")
    assert found("tm", "praise for Arkadag") == []


@pytest.mark.parametrize(
    ("code", "post", "on", "person"),
    [
        ("er", "CHIEF_OF_STAFF", date(2020, 11, 4), "filipos-woldeyohannes"),
        ("er", "PFDJ_SECRETARY", date(2015, 1, 1), "alamin-mohammed-seid"),
        ("tm", "MNB_MINISTER", date(2012, 1, 1), "berdiyev"),
        ("tm", "MNB_MINISTER", date(2019, 1, 1), "berdiyev"),
        ("tm", "MVD_MINISTER", date(2021, 8, 1), "hojanyyazov"),
        ("tm", "PRESIDENT", date(2022, 4, 1), "serdar-berdimuhamedov"),
        ("cu", "MININT_MINISTER", date(2016, 1, 1), "fernandez-gondin"),
        ("cu", "PCC_FIRST_SECRETARY", date(2019, 1, 1), "raul-castro"),
        ("cu", "PRESIDENT", date(2019, 1, 1), "diaz-canel"),
    ],
)
def test_who_held_a_post_when(code: str, post: str, on: date, person: str) -> None:
    held = load_pack(code).holder_of(post, on)
    assert held is not None
    assert held.person == person


@pytest.mark.parametrize(
    ("code", "institution", "share"),
    [
        ("er", "COMMANDS", "EDF"),
        ("er", "SPECIAL_COURT", "OFFICE"),
        ("er", "RED_SEA", "PFDJ"),
        ("er", "ASSEMBLY", None),
        ("tm", "ADMIN", "CABINET"),
        ("tm", "HALK_MASLAHATY", None),
        ("tm", "BORDER", None),
        ("cu", "DSE", "MININT"),
        ("cu", "GAESA", "FAR"),
        ("cu", "CDR", "PCC"),
        ("cu", "PROVINCES", "COUNCIL"),
    ],
)
def test_whose_share_counts_an_institution(code: str, institution: str, share: str | None) -> None:
    assert load_pack(code).share_institution(institution) == share


def test_what_changes_with_time() -> None:
    turkmenistan, cuba = load_pack("tm"), load_pack("cu")
    assert turkmenistan.name_at("MNB", date(2001, 1, 1)) == "Committee for National Security"
    assert turkmenistan.name_at("MNB", date(2010, 1, 1)) == "Ministry of National Security"
    service = turkmenistan.institution("ECONOMIC_CRIMES")
    assert [service.may_cover(date(year, 1, 1)) for year in (2017, 2018, 2023)] == [False, True, False]
    audit = cuba.oversees("CGR", "COUNCIL", date(2024, 1, 1))
    assert audit is not None
    assert audit.never == ("GAESA",)
    assert cuba.oversees("CGR", "COUNCIL", date(2008, 1, 1)) is None
