from datetime import date, timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish.builders import ANALYST, DOWN, INSIDER, KP, Told, split, told

from satrap.claims import Access, Argument, Source, SourceKind, Tier
from satrap.errors import ProtectError
from satrap.protect.exposure import expose
from satrap.protect.public import PublicArgument, PublicClaim, PublicSource
from satrap.protect.settings import Delay, Protection
from satrap.reports import UNKNOWN

LOST = {"holder": "MSS"}
RESIDENT = Source(SourceKind.RESIDENT, place="KP-09")
RECORDED = date(2026, 1, 1)  # of all claims that the builders make
LATER = date(2030, 1, 1)


def public(pair: Told) -> PublicClaim:
    claims, reports = split([pair])
    return expose(claims, reports, KP, on=LATER).claims[claims[0].id]


def changed(pair: Told, **fields: object) -> Told:
    """The same recorded claim with some fields of the claim changed; the id stays what the ledger gave."""
    recorded, report = pair
    return msgspec.structs.replace(recorded, claim=recorded.claim.clone(**fields)), report


def test_an_anonymous_source_is_a_kind_and_a_province() -> None:
    risky = Source(SourceKind.INSIDE_SOURCE, place="KP-09-04", name="Mr Pak of the mine", number=1)
    shown = public(told("authority", LOST, direction=DOWN, voice=risky))
    assert shown.voices == ("The Weekly Observer", "an inside source in North Hamgyong")
    assert "Pak" not in repr(shown)


@pytest.mark.parametrize(
    "kind", [SourceKind.INSIDE_SOURCE, SourceKind.RESIDENT, SourceKind.OFFICIAL, SourceKind.DEFECTOR]
)
def test_days_of_those_who_speak_at_their_own_risk_become_months(kind: SourceKind) -> None:
    shown = public(told("extortion", {"by": "MSS"}, "2017-04-10", when="2017-03-04", voice=Source(kind)))
    assert (shown.when, shown.edtf) == ("March 2017", "2017-03")
    assert (shown.published, shown.published_edtf) == ("April 2017", "2017-04")


def test_a_window_over_months_is_told_by_its_months() -> None:
    shown = public(told("extortion", {"by": "MSS"}, "2017-06-10", when="2017-03-04/2017-05-02"))
    assert (shown.when, shown.edtf) == ("March 2017 to May 2017", "2017-03/2017-05")


def test_days_of_public_voices_stay_days() -> None:
    shown = public(told("extortion", {"by": "MSS"}, "2017-03-10", when="2017-03-04", voice=None))
    assert (shown.when, shown.published) == ("4 March 2017", "10 March 2017")


def test_a_risk_anywhere_in_the_chain_counts() -> None:
    through = told("authority", LOST, direction=DOWN, voice=INSIDER)
    chain = (*through[0].claim.said_by, Source(SourceKind.DOCUMENT, name="a decree"))
    assert public(changed(through, said_by=chain)).published == "March 2017"


def test_a_group_within_the_state_has_no_name_and_one_abroad_has() -> None:
    at_home = Source(SourceKind.GROUP, place="KP-09", name="the choir of one village")
    abroad = Source(SourceKind.GROUP, place="KR", name="Good Neighbours Abroad")
    assert (
        public(told("authority", LOST, direction=DOWN, voice=at_home)).voices[1]
        == "a group in North Hamgyong"
    )
    assert public(told("authority", LOST, direction=DOWN, voice=abroad)).voices[1] == "Good Neighbours Abroad"


def test_only_bodies_and_people_that_the_pack_names_are_named() -> None:
    someone = told("arrest", {"person": "Private Citizen Cho", "institution": "MSS"}, voice=None)
    assert public(someone).about == ("Ministry of State Security",)
    official = told("dismissal", {"person": "kim-won-hong"}, voice=None)
    assert public(official).about == ("Kim Won Hong",)


