"""The how-to names every format, and its example of a plug-in works."""

import re
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tests.exchange.samples import CONTEXT, claims

from satrap.errors import SatrapError
from satrap.exchange import export, formats, known_exporters, known_importers

PAGE = Path(__file__).parents[2] / "docs" / "how-to" / "exchange.md"


def test_every_format_has_its_row() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([\w-]+)`", row.split("|")[1])}
    assert named == {*known_exporters(), *known_importers()}


@pytest.fixture
def plugged(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A module that holds the example, found as the entry point of the format ``lines``."""
    module = ModuleType("mine")

    def found(group: str) -> dict[str, EntryPoint]:
        ours = group == "satrap.exporters"
        return {"lines": EntryPoint("lines", "mine:EXPORTER", group)} if ours else {}

    monkeypatch.setattr(formats, "_plug_ins", found)
    monkeypatch.setitem(__import__("sys").modules, "mine", module)
    return module


def test_the_example_of_a_plug_in_writes(plugged: Any, tmp_path: Path) -> None:
    text = PAGE.read_text(encoding="utf-8").split("and in `mine.py`\n")[1].split("\n`write` gets")[0]
    code = "\n".join(line[4:] for line in text.splitlines())
    exec(compile(code, "mine.py", "exec"), plugged.__dict__)
    assert "lines" in known_exporters()
    export("lines", claims(), CONTEXT, tmp_path / "out.txt")
    assert (tmp_path / "out.txt").read_text(encoding="utf-8").splitlines()[0] == claims()[0].quote


def test_a_plug_in_that_does_not_load_or_is_none_is_named(plugged: Any) -> None:
    with pytest.raises(
        SatrapError, match=r"the plug-in for lines does not load.*mend or remove mine:EXPORTER"
    ):
        formats.exporter("lines")
    plugged.EXPORTER = "no exporter"
    with pytest.raises(SatrapError, match="is no Exporter"):
        formats.exporter("lines")
