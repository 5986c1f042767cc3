from collections.abc import Callable
from datetime import UTC, date, datetime

import numpy as np
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from satrap.claims import Certainty, Polarity, RecordedClaim, Source, SourceKind, When
from satrap.country import Pack
from satrap.errors import EstimateError, UnknownNameError
from satrap.estimate import Estimate, estimate

from .conftest import END, START, Recorder

JUNE = date(2017, 6, 15)
AT = {"places": ("KP-05",)}

Fit = Callable[..., Estimate]


@pytest.fixture(scope="module")
def fit(pack: Pack) -> Fit:
    def fitted(*claims: RecordedClaim, **options: object) -> Estimate:
        return estimate(claims, pack, start=START, end=END, **options)  # type: ignore[arg-type]

    return fitted


def _moved(found: Estimate, institution: str, place: str | None = None) -> float:
    """Posterior mean log-ratio in mid-June; the prior's is zero."""
    at = found.offices.place(place), found.weeks.at(JUNE), found.offices.institution(institution)
    return float(found.log_ratios[at])


def test_no_claims_give_the_prior_and_say_so(fit: Fit) -> None:
    found = fit()
    assert found.prior_only
    assert np.allclose(found.log_ratios, 0)
    assert found.to_polars()["prior_dominated"].all()
    assert found.why("MSS", None, JUNE) == []
    assert "prior" in found._repr_html_()
    change = found.change("MSS", None, START, JUNE)
    assert change.p_down == pytest.approx(0.5, abs=0.1)
    assert change.prior_dominated
    with pytest.raises(EstimateError, match="one week"):
        found.change("MSS", None, JUNE, JUNE)


def test_one_claim_lowers_its_office_raises_others_and_spills_over_less(fit: Fit, say: Recorder) -> None:
    found = fit(say("authority", "down", holder="MSS", claim=AT))
    assert _moved(found, "MSS", "KP-05") < _moved(found, "MSS", "KP-09") < 0
    assert _moved(found, "MSS", "KP-05") < _moved(found, "MSS") < 0
    assert _moved(found, "WPK", "KP-05") > 0
    assert found.change("MSS", "KP-05", date(2017, 1, 2), JUNE).p_down > 0.6


def test_a_claim_on_the_centre_and_the_provinces_reaches_both(fit: Fit, say: Recorder) -> None:
    found = fit(say("authority", "down", holder="MSS"))
    assert _moved(found, "MSS") < 0
    assert _moved(found, "MSS", "KP-05") < 0


def test_contradictory_claims_cancel(fit: Fit, say: Recorder) -> None:
    alone = fit(say("authority", "down", holder="MSS"))
    torn = fit(say("authority", "down", holder="MSS"), say("authority", "up", holder="MSS"))
    assert abs(_moved(torn, "MSS")) < 0.1 * abs(_moved(alone, "MSS"))


def test_a_sure_source_moves_more_than_a_doubtful_one(fit: Fit, say: Recorder) -> None:
    sure = fit(say("authority", "down", holder="MSS"))
    unsure = fit(
        say(
            "authority",
            "down",
            holder="MSS",
            voice=Source(SourceKind.UNSPECIFIED),
            claim={"certainty": Certainty.DOUBTFUL},
        )
    )
    assert _moved(sure, "MSS") < _moved(unsure, "MSS") < 0


def test_reprints_change_nothing(fit: Fit, say: Recorder) -> None:
    first = say("authority", "down", holder="MSS", story="s")
    reprints = [say("authority", "down", holder="MSS", story="s", publisher=f"outlet {n}") for n in range(9)]
    one, ten = fit(first), fit(first, *reprints)
    assert np.array_equal(one.log_ratios, ten.log_ratios)
    assert np.array_equal(one.surfaces, ten.surfaces)
    assert len(ten.unused) == 9


def test_a_thousand_times_the_same_claim_is_one(fit: Fit, say: Recorder) -> None:
    claims = [say("authority", "down", holder="MSS", story="s") for _ in range(1000)]
    found = fit(*claims)
    assert len(found.used) == 1
    assert len(found.unused) == 999


def test_ten_tellings_of_one_story_move_less_than_ten_stories(fit: Fit, say: Recorder) -> None:
    def told(story: str | None) -> list[RecordedClaim]:
        days = [When.parse(f"2017-05-{day:02}") for day in range(1, 11)]
        return [say("authority", "down", holder="MSS", story=story, claim={"when": day}) for day in days]

    one, retold, apart = (_moved(fit(*claims), "MSS") for claims in (told(None)[:1], told("s"), told(None)))
    assert apart < retold < one < 0
    assert retold / one < 0.7 * apart / one


def test_a_claim_outside_the_weeks_is_listed_and_moves_nothing(fit: Fit, say: Recorder) -> None:
    found = fit(say("authority", "down", holder="MSS", published=date(2005, 1, 1)))
    assert found.prior_only
    assert found.unused[0].reason == "outside the estimated weeks"


