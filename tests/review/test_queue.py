from datetime import date

import pytest
from tests.review.builders import act, claim, recorded

from satrap.claims import Argument, Certainty, Direction, When
from satrap.country import load_pack
from satrap.estimate import estimate
from satrap.review import moves, queue, second_opinions

SURE, UNSURE = claim(score=0.9), claim(score=0.5)
MOOD = claim(kind="sentiment", score=0.5)


def ids(found: object) -> list[str]:
    return [one.recorded.id for one in found]  # type: ignore[attr-defined]


def test_what_moves_the_estimate_most_times_how_unsure_its_reader_was_comes_first() -> None:
    claims = [recorded(SURE, "a"), recorded(UNSURE, "b"), recorded(SURE, "c"), recorded(UNSURE, "d")]
    found = queue(claims, {"a": 0.4, "b": 0.1, "c": -0.6, "d": 0.0})
    assert ids(found) == ["c", "b", "a", "d"]
    assert [one.priority for one in found] == pytest.approx([0.06, 0.05, 0.04, 0.0])


def test_what_the_estimate_did_not_use_comes_last_by_the_weight_of_its_kind() -> None:
    claims = [recorded(MOOD, "mood"), recorded(UNSURE, "unused"), recorded(SURE, "used")]
    assert ids(queue(claims, {"used": 1e-6})) == ["used", "unused", "mood"]


def test_without_an_estimate_kinds_weigh_as_they_do_in_one() -> None:
    claims = [recorded(MOOD, "mood"), recorded(SURE, "sure"), recorded(UNSURE, "unsure")]
    assert ids(queue(claims)) == ["unsure", "sure", "mood"]


def test_equals_stand_as_they_were_recorded_and_a_limit_leaves_the_first() -> None:
    claims = [recorded(SURE, f"{at:02}", position=at) for at in (3, 1, 2, 0)]
    assert ids(queue(claims)) == ["00", "01", "02", "03"]
    assert ids(queue(iter(claims), limit=2)) == ["00", "01"]
    assert queue([]) == []


def test_a_second_opinion_is_asked_on_what_only_others_reviewed_as_it_was_read() -> None:
    corrected = SURE.clone(certainty=Certainty.DOUBTFUL)
    claims = [recorded(corrected, "a"), recorded(UNSURE, "b"), recorded(SURE, "c")]
    acts = [act("a", "min", SURE, corrected), act("b", "jo", UNSURE, UNSURE), act("b", "min", UNSURE, None)]
    [found] = second_opinions(claims, acts, "jo")
    assert (found.recorded.id, found.shown) == ("a", SURE)
    assert second_opinions(claims, acts, "min") == []
    assert len(second_opinions(claims, acts, "kim")) == 2


def test_a_claims_move_is_its_largest_part_in_the_estimate() -> None:
    holder = {"holder": (Argument("Ministry of State Security", "MSS"),)}
    weak = UNSURE.clone(
        kind="authority", roles=holder, direction=Direction.DOWN, when=When.parse("2017-01-09")
    )
    claims = [recorded(weak, "weak"), recorded(MOOD, "mood", 1)]
    made = estimate(claims, load_pack("kp"), start=date(2017, 1, 2), end=date(2017, 2, 26), seed=1)
    found = moves(made)
    assert list(found) == ["weak"]
    [last] = made.why("MSS", None, date(2017, 2, 26))
    assert found["weak"] >= abs(last.log_ratio) > 0