def test_unnamed_people_are_told_by_class() -> None:
    recorded, report = told("arrest", {"person": "head of the farm at Musan", "by": "a policeman's nephew"})
    shown = public((recorded, report))
    assert shown.roles == {
        "by": (PublicArgument("others"),),
        "person": (PublicArgument("officials"),),
    }


def test_words_of_the_text_do_not_fill_a_role() -> None:
    assert public(told("extortion", {"by": "MSS", "amount": "the dowry of one bride"})).roles == {
        "by": (PublicArgument("Ministry of State Security", "MSS"),)
    }


def test_a_local_office_is_told_by_its_province() -> None:
    office = Argument("Ministry of State Security", "MSS", tiers=(Tier.COUNTY,), places=("KP-09-04",))
    shown = public(changed(told("authority", LOST, direction=DOWN), roles={"holder": (office,)}))
    assert shown.roles["holder"][0].place == "KP-09"


def test_the_chain_for_machines_says_what_the_words_say() -> None:
    risky = Source(SourceKind.RESIDENT, place="KP-09-04", name="Mr Pak of the mine")
    assert public(told("authority", LOST, direction=DOWN, voice=risky)).chain == (
        PublicSource(SourceKind.PUBLISHER, name="The Weekly Observer"),
        PublicSource(SourceKind.RESIDENT, place="KP-09"),
    )


def test_unverified_names_are_marked() -> None:
    assert public(told("execution", {"person": "ri-yong-gil"}, voice=None)).about == ("Ri Yong Gil†",)


def test_the_words_of_a_text_not_known_to_be_published_are_withheld() -> None:
    for unpublished in (
        told("authority", LOST, direction=DOWN, publisher=UNKNOWN),
        told("authority", LOST, None, direction=DOWN, voice=ANALYST),
    ):
        shown = public(unpublished)
        assert (shown.quote, shown.title, shown.url) == ("", "", "")
    assert (
        public(told("authority", LOST, direction=DOWN, text="It lost its power.")).quote
        == "It lost its power."
    )


@pytest.mark.parametrize(("days", "leaves"), [(13, False), (14, True)])
def test_what_is_not_published_waits_from_its_recording_on(days: int, leaves: bool) -> None:
    claims, reports = split([told("authority", LOST, direction=DOWN, publisher=UNKNOWN)])
    exposed = expose(claims, reports, KP, on=RECORDED + timedelta(days=days))
    assert (len(exposed.claims), exposed.waiting) == ((1, 0) if leaves else (0, 1))


def test_what_is_published_waits_only_where_a_project_wants_it() -> None:
    claims, reports = split([told("authority", LOST, "2017-03-10", direction=DOWN)])
    assert expose(claims, reports, KP, on=date(2017, 3, 10)).waiting == 0
    patient = Protection(delay=Delay(published=30))
    assert expose(claims, reports, KP, patient, on=date(2017, 4, 8)).waiting == 1
    assert expose(claims, reports, KP, patient, on=date(2017, 4, 9)).waiting == 0


def test_without_a_day_whatever_has_a_delay_stays_back() -> None:
    claims, reports = split([told("authority", LOST, direction=DOWN, publisher=UNKNOWN)])
    assert expose(claims, reports, KP).waiting == 1


def test_words_of_those_at_risk_are_masked_and_those_of_public_voices_are_not() -> None:
    text, title = "In Hoeryong on 4 March a Mr. Pak was beaten.", "Beaten in Hoeryong"
    guarded = public(told("violence", {"by": "MSS"}, text=text, title=title, voice=RESIDENT))
    assert guarded.quote == "In [place in North Hamgyong] on [date] a [name] was beaten."
    assert guarded.title == "Beaten in [place in North Hamgyong]"
    assert public(told("violence", {"by": "MSS"}, text=text, title=title, voice=None)).quote == text


def test_quotes_are_short() -> None:
    assert len(public(told("authority", LOST, direction=DOWN, text="word " * 200)).quote) < 250


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "//example.org",
        "https://",
        "http://[x",
        "",
    ],
)
def test_only_web_addresses_become_links(address: str) -> None:
    assert public(told("authority", LOST, direction=DOWN, url=address)).url == ""


