from collections.abc import Iterator, Sequence

import pytest

from satrap.claims import Claim
from satrap.reading import RuleReader
from satrap.reading.batch import read_each
from satrap.reports import Report


def reports(*texts: str) -> list[Report]:
    return [Report(text=text, publisher="Daily Bulletin") for text in texts]


class Stumbles:
    """Reads no claims, and fails on any report that says so."""

    name, version = "stumbles", "1"
    languages = frozenset({"en"})

    def read(self, report: Report) -> list[Claim]:
        if "fault" in report.text:
            raise ValueError("a fault")
        return []


class StumblesTogether(Stumbles):
    """Looks a report ahead, as the parser does, so a fault shows before its turn."""

    def read_many(self, reports: Sequence[Report]) -> Iterator[list[Claim]]:
        for report, ahead in zip(reports, [*reports[1:], reports[-1]], strict=True):
            self.read(ahead)
            yield self.read(report)


@pytest.mark.parametrize("reader", [Stumbles(), StumblesTogether()], ids=["alone", "together"])
def test_a_fault_costs_the_report_that_has_it_and_no_other(reader: Stumbles) -> None:
    given = reports("One.", "A fault.", "Three.", "Four.", "A fault.")
    outcomes = list(read_each(reader, given))
    assert [report for report, _ in outcomes] == given
    assert [isinstance(claims, ValueError) for _, claims in outcomes] == [False, True, False, False, True]


def test_reading_together_makes_the_claims_of_reading_alone(reader: RuleReader) -> None:
    given = reports(
        "Riot police beat demonstrators in the square. They took bribes.",
        "",
        "A heading",
        "The head of the Ministry of State Security was dismissed, a source said. He is not missed.",
    )
    assert list(reader.read_many(given)) == [reader.read(report) for report in given]
