from datetime import date

import pytest

from satrap.claims import When
from satrap.errors import ReportError
from satrap.reports import UNDETERMINED, Found, Metadata, Report, compose, published
from satrap.reports.metadata import day

ENGLISH = "The head of the Ministry of State Security was dismissed in January, a source said."
RUSSIAN = "Глава министерства государственной безопасности был уволен в январе."


def test_the_first_that_knows_a_field_decides_it() -> None:
    report = compose(
        ENGLISH,
        "a",
        (Found.GIVEN, Metadata(publisher="A")),
        (Found.PAGE, Metadata(publisher="B", title="T")),
    )
    assert (report.publisher, report.title) == ("A", "T")
    assert report.provenance == {"publisher": "given", "title": "page", "language": "text"}


@pytest.mark.parametrize(
    ("text", "layers", "language", "known_by"),
    [
        (ENGLISH, [], "en", "text"),
        (RUSSIAN, [(Found.PAGE, Metadata(language="en"))], "ru", "text"),
        (RUSSIAN, [(Found.GIVEN, Metadata(language="en"))], "en", "given"),
        ("Kim Won Hong", [(Found.PAGE, Metadata(language="ko-KR"))], "ko", "page"),
        ("Kim Won Hong", [], UNDETERMINED, None),
    ],
)
def test_the_language_is_the_given_one_else_that_of_the_words_else_the_declared(
    text: str, layers: list[tuple[Found, Metadata]], language: str, known_by: str | None
) -> None:
    report = compose(text, "a", *layers)
    assert (report.language, report.provenance.get("language")) == (language, known_by)


def test_what_is_known_does_not_make_another_report() -> None:
    bare = Report(text=ENGLISH, publisher="A")
    told = Report(
        text=ENGLISH, publisher="A", title="T", author="B", language="ko", provenance={"title": "page"}
    )
    assert bare.hash == told.hash


def test_no_text_is_no_report() -> None:
    with pytest.raises(ReportError, match=r"a\.pdf: empty"):
        compose(" \n", "a.pdf")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2017-06-15T23:30:00-05:00", "2017-06-15"),
        ("20170615", "2017-06-15"),
        ("Thu, 15 Jun 2017 01:00:00 +0900", "2017-06-15"),
        ("15/06/2017", None),
        ("2017-13-45", None),
        ("soon", None),
        (None, None),
    ],
)
def test_a_machine_written_time_is_the_day_of_its_own_clock(text: str | None, told: str | None) -> None:
    assert day(text) == (When.parse(told) if told else None)


def test_a_report_is_not_published_tomorrow() -> None:
    assert published("2017", date(2017, 6, 1)) == When.parse("2017")
    with pytest.raises(ValueError, match="future"):
        published("2018-01-01", date(2017, 6, 1))
