"""Packs come bundled or from a folder; a fault in one is reported with file, line, key and remedy."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from satrap.country import available_packs, load_pack
from satrap.errors import PackError, UnknownNameError

PACK = """\
schema_version: 1
country: XX
name: Examplia
as_of: 2020
authority: [MINISTRY, PARTY]
outside:
  - {institution: KING, reason: above the rest}
tiers:
  - {id: central, name: centre}
  - {id: province, name: province}
"""
INSTITUTIONS = """\
institutions:
  - id: KING
    name: The King
  - id: MINISTRY
    name: Ministry of Order
    parents:
      - {of: KING, from: 2001-05}
  - id: PARTY
    name: Party of All
  - id: SQUAD
    name: Night Squad
    share_of: MINISTRY
oversight:
  - by: PARTY
    over: [MINISTRY]
"""
PLACES = """\
places:
  - {id: XX, name: Examplia, population: {people: 100, year: 2000, not_in_places: 10}}
  - id: XX-01
    name: Northmark
    parent: XX
    population: {people: 90, year: 2000}
  - id: XX-02
    name: Harbourtown
    parent: XX
    population: {people: 30, year: 2000, within: XX-01}
"""
PEOPLE = """\
posts:
  - id: MINISTER
    institution: MINISTRY
    head: true
    titles: {en: [Minister of Order]}
people:
  - {id: jane, name: Jane Ex}
tenures:
  - post: MINISTER
    person: jane
    from: 2003
"""
WORDS = """\
groups:
  - id: ORGANS
    name: organs
    institutions: [MINISTRY]
    in: {en: [organ]}
"""
FILES = {"pack": PACK, "institutions": INSTITUTIONS, "places": PLACES, "people": PEOPLE, "words": WORDS}


def write(folder: Path, **changed: str) -> Path:
    for name, content in (FILES | changed).items():
        (folder / f"{name}.yaml").write_text(content, encoding="utf-8")
    return folder


def fault(folder: Path, name: str, old: str, new: str) -> str:
    """What loading says after one edit, from the file's name on."""
    assert old in FILES[name]
    with pytest.raises(PackError) as caught:
        load_pack(write(folder, **{name: FILES[name].replace(old, new, 1)}))
    message = str(caught.value)
    assert message.startswith(str(folder / f"{name}.yaml"))
    return message[len(str(folder)) + 1 :]


def test_the_bundled_packs_load() -> None:
    assert set(available_packs()) >= {"by", "kp"}
    for code in available_packs():
        pack = load_pack(code)
        assert pack.code == code.upper()
        assert load_pack(code.upper()) is pack


def test_a_folder_loads(tmp_path: Path) -> None:
    pack = load_pack(write(tmp_path))
    assert pack.residents() == {"XX-01": 60, "XX-02": 30}
    assert pack.share_institution("SQUAD") == "MINISTRY"


def test_a_bundled_pack_can_be_copied_and_loaded_from_its_folder(tmp_path: Path) -> None:
    source = resources.files("satrap.country").joinpath("packs", "by")
    for name in FILES:
        (tmp_path / f"{name}.yaml").write_bytes(source.joinpath(f"{name}.yaml").read_bytes())
    assert load_pack(tmp_path).institutions == load_pack("by").institutions


def test_an_unknown_country_names_the_packs_there_are() -> None:
    packs = ", ".join(available_packs())
    with pytest.raises(UnknownNameError, match=f"unknown country 'atlantis'; use one of {packs}"):
        load_pack("atlantis")


def test_a_folder_that_lacks_a_file(tmp_path: Path) -> None:
    (write(tmp_path) / "words.yaml").unlink()
    with pytest.raises(PackError, match=r"words\.yaml: No such file"):
        load_pack(tmp_path)


@pytest.mark.parametrize(
    ("name", "old", "new", "expected"),
    [
        (
            "institutions",
            "    name: Party of All",
            "    naem: Party of All",
            "institutions.yaml:9: institutions[2].naem: unknown key; did you mean name",
        ),
        (
            "institutions",
            "of: KING, from: 2001-05",
            "of: KING, from: May",
            "institutions.yaml:7: institutions[1].parents[0].from: 'May' is not a date",
        ),
        (
            "institutions",
            "of: KING, from: 2001-05",
            "of: KING, from: 2001-05, to: 1999",
            "institutions.yaml:7: institutions[1].parents[0]: from 2001-05 is after to 1999",
        ),
        (
            "institutions",
            "of: KING",
            "of: KNIG",
            "institutions.yaml:7: institutions[1].parents[0].of: unknown institution 'KNIG'; did you mean "
            "KING",
        ),
        (
            "institutions",
            "over: [MINISTRY]",
            "over: [MINISTRY, PRATY]",
            "institutions.yaml:15: oversight[0].over[1]: unknown institution 'PRATY'; did you mean PARTY?",
        ),
        (
            "institutions",
            "id: PARTY",
            "id: MINISTRY",
            "institutions.yaml:8: institutions[2].id: 'MINISTRY' is declared twice",
        ),
        (
            "institutions",
            "    share_of: MINISTRY\n",
            "",
            "institutions.yaml:10: institutions[3]: SQUAD has 0 places in the authority shares, not one",
        ),
        (
            "institutions",
            "share_of: MINISTRY",
            "share_of: KING",
            "institutions.yaml:12: institutions[3].share_of: KING has no authority share",
        ),
        (
            "institutions",
            "share_of: MINISTRY",
            "share_of: SQUAD",
            "institutions.yaml:12: institutions[3].share_of: SQUAD rolls up to itself",
        ),
        (
            "places",
            "id: XX-01",
            "id: XX-01x",
            "places.yaml:3: places[1].id: 'XX-01x' is not an ISO 3166 code",
        ),
        (
            "places",
            "people: 90",
            "people: 91",
            "places.yaml:2: places[0].population.people: 100 people, but the provinces and those counted "
            "apart make 101",
        ),
        (
            "places",
            "people: 90",
            "people: ninety",
            "places.yaml:6: places[1].population.people: 'ninety': input should be a valid integer",
        ),
        (
            "places",
            "within: XX-01",
            "within: XX-09",
            "places.yaml:10: places[2].population.within: unknown place 'XX-09'",
        ),
        (
            "people",
            "person: jane",
            "person: june",
            "people.yaml:10: tenures[0].person: unknown person 'june'; did you mean jane?",
        ),
        (
            "people",
            "titles: {en: [Minister of Order]}",
            "titles: {}",
            "people.yaml:5: posts[0].titles: {}: dictionary should have at least 1 item",
        ),
        (
            "words",
            "institutions: [MINISTRY]",
            "institutions: [MINISTERY]",
            "words.yaml:4: groups[0].institutions[0]: unknown institution 'MINISTERY'; did you mean "
            "MINISTRY?",
        ),
        (
            "words",
            "name: organs",
            "name: organs\n    name: bodies",
            "words.yaml:4: groups[0].name: key appears twice, first on line 3",
        ),
        (
            "pack",
            "authority: [MINISTRY, PARTY]",
            "authority: [MINISTRY, PARTY, CHURCH]",
            "pack.yaml:5: authority[2]: unknown institution 'CHURCH'",
        ),
        ("pack", "name: Examplia", "name: 'Examplia", "pack.yaml:"),
    ],
)
def test_a_fault_names_file_line_key_and_remedy(
    tmp_path: Path, name: str, old: str, new: str, expected: str
) -> None:
    message = fault(tmp_path, name, old, new)
    assert message.startswith(expected)
    assert "; " in message
    assert "\n" not in message
