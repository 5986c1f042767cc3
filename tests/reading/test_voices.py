from collections.abc import Callable

import pytest

from satrap.claims import Claim, SourceKind

Read = Callable[..., list[Claim]]
INSIDE, RESIDENT, MEDIA = SourceKind.INSIDE_SOURCE, SourceKind.RESIDENT, SourceKind.MEDIA


def voices(claims: list[Claim]) -> list[tuple[SourceKind, str | None]]:
    """The links beyond the publisher of the only claim."""
    (claim,) = claims
    return [(link.kind, link.place) for link in claim.said_by[1:]]


@pytest.mark.parametrize(
    "text",
    [
        "An inside source in Ryanggang Province told Daily Bulletin that two governors had been dismissed.",
        "Two governors have been dismissed, an inside source in Ryanggang Province told Daily Bulletin.",
        "Two governors have been dismissed, said an inside source in Ryanggang Province.",
        "According to an inside source in Ryanggang Province, two governors have been dismissed.",
        "Two governors have been dismissed, according to an inside source in Ryanggang Province.",
        "“Two governors have been dismissed,” an inside source in Ryanggang Province said.",
        "Two governors were dismissed, Daily Bulletin learned from an inside source in Ryanggang Province.",
        "Two governors were dismissed, Daily Bulletin was told by an inside source in Ryanggang Province.",
    ],
)
def test_a_source_is_found_wherever_the_sentence_puts_it(read: Read, text: str) -> None:
    assert voices(read(text)) == [(INSIDE, "KP-10")]


def test_the_outlets_own_words_have_no_link_beyond_the_publisher(read: Read) -> None:
    assert voices(read("Two governors have been dismissed.")) == []


def test_another_outlet_that_was_told_comes_before_its_source(read: Read) -> None:
    claims = read("Two governors have been dismissed, a source in Hyesan told Radio Free Asia.")
    assert voices(claims) == [(MEDIA, None), (INSIDE, "KP-10")]


def test_an_outlet_citing_a_source_comes_before_it(read: Read) -> None:
    claims = read("Two governors have been dismissed, Yonhap reported, citing a source in Hyesan.")
    assert voices(claims) == [(MEDIA, None), (INSIDE, "KP-10")]


def test_nested_speech_makes_a_chain(read: Read) -> None:
    claims = read("According to a source in Hyesan, residents are saying that the police chief was sacked.")
    assert voices(claims) == [(INSIDE, "KP-10"), (RESIDENT, None)]


def test_attribution_carries_on_within_its_paragraph_and_ends_with_it(read: Read) -> None:
    claims = read(
        "The police chief was sacked, a source in Hyesan said. His deputy was arrested.\n\n"
        "A new chief was appointed."
    )
    assert [len(claim.said_by) for claim in claims] == [2, 2, 1]


def test_a_quotation_without_a_cue_belongs_to_the_last_speaker(read: Read) -> None:
    claims = read("“The police chief was sacked,” a source in Hyesan said.\n\n“His deputy was arrested.”")
    assert [claim.voice.kind for claim in claims] == [INSIDE, INSIDE]


def test_the_source_is_the_one_spoken_of_last(read: Read) -> None:
    claims = read(
        "The police chief was sacked, a source in Hyesan said.\n\nHis deputy was arrested, the source added."
    )
    assert [claim.voice.place for claim in claims] == ["KP-10", "KP-10"]


def test_an_impersonal_belief_adds_an_unspecified_voice_and_an_impersonal_hedge_none(read: Read) -> None:
    assert voices(read("The minister is believed to have been dismissed.")) == [
        (SourceKind.UNSPECIFIED, None)
    ]
    assert voices(read("The minister was reportedly dismissed.")) == []


def test_a_worry_is_the_worriers_and_so_is_what_they_worry_about(read: Read) -> None:
    claims = read("Residents are worried that the extortion of traders will resume.")
    assert {claim.kind: claim.voice.kind for claim in claims} == {
        "sentiment": SourceKind.PUBLISHER,
        "extortion": RESIDENT,
    }


