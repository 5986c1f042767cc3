"""Every address answers, says no more than it may, and leads to the words that its numbers rest on."""

import random
import re
from collections import defaultdict
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from starlette.testclient import TestClient
from tests.web.addresses import PAGES
from tests.web.conftest import HERE
from tests.web.hostile import bad

from satrap.web.desk import Desk
from satrap.web.held import Held


class Links(HTMLParser):
    """What a page loads, where its links lead, and which of these are estimates."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.loads: list[str] = []
        self.leads: list[str] = []
        self.estimates: list[str] = []
        self.ids: set[str] = set()
        self.events: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.ids.add(given.get("id", ""))
        self.events += [name for name in given if name.startswith("on") or name == "style"]
        if tag in ("link", "script", "img", "iframe"):
            self.loads.append(given.get("href") or given.get("src") or "")
        if tag == "a":
            self.leads.append(given.get("href", ""))
            if "estimate" in given.get("class", "").split():
                self.estimates.append(given.get("href", ""))


@pytest.fixture(scope="module")
def claims(held: Held) -> list[str]:
    """Pages of claims and reports."""
    return [f"/claim/{one.id}" for one in held.claims] + [
        f"/report/{one.claim.report}" for one in held.claims
    ]


@pytest.mark.parametrize("path", PAGES)
def test_pages_answer_in_html_that_loads_nothing_from_elsewhere(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text[-1500:]
    found = Links(answer.text)
    assert all(one.startswith("/") and not one.startswith("//") for one in found.loads)
    assert not found.events, "no script and no style in attributes"


@pytest.mark.parametrize("path", PAGES)
def test_what_browsers_are_told_to_refuse(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'none'")
    assert "unsafe" not in policy
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cache-control"] == "no-store"


def test_every_estimate_leads_within_two_activations_to_the_words_it_rests_on(client: TestClient) -> None:
    """From each page: an estimate's link, then a claim's, whose page has the marked quote. Where no claim is
    behind it, the page says so. Every address is looked at, and thirty of them, drawn by chance, followed."""
    found: dict[str, None] = {}
    for path in PAGES:
        addresses = Links(client.get(path).text).estimates
        assert all(one.startswith(("/why/", "/place/", "/hypotheses#", "#")) for one in addresses), path
        found |= {path if one.startswith("#") else one.partition("#")[0]: None for one in addresses}
    assert len(found) > 100
    for page in random.Random(1).sample(list(found), 30):
        assert _leads_to_words(client, page), page


def _leads_to_words(client: TestClient, page: str) -> bool:
    answer = client.get(page)
    if "this is the prior" in answer.text or "No claims on record" in answer.text:
        return True
    first = next(
        (one for one in Links(answer.text).leads if one.partition("?")[0].startswith("/claim/")), None
    )
    return first is not None and "quote" in Links(client.get(first).text).ids


def test_links_within_the_server_lead_somewhere(client: TestClient) -> None:
    """Up to eight of each family of pages are followed."""
    seen: dict[str, set[str]] = defaultdict(set)
    for path in PAGES:
        for one in Links(client.get(path).text).leads:
            parts = urlsplit(one)
            family = seen[parts.path.split("/")[1] if parts.path else ""]
            if parts.path and parts.path not in family and len(family) < 8 and not parts.netloc:
                family.add(parts.path)
                assert client.get(one, follow_redirects=False).status_code == 200, one
    assert len(seen) > 12


def test_hostile_words_appear_as_words(client: TestClient, claims: list[str]) -> None:
    pages = [client.get(path).text for path in (*PAGES, *claims)]
    assert not any("<script>alert" in page or "<img src=x" in page or "javascript:" in page for page in pages)
    assert not any("49" in re.findall(r"onerror=.{0,60}", page) for page in pages)
    everything = " ".join(pages)
    for where in ("text", "publisher", "title", "voice", "cue", "person"):
        assert f"&lt;script&gt;alert(&#39;{where}&#39;)" in everything, where
    assert bad("x").count("{{ 7*7 }}") == 1
    assert everything.count("{{ 7*7 }}") > 0, "shown as it was written, not worked out"


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/nowhere", 404, "unknown page"),
        ("/institution/MSX", 404, "/institution/MSS"),
        ("/place/KP-99", 404, "/place/KP-0"),
        ("/office/MSS@XX", 404, "place"),
        ("/person/nobody", 404, "person"),
        ("/claim/0000000000", 404, "no claim"),
        ("/claim/what", 404, "not the id"),
        ("/report/..%2f..%2fetc", 404, "unknown page"),
        ("/?as_of=2017-02-31", 400, "calendar"),
        ("/?as_of=1900-01-01", 400, "outside what was estimated"),
        ("/conflicts?page=0", 400, "no number"),
        ("/why/MSS?out=nonsense", 400, "names no source"),
        ("/search?kind=gossip", 400, "no kind"),
        ("/search?status=lost", 400, "status"),
        ("/search?institution=MSX", 404, "MSS"),
        ("/overview/nothing.json", 404, "chart"),
    ],
)
def test_what_cannot_be_asked_is_said_and_why(client: TestClient, path: str, status: int, says: str) -> None:
    answer = client.get(path)
    assert answer.status_code == status
    assert says.lower() in answer.text.lower()
    assert "Traceback" not in answer.text


def test_charts_data_have_the_rows_of_the_page(client: TestClient) -> None:
    told = client.get("/office/MSS/bands.json?as_of=2017-06-15").json()
    assert told["as_of"] == "2017-06-15"
    assert {"day", "share", "low_95", "high_95", "prior", "href"} <= set(told["rows"][0])
    lines = client.get("/office/MSS/bands.csv").text.splitlines()
    assert len(lines) == len(told["rows"]) + 1


def test_what_charts_hand_out_names_no_claim_of_the_record(client: TestClient, held: Held) -> None:
    ids = [one.id for one in held.claims] + [one.claim.report for one in held.claims]
    for path in (
        "/overview/map.json",
        "/why/MSS/waterfall.json",
        "/why/MSS/waterfall.csv",
        "/post/MSS_MINISTER/tenure.json",
    ):
        text = client.get(path).text
        assert not any(id in text for id in ids)


def test_only_this_machine_s_names_are_answered_to(client: TestClient) -> None:
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"origin": "http://evil.example"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_form_of_another_site_is_refused(client: TestClient, headers: dict[str, str]) -> None:
    assert client.post("/estimate", headers=headers).status_code == 403


def test_an_estimate_older_than_the_record_says_so_and_is_made_anew(desk: Desk, client: TestClient) -> None:
    assert "does not know of" not in client.get("/").text
    desk.project.ledger.annotate("MSS", "a note")
    assert "1 entry" in client.get("/").text
    answer = client.post("/estimate", headers={"origin": HERE}, follow_redirects=False)
    assert answer.status_code == 303
    desk.wait()
    assert "does not know of" not in client.get(answer.headers["location"]).text
