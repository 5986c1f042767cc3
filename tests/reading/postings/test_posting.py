"""People with their ranks, posts and units, as sentences of news tell them."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from satrap.reading.postings import Posting, Span, postings
from satrap.reading.postings.grammar import Link, bundled

FRAGMENTS = re.findall(
    r"\S+|\n",
    """the of , ; . 7 3rd A. J.A.H. el - ( ) (GOC) Mr was appointed as and to / 's its led by é 1,500 General
    Maj.-Gen. GOC commander Chief Staff Director Colonels Head Obi Division Brigade Army
    Operation Police Nigerian""",
)
news = st.lists(st.sampled_from(FRAGMENTS), max_size=60).map(" ".join)


def read(text: str) -> dict[str, tuple[str | None, list[str], list[str]]]:
    """By person: rank, posts, units."""
    return {
        one.person.text: (
            one.rank.text if one.rank else None,
            [span.text for span in (*one.titles, *one.roles)],
            [span.text for span in one.organizations],
        )
        for one in postings(text)
    }


@pytest.mark.parametrize("link", bundled().links.links, ids=lambda link: link.id)
def test_every_link_reads_its_example(link: Link) -> None:
    fired = [one for one in postings(link.example.text) if link.id in one.rules]
    assert fired, f"{link.id} does not read its example"
    ranks = {one.rank.text for one in fired if one.rank}
    posts = {span.text for one in fired for span in (*one.titles, *one.roles)}
    units = {span.text for one in fired for span in one.organizations}
    assert link.example.rank is None or link.example.rank in ranks
    assert link.example.post is None or link.example.post in posts
    assert link.example.org is None or link.example.org in units


def test_a_post_before_a_person_and_its_unit() -> None:
    text = "The General Officer Commanding (GOC), 7 Division, Nigerian Army, Jos, Maj.-Gen. A. B. Obi, left."
    assert read(text) == {"A. B. Obi": ("Maj.-Gen.", ["General Officer Commanding"], ["7 Division"])}


def test_a_list_of_postings_gives_each_his_own() -> None:
    text = (
        "Affected are Maj. Gen. A. Obi, Commander, Training and Doctrine Command; Brig. Gen. B. Eze, "
        "Director, Procurement, Defence Headquarters; and Col. C. Ude, Commandant, Army School of Infantry."
    )
    assert read(text) == {
        "A. Obi": ("Maj. Gen.", ["Commander"], ["Training and Doctrine Command"]),
        "B. Eze": ("Brig. Gen.", ["Director, Procurement"], ["Defence Headquarters"]),
        "C. Ude": ("Col.", ["Commandant"], ["Army School of Infantry"]),
    }


def test_a_list_that_names_posts_first() -> None:
    text = "They are Commander, 3 Brigade, Col. Ade Obi, Commander, 4 Brigade, Col. Uche Eze, and others."
    assert read(text) == {
        "Ade Obi": ("Col.", ["Commander"], ["3 Brigade"]),
        "Uche Eze": ("Col.", ["Commander"], ["4 Brigade"]),
    }


def test_moving_from_one_post_to_another() -> None:
    text = "Major General Ade Obi, former Commander, 2 Brigade, has been appointed GOC of the new 7 Division."
    assert read(text) == {"Ade Obi": ("Major General", ["GOC", "Commander"], ["2 Brigade", "7 Division"])}


def test_one_plural_rank_is_of_all_who_follow() -> None:
    assert read("Brigadier-Generals A. Obi, Uche Eze and C. Ude came.") == {
        name: ("Brigadier-Generals", [], []) for name in ("A. Obi", "Uche Eze", "C. Ude")
    }


def test_names_of_many_countries() -> None:
    text = (
        "Colonel Juan Pérez García, General Abdel Fattah el-Sissi, Lt. Col. Nguyễn Văn Minh, "
        "Vice Marshal Ri Yong-ho and DSP Anne-Marie O'Neil met."
    )
    assert list(read(text)) == [
        "Juan Pérez García",
        "Abdel Fattah el-Sissi",
        "Nguyễn Văn Minh",
        "Ri Yong-ho",
        "Anne-Marie O'Neil",
    ]


def test_a_post_of_one_is_a_title_and_of_many_a_role() -> None:
    [one] = postings("Gen. Ade Obi, Chief of Army Staff, was a brigade commander.")
    assert [span.text for span in one.titles] == ["Chief of Army Staff"]
    assert [span.text for span in one.roles] == ["brigade commander"]


def test_the_division_is_the_one_named_before() -> None:
    text = "The 7 Division was formed.\nThe Division's GOC, Major General Ade Obi, spoke."
    assert read(text) == {"Ade Obi": ("Major General", ["GOC"], ["7 Division"])}


def test_an_acronym_the_text_explains_is_a_unit_after_it() -> None:
    text = "The River Guard Unit (RGX) came.\nCol. Ade Obi, commander of RGX, spoke."
    assert read(text) == {"Ade Obi": ("Col.", ["commander"], ["RGX"])}


@pytest.mark.parametrize(
    "text",
    [
        "A major victory in general terms: 1,500 private houses in 2015.",
        "Heads of families in the market said prices rose.",
        "Lagos State and Port Harcourt, the capital, are quiet.",
        "",
    ],
)
def test_nobody_where_nobody_is_posted(text: str) -> None:
    assert postings(text) == []


def spans(one: Posting) -> Iterator[Span]:
    yield one.person
    yield from (one.rank,) if one.rank else ()
    yield from (*one.titles, *one.roles, *one.organizations)


@given(news)
def test_spans_say_what_the_text_says(text: str) -> None:
    for one in postings(text):
        for span in spans(one):
            assert span.text
            assert text[span.start : span.end] == span.text


@given(news)
def test_people_come_in_text_order_and_once(text: str) -> None:
    people = [one.person for one in postings(text)]
    assert people == sorted(set(people))


@given(news)
def test_a_post_has_one_holder(text: str) -> None:
    posts = [span for one in postings(text) for span in (*one.titles, *one.roles)]
    assert len(posts) == len(set(posts))


@given(st.text(max_size=200))
def test_any_text_is_read(text: str) -> None:
    assert all(one.rank or one.titles or one.roles or one.organizations for one in postings(text))