@pytest.mark.parametrize(
    ("speaker", "kind"),
    [
        ("State media", SourceKind.STATE_MEDIA),
        ("South Korea's National Intelligence Service", SourceKind.INTELLIGENCE_SERVICE),
        ("A defector", SourceKind.DEFECTOR),
        ("An analyst in Seoul", SourceKind.ANALYST),
        ("A trader in Hyesan", RESIDENT),
        ("A human rights group", SourceKind.GROUP),
        ("A unification ministry official", SourceKind.OFFICIAL),
        ("Sources", SourceKind.UNSPECIFIED),
    ],
)
def test_the_kind_of_a_source_is_read_from_its_description(
    read: Read, speaker: str, kind: SourceKind
) -> None:
    (claim,) = read(f"{speaker} said that the minister had been dismissed.")
    assert claim.voice.kind is kind


@pytest.mark.parametrize(
    "again",
    [
        "According to her, the governor was dismissed.",
        "The governor was dismissed, the Hyesan source said.",
        "The governor was dismissed, the source went on.",
        "The governor was dismissed, she predicted.",
    ],
)
def test_a_voice_comes_back_by_pronoun_or_by_the_words_it_was_introduced_with(read: Read, again: str) -> None:
    claims = read(f"The police chief was sacked, a source in Hyesan said.\n\n{again}")
    assert [(claim.voice.kind, claim.voice.place) for claim in claims] == [(INSIDE, "KP-10")] * 2


def test_it_is_the_last_body_and_she_the_last_person(read: Read) -> None:
    claims = read(
        "The police chief was sacked, a resident of Hyesan said.\n\n"
        "The governor was dismissed, state television announced.\n\n"
        "The mayor was arrested, it added.\n\nThe judge was arrested, she said."
    )
    assert [claim.voice.kind for claim in claims] == [
        RESIDENT,
        SourceKind.STATE_MEDIA,
        SourceKind.STATE_MEDIA,
        RESIDENT,
    ]


def test_a_manager_who_asks_for_anonymity_is_an_inside_source(read: Read) -> None:
    named = "The police chief was sacked, a manager in Hyesan told Daily Bulletin."
    assert voices(read(named)) == [(SourceKind.OFFICIAL, "KP-10")]
    assert voices(read(named[:-1] + ", asking for anonymity.")) == [(INSIDE, "KP-10")]


def test_an_official_who_left_the_country_is_a_defector(read: Read) -> None:
    (claim,) = read("A guard who left the country said that the minister had been dismissed.")
    assert claim.voice.kind is SourceKind.DEFECTOR


def test_a_voice_that_leads_in_a_list_speaks_in_every_item_and_no_further(read: Read) -> None:
    claims = read(
        "State media reported the following:\n\n• The governor was dismissed.\n\n"
        "• The mayor was arrested.\n\nThe judge was arrested."
    )
    assert [len(claim.said_by) for claim in claims] == [2, 2, 1]


def test_after_a_denial_the_outlet_goes_on_itself(read: Read) -> None:
    claims = read("A trader in Hyesan denied that the governor was dismissed. The mayor was arrested.")
    assert [claim.voice.kind for claim in claims] == [RESIDENT, SourceKind.PUBLISHER]


def test_lawmakers_tell_what_a_service_told_them(read: Read) -> None:
    claims = read(
        "The police chief was sacked, the National Intelligence Service told lawmakers.\n\n"
        "Lawmakers were also told that the governor was dismissed."
    )
    chain = [SourceKind.OFFICIAL, SourceKind.INTELLIGENCE_SERVICE]
    assert [[link.kind for link in claim.said_by[1:]] for claim in claims] == [chain, chain]


