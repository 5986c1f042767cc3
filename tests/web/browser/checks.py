"""What is asked of a page in the browser."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import APIRequestContext, Page, Response

_DRAWN = """() => [...document.querySelectorAll('figure[data-chart] .plot')]
    .every((plot) => plot.childElementCount || plot.closest('details:not([open])'))"""

_ESTIMATES = """() => [...document.querySelectorAll('a.estimate, figure svg a')]
    .map((one) => one.getAttribute('href') ?? one.href.baseVal)
    .filter((href) => /^(#|\\/why\\/|\\/hypotheses|\\/place\\/[^#]*#claims)/.test(href))"""

# a claim's own part stands beside the claim, and a page that explains one number has its claims below;
# shares of stories and of people are counted, not estimated
_UNLINKED = """() => {
    const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), found = [];
    const linked = 'a.estimate, li:has(a[href*="/claim/"], a[href*="/review/"]), .told, .switches, #more';
    const counted = 'svg, caption, figcaption, .legend, q,'
        + ' .tabled td, [data-chart=coverage] td, .facts, .three';
    while (walk.nextNode()) {
        const by = walk.currentNode.parentElement;
        const words = walk.currentNode.textContent.replace(/\\d+% band/g, '');
        if (/\\d(%| points)/.test(words) && !by.closest(linked) && !by.closest(counted)) found.push(words);
    }
    return found;
}"""


AXE = re.search(r"axe v([\d.]+)", Axe().axe_script)[1]  # type: ignore[index]
"""Its version."""


def opened(page: Page, path: str) -> Response:
    """The page with its charts drawn, where scripts run."""
    answer = page.goto(path)
    assert answer is not None
    page.wait_for_function(_DRAWN)
    return answer


def estimates(page: Page) -> list[str]:
    """Where every estimate on the page leads, in words, tables and charts."""
    return list(page.evaluate(_ESTIMATES))


def unlinked(page: Page) -> list[str]:
    """Shares, points and chances that lead nowhere."""
    return list(page.evaluate(_UNLINKED))


def readable(page: Page) -> bool:
    """Whether a heading is seen, and the table of every chart that has anything to show."""
    tables = page.locator("figure.chart table").all()
    charts = page.locator("figure.chart:not(:has(.nothing))").count()
    return (
        page.locator("h1").is_visible() and len(tables) == charts and all(one.is_visible() for one in tables)
    )


def violations(page: Page) -> list[str]:
    """What axe finds wrong, by rule and element."""
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]


@dataclass
class Leads:
    """Follows addresses of estimates to the words that they rest on; each page is asked for once."""

    asks: APIRequestContext
    own: str
    _rests: dict[str, bool] = field(default_factory=dict)

    @property
    def pages(self) -> int:
        """How many were asked for."""
        return len(self._rests)

    def to_words(self, here: str, href: str) -> bool:
        """Whether the page behind ``href`` has a claim whose own page marks its quote, or says that there is
        none: the prior."""
        page = urljoin(f"{self.own}{here}", href).partition("#")[0]
        return self._kept(page, self._rests_on_words)

    def _rests_on_words(self, page: str) -> bool:
        text = self._text(page)
        if "this is the prior" in text or "No claims on record" in text:
            return True
        claim = re.search(r'href="(/claim/[^"#]+)#quote"', text)
        return claim is not None and self._kept(f"{self.own}{unescape(claim[1])}", self._marks_words)

    def _marks_words(self, claim: str) -> bool:
        return re.search(r'<mark[^>]*\bid="quote"', self._text(claim)) is not None

    def _text(self, address: str) -> str:
        return self.asks.get(address).text()

    def _kept(self, address: str, look: Callable[[str], bool]) -> bool:
        if address not in self._rests:
            self._rests[address] = look(address)
        return self._rests[address]
