"""The rendered page: what it may refer to, where its links lead, and that hostile text stays text."""

import re
import stat
from collections import Counter
from dataclasses import replace
from datetime import date
from html import escape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from tests.publish.builders import DOWN, KP, sample, split, told
from tests.publish.conftest import AS_OF

from satrap.claims import Source, SourceKind
from satrap.errors import ProtectError, PublishError
from satrap.estimate import Estimate
from satrap.publish import Brief, compose, render, write_brief
from satrap.publish.words import Linked

VOID = {"meta", "link", "img", "br", "hr", "input"}
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = re.compile(rf"(?:\d{{1,2}} )?(?:{MONTHS}) \d{{4}}")


class Parsed(HTMLParser):
    """Every element with its attributes, the ids, and whether tags close in order."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.open: list[str] = []
        self.text: list[str] = []
        self.within: list[tuple[tuple[tuple[str, dict[str, str]], ...], str]] = []
        self._path: list[tuple[str, dict[str, str]]] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in VOID:
            self.open.append(tag)
            self._path.append(self.elements[-1])

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag
        self._path.pop()

    def handle_data(self, data: str) -> None:
        self.text.append(data)
        self.within.append((tuple(self._path), data))

    def having(self, name: str) -> list[dict[str, str]]:
        return [attributes for _, attributes in self.elements if name in attributes]


@pytest.fixture(scope="module")
def parsed(page: str) -> Parsed:
    return Parsed(page)


def test_the_page_loads_nothing_and_runs_nothing(parsed: Parsed) -> None:
    tags = {tag for tag, _ in parsed.elements}
    assert not tags & {"script", "link", "img", "iframe", "object", "embed", "base", "form"}
    assert not parsed.having("src")
    assert not any(name.startswith("on") for _, attributes in parsed.elements for name in attributes)
    policy = next(a["content"] for a in parsed.having("http-equiv"))
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")


def test_styles_fetch_nothing(page: str) -> None:
    style = page[page.index("<style>") : page.index("</style>")]
    assert "url(" not in style
    assert "@import" not in style


def test_links_lead_within_the_page_or_to_a_report_without_telling_who_sends(parsed: Parsed) -> None:
    for link in parsed.having("href"):
        if not link["href"].startswith("#"):
            assert link["href"].startswith("https://example.org/")
            assert {"noreferrer", "noopener"} <= set(link["rel"].split())


def test_every_link_within_the_page_has_its_target_and_ids_are_unique(parsed: Parsed) -> None:
    ids = Counter(element["id"] for element in parsed.having("id"))
    assert max(ids.values()) == 1
    missing = {a["href"] for a in parsed.having("href") if a["href"].startswith("#")} - {
        f"#{one}" for one in ids
    }
    assert missing == set()


def test_every_number_in_a_finding_is_a_link_to_the_claims_behind_it(brief: Brief, page: str) -> None:
    listed = {each.key: each for each in brief.lists}
    for shown in (*brief.findings, *brief.further):
        assert listed[shown.finding.key].cited
        for part in shown.finding.sentence:
            if isinstance(part, Linked) and not part.to:
                assert f'<a class="n" href="#claims-{shown.finding.key}">{escape(part)}</a>' in page


def test_every_number_in_findings_captions_and_tables_leads_to_claims_or_to_what_defines_it(
    parsed: Parsed,
) -> None:
    """A table may carry one link for all its numbers, in its caption."""
    explained = {id(one) for one in _explained_tables(parsed)}
    loose, linked = [], 0
    for path, text in parsed.within:
        tags = {tag for tag, _ in path}
        finding = any(element.get("id") == "findings" for _, element in path) and "article" in tags
        if not (finding or tags & {"figcaption", "table"}) or tags & {"q", "svg"}:
            continue
        if not re.search(r"\d", DATE.sub("", text)):
            continue
        if "a" in tags or any(id(element) in explained for _, element in path):
            linked += 1
        else:
            loose.append(text.strip())
    assert loose == []
    assert linked > 300


def _explained_tables(parsed: Parsed) -> list[dict[str, str]]:
    """The tables whose caption has a link to a list of claims or to a paragraph of the method."""
    return [
        next(element for tag, element in path if tag == "table")
        for path, _ in parsed.within
        if [tag for tag, _ in path][-1:] == ["a"]
        and "caption" in {tag for tag, _ in path}
        and path[-1][1]["href"].startswith(("#claims-", "#method-"))
    ]


def test_no_id_of_the_pack_is_shown_to_a_reader(parsed: Parsed) -> None:
    ids = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, {*KP.institutions, *KP.places}))})(?![\w-])")
    for path, text in parsed.within:
        if not {tag for tag, _ in path} & {
            "q",
            "style",
            "ol",
        }:  # quotations are others' words
            assert not ids.search(text)
    for element in [*parsed.having("aria-label"), *parsed.having("title")]:
        assert not ids.search(element.get("aria-label", "") + element.get("title", ""))


def test_what_was_simulated_is_told_after_what_was_claimed_with_its_caveat_beside_it(page: str) -> None:
    last = page.index("Simulated, not observed")
    assert page.index("Estimated from claims") < last
    assert page.index("Counted, not measured") < last
    assert 'class="beside caveat"' in page[last : page.index("Also")]


def test_a_settled_conflict_says_what_held(brief: Brief) -> None:
    assert render(brief).count("A later appearance settles it: alive later.") == 1


def test_a_day_without_conflicts_says_so_in_a_line_and_counts_later_ones(
    brief: Brief, estimated: Estimate
) -> None:
    claims, reports = split(sample())
    earlier = compose(
        pack=KP,
        claims=[one for one in claims if one.claim.kind not in {"execution", "appearance"}],
        reports=reports,
        estimate=estimated,
        as_of=date(2016, 12, 1),
        since=date(2016, 6, 1),
    )
    text = " ".join("".join(Parsed(render(earlier)).text).split())
    assert "no conflict about events up to this day, which is no proof of agreement. " in text
    assert earlier.later_conflicts == 1
    assert "1 more concerns later events." in text
    assert "more concern later events." not in render(replace(brief, later_conflicts=0))
    assert "2 more concern later events." in render(replace(brief, later_conflicts=2))


def test_every_panel_and_tile_is_a_link_to_a_list_of_claims(brief: Brief, parsed: Parsed) -> None:
    drawn = [a for a in parsed.having("class") if a["class"].split()[0] in {"panel", "tile"}]
    keys = {f"#claims-{each.key}" for each in brief.lists}
    assert len(drawn) > 2 * len(KP.authority) + 2 * len(KP.provinces)
    assert {a["href"] for a in drawn} <= keys


def test_every_drawn_chart_has_a_table_twin(page: str, brief: Brief) -> None:
    figures = [*brief.authority, *(brief.outlook.figures if brief.outlook else ())]
    for figure in figures:
        assert figure.table.rows
        assert f"<caption>{figure.title} <span" in page


def test_tags_close_in_order_and_landmarks_and_headings_are_there(parsed: Parsed) -> None:
    assert parsed.open == []
    tags = Counter(tag for tag, _ in parsed.elements)
    assert tags["main"] == tags["h1"] == tags["header"] == tags["footer"] == tags["nav"] == 1
    levels = [
        int(tag[1]) for tag, _ in parsed.elements if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit()
    ]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_certainty_reliability_and_reading_stay_three(page: str, brief: Brief) -> None:
    assert page.count("<dt>Text</dt>") == page.count("<dt>Source</dt>") == page.count("<dt>Reader</dt>")
    assert page.count("<dt>Text</dt>") == len(brief.claims)


def test_the_page_is_small(page: str) -> None:
    assert len(page.encode()) < 1_500_000


def test_hostile_text_stays_text(estimated: Estimate) -> None:
    attack = '"><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}'
    hostile = told(
        "extortion",
        {"by": "MSS", "on": attack},
        "2017-06-01",
        text=attack,
        publisher=attack,
        title=attack,
        url="javascript:alert(1)",
        voice=Source(SourceKind.MEDIA, name=attack),
        cues=(attack,),
    )
    claims, reports = split([*sample(), hostile])
    page = render(
        compose(pack=KP, claims=claims, reports=reports, estimate=estimated, as_of=AS_OF, version=attack)
    )
    parsed = Parsed(page)
    assert "alert(1)" in "".join(parsed.text)
    assert "{{ 7*7 }}" in "".join(parsed.text)
    assert not {"script", "img"} & {tag for tag, _ in parsed.elements}
    assert not any("javascript" in a["href"] for a in parsed.having("href"))
    assert not any(name.startswith("on") for _, attributes in parsed.elements for name in attributes)


def test_claims_that_did_not_pass_the_gate_are_not_rendered(brief: Brief) -> None:
    claims, _ = split([told("authority", {"holder": "MSS"}, direction=DOWN)])
    with pytest.raises(ProtectError, match="without passing the gate"):
        render(replace(brief, claims=(*brief.claims, claims[0])))  # type: ignore[arg-type]


def test_an_empty_ledger_gives_a_brief_that_says_so(empty_page: str) -> None:
    text = " ".join("".join(Parsed(empty_page).text).split())
    assert "The ledger holds no claims. Everything below is the prior" in text
    assert "No findings" in text
    assert text.count("no claims: prior only") >= 2 * len(KP.provinces)
    assert "All institutions: everywhere" in text


def test_what_only_the_prior_says_is_hatched_and_labelled(parsed: Parsed, empty_page: str) -> None:
    tiles = [a["class"] for a in Parsed(empty_page).having("class") if a["class"].startswith("tile ")]
    assert set(tiles) == {"tile prior"}
    panels = [a["class"] for a in parsed.having("class") if a["class"].startswith("panel ")]
    assert "panel prior" in panels


def test_a_brief_is_written_whole_or_not_at_all(
    brief: Brief, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "brief.html"
    assert write_brief(path, brief) == path
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(PublishError, match="No space left on device"):
        write_brief(path, brief)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_missing_folder_is_told_with_the_remedy(brief: Brief, tmp_path: Path) -> None:
    with pytest.raises(PublishError, match="name a file in a folder you can write to"):
        write_brief(tmp_path / "nowhere" / "brief.html", brief)
