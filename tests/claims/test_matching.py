from hypothesis import given
from hypothesis import strategies as st

from satrap.claims import (
    Argument,
    Certainty,
    Claim,
    Direction,
    Horizon,
    Polarity,
    Quote,
    Reading,
    Source,
    SourceKind,
)
from satrap.claims.gold import GoldClaim, GoldVoice
from satrap.claims.matching import Comparison, match, same_words

TEXT = "The authority of the police has declined. The police chief was sacked by the party. Traders are glad."
HOW = Comparison([(0, 41), (42, 83), (84, 101)])
PUBLISHER = Source(SourceKind.PUBLISHER, name="Daily Bulletin")
READING = Reading("rules", "1", 0.9)


def read(start: int = 0, kind: str = "authority", **changes: object) -> Claim:
    roles: dict[str, tuple[Argument, ...]] = (
        {"holder": (Argument("police"),)} if kind == "authority" else {"person": (Argument("police chief"),)}
    )
    claim = Claim(
        report="r" * 64,
        quote=Quote.at(TEXT, start, start + 10),
        kind=kind,
        said_by=(PUBLISHER,),
        reading=READING,
        roles=roles,
        direction=Direction.DOWN if kind == "authority" else None,
    )
    return claim.clone(**changes)


def gold(start: int = 0, kind: str = "authority", *, optional: bool = False, **changes: object) -> GoldClaim:
    fields: dict[str, object] = {
        "id": f"g{start}{kind}",
        "report": "",
        "start": start,
        "end": start + 10,
        "quote": TEXT[start : start + 10],
        "kind": kind,
        "direction": Direction.DOWN if kind == "authority" else None,
        "polarity": Polarity.AFFIRMED,
        "certainty": Certainty.STATED,
        "horizon": Horizon.PRESENT,
        "said_by": (GoldVoice(SourceKind.PUBLISHER),),
        "optional": optional,
        "when": None,
        "because": None,
        "roles": {"holder": (frozenset({"police", "Ministry of Social Security"}),)}
        if kind == "authority"
        else {"person": (frozenset({"police chief"}),)},
    }
    return GoldClaim(**(fields | changes))  # type: ignore[arg-type]


def test_the_same_claim_matches_leniently_and_strictly() -> None:
    assert match([read()], [gold()], HOW).f1 == match([read()], [gold()], HOW, strict=True).f1 == 1.0


def test_another_sentence_or_kind_or_other_people_do_not_match() -> None:
    for wrong in (read(start=42), read(kind="dismissal"), read(roles={"holder": (Argument("army"),)})):
        score = match([wrong], [gold()], HOW)
        assert (len(score.pairs), len(score.misses), len(score.false)) == (0, 1, 1)


def test_strict_also_wants_direction_polarity_certainty_horizon_voice_and_every_main_role() -> None:
    source = Source(SourceKind.INSIDE_SOURCE)
    for changes in (
        {"direction": Direction.UP},
        {"polarity": Polarity.DENIED},
        {"certainty": Certainty.POSSIBLE},
        {"horizon": Horizon.FUTURE},
        {"said_by": (PUBLISHER, source)},
        {"roles": {"holder": (Argument("police"), Argument("army"))}},
    ):
        claim = read(**changes)
        assert match([claim], [gold()], HOW).f1 == 1.0, changes
        assert match([claim], [gold()], HOW, strict=True).f1 == 0.0, changes


def test_an_optional_claim_is_neither_a_miss_nor_makes_a_false_alarm() -> None:
    missed = match([], [gold(optional=True)], HOW)
    found = match([read()], [gold(optional=True)], HOW)
    assert (missed.misses, found.false, found.pairs) == ([], [], [])
    assert len(found.spared) == 1


def test_a_core_claim_is_matched_before_an_optional_one() -> None:
    score = match([read()], [gold(optional=True), gold()], HOW)
    assert [coded.optional for _, coded in score.pairs] == [False]


def test_matching_is_one_to_one_and_prefers_the_pair_that_agrees_most() -> None:
    hedged = gold(certainty=Certainty.POSSIBLE)
    score = match([read(), read(certainty=Certainty.POSSIBLE)], [hedged, gold()], HOW)
    assert len(score.pairs) == 2
    assert score.accuracy["certainty"] == 1.0


def test_the_voice_is_counted_among_claims_that_have_one_beyond_the_publisher() -> None:
    inside = GoldVoice(SourceKind.INSIDE_SOURCE, "South Hwanghae")
    how = Comparison(
        HOW.sentences, same_place=lambda name, place: (name, place) == ("South Hwanghae", "KP-05")
    )
    told = gold(said_by=(GoldVoice(SourceKind.PUBLISHER), inside))
    right = read(said_by=(PUBLISHER, Source(SourceKind.INSIDE_SOURCE, "KP-05")))
    assert match([right], [told], how).voice_beyond_publisher == 1.0
    assert match([read()], [told], how).voice_beyond_publisher == 0.0
    assert match([read()], [gold()], how).voiced == 0


def test_scores_of_documents_add_up() -> None:
    total = match([read()], [gold()], HOW)
    total += match([], [gold()], HOW)
    assert (total.precision, total.recall) == (1.0, 0.5)


def test_names_compare_by_their_content_words() -> None:
    assert same_words(Argument("high level officials"), "officials")
    assert same_words(Argument("Workers' Party of Korea"), "the Workers’ Party of Korea")
    assert not same_words(Argument("Ministry of State Security"), "Ministry of Social Welfare and Labour")
    assert not same_words(Argument("party"), "police")


@given(st.lists(st.sampled_from([0, 42, 84]), max_size=6), st.lists(st.sampled_from([0, 42, 84]), max_size=6))
def test_every_claim_ends_up_in_exactly_one_place(mine: list[int], theirs: list[int]) -> None:
    score = match([read(at) for at in mine], [gold(at) for at in theirs], HOW)
    assert len(score.pairs) + len(score.spared) + len(score.false) == len(mine)
    assert len(score.pairs) + len(score.spared) + len(score.misses) == len(theirs)
    assert 0.0 <= score.f1 <= 1.0