def test_an_aside_puts_the_whole_sentence_on_its_speakers_word(read: Read) -> None:
    claims = read("Wardens at the camp, a trader in Hyesan says, beat prisoners with belts.")
    assert voices(claims) == [(RESIDENT, "KP-10")]


def test_the_same_voice_goes_on_after_the_cue(read: Read) -> None:
    claims = read("The governor was dismissed, a trader in Hyesan said, and the mayor was arrested.")
    assert [claim.voice.kind for claim in claims] == [RESIDENT, RESIDENT]


def test_a_semicolon_ends_what_somebody_said(read: Read) -> None:
    claims = read(
        "A trader in Hyesan says that the governor was dismissed; "
        "an analyst in Seoul thinks that the mayor was arrested."
    )
    assert [claim.voice.kind for claim in claims] == [RESIDENT, SourceKind.ANALYST]


@pytest.mark.parametrize(
    "between",
    [
        "The ministry said that prices were stable.",
        "Some traders believe that prices will rise.",
    ],
)
def test_a_statement_or_a_view_in_passing_does_not_take_the_floor(read: Read, between: str) -> None:
    claims = read(f"{between} The governor was dismissed.")
    assert claims[-1].voice.kind is SourceKind.PUBLISHER


@pytest.mark.parametrize(
    "aside",
    [
        "It is unclear whether the mayor was arrested.",
        "Whether the mayor was arrested could not be verified.",
    ],
)
def test_what_nobody_could_tell_is_on_the_outlets_own_word(read: Read, aside: str) -> None:
    claims = read(f"The governor was dismissed, a trader in Hyesan said. {aside}")
    assert [claim.voice.kind for claim in claims] == [RESIDENT, SourceKind.PUBLISHER]


@pytest.mark.parametrize(
    "phrase", ["In the eyes of analysts,", "In analysts' judgement,", "Analysts are convinced that"]
)
def test_views_and_convictions_are_cues_as_well(read: Read, phrase: str) -> None:
    (claim,) = read(f"{phrase} the police chief was sacked.")
    assert claim.voice.kind is SourceKind.ANALYST


def test_who_gives_reasons_speaks_in_the_sentences_that_follow(read: Read) -> None:
    claims = read("An analyst in Seoul offered an explanation. The governor was dismissed for corruption.")
    assert [claim.voice.kind for claim in claims] == [SourceKind.ANALYST]


@pytest.mark.parametrize(
    "no_voice", ["Nobody would comment.", "Foremen now note down absences.", "He reports to the minister."]
)
def test_who_does_not_speak_takes_no_floor(read: Read, no_voice: str) -> None:
    claims = read(f"{no_voice} The governor was dismissed.")
    assert [claim.voice.kind for claim in claims] == [SourceKind.PUBLISHER]


def test_a_second_source_is_what_the_first_was(read: Read) -> None:
    text = "A source in Ryanggang Province said prices rose. A second source said two governors fell."
    assert [kind for kind, _ in voices(read(text))] == [INSIDE]


def test_a_participle_goes_on_in_the_same_voice(read: Read) -> None:
    text = (
        "Prices rose, an inside source in Ryanggang Province said, adding that two governors were dismissed."
    )
    assert voices(read(text)) == [(INSIDE, "KP-10")]


def test_whoever_is_quoted_speaks(read: Read) -> None:
    text = "The human rights group was quoted as saying that two governors were dismissed."
    assert voices(read(text)) == [(SourceKind.GROUP, None)]


@pytest.mark.parametrize(
    "text", ["No governor has been dismissed.", "If prices rise, two governors will be dismissed."]
)
def test_what_is_nobodys_word_is_the_outlets_own(read: Read, text: str) -> None:
    assert voices(read(f"A trader in Ryanggang Province said prices rose. {text}")) == []


def test_the_same_witness_is_whoever_told_last(read: Read) -> None:
    text = "A former guard said prices rose. According to the same witness, two governors were dismissed."
    assert [kind for kind, _ in voices(read(text))] == [SourceKind.DEFECTOR]
