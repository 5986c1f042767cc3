from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satrap.claims import Argument, Claim, Direction, Quote, Reading, Source, SourceKind, When, family, kinds
from satrap.claims.wire import decode, encode

TEXT = "The authority of the ministry has declined, an inside source in South Hwanghae said."
READING = Reading("rules", "1", 0.9, ("authority.decline",))


def decline(**changes: object) -> Claim:
    claim = Claim(
        report="r" * 64,
        quote=Quote.at(TEXT, 0, 42),
        kind="authority",
        roles={"holder": (Argument("Ministry of State Security", "MSS"),)},
        direction=Direction.DOWN,
        said_by=(Source(SourceKind.PUBLISHER, name="Daily NK"), Source(SourceKind.INSIDE_SOURCE, "KP-05")),
        reading=READING,
    )
    return claim.clone(**changes)


def test_a_claim_round_trips_through_its_wire_form() -> None:
    claim = decline(when=When.parse("2017-06"))
    assert decode(encode(claim)) == claim


def test_canonical_form_does_not_depend_on_the_order_in_which_roles_were_found() -> None:
    mps, wpk = (Argument("police", "MPS"),), (Argument("party", "WPK"),)
    one = decline(kind="transfer", direction=None, roles={"from": mps, "to": wpk})
    other = decline(kind="transfer", direction=None, roles={"to": wpk, "from": mps})
    assert encode(one) == encode(other)
    assert one.id == other.id


def test_reading_again_with_another_score_or_reviewing_keeps_the_id() -> None:
    claim = decline()
    assert claim.clone(reading=Reading("other", "2", 0.1), because=("x",)).id == claim.id


def test_another_voice_makes_another_claim() -> None:
    assert decline(said_by=(Source(SourceKind.PUBLISHER, name="Daily NK"),)).id != decline().id


def test_the_voice_is_the_innermost_link() -> None:
    assert decline().voice.kind is SourceKind.INSIDE_SOURCE


@pytest.mark.parametrize(
    ("changes", "complaint"),
    [
        ({"kind": "rumour"}, "unknown claim kind 'rumour'"),
        ({"roles": {"victim": ()}}, "authority has no role 'victim'"),
        ({"kind": "order", "roles": {}}, "order takes no direction"),
        ({"said_by": ()}, "said_by is empty"),
    ],
)
def test_an_impossible_claim_is_refused_with_its_reason(changes: dict[str, object], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        decline(**changes)


def test_every_family_of_the_design_is_there() -> None:
    assert {schema.family for schema in kinds().values()} == {
        "authority",
        "personnel",
        "command",
        "conduct",
        "public",
        "explanation",
    }
    assert family("inspection") == "command"


@given(st.text(st.characters(exclude_characters="\0"), min_size=1, max_size=200), st.data())
def test_a_quote_holds_in_its_text_and_not_in_a_text_changed_under_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    quote = Quote.at(text, start, end)
    assert quote.holds_in(text)
    assert not quote.holds_in(text[:start] + "\0" + text)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 2), (-1, 2), (0, 1000)])
def test_a_quote_outside_its_text_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="empty or outside"):
        Quote.at(TEXT, start, end)


@pytest.mark.parametrize(
    ("edtf", "earliest", "latest"),
    [
        ("2017", date(2017, 1, 1), date(2017, 12, 31)),
        ("2017-02", date(2017, 2, 1), date(2017, 2, 28)),
        ("2017-06-15", date(2017, 6, 15), date(2017, 6, 15)),
        ("2017-01/2017-03", date(2017, 1, 1), date(2017, 3, 31)),
        ("2017-01?", date(2017, 1, 1), date(2017, 1, 31)),
        ("2012-03/..", date(2012, 3, 1), date.max),
        ("../2011", date.min, date(2011, 12, 31)),
        ("201X", date(2010, 1, 1), date(2019, 12, 31)),
    ],
)
def test_a_date_means_the_days_between_its_bounds(edtf: str, earliest: date, latest: date) -> None:
    when = When.parse(edtf)
    assert (when.earliest, when.latest) == (earliest, latest)
    assert when.days == (latest - earliest).days + 1


@pytest.mark.parametrize("text", ["", "soon", "2017-13", "2017-02-30", "15/06/2017"])
def test_what_is_not_a_date_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match=repr(text) if text != "2017-02-30" else ".*"):
        When.parse(text)