def test_a_claim_without_its_report_is_refused() -> None:
    claims, _ = split([told("authority", LOST, direction=DOWN)])
    with pytest.raises(ProtectError, match="report is not among"):
        expose(claims, {}, KP)


def test_a_public_id_is_the_same_in_every_artefact() -> None:
    pairs = [told("authority", LOST, day, direction=DOWN) for day in ("2017-05-01", "2016-05-01")]
    together = expose(*split(pairs), KP).claims
    for pair in pairs:
        assert together[pair[0].id].id == public(pair).id


def test_equals_have_ids_of_their_own() -> None:
    same = [told("authority", LOST, "2017-05-01", direction=DOWN, text="It fell.", story=s) for s in "ab"]
    twins = [(msgspec.structs.replace(one, id=f"{n:032x}"), report) for n, (one, report) in enumerate(same)]
    shown = expose(*split(twins), KP).ordered
    assert len({one.id for one in shown}) == 2
    assert [one.story for one in shown] == [1, 2]


@given(st.permutations(range(6)), st.permutations("uvwxyz"))
def test_numbers_of_stories_tell_nothing_of_their_ids(order: list[int], ids: list[str]) -> None:
    def shown(order: list[int], ids: list[str]) -> list[PublicClaim]:
        made = [
            told("authority", LOST, f"2017-0{1 + n % 2}-01", direction=DOWN, text=f"It fell {n % 3}.")
            for n in range(6)
        ]
        joined = [
            (msgspec.structs.replace(one, id=f"{n}", story=ids[n // 2]), report)
            for n, (one, report) in enumerate(made)
        ]
        return list(expose(*split(joined[n] for n in order), KP).ordered)

    assert shown(order, ids) == shown(list(range(6)), list("abcdef"))


def test_numbers_follow_publication() -> None:
    claims, reports = split(
        told("authority", LOST, day, direction=DOWN) for day in ("2017-05-01", "2016-05-01")
    )
    assert [expose(claims, reports, KP).claims[one.id].number for one in claims] == [2, 1]


SECRET = st.text("abcdefghij", min_size=8, max_size=12).map(lambda text: "canary-" + text)


@given(SECRET, st.integers(1, 9), st.sampled_from(Access))
def test_claims_that_differ_only_in_sealed_fields_are_published_alike(
    secret: str, number: int, access: Access
) -> None:
    plain = told("extortion", {"by": "MSS"}, "2017-03-10", when="2017-03", text="They take what they want.")
    recorded, report = plain
    hidden = Source(SourceKind.INSIDE_SOURCE, place="KP-09", name=secret, number=number)
    told_to_us = recorded.claim.clone(
        said_by=(recorded.claim.said_by[0], hidden),
        roles={"by": (Argument(secret, "MSS"),)},
        quote=msgspec.structs.replace(recorded.claim.quote, prefix=secret, suffix=secret),
        because=(secret,),
        access=access,
    )
    other = msgspec.structs.replace(recorded, id=told_to_us.id, claim=told_to_us, story=secret)
    secretive = msgspec.structs.replace(report, origin=secret)
    shown = expose([other], {told_to_us.report: secretive}, KP).claims[other.id]
    assert msgspec.json.encode(shown) == msgspec.json.encode(public(plain))
    assert secret not in repr(shown)


def test_posts_that_the_pack_names_are_told_and_others_are_not() -> None:
    head = next(post for post in KP.posts.values() if post.head and post.institution == "MSS")
    known = public(told("dismissal", {"person": "kim-won-hong", "post": head.id}, voice=None))
    assert known.roles["post"] == (PublicArgument(head.title, head.id),)
    unknown = public(told("dismissal", {"person": "kim-won-hong", "post": "clerk at Musan"}, voice=None))
    assert "post" not in unknown.roles
