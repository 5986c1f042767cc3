from typing import Any

import pytest
from tests.review.builders import TEXT, claim

from satrap.claims import Access, Argument, Certainty, Claim, Source, SourceKind, Tier, When
from satrap.country import Pack, load_pack
from satrap.errors import ClaimError
from satrap.review import edited, sheet, with_values


@pytest.fixture(scope="module")
def pack() -> Pack:
    return load_pack("kp")


def test_a_sheet_that_nobody_touched_says_the_same(pack: Pack) -> None:
    one = claim().clone(when=When.parse("2017-01"), access=Access.TOLD)
    assert edited(one, sheet(one), "claim.yaml", TEXT, pack) == one


def test_a_sheet_lists_the_words_that_fields_may_take() -> None:
    assert "# certainty: stated, probable, possible, doubtful\n" in sheet(claim())


def test_any_field_can_be_corrected(pack: Pack) -> None:
    text = """
kind: authority
direction: down
roles: {holder: [{name: Ministry of State Security, id: MSS, tiers: [central], places: [KP-05]}]}
certainty: stated
polarity: denied
horizon: past
when: 2017
places: [KP-05]
access: told
cues: []
because: []
said_by: [{kind: publisher, name: Daily NK}, {kind: resident, number: 2}]
quote: The ministry is weak, residents say.
"""
    found = edited(claim(), text, "claim.yaml", TEXT, pack)
    ministry = Argument("Ministry of State Security", "MSS", (Tier.CENTRAL,), ("KP-05",))
    assert found.roles == {"holder": (ministry,)}
    assert found.said_by[1] == Source(SourceKind.RESIDENT, number=2)
    assert type(found.said_by[1]) is Source
    assert type(found.roles["holder"][0]) is Argument
    assert (found.when, found.quote.exact) == (When.parse("2017"), "The ministry is weak, residents say.")
    assert found.quote.holds_in(TEXT)
    assert found.reading == claim().reading


def test_a_quote_that_stands_twice_is_the_nearest(pack: Pack) -> None:
    twice = "The ministry is weak"
    starts = [
        with_values(claim(near), [("quote", twice)], TEXT, pack).quote.start
        for near in ("Kim", "residents say")
    ]
    assert starts == [TEXT.index(twice), TEXT.rindex(twice)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("certainty: probabel", r"claim.yaml:1: certainty: .*did you mean probable\?"),
        ("kind: dismissal\ncertanty: stated", r"claim.yaml:2: certanty: .*did you mean certainty\?"),
        ("kind: sacking", r"kind: unknown kind 'sacking'"),
        ("roles: {holder: []}", r"roles.holder: dismissal has no such role"),
        ("roles:\n  person:\n  - {nam: Kim}", r":3: roles.person\[0\].*: "),
        ("roles: {person: [{name: Kim, id: KIMM}]}", r"roles.person\[0\].id: 'KIMM' is not known"),
        ("roles: {person: [{name: Kim, tiers: [centre]}]}", r"roles.person\[0\].tiers\[0\]: .*central"),
        ("direction: down", r"direction: dismissal takes no direction"),
        ("said_by: []", r"said_by: is empty"),
        ("said_by: [{kind: insider}]", r"said_by\[0\].kind: .*inside source"),
        ("said_by: [{kind: resident, place: KP-99}]", r"said_by\[0\].place: 'KP-99' is not known"),
        ("places: [Pyongyang]", r"places\[0\]: 'Pyongyang' is not known"),
        ("when: last year", r"when: 'last year' is not an EDTF date"),
        ("quote: was sacked", r"quote: these words do not stand in the report"),
        ("quote: ''", r"quote: these words do not stand in the report"),
        ("reading: {}", r"reading: is no field that can be corrected"),
        ("- kind", r"is not a claim"),
        ("kind: [", r"claim.yaml:1: not valid YAML"),
    ],
)
def test_a_fault_names_line_and_key(pack: Pack, text: str, said: str) -> None:
    with pytest.raises(ClaimError, match=said):
        edited(claim(), text, "claim.yaml", TEXT, pack)


@pytest.mark.parametrize(
    ("path", "value", "field", "wanted"),
    [
        ("certainty", "doubtful", "certainty", Certainty.DOUBTFUL),
        ("when", "2017-03", "when", When.parse("2017-03")),
        ("when", "", "when", None),
        ("places[0]", "KP-01", "places", ("KP-01",)),
        ("roles.institution[0].name", "MSS", "roles", {**claim().roles, "institution": (Argument("MSS"),)}),
        (
            "said_by[1].number",
            "3",
            "said_by",
            (claim().said_by[0], Source(SourceKind.INSIDE_SOURCE, "KP-05", None, 3)),
        ),
    ],
)
def test_a_field_is_set_by_its_path(pack: Pack, path: str, value: str, field: str, wanted: Any) -> None:
    found: Claim = with_values(claim(), [(path, value)], TEXT, pack)
    assert getattr(found, field) == wanted


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("certainty", "sure", "^certainty: "),
        ("said_by[7].kind", "resident", r"^said_by\[7\]: there is no such place"),
        ("certainty.word", "x", r"^certainty.word: there is no such place"),
        ("", "x", "names no field"),
        ("wen", "2017", r"^wen: .*did you mean when\?"),
    ],
)
def test_a_path_that_leads_nowhere_is_named(pack: Pack, path: str, value: str, said: str) -> None:
    with pytest.raises(ClaimError, match=said):
        with_values(claim(), [(path, value)], TEXT, pack)
