from collections.abc import Sequence

from satrap.claims import Argument, Claim, Direction, Quote, Reading, Source, SourceKind, When
from satrap.reading.stories import group
from satrap.reports import Report

INSIDER = Source(SourceKind.INSIDE_SOURCE, place="KP-05")
MSS = Argument("Ministry of State Security", "MSS")


def told(
    text: str, day: str, voice: Source | None = INSIDER, publisher: str = "Daily NK", url: str | None = None
) -> tuple[Report, Sequence[Claim]]:
    """A report in which ``voice`` says that the ministry's authority went down."""
    report = Report(text=text, publisher=publisher, published=When.parse(day), url=url)
    chain = (Source(SourceKind.PUBLISHER, name=publisher), *([voice] if voice else []))
    claim = Claim(
        report=report.hash,
        quote=Quote.at(text, 0, len(text)),
        kind="authority",
        roles={"holder": (MSS,)},
        direction=Direction.DOWN,
        said_by=chain,
        reading=Reading("rules", "1", 1.0),
    )
    return report, [claim]


def stories(*read: tuple[Report, Sequence[Claim]]) -> list[str]:
    grouped = group(read)
    return [grouped[report.hash].story for report, _ in read]


def test_one_insider_in_two_articles_of_a_week_is_one_story() -> None:
    korean, english = told("Power passed to the party.", "2017-06-09"), told("An eagle.", "2017-06-15")
    assert stories(korean, english) == [korean[0].hash, korean[0].hash]
    assert "inside source in KP-05" in group([korean, english])[english[0].hash].evidence


def test_the_same_place_a_year_later_is_another_story() -> None:
    first, second = told("Power passed.", "2017-06-09"), told("Power passed again.", "2018-06-09")
    assert len(set(stories(first, second))) == 2


def test_another_place_is_another_story() -> None:
    other = told("Weak.", "2017-06-15", Source(SourceKind.INSIDE_SOURCE, place="KP-10"))
    assert len(set(stories(told("Power passed.", "2017-06-15"), other))) == 2


def test_sources_that_could_be_anyone_are_not_joined() -> None:
    vague = Source(SourceKind.INSIDE_SOURCE)
    assert len(set(stories(told("A.", "2017-06-15", vague), told("B.", "2017-06-15", vague)))) == 2


def test_the_publishers_own_voice_does_not_join_reports() -> None:
    assert len(set(stories(told("A.", "2017-06-15", None), told("B.", "2017-06-15", None)))) == 2


def test_much_the_same_words_are_one_story_whoever_prints_them() -> None:
    words = "Seven officers of the provincial bureau were removed after the inspection by the centre ended"
    first = told(words + " last month.", "2017-03-09", None)
    second = told(words + " in March.", "2017-04-30", None, publisher="Another Outlet")
    assert len(set(stories(first, second))) == 1
    assert "in common" in group([first, second])[second[0].hash].evidence


def test_one_address_is_one_story() -> None:
    url = "https://example.org/1"
    first = told("The head fell.", "2017-03-09", None, url=url)
    second = told("Residents rejoiced.", "2017-03-09", None, url=url)
    assert len(set(stories(first, second))) == 1


def test_no_reports_no_stories() -> None:
    assert group([]) == {}
