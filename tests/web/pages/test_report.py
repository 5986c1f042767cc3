from hypothesis import given
from hypothesis import strategies as st
from tests.publish.builders import told

from satrap.claims import Quote, RecordedClaim
from satrap.web.pages.report import segments

TEXT = "The ministry lost its cases, and its head was dismissed in January."


def quoted(start: int, end: int) -> RecordedClaim:
    one, _ = told("dismissal", {"person": "x"}, text=TEXT)
    return RecordedClaim(
        id=f"{start}-{end}",
        claim=one.claim.clone(quote=Quote.at(TEXT, start, end)),
        publisher=one.publisher,
        outlet=one.outlet,
        published=one.published,
        story=one.story,
        known_at=one.known_at,
    )


SPANS = st.lists(
    st.tuples(st.integers(0, len(TEXT) - 1), st.integers(1, 30)).map(
        lambda one: quoted(one[0], min(one[0] + one[1], len(TEXT)))
    ),
    max_size=6,
    unique_by=lambda one: one.id,
)


@given(SPANS)
def test_segments_are_the_text_and_every_quote_is_whole(claims: list[RecordedClaim]) -> None:
    cut = segments(TEXT, claims)
    assert "".join(one.text for one in cut) == TEXT
    for claim in claims:
        assert "".join(one.text for one in cut if claim.id in one.claims) == claim.claim.quote.exact
        assert sum(claim.id in one.begins for one in cut) == 1


def test_where_quotes_overlap_the_shorter_one_gives_its_family() -> None:
    inner, outer = quoted(4, 12), quoted(0, 27)
    [over] = [one for one in segments(TEXT, [outer, inner]) if len(one.claims) == 2]
    assert over.text == "ministry"
    assert over.claims[0] == inner.id
