"""Every page of the demo project in Chromium: whether its estimates lead to words, and whom it asks."""

import random
from collections.abc import Iterator
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page
from tests.web.addresses import PAGES
from tests.web.browser.checks import Leads, estimates, opened, unlinked
from tests.web.browser.chrome import Watch, browsing, watched
from tests.web.browser.serving import serving

from benchmarks.rows import Row
from benchmarks.web_world import SHRUNK, demo, row
from satrap.web.desk import Desk

MOST = 2_000 // SHRUNK  # pages
FOLLOWED = max(100 // SHRUNK, 5)

_LINKS = """() => [...document.querySelectorAll('main a[href^="/"], nav a')]
    .map((one) => one.getAttribute('href'))"""


def rows() -> list[Row]:
    desk = Desk(demo())
    desk.wait()
    with serving(desk) as own, browsing() as browser:
        return [*_crawled(browser, own), _followed(browser, own)]


def _crawled(browser: Browser, own: str) -> Iterator[Row]:
    """Each path that any page links to, once, and the addresses with queries that tests look at."""
    seen, waiting = set[str](), [*PAGES]
    found, led, unled, policies = 0, 0, 0, 0
    with watched(browser, own) as (page, watch):
        leads = Leads(page.context.request, own)
        while waiting and len(seen) < MOST:
            address = waiting.pop(0)
            seen.add(address)
            answer = opened(page, address)
            policies += _refuses(answer.headers.get("content-security-policy", ""))
            unled += len(unlinked(page))
            for href in estimates(page):
                found += 1
                led += leads.to_words(address, href)
            for path in dict.fromkeys(map(_path, page.evaluate(_LINKS))):
                if path not in seen and path not in waiting and not path.endswith((".csv", ".json")):
                    waiting.append(path)
        yield from _told(watch, len(seen), policies)
    note = f"{len(seen):,} pages, {leads.pages:,} addresses followed; {unled} numbers lead nowhere"
    if waiting:
        note += f"; {len(waiting):,} pages were not reached"
    yield row("crawl.linked", 100 * led / (found + unled), 100, "%", found, note, better="higher")


def _told(watch: Watch, pages: int, policies: int) -> Iterator[Row]:
    yield row("requests.external", len(watch.external), 0, "requests", len(watch.requests))
    yield row("console.errors", len(watch.errors), 0, "errors", pages, "what a policy refused is one of them")
    note = "pages whose policy begins with default-src 'none' and allows nothing unsafe"
    yield row("policy", 100 * policies / pages, 100, "%", pages, note, better="higher")


def _followed(browser: Browser, own: str) -> Row:
    """Estimates drawn by chance: Enter on one, Enter on the first quote, and the words are on the screen."""
    chance, reached = random.Random(1), 0
    paths = ["/", "/office/MSS@KP-09", "/place/KP-05", "/institution/MSS", "/overview?as_of=2014-03-01"]
    with watched(browser, own) as (page, _):
        for number in range(FOLLOWED):
            opened(page, paths[number % len(paths)])
            reached += _reaches(page, chance)
    note = "by keyboard: an estimate, then a quote; the share of which the words were then on the screen"
    return row("crawl.two_activations", 100 * reached / FOLLOWED, 100, "%", FOLLOWED, note, better="higher")


def _reaches(page: Page, chance: random.Random) -> bool:
    links = page.locator("main a.estimate:visible, main svg a[href^='/why']:visible")
    for link in (links.nth(chance.randrange(links.count())), page.locator("q a:visible").first):
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_load_state()
    box, size = page.locator("mark#quote").bounding_box(), page.viewport_size
    return box is not None and size is not None and box["y"] < size["height"] and box["y"] + box["height"] > 0


def _refuses(policy: str) -> bool:
    return policy.startswith("default-src 'none'") and "unsafe" not in policy


def _path(href: str) -> str:
    return urlsplit(href).path
