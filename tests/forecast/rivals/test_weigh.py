"""Likelihoods of what was told."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.forecast.told import kp, told

from satrap.claims import Certainty, Polarity, RecordedClaim
from satrap.forecast.rivals import Case, weigh
from satrap.forecast.rivals.weigh import Tally, predicted, tallied

CASE = Case.model_validate(
    {
        "id": "c",
        "title": "c",
        "country": "KP",
        "before": "2014-01-01",
        "since": "2017-01-01",
        "until": "2019-12-31",
        "source": "test",
        "evidence": [
            {"id": "security", "title": "security preys", "claims": "extortion by MSS"},
            {"id": "party", "title": "the party preys", "claims": "extortion by WPK"},
        ],
        "rivals": [
            {
                "id": "displaced",
                "title": "displaced",
                "says": "others take over",
                "expects": {"security": "less", "party": "much more"},
            },
            {
                "id": "reverts",
                "title": "reverts",
                "says": "all as it was",
                "expects": {"security": "same", "party": "same"},
            },
        ],
    }
)


def month(year: int, number: int) -> str:
    return f"{year}-{number % 12 + 1:02d}-{number // 12 + 1:02d}"


def world(party: int) -> list[RecordedClaim]:
    """Forty stories before, of which four tell of the security police; forty after, of which ``party`` tell
    of party officials and two of the security police."""
    before = [told("extortion", month(2015, n), by="MSS", story=f"b{n}") for n in range(4)]
    before += [told("order", month(2016, n), by="LEADER", story=f"o{n}") for n in range(36)]
    after = [told("extortion", month(2017, n), by="MSS", story=f"a{n}") for n in range(2)]
    after += [told("extortion", month(2018, n), by="WPK_PROV", story=f"p{n}") for n in range(party)]
    after += [told("order", month(2019, n), by="LEADER", story=f"q{n}") for n in range(38 - party)]
    return [*before, *after]


def test_what_was_told_is_counted_by_stories_before_and_since() -> None:
    tally = tallied(CASE, world(party=5), kp(), date(2019, 12, 31))
    assert tally.before.tolist() == [4, 0]
    assert tally.after.tolist() == [2, 5]
    assert (tally.told_before, tally.told) == (40, 40)


@pytest.mark.parametrize(
    "changes", [{"polarity": Polarity.DENIED}, {"certainty": Certainty.DOUBTFUL}], ids=["denied", "doubtful"]
)
def test_what_is_denied_or_doubtful_tells_of_nothing(changes: dict[str, object]) -> None:
    claim = told("extortion", "2017-02-01", by="MSS", **changes)  # type: ignore[arg-type]
    assert tallied(CASE, [claim], kp(), date(2019, 12, 31)).after.tolist() == [0, 0]


def test_many_stories_of_the_heir_speak_for_displacement_and_none_against() -> None:
    many, none = (weigh(CASE, world(party), kp()).posterior[0] for party in (8, 0))
    assert many > 0.8 > 0.5 > none


def test_with_nothing_told_at_all_the_prior_stands() -> None:
    found = weigh(CASE, [], kp())
    assert np.allclose(found.posterior, found.prior)
    assert found.rests_on_priors


def test_the_answer_is_shown_under_every_setting_of_the_priors() -> None:
    found = weigh(CASE, world(party=8), kp())
    table = found.settings
    assert table["setting"][0] == "as declared"
    assert np.allclose(table.row(0)[1:], found.posterior)
    assert np.allclose(table.drop("setting").sum_horizontal(), 1.0)
    half = table.filter(setting="kinds of evidence tell the same twice")
    assert half["displaced"].item() < table["displaced"][0]


@given(st.integers(0, 5), st.integers(0, 40), st.floats(0.25, 4.0), st.integers(0, 60))
def test_predictions_are_probabilities(before: int, more: int, factor: float, stories: int) -> None:
    tally = Tally(np.array([before]), np.array([0]), before + more, 0, ((),))
    assert predicted(tally, 0, factor, stories, np.arange(2_000)).sum() == pytest.approx(1.0, abs=1e-6)


@given(st.integers(0, 5), st.integers(0, 5), st.floats(0.25, 4.0))
def test_two_times_one_after_the_other_tell_as_much_as_both_together(a: int, b: int, factor: float) -> None:
    tally = Tally(np.array([3]), np.array([0]), 40, 0, ((),))

    def chance(n: int, of: int, since: tuple[int, int] = (0, 0)) -> float:
        return float(predicted(tally, 0, factor, of, np.array([n]), since=since)[0])

    # the counts of 10 and of 30 stories, in either order
    assert chance(a, 10) * chance(b, 30, (a, 10)) == pytest.approx(chance(b, 30) * chance(a, 10, (b, 30)))