def test_only_what_was_known_counts(fit: Fit, say: Recorder) -> None:
    early = say("authority", "down", holder="MSS", known_at=datetime(2017, 3, 1, tzinfo=UTC))
    late = say("authority", "up", holder="MSS", known_at=datetime(2017, 9, 1, tzinfo=UTC))
    then = fit(early, late, known_at=datetime(2017, 6, 1, tzinfo=UTC))
    assert then.used == (early.id,)
    assert np.array_equal(then.log_ratios, fit(early).log_ratios)
    assert fit(early, late, known_at=datetime(2017, 6, 1)).used == (early.id,)


def test_why_adds_up_and_names_the_claim(fit: Fit, say: Recorder) -> None:
    near, far = say("authority", "down", holder="MSS", claim=AT), say("authority", "down", holder="MPS")
    found = fit(near, far)
    parts = found.why("MSS", "KP-05", JUNE, confirm=1)
    assert parts[0].claim == near.id
    assert sum(part.log_ratio for part in parts) == pytest.approx(_moved(found, "MSS", "KP-05"))
    assert parts[0].if_removed is not None
    assert parts[0].if_removed < 0


def test_without_is_the_estimate_of_the_other_claims(fit: Fit, say: Recorder) -> None:
    insider = say("authority", "down", holder="MSS", story="s", claim=AT)
    analyst = say(
        "authority",
        "up",
        holder="WPK",
        publisher="38 North",
        outlet="38 North",
        voice=Source(SourceKind.ANALYST),
    )
    found, alone = fit(insider, analyst), fit(analyst)
    for options in (
        {"sources": ["inside source@KP-05"]},
        {"sources": ["inside source"]},
        {"stories": ["s"]},
        {"publishers": ["Daily NK"]},
        {"places": ["KP-05"]},
        {"claims": [insider.id]},
    ):
        assert np.array_equal(found.without(**options).log_ratios, alone.log_ratios)
    with pytest.raises(UnknownNameError, match="38 North"):
        found.without(publishers=["38 Nort"])


def test_a_claim_moves_every_week_at_once(fit: Fit, say: Recorder) -> None:
    first, second = (say("authority", "down", holder="MSS", story=story, claim=AT) for story in "st")
    found, both = fit(first), fit(first, second)
    quick = found.moved(new=second).filter(place="KP-05", institution="MSS")
    assert quick.height == found.weeks.count
    assert (quick["moved"] < 0).any()
    back = both.moved(out=second.id).filter(place="KP-05", institution="MSS")
    assert (back["moved"] > 0).any()
    with pytest.raises(UnknownNameError):
        found.moved(out="nothing")
    with pytest.raises(EstimateError, match="no observation"):
        found.moved(new=say("extortion", by="MSS"))


def test_a_contradicted_claim_counts_against_its_teller_only(fit: Fit, say: Recorder) -> None:
    later = {"when": When.parse("2017-08-01")}
    told = [
        say("execution", person=f"P{n}", institution="MSS", publisher="Rumour", outlet="Rumour")
        for n in "abc"
    ]
    again = [say("appearance", person=f"P{n}", claim=later) for n in "abc"]
    found = fit(*told, *again, say("authority", "down", holder="MPS"))
    assert len(found.used) == 1
    assert sum("contradicted later" in one.reason for one in found.unused) == 3
    noise = found.hyperparameters().filter(name="publisher Rumour")["mean"].item()
    assert noise > 1.02


def test_order_does_not_matter_and_seeds_repeat(fit: Fit, say: Recorder) -> None:
    said = (("down", "MSS"), ("up", "WPK"), ("up", "MPS"))
    claims = [say("authority", way, holder=who) for way, who in said]
    one, other = fit(*claims), fit(*reversed(claims))
    assert np.array_equal(one.surfaces, other.surfaces)
    assert not np.array_equal(one.surfaces, fit(*claims, seed=1).surfaces)


def test_tables_hold_shares_that_sum_to_one_within_ordered_bands(fit: Fit, say: Recorder) -> None:
    found = fit(say("transfer", from_="MSS", to="WPK"))
    table = found.to_polars()
    assert table.height == found.weeks.count * len(found.offices.places) * len(found.offices.institutions)
    assert np.allclose(table.group_by("week", "place").agg(pl.col("share").sum())["share"], 1, atol=1e-6)
    ordered = ["low_95", "low_80", "low_50", "high_50", "high_80", "high_95"]
    assert (np.diff(table.select(ordered).to_numpy(), axis=1) >= 0).all()
    assert found.shares("KP-05", "WPK_OGD").height == found.weeks.count
    assert found.shares().columns == [
        "week",
        "place",
        "place_name",
        "institution",
        "institution_name",
        "share",
    ]
    assert found.bands((0.9,), "KP-05").columns[-3:] == ["low_90", "high_90", "prior_dominated"]
    with pytest.raises(EstimateError, match="between 0 and 1"):
        found.bands((80,))


