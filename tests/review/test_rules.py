import pytest
from tests.review.builders import act, claim

from satrap.claims import Certainty
from satrap.review import rule_records

ONE, TWO = claim(rules=("dismissal.passive",)), claim(rules=("dismissal.passive", "person.title"))
DOUBTFUL = ONE.clone(certainty=Certainty.DOUBTFUL)


def test_a_rule_is_known_by_what_became_of_its_claims() -> None:
    both = TWO.clone(certainty=Certainty.DOUBTFUL, roles={})
    acts = [act("a", "min", ONE, ONE), act("b", "min", ONE, DOUBTFUL), act("c", "min", TWO, both)]
    acts += [act("d", "min", ONE, None)]
    records = {one.rule: one for one in rule_records(acts)}
    passive = records["dismissal.passive"]
    assert (passive.accepted, passive.corrected, passive.rejected) == (1, 2, 1)
    assert passive.fields == {"certainty": 2, "roles": 1}
    assert passive.alone == {"certainty": 1}
    # Wilson (1927) for 3 of 4: centre (3 + z²/2) / (4 + z²), z = 1.96
    assert (passive.wrong, passive.low, passive.high) == pytest.approx((0.75, 0.3006, 0.9544), abs=1e-4)
    assert (records["person.title"].corrected, records["person.title"].wrong) == (1, 1.0)


def test_the_last_word_on_a_claim_counts() -> None:
    acts = [act("a", "min", ONE, None), act("a", "jo", ONE, DOUBTFUL), act("a", "min", ONE, ONE)]
    [record] = rule_records(acts)
    assert (record.accepted, record.corrected, record.rejected, record.wrong) == (1, 0, 0, 0.0)


def test_rules_that_err_most_surely_come_first() -> None:
    often, once = claim(rules=("often",)), claim(rules=("once",))
    acts = [act(f"{at}", "min", often, None if at < 9 else often) for at in range(10)]
    acts += [act("x", "min", once, None)]
    assert [one.rule for one in rule_records(acts)] == ["often", "once"], "9 of 10 is surer than 1 of 1"


def test_a_reader_without_rules_goes_by_its_name() -> None:
    assert [one.rule for one in rule_records([act("a", "min", claim(), None)])] == ["rules"]
    assert rule_records([]) == []
