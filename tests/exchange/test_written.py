"""What holds of every format that claims leave in."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.exchange.samples import CONTEXT, claims
from tests.publish.builders import sample, split

from satrap.errors import ProtectError, PublishError, UnknownNameError
from satrap.exchange import export
from satrap.exchange.formats import exporter, known_exporters


def contents(path: Path) -> dict[str, bytes]:
    files = [path] if path.is_file() else sorted(path.rglob("*"))
    return {file.name: file.read_bytes() for file in files}


@pytest.mark.parametrize("name", known_exporters())
def test_the_same_claims_give_the_same_bytes(name: str, tmp_path: Path) -> None:
    for where in ("one", "two"):
        (tmp_path / where).mkdir()
        export(name, claims(), CONTEXT, tmp_path / where / "out")
    assert contents(tmp_path / "one" / "out") == contents(tmp_path / "two" / "out")
    assert all(contents(tmp_path / "one" / "out").values())


@pytest.mark.parametrize("name", known_exporters())
def test_no_claims_are_a_valid_export(name: str, tmp_path: Path) -> None:
    export(name, (), replace(CONTEXT, cut=None), tmp_path / "out")
    assert (tmp_path / "out").exists()


@pytest.mark.parametrize("name", known_exporters())
def test_claims_that_did_not_pass_the_gate_are_refused(name: str, tmp_path: Path) -> None:
    inside, _ = split(sample())
    with pytest.raises(ProtectError, match="without passing the gate"):
        export(name, inside, CONTEXT, tmp_path / "out")  # type: ignore[arg-type]
    with pytest.raises(ProtectError, match="without passing the gate"):
        exporter(name).write(inside, CONTEXT, tmp_path / "out")  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", known_exporters())
def test_korean_leaves_as_it_is(name: str, tmp_path: Path) -> None:
    export(name, claims(), CONTEXT, tmp_path / "out")
    assert any("해임".encode() in data for data in contents(tmp_path / "out").values())


@pytest.mark.parametrize("name", known_exporters())
def test_a_failed_export_leaves_what_was_there(name: str, tmp_path: Path) -> None:
    export(name, claims()[:3], CONTEXT, tmp_path / "out")
    before = contents(tmp_path / "out")

    def fail(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export(name, claims(), replace(CONTEXT, progress=fail), tmp_path / "out")
    assert contents(tmp_path / "out") == before
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", known_exporters())
def test_writing_again_replaces_an_earlier_export(name: str, tmp_path: Path) -> None:
    export(name, claims()[:3], CONTEXT, tmp_path / "out")
    before = contents(tmp_path / "out")
    export(name, claims(), CONTEXT, tmp_path / "out")
    assert contents(tmp_path / "out") != before
    assert [one.name for one in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("name", known_exporters())
def test_progress_ends_at_all_claims(name: str, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    export(
        name, claims(), replace(CONTEXT, progress=lambda done, of: told.append((done, of))), tmp_path / "out"
    )
    assert told[-1] == (len(claims()), len(claims()))


def test_a_folder_of_something_else_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(PublishError, match="no earlier export"):
        export("datapackage", claims(), CONTEXT, tmp_path)
    assert (tmp_path / "thesis.txt").exists()


def test_a_folder_that_is_not_there_is_one_line_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match=r"No such file.*name a path in a folder"):
        export("csl", claims(), CONTEXT, tmp_path / "nowhere" / "out.json")


def test_an_unknown_format_suggests_one() -> None:
    with pytest.raises(UnknownNameError, match="did you mean"):
        exporter("data-package")


def test_whose_word_it_is_can_be_told_apart_but_never_joined(tmp_path: Path) -> None:
    """No anonymous voice has a name or number that two claims share, in any format that names voices."""
    export("prov", claims(), CONTEXT, tmp_path / "out")
    told = json.loads((tmp_path / "out").read_text(encoding="utf-8"))
    anonymous = [name for name, agent in told["agent"].items() if "source in" in agent["prov:label"]]
    uses = [one["prov:agent"] for one in told["wasAttributedTo"].values()]
    assert anonymous
    assert all(uses.count(name) == 1 for name in anonymous)
