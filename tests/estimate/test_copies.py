from datetime import date

import msgspec

from satrap.claims import RecordedClaim, Source, SourceKind
from satrap.country import Pack
from satrap.estimate import estimate
from satrap.estimate.copies import in_order, without_copies
from satrap.estimate.loadings import bundled
from satrap.estimate.observations import observe
from satrap.estimate.offices import Offices
from satrap.estimate.weeks import Weeks

from .conftest import END, START, Recorder


def _kept(claims: list[RecordedClaim], pack: Pack) -> tuple[list[str], dict[str, str]]:
    placed, unplaced = observe(claims, Offices(pack), Weeks.spanning(START, END), bundled())
    assert not unplaced
    kept, copies = without_copies(placed)
    return [recorded.id for recorded, _ in kept], {copy.claim: copy.reason for copy in copies}


def test_the_first_telling_of_a_story_is_kept(say: Recorder, pack: Pack) -> None:
    reprint = say("authority", "down", holder="MSS", story="s", published=date(2017, 6, 20))
    first = say("authority", "down", holder="MSS", story="s", published=date(2017, 6, 15))
    kept, copies = _kept([reprint, first], pack)
    assert kept == [first.id]
    assert first.id in copies[reprint.id]


def test_a_reprint_that_blurs_the_voice_is_still_a_copy(say: Recorder, pack: Pack) -> None:
    first = say("authority", "down", holder="MSS", story="s")
    reprint = say(
        "authority",
        "down",
        holder="MSS",
        story="s",
        published=date(2017, 6, 16),
        voice=Source(SourceKind.UNSPECIFIED),
    )
    assert _kept([first, reprint], pack)[0] == [first.id]


def test_two_voices_of_one_report_are_two_claims_but_one_voice_twice_is_one(
    say: Recorder, pack: Pack
) -> None:
    there = Source(SourceKind.INSIDE_SOURCE, place="KP-09")
    one, again, other = (
        say("authority", "down", holder="MSS", story="s", report="r", voice=voice)
        for voice in (None, None, there)
    )
    kept, copies = _kept([one, again, other], pack)
    assert other.id in kept
    assert len(kept) == 2
    assert len(copies) == 1


def test_other_assertions_and_other_stories_are_no_copies(say: Recorder, pack: Pack) -> None:
    claims = [
        say("authority", "down", holder="MSS", story="s"),
        say("authority", "up", holder="WPK", story="s"),
        say("authority", "down", holder="MSS", story="t"),
    ]
    assert _kept(claims, pack)[0] == [one.id for one in claims]


def test_the_order_is_that_of_the_record_whatever_ids_hash_to(say: Recorder, pack: Pack) -> None:
    told = [
        say("authority", "down", holder="MSS", story=story, published=date(2017, 6, day))
        for story, day in (("s", 15), ("t", 16), ("u", 17))
    ]
    recorded = [msgspec.structs.replace(one, position=at) for at, one in enumerate(told, 1)]
    renamed = [msgspec.structs.replace(one, id=f"{9 - at}") for at, one in enumerate(recorded)]
    assert in_order([*reversed(recorded), recorded[0]]) == recorded
    assert in_order(reversed(renamed)) == renamed
    first, second = (
        estimate(claims, pack, start=START, end=END, seed=1).bands() for claims in (recorded, renamed[::-1])
    )
    assert first.equals(second)
