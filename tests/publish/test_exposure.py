import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish.builders import DOWN, INSIDER, KP, Told, split, told

from satrap.claims import Access, Argument, Claim, RecordedClaim, Source, SourceKind
from satrap.errors import PublishError
from satrap.publish.exposure import SENSITIVITY, PublicClaim, Sensitivity, expose, gated, sealed
from satrap.reports import UNKNOWN, Report

LOST = {"holder": "MSS"}


def public(pair: Told) -> PublicClaim:
    claims, reports = split([pair])
    return expose(claims, reports, KP)[claims[0].id]


def changed(pair: Told, **fields: object) -> Told:
    """The same recorded claim with some fields of the claim changed; the id stays what the ledger gave."""
    recorded, report = pair
    return msgspec.structs.replace(recorded, claim=recorded.claim.clone(**fields)), report


def test_every_field_has_a_declared_sensitivity() -> None:
    for struct, declared in SENSITIVITY.items():
        assert set(declared) == {field.name for field in msgspec.structs.fields(struct)}, struct.__name__


def test_a_field_that_was_never_declared_stops_the_export() -> None:
    class Confession(msgspec.Struct):
        text: str

    with pytest.raises(PublishError, match=r"Confession\.text has no declared sensitivity"):
        sealed(Confession("who told it"))


def test_an_anonymous_source_is_a_kind_and_a_province() -> None:
    risky = Source(SourceKind.INSIDE_SOURCE, place="KP-09-04", name="Mr Pak of the mine", number=1)
    shown = public(told("authority", LOST, direction=DOWN, voice=risky))
    assert shown.voices == ("The Weekly Observer", "an inside source in North Hamgyong")
    assert "Pak" not in repr(shown)


@pytest.mark.parametrize(
    "kind", [SourceKind.INSIDE_SOURCE, SourceKind.RESIDENT, SourceKind.OFFICIAL, SourceKind.DEFECTOR]
)
def test_days_of_those_who_speak_at_their_own_risk_become_the_month_of_publication(kind: SourceKind) -> None:
    shown = public(told("extortion", {"by": "MSS"}, "2017-03-10", when="2017-03-04", voice=Source(kind)))
    assert (shown.when, shown.published) == ("", "March 2017")


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


def test_unverified_names_are_marked() -> None:
    assert public(told("execution", {"person": "ri-yong-gil"}, voice=None)).about == ("Ri Yong Gil†",)


def test_the_words_of_a_text_not_known_to_be_published_are_withheld() -> None:
    assert public(told("authority", LOST, direction=DOWN, publisher=UNKNOWN)).quote == ""
    assert public(told("authority", LOST, None, direction=DOWN)).quote == ""
    assert (
        public(told("authority", LOST, direction=DOWN, text="It lost its power.")).quote
        == "It lost its power."
    )


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


def test_claims_that_skip_the_gate_are_refused() -> None:
    claims, _ = split([told("authority", LOST, direction=DOWN)])
    with pytest.raises(PublishError, match="without passing the gate"):
        gated(claims)


def test_a_claim_without_its_report_is_refused() -> None:
    claims, _ = split([told("authority", LOST, direction=DOWN)])
    with pytest.raises(PublishError, match="report is not among"):
        expose(claims, {}, KP)


def test_numbers_follow_publication() -> None:
    claims, reports = split(
        told("authority", LOST, day, direction=DOWN) for day in ("2017-05-01", "2016-05-01")
    )
    assert [expose(claims, reports, KP)[one.id].number for one in claims] == [2, 1]


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
    shown = expose([other], {told_to_us.report: secretive}, KP)[other.id]
    assert msgspec.json.encode(shown) == msgspec.json.encode(public(plain))
    assert secret not in repr(shown)


def test_what_is_sealed_is_blank_before_anything_is_made_of_it() -> None:
    recorded, report = told("authority", LOST, direction=DOWN)
    for record in (sealed(recorded), sealed(report)):
        assert isinstance(record, RecordedClaim | Report)
        for name, sensitivity in SENSITIVITY[type(record)].items():
            if sensitivity is Sensitivity.SEALED:
                assert getattr(record, name) is None
    assert isinstance(sealed(recorded).claim, Claim)
    assert sealed(recorded).claim.quote.prefix is None
