"""`satrap estimate` and its neighbours on a small ledger."""

import json
from pathlib import Path

import pytest

import satrap
from satrap.claims import When
from satrap.cli.main import main
from satrap.reports import Metadata

REPORT = (
    "The authority of the Ministry of State Security has declined, an inside source in South Hwanghae "
    "Province told Daily NK. Agents of the Ministry of State Security extorted money from residents in "
    "Ryanggang Province. Residents are angry about the extortion."
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("estimate")
    (place / "report.txt").write_text(REPORT, encoding="utf-8")
    made = satrap.init(place / "kp", country="kp")
    made.read([place / "report.txt"], Metadata(publisher="Daily NK", published=When.parse("2017-06-15")))
    return place / "kp"


SPAN = ("--start", "2016-09-01", "--end", "2017-12-31", "--on", "2017-06-15")


@pytest.mark.parametrize(
    ("what", "column"), [("conduct", "rate"), ("mood", "support"), ("coverage", "expected")]
)
def test_beside_authority(
    what: str, column: str, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["estimate", "-C", str(folder), "--what", what, *SPAN]
    main([*asked, "--json"])
    rows = json.loads(capsys.readouterr().out)
    assert rows
    assert all(row["low_80"] <= row[column] <= row["high_80"] for row in rows)
    main(asked)
    assert "80% band" in capsys.readouterr().out
    main([*asked, "--out", str(tmp_path / "all.csv")])
    assert (tmp_path / "all.csv").read_text(encoding="utf-8").count("\n") > len(rows)


def test_only_authority_is_sealed(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["estimate", "-C", str(folder), "--what", "mood", "--publish"])
    assert "only authority" in capsys.readouterr().err


def test_sensitivity_and_compare(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    days = ("--since", "2016-12-01")
    main(["sensitivity", "MSS", "-C", str(folder), *days, "--date", "2017-06-15", "--json"])
    whole, *others = json.loads(capsys.readouterr().out)
    assert whole["without"] is None
    assert others[0]["refit_share"] is not None
    main(["compare", "MSS@state down", "MSS@state unchanged", "-C", str(folder), *days, "--json"])
    found = json.loads(capsys.readouterr().out)
    down, same = (one["log_bf"] for one in found["hypotheses"])
    assert down > same
    assert found["stories"] is None
