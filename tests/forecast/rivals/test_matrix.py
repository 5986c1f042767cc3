"""The matrix of rivals and evidence."""

import numpy as np
import pytest
from tests.forecast.rivals.test_weigh import CASE, world
from tests.forecast.told import kp

from satrap.errors import ForecastError, UnknownNameError
from satrap.forecast.rivals import Mark, Overruling, matrix, weigh
from satrap.forecast.rivals.matrix import mark_of

WEIGHED = weigh(CASE, world(party=8), kp())


def test_cells_add_up_to_the_posterior() -> None:
    found = matrix(WEIGHED)
    odds = np.log(found.posterior[0]) - np.log(found.posterior[1])
    assert odds == pytest.approx((found.cells[0] - found.cells[1]).sum())
    assert np.allclose(found.posterior, WEIGHED.posterior)


def test_the_most_diagnostic_evidence_stands_first() -> None:
    table = matrix(WEIGHED).to_polars()
    assert table["evidence"][0] == "party"
    assert table["diagnosticity"].is_sorted(descending=True)
    told = table.filter(evidence="party", rival="displaced").row(0, named=True)
    assert (told["before"], told["after"], told["expects"]) == (0, 8, "much more")


def test_evidence_of_which_all_expect_the_same_tells_nothing_apart() -> None:
    same = CASE.model_copy(
        update={
            "rivals": tuple(one.model_copy(update={"expects": CASE.rivals[0].expects}) for one in CASE.rivals)
        }
    )
    found = matrix(weigh(same, world(party=8), kp()))
    assert np.allclose(found.diagnosticity, 0.0)
    assert found.mark(0, 0) is Mark.NEITHER


def test_marks_begin_at_three_and_ten_to_one() -> None:
    marks = [mark_of(np.log(odds)) for odds in (11, 4, 1, 1 / 4, 1 / 11)]
    assert marks == list(Mark)


def test_an_analyst_overrules_a_cell_and_the_computed_mark_stays_visible() -> None:
    own = Overruling("displaced", "party", Mark.STRONGLY_AGAINST, "all of it from one rumour")
    found = matrix(WEIGHED, [own])
    row = found.to_polars().filter(evidence="party", rival="displaced").row(0, named=True)
    assert row["mark"] == "strongly inconsistent"
    assert row["computed"] != row["mark"]
    assert row["note"] == "all of it from one rumour"
    assert found.posterior[0] < WEIGHED.posterior[0]


def test_the_last_overruling_of_a_cell_counts() -> None:
    first = Overruling("displaced", "party", Mark.STRONGLY_AGAINST, "a rumour")
    last = Overruling("displaced", "party", Mark.NEITHER, "a rumour, but not only")
    assert matrix(WEIGHED, [first, last]).mark(0, 1) is Mark.NEITHER


def test_overruling_needs_a_reason_and_a_cell() -> None:
    with pytest.raises(ForecastError, match="needs its reason"):
        matrix(WEIGHED, [Overruling("displaced", "party", Mark.FOR, " ")])
    with pytest.raises(UnknownNameError, match="did you mean party"):
        matrix(WEIGHED, [Overruling("displaced", "partly", Mark.FOR, "so")])
