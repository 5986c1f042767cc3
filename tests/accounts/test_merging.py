from tests.publish.builders import KP, split, told

from satrap.accounts import find_conflicts, merged


def test_a_person_under_two_names_is_one() -> None:
    dead = told("execution", {"person": "Ri Yong Kil"}, "2016-02-10", when="2016-02")
    seen = told("appearance", {"person": "ri-yong-gil"}, "2016-05-10", when="2016-05-08")
    claims = split([dead, seen])[0]
    assert find_conflicts(claims, KP) == []
    as_one = list(merged(claims, {"Ri Yong Kil": "ri yong gil", "ri yong gil": "ri-yong-gil"}))
    assert [one.id for one in as_one] == [one.id for one in claims]
    assert len(find_conflicts(as_one, KP)) == 1


def test_merges_in_a_circle_end() -> None:
    claims = split([told("execution", {"person": "a"})])[0]
    (one,) = merged(claims, {"a": "b", "b": "a"})
    assert one.claim.arguments("person")[0].id == "b"
