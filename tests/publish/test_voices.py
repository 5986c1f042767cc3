from tests.publish.builders import ANALYST, DOWN, INSIDER, Told, split, told

from satrap.claims import Source, SourceKind
from satrap.publish.voices import word_of


def lost(published: str, **fields: object) -> Told:
    return told("authority", {"holder": "MSS"}, published, direction=DOWN, **fields)  # type: ignore[arg-type]


def word(*pairs: Told) -> tuple[int, int, int]:
    return tuple(word_of(split(pairs)[0]))  # type: ignore[return-value]


def test_one_telling_in_three_outlets_is_one_story_and_one_voice() -> None:
    copies = [lost("2017-01-01", publisher=outlet, story="s") for outlet in ("A", "B", "C")]
    assert word(*copies) == (3, 1, 1)


def test_anonymous_voices_of_one_kind_place_and_outlet_may_be_one_person() -> None:
    assert word(lost("2017-01-01"), lost("2017-02-01")) == (2, 2, 1)


def test_voices_in_other_places_or_of_other_kinds_are_others() -> None:
    elsewhere = Source(SourceKind.INSIDE_SOURCE, place="KP-05")
    assert (
        word(lost("2017-01-01"), lost("2017-02-01", voice=elsewhere), lost("2017-03-01", voice=ANALYST))[2]
        == 3
    )


def test_an_outlets_own_words_count_only_where_it_quotes_nobody() -> None:
    quoting = lost("2017-01-01", story="s", voice=INSIDER)
    own = lost("2017-01-02", story="s", voice=None)
    alone = lost("2017-01-03", story="t", voice=None)
    assert word(quoting, own)[2] == 1
    assert word(quoting, own, alone)[2] == 2


def test_nothing_is_said_by_nobody() -> None:
    assert word() == (0, 0, 0)
    assert str(word_of(split([lost("2017-01-01")])[0])) == "1 claim in 1 story, at least 1 independent voice"
