"""brat annotations: parsed strictly, and taken in as claims or as gold."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.publish.builders import KP

from satrap.claims import Certainty, Claim, Horizon, Polarity, SourceKind
from satrap.errors import ReportError
from satrap.exchange import PassedOver, Taken, Taking, take
from satrap.exchange.brat import parse
from satrap.exchange.brat_in import gold
from satrap.exchange.events import MAPPINGS
from satrap.reports import Metadata

TEXT = "국가보위성: an official said that Kim Won Hong was not dismissed\nby the Workers' Party of Korea."


def at(words: str) -> str:
    start = TEXT.index(words)
    return f"{start} {start + len(words)}"


ANNOTATED = f"""T1\tPerson {at("Kim Won Hong")}\tKim Won Hong
T2\tTrigger {at("dismissed")}\tdismissed
T3\tBody {at("Workers' Party of Korea")}\tWorkers' Party of Korea
T4\tofficial {at("an official")}\tan official
E1\tdismissal:T2 person:T1 by:T3 Voice:T4
A1\tDenied E1
A2\thorizon E1 past
R1\tis_near Arg1:T1 Arg2:T3
#1\tAnnotatorNotes T1\tsenior
*\tEquiv T1 T2
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "one.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "one.ann").write_text(ANNOTATED, encoding="utf-8")
    return tmp_path


def claims(path: Path, mapping: Path | None = None) -> list[Claim]:
    found = take("brat", path, Taking(KP, Metadata(publisher="The Weekly Observer"), mapping))
    return [claim for one in found if isinstance(one, Taken) for claim in one.claims]


def test_an_event_is_a_claim_quoted_from_its_first_word_to_its_last(folder: Path) -> None:
    [claim] = claims(folder)
    assert (claim.kind, claim.polarity, claim.horizon) == ("dismissal", Polarity.DENIED, Horizon.PAST)
    assert [argument.id for argument in claim.arguments("person", "by")] == ["kim-won-hong", "WPK"]
    assert claim.quote.exact == TEXT[TEXT.index("Kim") : TEXT.index(".")]
    assert claim.quote.holds_in(TEXT)


def test_a_voice_is_of_the_kind_that_its_span_is_and_its_words_stay_out(folder: Path) -> None:
    [claim] = claims(folder)
    assert (claim.voice.kind, claim.voice.name) == (SourceKind.OFFICIAL, None)


def test_links_of_other_types_are_counted(folder: Path) -> None:
    passed = [one.reason for one in take("brat", folder, Taking(KP)) if isinstance(one, PassedOver)]
    assert passed == ["is_near: no claim of ours"]


def test_claims_become_gold_with_their_main_roles(folder: Path) -> None:
    [claim] = claims(folder)
    coded = gold(claim, TEXT)
    assert coded.roles == {"person": (frozenset({"Kim Won Hong"}),)}
    assert (coded.kind, coded.certainty, coded.quote) == ("dismissal", Certainty.STATED, claim.quote.exact)
    assert [voice.kind for voice in coded.said_by] == [SourceKind.PUBLISHER, SourceKind.OFFICIAL]


def test_postings_of_the_security_force_monitor_are_appearances_in_a_post(tmp_path: Path) -> None:
    text = "General Aung Soe, commander of the Northern Command, spoke."
    (tmp_path / "a.txt").write_text(text)

    def span(words: str) -> str:
        return f"{text.index(words)} {text.index(words) + len(words)}\t{words}"

    (tmp_path / "a.ann").write_text(
        f"T1\tPerson {span('Aung Soe')}\nT2\tOrganization {span('Northern Command')}\n"
        f"T3\tRole {span('commander')}\nT4\tRank {span('General')}\n"
        "R1\tis_posted Arg1:T1 Arg2:T2\t\nR2\thas_role Arg1:T1 Arg2:T3\t\nR3\thas_rank Arg1:T1 Arg2:T4\n"
    )
    mapping = tmp_path / "sfm-brat.yaml"
    mapping.write_text(MAPPINGS.joinpath("sfm-brat.yaml").read_text(encoding="utf-8"), encoding="utf-8")
    [claim] = claims(tmp_path, mapping)
    assert claim.kind == "appearance"
    assert [one.name for one in claim.arguments("person", "institution", "post")] == [
        "Aung Soe",
        "Northern Command",
        "commander",
    ]


def test_discontinuous_spans_are_their_words_with_a_space_between() -> None:
    text = "North and South Hamgyong"
    made = parse("T1\tPlace 0 5;16 24\tNorth Hamgyong", text, "a.ann")
    assert made.spans["T1"].words(text) == "North Hamgyong"
    assert (made.spans["T1"].start, made.spans["T1"].end) == (0, 24)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("T1\tPerson 0 5\tother", "its words do not stand at its offsets"),
        ("T1\tPerson 0 999\tNorth", "its offsets lie outside the text"),
        ("T1\tPerson 5 0\tNorth", "its offsets lie outside the text"),
        ("T1\tPerson zero five\tNorth", "its offsets are none"),
        ("Q1\twhat", "it begins no annotation"),
        ("R1\t", "not in a form that satrap can read"),
    ],
)
def test_a_malformed_line_is_named(line: str, reason: str) -> None:
    with pytest.raises(ReportError, match=reason) as raised:
        parse(f"#1\tNote T9\tfine\n{line}", "North Hamgyong", "a.ann")
    assert str(raised.value).startswith("a.ann:2: ")


@given(st.text(max_size=60))
def test_anything_else_is_parsed_or_refused_as_unreadable(line: str) -> None:
    with suppress(ReportError):
        parse(line, "North Hamgyong", "a.ann")


def test_one_bad_file_does_not_cost_the_others(folder: Path) -> None:
    (folder / "bad.ann").write_text("T1\tPerson 0 5\tNorth")
    found = list(take("brat", folder, Taking(KP)))
    assert len([one for one in found if isinstance(one, ReportError)]) == 1
    assert len([one for one in found if isinstance(one, Taken)]) == 1
