import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.publish.builders import DOWN, INSIDER, KP, Told, split, told

from satrap.claims import Argument, Source, SourceKind, Tier
from satrap.protect.coarse import at_risk
from satrap.protect.coarsening import Step, narrowest, people
from satrap.protect.exposure import Exposed, expose
from satrap.protect.settings import Protection

RESIDENT = Source(SourceKind.RESIDENT, place="KP-10")
DEFECTOR = Source(SourceKind.DEFECTOR, place="KP-13")


def shown(pair: Told, k: int) -> Exposed:
    return expose(*split([pair]), KP, Protection(k=k))


def demotion() -> Told:
    """What an inside source says of one named official in one month."""
    return told(
        "dismissal",
        {"person": "kim-won-hong"},
        "2017-03-10",
        text="Kim Won Hong fell in Hoeryong, North Hamgyong, in March 2017.",
        places=("KP-09",),
        title="A fall in March",
    )


def test_enough_people_leave_a_claim_as_it_is() -> None:
    exposed = shown(demotion(), k=1)
    (claim,) = exposed.ordered
    assert not exposed.steps
    assert (claim.published_edtf, claim.places, claim.about) == (
        "2017-03",
        ("North Hamgyong",),
        ("Kim Won Hong",),
    )
    assert claim.url


def test_what_a_reader_misses_least_goes_first() -> None:
    steps = [tuple(shown(demotion(), k).steps) for k in (1, 50, 200, 500, 1000, 5000, 20000)]
    assert steps[0] == ()
    assert (Step.QUARTER,) in steps
    assert any(Step.INSTITUTION in each and Step.STATE not in each for each in steps)
    weights = [sum(2 ** list(Step).index(one) for one in each) for each in steps]
    assert weights == sorted(weights)


def test_a_claim_that_is_told_more_coarsely_says_so_everywhere() -> None:
    recorded, report = demotion()
    voices = at_risk(recorded.claim, KP)
    coarsest = narrowest(recorded, report, KP, 1)
    assert coarsest is not None
    k = int(people(coarsest.claim, voices, KP)) + 1
    seen = set[Step]()
    while (found := narrowest(recorded, report, KP, k)) is not None:
        claim = found.claim
        seen |= found.steps
        if Step.YEAR in found.steps:
            assert "March" not in claim.published + claim.quote + claim.title
        if Step.INSTITUTION in found.steps:
            assert "Kim Won Hong" not in repr(claim)
            assert "kim-won-hong" not in repr(claim)
        if Step.STATE in found.steps:
            assert "Hamgyong" not in repr(claim)
            assert "KP-09" not in repr(claim)
        if Step.UNWORDED in found.steps:
            assert claim.quote == claim.title == ""
        assert claim.url == ""
        k = int(people(claim, voices, KP)) + 1
    assert seen == set(Step)


def test_below_k_however_coarse_nothing_leaves_and_it_is_counted() -> None:
    exposed = shown(demotion(), k=1_000_000)
    assert (exposed.ordered, exposed.withheld, exposed.given, exposed.at_risk) == ((), 1, 1, 1)


def test_public_voices_need_no_circle() -> None:
    pair = told("dismissal", {"person": "kim-won-hong"}, "2017-03-10", voice=None, when="2017-03-04")
    (claim,) = shown(pair, k=1_000_000).ordered
    assert (claim.published, claim.when) == ("10 March 2017", "4 March 2017")


def test_an_office_below_the_province_narrows_the_circle_until_its_level_is_dropped() -> None:
    village = Argument("Ministry of State Security", "MSS", tiers=(Tier.VILLAGE,), places=("KP-10-05",))
    recorded, report = told("authority", {"holder": "MSS"}, direction=DOWN, places=("KP-10",))
    local = msgspec.structs.replace(recorded, claim=recorded.claim.clone(roles={"holder": (village,)}))
    exposed = shown((local, report), k=10)
    assert Step.INSTITUTION in exposed.steps
    assert exposed.ordered[0].roles["holder"][0].tiers == ()


def test_few_defectors_of_a_small_place_are_told_as_of_the_state() -> None:
    exposed = shown(told("dismissal", {"institution": "MSS"}, places=("KP-13",), voice=DEFECTOR), k=10)
    assert Step.STATE in exposed.steps
    assert exposed.ordered[0].voices[1] == "a defector"


@pytest.mark.parametrize(
    "voice",
    [
        Source(SourceKind.GROUP, place="KP-09"),
        Source(SourceKind.DOCUMENT, place="KP-09"),
        Source(SourceKind.UNSPECIFIED, place="KP-09"),
        Source(SourceKind.OFFICIAL),
    ],
    ids=lambda voice: voice.kind,
)
def test_whoever_may_be_few_within_the_state_is_at_risk(voice: Source) -> None:
    assert at_risk(told("authority", {"holder": "MSS"}, voice=voice)[0].claim, KP)


def test_officials_of_other_states_speak_in_public() -> None:
    lawmaker = Source(SourceKind.OFFICIAL, place="KR")
    assert not at_risk(told("authority", {"holder": "MSS"}, voice=lawmaker)[0].claim, KP)


@settings(deadline=None)  # the first compiles the pack's names
@given(st.integers(1, 10_000), st.sampled_from([INSIDER, DEFECTOR, RESIDENT]))
def test_whatever_leaves_could_have_been_told_by_k(k: int, voice: Source) -> None:
    recorded, report = told("violence", {"by": "MSS"}, places=("KP-10",), when="2017-03-04", voice=voice)
    found = narrowest(recorded, report, KP, k)
    if found is not None:
        assert people(found.claim, at_risk(recorded.claim, KP), KP) >= k