def test_draws_are_joint_states_for_a_simulation(fit: Fit, say: Recorder) -> None:
    found = fit(say("authority", "down", holder="MSS"))
    draws = found.draws(JUNE, 700, seed=3)
    assert draws.shape == (700, len(found.offices.places), len(found.offices.institutions))
    assert np.allclose(draws.sum(axis=2), 0, atol=1e-5)
    assert np.array_equal(draws, found.draws(JUNE, 700, seed=3))
    assert np.allclose(draws.mean(axis=0), found.log_ratios[:, found.weeks.at(JUNE)], atol=0.15)
    assert found.draws(JUNE, 0, seed=3).shape[0] == 0


def test_a_place_that_claims_reached_is_no_longer_the_prior(fit: Fit, say: Recorder) -> None:
    claims = [say("authority", holder="WPK", over="MSS", story=f"s{n}", claim=AT) for n in range(8)]
    found = fit(*claims)
    assert not found.prior_dominated("KP-05", "MSS", JUNE)
    assert found.prior_dominated("KP-05", "CABINET", JUNE)


def test_claims_of_one_sign_tell_the_sign_of_a_change(fit: Fit, say: Recorder) -> None:
    found = fit(*(say("authority", "down", holder="MSS") for _ in range(6)))
    change = found.change("MSS", None, START, JUNE)
    assert change.p_down > 0.8
    assert change.shift < -0.5
    assert not change.prior_dominated
    assert found.change("CABINET", "KP-09", date(2017, 10, 1), date(2017, 12, 1)).prior_dominated


def test_pictures(fit: Fit, say: Recorder) -> None:
    found = fit(say("authority", "down", holder="MSS"))
    chart = found.plot("KP-05", institutions=["MSS", "WPK"]).to_dict()
    data = next(iter(chart["datasets"].values()))
    assert {row["institution"] for row in data} == {"MSS", "WPK"}
    assert "South Hwanghae" in chart["title"]
    assert "1 claim," in found._repr_html_()
    assert found.hyperparameters().height == 13


def test_a_span_of_one_week_is_refused(pack: Pack) -> None:
    with pytest.raises(EstimateError, match="two weeks"):
        estimate([], pack, start=START, end=START)


def test_more_observations_than_it_takes_are_refused(
    fit: Fit, say: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("satrap.estimate.run._MOST", 2)
    with pytest.raises(EstimateError, match="a story counts once"):
        fit(*(say("authority", "down", holder="MSS") for _ in range(3)))


def test_progress_is_told(fit: Fit) -> None:
    stages: list[str] = []
    fit(progress=lambda stage, done: stages.append(stage) if 0 <= done <= 1 else pytest.fail(stage))
    assert stages[-1] == "done"


statements = st.tuples(
    st.sampled_from(
        ["authority", "capacity", "transfer", "dismissal", "promotion", "inspection", "extortion"]
    ),
    st.sampled_from(["up", "down", "unchanged", None]),
    st.sampled_from(["MSS", "WPK_OGD", "SECURITY", "LEADER"]),
    st.sampled_from(["MPS", "WPK", "PROS"]),
    st.sampled_from([(), ("KP-05",), ("KP", "KP-09"), ("XX-01",)]),
    st.sampled_from(list(Polarity)),
    st.sampled_from(list(Certainty)),
    st.sampled_from(["s", "t", None]),
    st.dates(date(2016, 6, 1), date(2018, 6, 1)),
)

ROLES = {
    "authority": ("holder", "over"),
    "capacity": ("holder",),
    "transfer": ("from_", "to"),
    "dismissal": ("institution",),
    "promotion": ("institution",),
    "inspection": ("of", "by"),
    "extortion": ("by",),
}


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(statements, max_size=12))
def test_any_claims_give_finite_shares_and_every_claim_is_accounted_for(
    fit: Fit, say: Recorder, pack: Pack, made: list[tuple[object, ...]]
) -> None:
    claims = []
    for kind, way, first, second, places, polarity, certainty, story, published in made:
        roles = dict(zip(ROLES[str(kind)], (first, second), strict=False))
        directed = kind in ("authority", "capacity", "extortion")
        claims.append(
            say(
                kind,
                way if directed else None,
                story=story,
                published=published,
                **roles,
                claim={"places": places, "polarity": polarity, "certainty": certainty},
            )
        )
    found = estimate(claims, pack, start=date(2017, 1, 2), end=date(2017, 4, 2))
    assert np.isfinite(found.surfaces).all()
    assert np.isfinite(found.narrowing).all()
    assert np.allclose(found.shares("KP").group_by("week").agg(pl.col("share").sum())["share"], 1, atol=1e-6)
    assert sorted([*found.used, *(one.claim for one in found.unused)]) == sorted(one.id for one in claims)
