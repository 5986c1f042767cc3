from pathlib import Path

import pytest

from satrap import yamlfile
from satrap.claims import kinds
from satrap.errors import EstimateError
from satrap.estimate import loadings
from satrap.estimate.loadings import Loadings, bundled

TEXT = Path(loadings.__file__).with_name("loadings.yaml").read_text(encoding="utf-8")


def test_every_kind_of_claim_is_either_read_or_ignored_for_a_reason() -> None:
    assert {*bundled().kinds, *bundled().ignored} == set(kinds())
    assert not {*bundled().kinds} & {*bundled().ignored}


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        ("loading: 0.7, reach: state", "loading: -1, reach: state", r"kinds\.capacity\.loading"),
        ("  order: ", "  ordre: ", "kind of claim 'order'"),
        ("shape: personnel, sign: up, loading: 0.2", "shape: personnel, loading: 0.2", "sign"),
        ("past: 13", "passt: 13", "did you mean past"),
    ],
)
def test_a_bad_edit_names_file_line_and_key(tmp_path: Path, good: str, bad: str, message: str) -> None:
    assert good in TEXT
    file = tmp_path / "loadings.yaml"
    file.write_text(TEXT.replace(good, bad, 1), encoding="utf-8")
    with pytest.raises(EstimateError, match=message) as told:
        yamlfile.load(file, Loadings, EstimateError)
    assert f"{file}:" in str(told.value)
