from datetime import date
from math import log

import numpy as np
import pytest

from satrap.claims import Certainty, Horizon, Polarity, RecordedClaim, Source, SourceKind, Status, Tier, When
from satrap.country import Pack
from satrap.estimate.functionals import Functional
from satrap.estimate.loadings import bundled
from satrap.estimate.observations import observe
from satrap.estimate.offices import Offices
from satrap.estimate.weeks import Weeks

from .conftest import END, START, Recorder

WEEKS = Weeks.spanning(START, END)


def _one(claim: RecordedClaim, pack: Pack) -> Functional:
    used, unused = observe([claim], Offices(pack), WEEKS, bundled())
    assert not unused, unused
    return used[0][1]


def _why_not(claim: RecordedClaim, pack: Pack) -> str:
    used, unused = observe([claim], Offices(pack), WEEKS, bundled())
    assert not used
    assert unused[0].claim == claim.id
    return unused[0].reason


def _sign(functional: Functional, institution: str, pack: Pack) -> float:
    return float(np.sign(functional.contrast[pack.authority.index(institution)]))


def test_down_turns_the_contrast_and_up_does_not(say: Recorder, pack: Pack) -> None:
    down, up = (_one(say("authority", way, holder="MSS"), pack) for way in ("down", "up"))
    assert _sign(down, "MSS", pack) == -1
    assert _sign(down, "WPK", pack) == 1
    assert np.allclose(up.contrast, -down.contrast)
    assert (down.lower, down.upper) == (0, np.inf)


def test_a_change_is_after_minus_before_and_not_past_publication(say: Recorder, pack: Pack) -> None:
    functional = _one(say("authority", "down", holder="MSS", published=date(2017, 6, 15)), pack)
    (after, plus), (before, minus) = functional.weeks
    assert (plus, minus) == (1, -1)
    assert after == WEEKS.index(date(2017, 6, 15))
    assert before < after


def test_a_vague_date_widens_the_window(say: Recorder, pack: Pack) -> None:
    spans = []
    for edtf in ("2017-03-06", "2017-03", "2017"):
        functional = _one(say("dismissal", institution="MSS", claim={"when": When.parse(edtf)}), pack)
        spans.append(functional.weeks[0][0] - functional.weeks[1][0])
    assert spans[0] < spans[1] < spans[2]


def test_a_rank_is_a_level(say: Recorder, pack: Pack) -> None:
    functional = _one(say("authority", holder="WPK_OGD", over="MSS"), pack)
    assert sum(weight for _, weight in functional.weeks) == pytest.approx(1)
    assert _sign(functional, "WPK", pack) == 1
    assert _sign(functional, "MSS", pack) == -1


def test_a_transfer_goes_from_one_to_the_other(say: Recorder, pack: Pack) -> None:
    functional = _one(say("transfer", from_="MSS", to="WPK"), pack)
    assert (_sign(functional, "MSS", pack), _sign(functional, "WPK", pack)) == (-1, 1)
    assert _sign(functional, "CABINET", pack) == 0


def test_losses_are_likelier_news_than_gains(say: Recorder, pack: Pack) -> None:
    assert _one(say("dismissal", institution="MSS"), pack).news == -1
    assert _one(say("promotion", institution="MSS"), pack).news == 1
    assert _one(say("inspection", by="WPK_OGD", of="MSS"), pack).news == -1
    assert _one(say("authority", "down", holder="MSS"), pack).news == 0


def test_a_dismissal_is_of_the_centre_unless_it_says_otherwise(say: Recorder, pack: Pack) -> None:
    assert _one(say("dismissal", institution="MSS"), pack).places[0] == 1
    at = _one(say("dismissal", institution="MSS", claim={"places": ("KP-05",)}), pack).places
    assert at[Offices(pack).place("KP-05")] == 1


def test_unchanged_keeps_within_the_cut(say: Recorder, pack: Pack) -> None:
    functional = _one(say("authority", "unchanged", holder="MSS"), pack)
    assert (functional.lower, functional.upper) == (-1, 1)


def test_a_denial_leaves_falling_and_staying(say: Recorder, pack: Pack) -> None:
    functional = _one(say("authority", "up", holder="MSS", claim={"polarity": Polarity.DENIED}), pack)
    assert _sign(functional, "MSS", pack) == -1
    assert functional.lower == -1


def test_doubt_distance_and_a_doubtful_reader_add_noise(say: Recorder, pack: Pack) -> None:
    plain = _one(say("authority", "down", holder="MSS"), pack)
    hedged = _one(say("authority", "down", holder="MSS", claim={"certainty": Certainty.POSSIBLE}), pack)
    county = _one(say("authority", "down", holder="MSS", tiers=(Tier.COUNTY,)), pack)
    misread = _one(say("authority", "down", holder="MSS", score=0.5), pack)
    rumour = _one(say("authority", "down", holder="MSS", voice=Source(SourceKind.UNSPECIFIED)), pack)
    assert plain.log_noise < hedged.log_noise
    assert ("certainty", "possible") in hedged.groups
    assert not [kind for kind, _ in plain.groups if kind == "certainty"]
    assert plain.log_noise < county.log_noise
    assert misread.log_noise - plain.log_noise == pytest.approx(0.5 * log(2))
    assert plain.log_noise < rumour.log_noise
    accepted = say("authority", "down", holder="MSS", score=0.5, claim={"status": Status.ACCEPTED})
    assert _one(accepted, pack).log_noise == plain.log_noise


def test_what_is_no_observation_is_told_apart(say: Recorder, pack: Pack) -> None:
    down = ("authority", "down")
    for claim, reason in (
        (say("extortion", by="MSS"), "conduct"),
        (say("motive"), "explanation"),
        (say(*down, holder="MSS", claim={"horizon": Horizon.FUTURE}), "forecast"),
        (say(*down, holder="MSS", claim={"status": Status.REJECTED}), "rejected"),
        (say(*down, holder="MSS", published=None), "undated"),
        (say(*down, holder="MSS", published=date(1999, 1, 1)), "outside the estimated weeks"),
        (say(*down, holder="MSS", claim={"when": When.parse("2024")}), "outside the estimated weeks"),
        (say(*down, holder="LEADER"), "holder"),
        (say("authority", holder="MSS"), "neither a direction nor a rank"),
        (say("transfer", from_="WPK_OGD", to="WPK"), "both ends"),
        (say("dismissal", person="nobody"), "institution of the person"),
        (say("authority", "unchanged", holder="MSS", claim={"polarity": Polarity.DENIED}), "no direction"),
    ):
        assert reason in _why_not(claim, pack)


def test_a_reason_never_repeats_a_name_that_the_pack_does_not_know(say: Recorder, pack: Pack) -> None:
    assert "Hong Kil Dong" not in _why_not(say("dismissal", person="Hong Kil Dong"), pack)
