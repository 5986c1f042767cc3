"""Invented rewrites and translations with what a reader makes of them, and reports that only share names."""

from collections.abc import Sequence

from satrap.claims import Argument, Claim, Quote, Reading, Source, SourceKind, When
from satrap.reading.stories import group
from satrap.reading.stories.tellings import retold
from satrap.reports import Report

PAK, RI = Argument("Pak Chun Sam"), Argument("Ri Jong Ho")
MSS = Argument("Ministry of State Security", "MSS")
HYESAN = Source(SourceKind.INSIDE_SOURCE, place="KP-10")

TOLD = (
    "Pak Chun Sam, deputy chief of the Hyesan office, was put on a truck with Ri Jong Ho, an inside source "
    "in Ryanggang said. Crossers had paid them 8,000 yuan."
)
TRANSLATED = (
    "According to a source from the province, two heads rolled at Hyesan state security: those of Pak Chun "
    "Sam and of Ri Jong Ho. The price of going over the river stood at 8000 Chinese yuan."
)


def report(
    text: str,
    day: str,
    *persons: Argument,
    kind: str = "dismissal",
    voice: Source = HYESAN,
    publisher: str = "Daily NK",
    when: str | None = None,
    place: str = "KP-10",
) -> tuple[Report, Sequence[Claim]]:
    made = Report(text=text, publisher=publisher, published=When.parse(day))
    claims = [
        Claim(
            report=made.hash,
            quote=Quote.at(text, 0, len(text) - at),
            kind=kind,
            roles={"person": (person,), "institution": (MSS,)},
            said_by=(Source(SourceKind.PUBLISHER, name=publisher), voice),
            reading=Reading("rules", "1", 1.0),
            places=(place,),
            when=When.parse(when) if when else None,
        )
        for at, person in enumerate(persons)
    ]
    return made, claims


def evidence(*read: tuple[Report, Sequence[Claim]]) -> list[str]:
    return [link.evidence for link in retold(read)]


FIRST = report(TOLD, "2016-09-14", PAK, RI)


def test_a_translation_is_known_by_its_names_figures_place_day_and_source() -> None:
    second = report(TRANSLATED, "2016-09-20", PAK, RI, publisher="Another Outlet")
    assert evidence(FIRST, second) == [
        "inside source in KP-10, within 6 days; 100% of names and figures in common: "
        "8000, Pak Chun Sam, Ri Jong Ho, MSS"
    ]
    assert len({one.story for one in group([FIRST, second]).values()}) == 1


def test_a_rewrite_that_cites_the_outlet_and_drops_a_name_is_known() -> None:
    cited = Source(SourceKind.MEDIA, name="Daily NK")
    second = report("Pak is out; 8,000 yuan, says Daily NK.", "2016-09-15", PAK, voice=cited, publisher="B")
    [said] = evidence(FIRST, second)
    assert said.startswith("word of Daily NK, within 1 days; 100%")


def test_reports_that_share_names_are_told_apart() -> None:
    apart = {
        "months later": report(TRANSLATED, "2016-12-20", PAK, RI, publisher="B"),
        "from elsewhere": report(TRANSLATED, "2016-09-20", PAK, RI, publisher="B", place="KP-05"),
        "from another source": report(
            TRANSLATED, "2016-09-20", PAK, RI, publisher="B", voice=Source(SourceKind.OFFICIAL, place="KP-01")
        ),
        "from anybody": report(
            TRANSLATED, "2016-09-20", PAK, RI, publisher="B", voice=Source(SourceKind.INSIDE_SOURCE)
        ),
        "of another act": report(TRANSLATED, "2016-09-20", PAK, RI, publisher="B", kind="promotion"),
        "of one name among others": report(
            "He fell with 31 others, and 12 fled.", "2016-09-20", PAK, Argument("Han Il"), publisher="B"
        ),
    }
    for why, other in apart.items():
        assert evidence(FIRST, other) == [], why
    dated = report(TOLD, "2016-09-14", PAK, RI, when="2016-08")
    assert evidence(dated, report(TRANSLATED, "2016-09-20", PAK, RI, publisher="B", when="2016-09")) == []
    assert evidence(dated, report(TRANSLATED, "2016-09-20", PAK, RI, publisher="B", when="2016")) != []


def test_what_one_publisher_tells_twice_on_nobodys_word_is_not_thereby_one() -> None:
    own = Source(SourceKind.PUBLISHER, name="Daily NK")
    one, two = (report(text, "2016-09-14", PAK, RI, voice=own) for text in (TOLD, TRANSLATED))
    assert evidence(one, two) == []


def test_the_people_of_a_body_are_no_persons() -> None:
    officials = Argument("officials of the Ministry", "MSS", staff=True)
    cited = Source(SourceKind.MEDIA, name="Daily NK")
    one = report("Its head is out, and officials.", "2016-09-14", PAK, officials)
    two = report("More officials.", "2016-09-30", PAK, officials, voice=cited, publisher="B")
    assert evidence(one, two) == []


def test_years_and_single_digits_are_no_figures() -> None:
    one = report("In 2016, 7 fell. 12. 30 fled.", "2016-09-14", PAK)
    two = report("7 fell in 2016.", "2016-09-14", PAK, publisher="B")
    assert evidence(one, two) == []
    three = report("7 fell in 2016, and 30 fled.", "2016-09-14", PAK, publisher="B")
    assert len(evidence(one, three)) == 1
