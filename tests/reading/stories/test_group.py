from collections.abc import Sequence

from satrap.claims import Argument, Claim, Direction, Quote, Reading, Source, SourceKind, When
from satrap.reading.stories import group
from satrap.reports import Placement, Report

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


def stories(*read: tuple[Report, Sequence[Claim]], placements: Sequence[Placement] = ()) -> list[str]:
    grouped = group(read, placements)
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


def test_a_voice_that_says_the_same_month_after_month_tells_it_anew() -> None:
    days = ("2017-01-01", "2017-01-25", "2017-02-20", "2017-03-15", "2017-04-10")
    told_then = stories(*(told(f"Weak on {day}.", day) for day in days))
    assert [told_then.index(story) for story in told_then] == [0, 0, 2, 2, 4]


def test_evidence_says_with_which_report() -> None:
    first, second = told("Power passed to the party.", "2017-06-09"), told("An eagle.", "2017-06-15")
    grouped = group([first, second])
    assert grouped[second[0].hash].evidence == (
        f"with report {first[0].hash[:8]}: inside source in KP-05 on the same authority, within 6 days"
    )
    assert second[0].hash[:8] in grouped[first[0].hash].evidence


FIRST, SECOND, THIRD = (
    told("Power passed.", "2017-06-09"),
    told("An eagle.", "2017-06-15"),
    told("Weak.", "2017-06-17"),
)


def apart(report: Report, *others: Report) -> Placement:
    return Placement(report.hash, f"{report.hash}~7", True, frozenset(one.hash for one in others))


def beside(report: Report, *others: Report) -> Placement:
    return Placement(report.hash, others[0].hash, False, frozenset(one.hash for one in others))


def test_what_a_person_told_apart_stays_apart_whatever_comes_later() -> None:
    assert len(set(stories(FIRST, SECOND))) == 1
    split = apart(FIRST[0], SECOND[0])
    found = stories(FIRST, SECOND, THIRD, placements=[split])
    assert found[0] != found[1]
    assert f"{FIRST[0].hash}~7" in found
    assert found[2] in found[:2], "the newcomer follows one of the two, and does not join them"


def test_a_rewrite_of_what_was_told_apart_follows_it() -> None:
    words = " Seven officers of the provincial bureau were removed after the inspection by the centre ended"
    one, two = told("Weak." + words, "2017-06-09"), told("Power passed.", "2017-06-15")
    rewrite = told("Weakened." + words, "2017-06-20", None, publisher="Another Outlet")
    found = stories(one, two, rewrite, placements=[apart(one[0], two[0])])
    assert found[0] == found[2] != found[1]


def test_what_a_person_joined_stays_joined_though_no_sign_speaks_for_it() -> None:
    other = told("Corn is dear.", "2019-01-01", None)
    found = stories(FIRST, SECOND, other, placements=[beside(other[0], FIRST[0], SECOND[0])])
    assert found == [FIRST[0].hash] * 3


def test_the_newer_of_two_decisions_that_contradict_each_other_counts() -> None:
    split, joined = apart(FIRST[0], SECOND[0]), beside(SECOND[0], FIRST[0])
    assert len(set(stories(FIRST, SECOND, placements=[joined, split]))) == 2


def test_decisions_on_reports_that_are_not_among_them_change_nothing() -> None:
    gone = told("Elsewhere.", "2016-01-01")[0]
    assert len(set(stories(FIRST, SECOND, placements=[apart(gone, FIRST[0]), beside(SECOND[0], gone)]))) == 1
