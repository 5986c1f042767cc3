from collections.abc import Callable

import pytest

from satrap.claims import Certainty, Claim, Polarity
from satrap.reading.hedges import Cues

Read = Callable[..., list[Claim]]


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("The minister was dismissed in January.", Certainty.STATED),
        ("The minister was reportedly dismissed in January.", Certainty.PROBABLE),
        ("The minister appears to have been dismissed.", Certainty.PROBABLE),
        ("The minister is believed to have been dismissed.", Certainty.PROBABLE),
        ("The minister is likely to be dismissed.", Certainty.PROBABLE),
        ("The minister may have been dismissed.", Certainty.POSSIBLE),
        ("There are rumours that the minister was dismissed.", Certainty.POSSIBLE),
        ("It is not clear whether the minister was dismissed.", Certainty.DOUBTFUL),
        ("The minister may reportedly be dismissed.", Certainty.POSSIBLE),
    ],
)
def test_the_weakest_cue_over_the_predicate_wins(read: Read, text: str, certainty: Certainty) -> None:
    assert [claim.certainty for claim in read(text) if claim.kind == "dismissal"] == [certainty]


def test_a_hedge_on_the_reason_leaves_the_event_stated(read: Read) -> None:
    (claim,) = read("The minister was dismissed, apparently on charges of corruption.")
    assert claim.certainty is Certainty.STATED


def test_a_hedge_in_the_main_clause_does_not_reach_a_relative_clause(read: Read) -> None:
    claims = read("Residents, who have been blackmailed by the police for years, may welcome the changes.")
    by_kind = {claim.kind: claim.certainty for claim in claims}
    assert by_kind == {"extortion": Certainty.STATED, "sentiment": Certainty.POSSIBLE}


def test_what_is_not_so_is_denied_and_what_is_denied_too(read: Read) -> None:
    (negated,) = read("The minister was not dismissed.")
    (refuted,) = read("The interior ministry denied that the minister had been dismissed.")
    assert negated.polarity is refuted.polarity is Polarity.DENIED


def test_a_norm_or_a_condition_claims_nothing(read: Read) -> None:
    assert read("The minister should be dismissed.") == []
    assert read("If the minister is dismissed, nothing changes.") == []


@pytest.mark.parametrize(("text", "sure"), Cues.bundled().examples.items())
def test_every_example_of_the_cues_is_read_as_it_says(read: Read, text: str, sure: str) -> None:
    (claim,) = [claim for claim in read(text) if claim.kind == "dismissal"]
    denied = ", denied" if claim.polarity is Polarity.DENIED else ""
    assert claim.certainty.value + denied == sure


def test_the_hedge_of_what_leads_a_list_in_is_that_of_its_items(read: Read) -> None:
    text = "He gave a probable picture:\n\n• The minister was dismissed.\n\nA deputy was dismissed."
    assert [claim.certainty for claim in read(text)] == [Certainty.PROBABLE, Certainty.STATED]


def test_a_hedge_before_because_is_that_of_the_reason(read: Read) -> None:
    claims = read("The minister was dismissed, possibly because the party wanted civilians there.")
    assert {claim.kind: claim.certainty for claim in claims} == {
        "dismissal": Certainty.STATED,
        "cause": Certainty.POSSIBLE,
    }


def test_what_somebody_is_charged_with_may_be_so(read: Read) -> None:
    claims = read("The minister has been charged with taking bribes from traders.")
    assert {claim.certainty for claim in claims if claim.kind == "bribery"} == {Certainty.POSSIBLE}
