from datetime import date

from tests.publish.builders import ANALYST, DOWN, INSIDER, KP, Told, split, told

from satrap.claims import RecordedClaim
from satrap.protect.exposure import expose
from satrap.protect.settings import Protection
from satrap.publish.method import data_cut, hindsight, protection
from satrap.publish.words import plain

AS_OF = date(2017, 6, 15)


def claims(*pairs: Told) -> list[RecordedClaim]:
    return split(pairs)[0]


def lost(published: str | None, voice: object = ANALYST) -> Told:
    return told("authority", {"holder": "MSS"}, published, direction=DOWN, voice=voice)  # type: ignore[arg-type]


def test_the_cut_is_the_newest_publication_by_day() -> None:
    assert data_cut(claims(lost("2017-01-01"), lost("2017-06-10"), lost(None)), KP) == "10 June 2017"
    assert data_cut([], KP) == "undated"


def test_the_cut_is_told_by_month_where_the_day_could_expose_who_spoke() -> None:
    assert data_cut(claims(lost("2017-01-01"), lost("2017-06-10", INSIDER)), KP) == "June 2017"


def test_hindsight_is_told_with_how_many_claims_came_later() -> None:
    told_of = plain(hindsight(claims(lost("2017-01-01"), lost("2018-03-01"), lost("2019-03-01")), AS_OF, KP))
    assert told_of == (
        "Read in hindsight: 2 of 3 claims that the estimate uses were published after that day, the newest "
        "on 1 March 2019."
    )


def test_where_none_came_later_only_the_cut_is_told() -> None:
    told_of = plain(hindsight(claims(lost("2017-01-01", INSIDER)), AS_OF, KP))
    assert told_of == "The estimate uses 1 claim, the newest of them published in January 2017."
    assert "hindsight" not in told_of


def test_the_method_tells_what_the_gate_took() -> None:
    pairs = [
        told("dismissal", {"person": "kim-won-hong"}, "2017-03-10", voice=INSIDER, places=("KP-09",)),
        lost("2017-01-01"),
    ]
    asked = protection(expose(*split(pairs), KP, Protection(k=100)))
    assert asked == (
        "1 of 2 claims here were told by somebody at risk. By a rough estimate, at least 100 people could "
        "have told each of them as it stands here: 1 told by year and none left out."
    )
    refused = protection(expose(*split(pairs), KP, Protection(k=1_000_000)))
    assert refused.endswith("as it stands here: 1 left out.")


def test_where_only_public_voices_speak_the_gate_took_nothing() -> None:
    told_of = protection(expose(*split([lost("2017-01-01")]), KP))
    assert told_of == "None of 1 claim here was told by somebody at risk."
