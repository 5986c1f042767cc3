import csv
import io
import json
from dataclasses import replace
from datetime import date

from satrap.web.figure import Column, Figure

ROWS = [
    {"day": date(2017, 1, 2 + 7 * n), "share": 0.1 * n, "low_80": 0.0, "high_80": 0.5, "href": "/why/MSS"}
    for n in range(4)
]


def figure(rows: list[dict[str, object]], every: int = 1) -> Figure:
    band = ("low_80", "high_80")
    columns = (Column("day", "Week"), Column("share", "Share", "share", estimate=True, band=band))
    return Figure(
        "bands",
        "bands",
        "Shares",
        "What they are.",
        columns,
        rows,
        every,
        options={"as_of": date(2017, 1, 2)},
    )


def test_the_table_says_when_it_shows_less_than_the_data() -> None:
    shown = figure(ROWS, every=3).shown(lambda name: f"/x/{name}")
    assert [row[0].text for row in shown.table.rows] == ["2017-01-02", "2017-01-23"]  # type: ignore[union-attr]
    assert "2 of 4" in shown.caption
    assert shown.src == "/x/bands.json"


def test_data_hold_all_rows_and_what_the_drawing_wants_beside_them() -> None:
    told = json.loads(figure(ROWS, every=3).as_json())
    assert len(told["rows"]) == 4
    assert told["as_of"] == "2017-01-02"
    assert len(list(csv.DictReader(io.StringIO(figure(ROWS).as_csv().decode())))) == 4


def test_a_spreadsheet_is_given_nothing_to_run() -> None:
    [row] = csv.DictReader(io.StringIO(figure([{"label": "=HYPERLINK(1)", "n": -1}]).as_csv().decode()))
    assert row == {"label": "'=HYPERLINK(1)", "n": "-1"}


def test_a_chart_taken_along_says_what_it_comes_from() -> None:
    sourced = replace(figure(ROWS), source="two reports")
    assert json.loads(sourced.as_json())["source"] == sourced.shown(str).source == "two reports"
