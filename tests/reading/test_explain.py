from collections.abc import Callable

from satrap.claims import Certainty, Claim, SourceKind

Read = Callable[..., list[Claim]]


def test_as_a_result_names_the_claim_before_as_the_cause(read: Read) -> None:
    order, decline = read(
        "Kim Jong Un issued an order to the police. As a result, the authority of the police has declined."
    )
    assert decline.because == (order.id,)


def test_leading_to_links_two_claims_of_one_sentence(read: Read) -> None:
    down, up = read(
        "The authority of the police has declined, leading to an expansion of power for the party."
    )
    assert up.because == (down.id,)


def test_a_cause_that_is_no_claim_of_its_own_becomes_one(read: Read) -> None:
    claims = read("Two governors were dismissed because of the floods.")
    cause = next(claim for claim in claims if claim.kind == "cause")
    assert cause.roles["cause"][0].name == "floods"
    assert cause.roles["of"][0].id == next(claim.id for claim in claims if claim.kind == "dismissal")


def test_a_stated_purpose_is_a_motive_of_what_it_hangs_on(read: Read) -> None:
    claims = read("The party took power from the ministries in order to weaken the cabinet.")
    motive = next(claim for claim in claims if claim.kind == "motive")
    assert motive.roles["aim"][0].name == "weaken the cabinet"
    assert not any(claim.kind == "authority" for claim in claims), "what is only aimed at is not claimed"


def test_rival_motives_keep_their_voices(read: Read) -> None:
    claims = read(
        "The police lost its authority. Some see the move as a bid to please residents. "
        "It seems to be a bid to help the army."
    )
    motives = [claim for claim in claims if claim.kind == "motive"]
    assert [claim.voice.kind for claim in motives] == [SourceKind.UNSPECIFIED, SourceKind.PUBLISHER]
    assert {claim.certainty for claim in motives} == {Certainty.PROBABLE}


def test_this_applies_to_repeats_the_claim_for_others(read: Read) -> None:
    claims = read(
        "The authority of the Ministry of State Security has declined. This applies to the central body as "
        "well as the provincial offices."
    )
    assert [claim.kind for claim in claims] == ["authority", "authority"]
    (body,) = claims[-1].roles["holder"]
    assert body.id == "MSS"


def test_a_wish_that_someone_fall_is_a_feeling_about_them(read: Read) -> None:
    (claim,) = read("Residents hope that the prosecutors will be dismissed.")
    assert claim.kind == "sentiment"
    assert claim.roles["toward"][0].name == "prosecutors"


def test_what_somebody_is_said_to_want_is_a_motive(read: Read) -> None:
    claims = read(
        "Two governors were dismissed in May. One official said the premier wanted control of the ports."
    )
    motive = next(claim for claim in claims if claim.kind == "motive")
    assert motive.roles["aim"][0].name == "control of the ports"


def test_what_somebody_is_told_to_do_is_no_motive(read: Read) -> None:
    claims = read("The premier ordered governors to open their books.")
    assert [claim.kind for claim in claims] == ["order"]


def test_a_deed_done_out_of_a_feeling_has_it_as_its_cause(read: Read) -> None:
    claims = read("Ten officers resigned in November out of fear for their families.")
    cause = next(claim for claim in claims if claim.kind == "cause")
    assert cause.roles["cause"][0].name == "fear for their families"


def test_since_gives_a_reason_where_it_tells_no_point_in_time(read: Read) -> None:
    claims = read("The minister will be dismissed, since the premier needs a culprit.")
    assert "cause" in {claim.kind for claim in claims}
    assert "cause" not in {one.kind for one in read("He was dismissed in May, since the harvest had failed.")}
