"""Whatever comes in, what comes out is defined: the prior, labelled, or an error that says what to do."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import msgspec
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from satrap.claims import (
    Access,
    Argument,
    Certainty,
    Claim,
    Direction,
    Horizon,
    Polarity,
    Quote,
    Reading,
    RecordedClaim,
    Source,
    SourceKind,
    Status,
    Tier,
    When,
)
from satrap.country import Pack
from satrap.errors import SatrapError
from satrap.estimate import (
    Hypothesis,
    Jump,
    Move,
    conduct,
    coverage,
    estimate,
    mood,
)
from satrap.estimate.copies import CROWD, without_crowds
from satrap.estimate.loadings import bundled
from satrap.estimate.observations import observe
from satrap.estimate.offices import Offices
from satrap.estimate.weeks import Weeks

from .conftest import Recorder

START, END = date(2017, 1, 2), date(2017, 7, 2)
SINCE, ON = date(2017, 1, 10), date(2017, 6, 15)

ENTITIES = ["MSS", "WPK", "MPS", "LAW_ENFORCEMENT", "kim-won-hong", "NOBODY", None]
KINDS = {
    "authority": ("holder", "over"),
    "transfer": ("from", "to"),
    "dismissal": ("person", "institution"),
    "execution": ("person",),
    "appearance": ("person",),
    "inspection": ("by", "of"),
    "extortion": ("by", "on"),
    "sentiment": ("of", "toward"),
    "resistance": ("of",),
}
DIRECTED = {"authority", "extortion", "sentiment"}
DAYS = st.one_of(
    st.none(), st.dates(date(2016, 6, 1), date(2018, 1, 1)), st.sampled_from([date.min, date(2090, 1, 1)])
)
WHENS = st.one_of(
    st.none(), st.sampled_from(["2017-03-05", "2017", "1990", "2017-02/2017-05", "2091"]).map(When.parse)
)


@st.composite
def _claims(draw: st.DrawFn) -> RecordedClaim:
    kind = draw(st.sampled_from(sorted(KINDS)))
    argument = st.builds(
        Argument,
        st.just("someone"),
        st.sampled_from(ENTITIES),
        st.lists(st.sampled_from(list(Tier)), max_size=2).map(tuple),
        st.lists(st.sampled_from(["KP-05", "KP", "XX-1"]), max_size=1).map(tuple),
    )
    roles = {role: tuple(draw(st.lists(argument, max_size=2))) for role in KINDS[kind]}
    said = Claim(
        report=f"report {draw(st.integers(0, 9))}",
        quote=Quote("words", draw(st.integers(0, 3)), 9, "", ""),
        kind=kind,
        said_by=(
            Source(SourceKind.PUBLISHER, name="Daily NK"),
            Source(draw(st.sampled_from(list(SourceKind)))),
        ),
        reading=Reading("test", "1", draw(st.sampled_from([0.0, 0.5, 1.0]))),
        direction=draw(st.sampled_from([None, *Direction])) if kind in DIRECTED else None,
        roles=roles,
        access=draw(st.sampled_from(list(Access))),
        polarity=draw(st.sampled_from(list(Polarity))),
        certainty=draw(st.sampled_from(list(Certainty))),
        horizon=draw(st.sampled_from(list(Horizon))),
        when=draw(WHENS),
        places=draw(st.sampled_from([(), ("KP-09",), ("XX-1",), ("KP",)])),
        status=draw(st.sampled_from(list(Status))),
    )
    story = draw(st.sampled_from(["s", said.report]))
    return RecordedClaim(
        said.id, said, "Daily NK", "", draw(DAYS), story, datetime(2017, 7, 1, tzinfo=UTC), said.status
    )


def _sound(table: pl.DataFrame) -> None:
    """No number is missing or unbounded, and no band is turned round."""
    for name in table.columns:
        if table[name].dtype.is_float():
            assert table[name].drop_nulls().is_finite().all(), name
    for prob in (50, 80, 95):
        if f"low_{prob}" in table.columns:
            assert (table[f"low_{prob}"] <= table[f"high_{prob}"]).all()


@settings(
    max_examples=2, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.lists(_claims(), max_size=12))
def test_any_claims_give_a_sound_estimate(pack: Pack, claims: list[RecordedClaim]) -> None:
    found = estimate(claims, pack, start=START, end=END)
    _sound(found.to_polars())
    assert {*found.used, *(one.claim for one in found.unused)} == {one.id for one in claims}
    assert found.prior_only == (not found.used)
    parts = found.why("MSS", "KP-05", ON, SINCE)
    assert sum(abs(part.log_ratio) for part in parts) < 1e3
    _sound(found.sensitivity("source", "MSS", None, SINCE, ON))
    _sound(
        found.compare(
            [
                Hypothesis("fell", (Move("MSS", Direction.DOWN, SINCE, ON),)),
                Hypothesis("stood", (Move("MSS", Direction.UNCHANGED, SINCE, ON),)),
                Hypothesis("jumped", jump=Jump("MSS", date(2017, 3, 1), Direction.DOWN)),
            ],
            scales=(0.25, 4.0),
        )
    )


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.lists(_claims(), max_size=12))
def test_any_claims_give_sound_tables_of_the_rest(pack: Pack, claims: list[RecordedClaim]) -> None:
    makers: list[Callable[..., Any]] = [conduct, mood, coverage]
    for make in makers:
        _sound(make(claims, pack, start=START, end=END).to_polars())


@pytest.mark.parametrize("count", [CROWD, 300])
def test_a_crowd_that_is_alike_in_everything_counts_as_fifty(count: int, pack: Pack, say: Recorder) -> None:
    one = say("authority", "down", holder="MSS")
    claims = [_again(one, number) for number in range(count)]
    found = estimate(claims, pack, start=START, end=END)
    assert len(found.used) == CROWD
    assert len(found.unused) == count - CROWD
    assert all("same in everything" in unused.reason for unused in found.unused)
    _sound(found.bands(place="KP-05"))


def test_what_differs_in_anything_is_no_crowd(pack: Pack, say: Recorder) -> None:
    offices, weeks = Offices(pack), Weeks.spanning(START, END)
    claims = [
        say("authority", "down", holder="MSS", publisher=f"outlet {n % 3}", outlet=f"outlet {n % 3}")
        for n in range(3 * CROWD)
    ]
    pairs, _ = observe(claims, offices, weeks, bundled())
    assert without_crowds(pairs) == (pairs, [])
    alike = [(one, replace(row, publisher="x", groups=())) for one, row in pairs]
    kept, crowded = without_crowds(alike)
    assert (len(kept), len(crowded)) == (CROWD, 2 * CROWD)


def test_unknown_offices_and_days_say_so(pack: Pack) -> None:
    found = estimate([], pack, start=START, end=END)
    for asked in (
        lambda: found.bands(place="KP-99"),
        lambda: found.why("NOBODY", None, ON),
        lambda: found.change("MSS", None, SINCE, date(2031, 1, 1)),
        lambda: found.sensitivity("source", "MSS", "nowhere", SINCE, ON),
        lambda: found.without(sources=["nobody"]),
        lambda: estimate([], pack, start=END, end=START),
    ):
        with pytest.raises(SatrapError):
            asked()


def _again(one: RecordedClaim, number: int) -> RecordedClaim:
    """The same, in a report and story of its own."""
    claim = one.claim.clone(report=f"other {number}")
    return msgspec.structs.replace(one, id=claim.id, claim=claim, story=claim.report)
