"""What became of what sources said."""

from tests.publish.builders import KP, Told, split, told

from satrap.accounts import SourceRecord, find_conflicts, sources_record
from satrap.claims import Polarity, Source, SourceKind

RI = {"person": "ri-yong-gil"}
SPIES = Source(SourceKind.INTELLIGENCE_SERVICE)
SEEN = told("appearance", RI, "2016-05-10", when="2016-05-08", publisher="KCNA", voice=None)


def record(*pairs: Told) -> set[tuple[str, str, int, int]]:
    claims = split(pairs)[0]
    found = sources_record(find_conflicts(claims, KP), claims)
    assert all(isinstance(one, SourceRecord) for one in found)
    return {(one.of, one.name, one.borne_out, one.refuted) for one in found}


def dead(publisher: str, story: str = "") -> Told:
    return told("execution", RI, "2016-02-10", when="2016-02", publisher=publisher, voice=SPIES, story=story)


def test_who_told_of_a_death_that_was_none_is_refuted() -> None:
    assert record(dead("YTN"), SEEN) == {
        ("publisher", "YTN", 0, 1),
        ("source kind", "intelligence service", 0, 1),
    }


def test_rewrites_of_one_story_count_once_for_the_source() -> None:
    found = record(dead("YTN", "one"), dead("Harbour Post", "one"), SEEN)
    assert ("source kind", "intelligence service", 0, 1) in found
    assert ("publisher", "Harbour Post", 0, 1) in found


def test_who_denied_it_is_borne_out() -> None:
    denial = told(
        "execution", RI, "2016-02-20", when="2016-02", publisher="Daily NK", polarity=Polarity.DENIED
    )
    assert ("publisher", "Daily NK", 1, 0) in record(dead("YTN"), denial, SEEN)


def test_nothing_settled_leaves_no_record() -> None:
    assert record(dead("YTN"), told("appointment", RI, "2016-05-10", when="2016-05-08")) == set()
