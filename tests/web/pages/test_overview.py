"""What the charts of the overview hold beside the numbers."""

from typing import Any

import pytest
from starlette.testclient import TestClient

from satrap.web.pages.overview import blind


@pytest.mark.parametrize("chart", ["changes", "map"])
def test_rows_tell_their_bounds_whether_they_follow_the_nation_and_what_names_them(
    client: TestClient, chart: str
) -> None:
    told = client.get(f"/overview/{chart}.json").json()
    assert told["source"].startswith("satrap estimate from ")
    low, high = ("change_low_80", "change_high_80") if chart == "changes" else ("low_80", "high_80")
    for row in told["rows"]:
        assert row[low] <= row.get("value", row.get("change")) <= row[high]
        assert row["sources"] == "no claim names it" or row["sources"].startswith("named by ")
        assert not (row["follows"] and row["sources"] != "no claim names it")
    assert any(row["sources"] != "no claim names it" for row in told["rows"])


def test_where_hardly_anything_is_heard_is_told_briefly() -> None:
    def rows(*silent: bool) -> list[dict[str, Any]]:
        return [{"name": f"P{at}", "blind": one} for at, one in enumerate(silent)]

    assert blind(rows(False, False)) == ""
    assert blind(rows(True, False, True)) == "P0 and P2"
    assert blind(rows(True, True)) == "any province"
