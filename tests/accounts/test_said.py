from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st
from tests.publish.builders import told

from satrap.accounts.said import RECENT, Said, dated, meeting

RECORDED = told("death", {"person": "kim-won-hong"})[0]
spans = st.tuples(st.integers(0, 60), st.integers(0, 20)).map(
    lambda at: Said(
        RECORDED,
        date(2017, 1, 1) + timedelta(days=at[0]),
        date(2017, 1, 1) + timedelta(days=at[0] + at[1]),
    )
)


@given(st.lists(spans, max_size=8), st.lists(spans, max_size=8))
def test_meeting_is_what_comparing_all_pairs_finds(some: list[Said], others: list[Said]) -> None:
    assert meeting(some, others) == [one for one in some if any(one.overlaps(other) for other in others)]


def test_what_lies_near_meets_within_a_period() -> None:
    early, late = (Said(RECORDED, day, day) for day in (date(2017, 1, 1), date(2017, 1, 11)))
    assert meeting([early], [late], timedelta(days=9)) == []
    assert meeting([early], [late], timedelta(days=10)) == [early]


def test_an_undated_claim_speaks_of_the_days_before_its_publication() -> None:
    (said,) = dated([told("death", {"person": "kim-won-hong"}, "2017-03-10")[0]])
    assert (said.first, said.last) == (date(2017, 3, 10) - RECENT, date(2017, 3, 10))
    assert dated([told("death", {"person": "kim-won-hong"}, None)[0]]) == []
