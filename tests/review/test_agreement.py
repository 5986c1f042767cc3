import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.metrics.agreement import AnnotationTask
from tests.review.builders import act, claim

from satrap.claims import Certainty, Claim
from satrap.ledger import Act
from satrap.review import Agreement, Dispute, agreement, disputes
from satrap.review.agreement import alphas

READ = claim()
DOUBTFUL = READ.clone(certainty=Certainty.DOUBTFUL)
STATED = READ.clone(certainty=Certainty.STATED)


def both(id: str, one: Claim | None, other: Claim | None) -> list[Act]:
    return [act(id, "min", READ, one), act(id, "jo", READ, other)]


def of(field: str, acts: list[Act]) -> Agreement:
    return next(one for one in agreement(acts) if one.field == field)


def test_alpha_of_a_worked_example() -> None:
    # coincidences: stated 4 of 8, doubtful 4 of 8, 2 apart: 1 - (2/8) / (2*4*4 / (8*7)) = 0.5625
    said = [(STATED, STATED), (STATED, DOUBTFUL), (DOUBTFUL, DOUBTFUL), (STATED, DOUBTFUL)]
    acts = [one for at, (a, b) in enumerate(said) for one in both(str(at), a, b)]
    found = of("certainty", acts)
    assert (found.claims, found.agreed) == (4, 2)
    assert found.alpha == pytest.approx(1 - (4 / 8) / (2 * 4 * 4 / (8 * 7)))
    assert found.low is not None
    assert found.high is not None
    assert found.alpha is not None
    assert found.low <= found.alpha <= found.high


def test_who_always_says_the_same_cannot_be_told_from_habit() -> None:
    assert of("kind", both("a", READ, READ)) == Agreement("kind", 1, 1, None, None, None)
    assert of("kind", []).claims == 0


def test_rejected_claims_count_for_the_verdict_alone() -> None:
    acts = [*both("a", READ, None), *both("b", DOUBTFUL, DOUBTFUL), *both("c", READ, READ)]
    assert (of("verdict", acts).claims, of("verdict", acts).agreed) == (3, 2)
    assert of("certainty", acts).claims == 2


def test_a_reviewers_last_word_counts_and_one_reviewer_is_no_agreement() -> None:
    acts = [act("a", "min", READ, None), act("a", "min", READ, READ), act("b", "min", READ, READ)]
    assert of("verdict", acts).claims == 0
    assert of("verdict", [*acts, act("a", "jo", READ, READ)]).agreed == 1


def test_disputes_name_claims_and_fields_to_settle() -> None:
    acts = [
        *both("a", READ, None),
        *both("b", DOUBTFUL, STATED),
        *both("c", READ, READ),
        *both("d", None, None),
    ]
    assert disputes(acts) == [Dispute("a", ("verdict",)), Dispute("b", ("certainty",))]


def test_nobody_is_named_in_what_comes_out() -> None:
    acts = both("a", READ, DOUBTFUL)
    assert "min" not in repr((agreement(acts), disputes(acts)))


@given(
    st.lists(st.lists(st.sampled_from("xyz"), min_size=2, max_size=4), min_size=2, max_size=12).filter(
        lambda units: len({value for unit in units for value in unit}) > 1
    )
)
def test_resampling_uses_the_same_alpha_as_the_library(units: list[list[str]]) -> None:
    data = [(str(who), str(at), value) for at, unit in enumerate(units) for who, value in enumerate(unit)]
    counts = np.array([[unit.count(value) for value in "xyz"] for unit in units], dtype=float)
    [alpha] = alphas(counts, np.ones((1, len(units))))
    assert alpha == pytest.approx(AnnotationTask(data=data).alpha())
