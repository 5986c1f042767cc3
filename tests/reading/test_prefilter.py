"""What is parsed: nothing is lost that names the state, and nothing is spent on what does not."""

import msgspec
import pytest
from benchmarks.own import GOLD, Coded

from satrap.country import Pack, load_pack
from satrap.country.chronology import chronology
from satrap.reading import RuleReader
from satrap.reading.prefilter import SHORT
from satrap.reports import Metadata, Report, load

ELSEWHERE = "The police and the court of a coastal town said that officials took bribes. "


def report(text: str) -> Report:
    return Report(text=text, publisher="Daily Bulletin")


def coded() -> list[Coded]:
    return [
        msgspec.json.decode(line, type=Coded)
        for part in ("dev", "test")
        for line in (GOLD / f"{part}.reports.jsonl").read_text(encoding="utf-8").splitlines()
    ]


def test_a_long_text_that_names_nothing_of_the_state_is_not_read(reader: RuleReader) -> None:
    text = ELSEWHERE * (SHORT // 10)
    assert not reader.is_relevant(report(text))
    assert reader.read(report(text)) == []


@pytest.mark.parametrize(
    "naming", ["in Hyesan", "in the North Korean press", "by Kim Jong Un", "from the KPA", "국가보위성"]
)
def test_one_name_of_the_state_is_enough(reader: RuleReader, naming: str) -> None:
    assert reader.is_relevant(report(ELSEWHERE * (SHORT // 10) + f"So it was {naming}."))


def test_a_short_text_is_read_whatever_it_names(reader: RuleReader) -> None:
    assert reader.read(report("Riot police beat demonstrators in the square."))


def test_no_row_of_the_chronology_is_passed_over(reader: RuleReader, pack: Pack) -> None:
    rows = [row for row in load([chronology(pack)], Metadata()) if isinstance(row, Report)]  # type: ignore[list-item]
    assert len(rows) > 100
    assert all(map(reader.is_relevant, rows))


@pytest.mark.parametrize("country", ["kp", "by", "cu", "er", "tm"])
def test_no_coded_report_is_passed_over(country: str) -> None:
    reader = RuleReader(load_pack(country))
    mine = [one for one in coded() if one.country == country and not one.control]
    assert mine
    assert [one.id for one in mine if not reader.is_relevant(one.report())] == []
