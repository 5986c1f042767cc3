"""A fault in a YAML file is reported with the file, the line, the key and what to do."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict, field_validator

from satrap import yamlfile
from satrap.errors import PackError, ScenarioError


class Place(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    code: str
    people: int | None = None

    @field_validator("code")
    @classmethod
    def upper(cls, code: str) -> str:
        if not code.isupper():
            raise ValueError(f"{code!r} is not in capitals")
        return code


class Places(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    places: tuple[Place, ...]
    since: str = ""
    by_name: dict[str, Place] | None = None


def fault(tmp_path: Path, text: str | bytes) -> str:
    """The message, with the path cut off, that loading `text` as Places gives."""
    path = tmp_path / "p.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    with pytest.raises(PackError) as caught:
        yamlfile.load(path, Places, PackError)
    message = str(caught.value)
    assert "\n" not in message
    assert message.startswith(str(path))
    return message.removeprefix(str(path))


def test_a_good_file_becomes_the_model(tmp_path: Path) -> None:
    path = tmp_path / "p.yaml"
    path.write_text("since: 2017-01-15\nplaces:\n  - {code: A, people: 3}\n  - code: NO\n", encoding="utf-8")
    loaded = yamlfile.load(path, Places, PackError)
    assert [(place.code, place.people) for place in loaded.places] == [("A", 3), ("NO", None)]
    assert loaded.since == "2017-01-15", "a date stays text"


def test_syntax_error(tmp_path: Path) -> None:
    message = fault(tmp_path, "places:\n  - {code: A\nsince: x\n")
    assert message.startswith((":2: not valid YAML", ":3: not valid YAML"))


def test_duplicate_key(tmp_path: Path) -> None:
    message = fault(tmp_path, "places:\n  - code: A\n    people: 1\n    code: B\n")
    assert message == ":4: places[0].code: key appears twice, first on line 2; keep one of the two"


def test_wrong_type(tmp_path: Path) -> None:
    message = fault(tmp_path, "places:\n  - code: A\n  - code: B\n    people: many\n")
    assert message.startswith(":4: places[1].people: 'many': input should be a valid integer")


def test_unknown_key_suggests_the_one_meant(tmp_path: Path) -> None:
    message = fault(tmp_path, "places:\n  - code: A\n    peple: 1\n")
    assert message == ":3: places[0].peple: unknown key; did you mean people?"
    assert ":2: places[0].cod: unknown key; did you mean code?" in fault(tmp_path, "places:\n  - cod: A\n")
    assert ":4: by_name.x.cod: unknown key; did you mean code?" in fault(
        tmp_path, "places: []\nby_name:\n  x:\n    cod: 1\n    code: A\n"
    )


def test_missing_key_points_at_the_entry(tmp_path: Path) -> None:
    message = fault(tmp_path, "places:\n  - code: A\n  - people: 1\n")
    assert message == ":3: places[1].code: required key is missing; add `code:` here"


def test_a_validator_speaks_for_itself_and_the_other_faults_are_counted(tmp_path: Path) -> None:
    message = fault(tmp_path, "places:\n  - code: a\n  - code: b\n")
    assert message == (
        ":2: places[0].code: 'a' is not in capitals; correct this value (1 more to mend in this file)"
    )


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("", ":1: the file is empty"),
        ("# nothing\n", ":1: the file is empty"),
        (b"places: \xff\xfe", ": byte 8 is not UTF-8"),
        (b"places: \x00\n", ": not valid YAML"),
        ("- 1\n", ":1: [1]: input should be"),
        ("since: !!python/name:os.system x\n", ":1: since: cannot read 'x'"),
        ("a: &a [*a]\n", ":1: a[0]: aliases are not allowed"),
        ("[" * 500, ": nested too deeply"),
        ("? [a, b]\n: 1\n", ":1: "),
    ],
)
def test_files_that_are_not_what_they_should_be(tmp_path: Path, content: str | bytes, expected: str) -> None:
    assert fault(tmp_path, content).startswith(expected)


def test_a_missing_file_is_reported_in_the_callers_own_error(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"absent\.yaml: No such file.*check the path"):
        yamlfile.load(tmp_path / "absent.yaml", Places, ScenarioError)


@given(st.binary(max_size=80) | st.text(alphabet="a:-[]{}*&!'\"?,| \n\t1", max_size=60).map(str.encode))
def test_no_bytes_make_it_fail_in_another_way(content: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "p.yaml"
        path.write_bytes(b"places: 1\n" + content)
        with pytest.raises(PackError, match=r"p\.yaml:"):
            yamlfile.load(path, Places, PackError)
