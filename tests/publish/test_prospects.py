import re
from dataclasses import replace

from tests.publish.builders import KP

from satrap.publish.authority import Moved
from satrap.publish.content import Futures
from satrap.publish.findings import Finding
from satrap.publish.prospects import CHECKS, of_outlook, reservations
from satrap.publish.words import SCALE, Linked, plain
from satrap.simulate import Comparison
from satrap.simulate.verdicts import Fact, Facts

WEEK = 132


def outlook(futures: Futures) -> list[Finding]:
    effect = Comparison(next(iter(futures.counterfactuals.values())), futures.run)
    return of_outlook(effect, WEEK, (Moved("a", 0.1),), KP, futures.facts)


def check(statement: str, *, holds: bool, if_missed: str = "") -> Fact:
    return Fact("x", statement, "a share", 0.1, "> 0.5", 0.1, holds, statement, (), if_missed)


def table(*rows: Fact) -> Facts:
    return Facts("a-scenario", 10, rows)


def test_a_simulated_finding_counts_futures_and_claims_no_likelihood(futures: Futures) -> None:
    for found in outlook(futures):
        assert plain(found.headline).startswith("In ")
        assert "of simulated futures" in plain(found.headline)
        assert found.probability is None
        assert found.words is None
        said = f"{found} {plain(found.caveat)}"
        assert not any(re.search(rf"\b{term.words}\b", said) for term in SCALE)


def test_its_share_is_that_of_the_futures_in_which_it_is_so(futures: Futures) -> None:
    effect = Comparison(next(iter(futures.counterfactuals.values())), futures.run)
    burden, displaced = outlook(futures)
    lower = (effect.effect("burden")[:, WEEK] < 0).mean()
    assert lower == 1
    assert str(burden).startswith("In >99% of simulated futures less is taken from residents")
    ratio = effect.displacement_ratio(WEEK)
    half = (ratio.values[ratio.defined] >= 0.5).mean()
    assert f"In {100 * (1 - half):.0f}% of simulated futures others take over less" in str(displaced)
    assert burden.claims == displaced.claims == ("a",)


def test_the_caveat_counts_the_checks_that_the_run_fails(futures: Futures) -> None:
    assert futures.facts is not None
    failed = [one for one in futures.facts.rows if not one.holds]
    assert failed
    for found in outlook(futures):
        caveat = plain(found.caveat)
        assert f"fails {len(failed)} of {len(futures.facts.rows)} checks" in caveat
        assert "rest on judgement alone" in caveat


def test_the_caveat_names_the_failed_checks_that_bear_on_residents_and_what_follows() -> None:
    told = reservations(
        table(
            check("abuse returns", holds=False, if_missed="relief is overstated"),
            check("the order frightens", holds=False),
            check("taking falls", holds=True, if_missed="early relief is understated"),
        )
    )
    assert plain(told) == (
        "The simulation fails 2 of 3 checks against what was reported. "
        "It does not show that “abuse returns”: relief is overstated."
    )
    assert {part.to for part in told if isinstance(part, Linked)} == {CHECKS}


def test_failures_of_one_meaning_are_told_together() -> None:
    missed = {"holds": False, "if_missed": "relief is overstated"}
    told = plain(reservations(table(check("one", **missed), check("two", **missed))))  # type: ignore[arg-type]
    assert told.endswith("It does not show that “one” and “two”: relief is overstated.")


def test_a_run_without_failures_or_without_checks_says_so() -> None:
    assert plain(reservations(table(check("one", holds=True)))) == "The simulation passes all 1 checks."
    assert "not checked" in plain(reservations(None))


def test_no_caveat_is_left_behind_when_the_checks_change(futures: Futures) -> None:
    assert futures.facts is not None
    all_hold = tuple(replace(one, holds=True) for one in futures.facts.rows)
    (burden, _) = outlook(replace(futures, facts=replace(futures.facts, rows=all_hold)))
    assert "overstated" not in plain(burden.caveat)
