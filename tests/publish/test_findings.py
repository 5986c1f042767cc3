from dataclasses import replace
from datetime import date

from tests.publish.builders import DOWN, KP, UP, split, told

from satrap.claims import Horizon
from satrap.publish.authority import Moved, Shift
from satrap.publish.findings import Finding, Kind, most_important, of_authority, of_conduct
from satrap.publish.words import Linked, plain

START, END = date(2016, 6, 15), date(2017, 6, 15)
FALL = Shift("MSS", None, START, END, 0.24, -0.061, -0.109, -0.014, 0.93, False, False, (Moved("a", -0.04),))


def finding(kind: Kind, key: str, weight: float) -> Finding:
    return Finding(kind, key, (key,), (), 0.9, None, (), weight)


def test_a_change_is_a_short_sentence_and_one_with_its_numbers() -> None:
    (found,) = of_authority([FALL], KP)
    assert plain(found.headline) == (
        "It is very likely (93%) that the Ministry of State Security lost authority at the centre."
    )
    assert plain(found.numbers) == (
        "Its share went from 24.0% to 17.9%, a change of −6.1 points (80% band −10.9 to −1.4)."
    )
    assert found.words == "very likely"
    assert (found.band, found.claims) == ((-0.109, -0.014), ("a",))


def test_every_number_of_a_change_is_a_link() -> None:
    (found,) = of_authority([FALL], KP)
    loose = "".join(part for part in found.sentence if not isinstance(part, Linked))
    assert "%" not in loose


def test_a_province_that_no_claim_names_is_said_to_follow_the_nation() -> None:
    at = replace(FALL, place="KP-05")
    (followed,), (told_of,) = of_authority([at], KP, {"KP-09"}), of_authority([at], KP, {"KP-05"})
    assert "No claim that the estimate uses names the province" in plain(followed.caveat)
    assert told_of.caveat == ()


def test_the_likelier_direction_is_told() -> None:
    (found,) = of_authority([replace(FALL, place="KP-05", mean=0.02, down=0.3)], KP)
    assert "It is likely (70%)" in str(found)
    assert "gained authority in South Hwanghae" in str(found)


def test_without_claims_or_direction_there_is_no_finding() -> None:
    assert (
        of_authority([replace(FALL, moved=()), replace(FALL, down=0.52), replace(FALL, prior_only=True)], KP)
        == []
    )


def test_a_change_whose_size_claims_hardly_tell_says_so() -> None:
    (found,) = of_authority([replace(FALL, mostly_prior=True)], KP)
    assert plain(found.caveat).startswith("How far it moved rests mostly on the prior")
    assert of_authority([FALL], KP)[0].caveat == ()


def test_a_change_at_the_centre_outweighs_the_same_change_in_one_province() -> None:
    centre, province = of_authority([FALL, replace(FALL, place="KP-05")], KP)
    assert centre.weight > province.weight > 0


CLAIMED = [
    finding(Kind.AUTHORITY, "a1", 9),
    finding(Kind.AUTHORITY, "a2", 8),
    finding(Kind.CONDUCT, "c", 1),
]
SIMULATED = [finding(Kind.OUTLOOK, "o1", 99), finding(Kind.OUTLOOK, "o2", 98)]


def keys(given: list[Finding], number: int) -> list[str]:
    return [one.key for one in most_important(given, number)]


def test_what_rests_on_claims_comes_first_each_kind_in_its_turn() -> None:
    assert keys([*SIMULATED, *CLAIMED], 9) == ["a1", "c", "a2", "o1"]


def test_what_was_simulated_has_the_last_place_and_no_more() -> None:
    assert keys([*SIMULATED, *CLAIMED], 3) == ["a1", "c", "o1"]
    assert keys(CLAIMED, 3) == ["a1", "c", "a2"]


def test_what_was_simulated_does_not_fill_what_claims_leave_empty() -> None:
    assert keys([*SIMULATED, *CLAIMED[:1]], 3) == ["a1", "o1"]
    assert keys([], 3) == []


def test_conduct_is_counted_by_kind_and_institution_within_the_period() -> None:
    by = {"by": "MSS", "on": "residents"}
    claims, _ = split(
        [
            told("extortion", by, "2017-01-10", places=("KP-09",), story="s", direction=UP),
            told("extortion", by, "2017-01-12", places=("KP-09",), story="s"),
            told("extortion", by, "2017-03-10", places=("KP-10",), direction=DOWN),
            told("extortion", by, "2015-03-10"),
            told("extortion", by, "2017-03-11", horizon=Horizon.FUTURE),
            told("extortion", {"by": "officials"}, "2017-03-12"),
            told("authority", {"holder": "MSS"}, "2017-03-12", direction=UP),
        ]
    )
    (found,) = of_conduct(claims, KP, START, END)
    assert str(found) == (
        "Extortion by the Ministry of State Security was reported in 2 stories, from 2 provinces. "
        "1 claim says that it grew and 1 claim says that it fell."
    )
    assert found.probability is None
    assert found.words is None
    assert "not how much was done" in plain(found.caveat)


def test_a_department_counts_with_the_institution_that_has_its_share() -> None:
    claims, _ = split([told("bribery", {"by": "WPK_OGD"}, "2017-01-10")])
    assert [one.key for one in of_conduct(claims, KP, START, END)] == ["conduct-bribery-WPK"]
