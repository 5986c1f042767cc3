"""Every page in a browser: what it shows leads to words, what it asks it asks of us, anybody can read it."""

import random
from itertools import islice

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.web.addresses import PAGES
from tests.web.browser.checks import Leads, estimates, opened, readable, unlinked, violations
from tests.web.browser.chrome import SCHEMES, WIDTHS, Scheme, Watch, watched
from tests.web.browser.states import lost, states

from satrap.web.held import Held

STATES, FOLLOWED = 60, 4


@pytest.fixture(scope="module")
def everything(held: Held) -> list[str]:
    """Pages of every kind; of claims and reports one each."""
    one = held.claims[0]
    return [*PAGES, f"/claim/{one.id}", f"/report/{one.claim.report}", f"/review/{one.id}"]


def test_every_estimate_leads_to_the_words_it_rests_on_and_nothing_is_asked_of_others(
    seen: tuple[Page, Watch], own: str, everything: list[str]
) -> None:
    page, watch = seen
    leads, found = Leads(page.context.request, own), 0
    for path in everything:
        opened(page, path)
        assert not unlinked(page), path
        for href in estimates(page):
            found += 1
            assert leads.to_words(path, href), (path, href)
    assert found > 500
    assert not watch.external
    assert not watch.errors


def test_what_is_refused_is_noticed(seen: tuple[Page, Watch]) -> None:
    page, watch = seen
    opened(page, "/who")
    page.evaluate(
        """() => { document.body.append(document.createElement('script'));
        document.body.lastChild.textContent = 'window.ran = true';
        document.body.append(new Image()); document.body.lastChild.src = 'http://example.org/a.png'; }"""
    )
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert sum("Content Security Policy" in said for said in watch.errors) == 2


def test_two_activations_reach_the_highlighted_words(page: Page) -> None:
    chance = random.Random(3)
    for path in ("/", "/office/MSS@KP-09", "/place/KP-09", "/institution/MSS"):
        opened(page, path)
        links = page.locator("main a.estimate:visible, main svg a[href^='/why']:visible")
        for link in (links.nth(chance.randrange(links.count())), page.locator("q a:visible").first):
            link.focus()
            page.keyboard.press("Enter")
            page.wait_for_load_state()
        expect(page.locator("mark#quote")).to_be_in_viewport()


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_wrong(browser: Browser, own: str, held: Held, scheme: Scheme, width: int) -> None:
    with watched(browser, own, width, scheme) as (page, _):
        for path in ("/", "/why/MSS?out=source:inside+source", f"/claim/{held.claims[0].id}", "/nowhere"):
            opened(page, path)
            assert not violations(page), path


def test_without_scripts_everything_can_be_read(browser: Browser, own: str, everything: list[str]) -> None:
    with watched(browser, own, scripts=False) as (page, _):
        for path in everything:
            page.goto(path)
            assert readable(page), path
        page.goto("/office/MSS")
        page.fill("form.when input[name=as_of]", "2017-03-01")
        page.click("form.when button")
        expect(page.locator(".standing")).to_contain_text("1 March 2017")


def test_views_come_back_from_their_pages_forms_and_links(page: Page, held: Held) -> None:
    opened(page, "/who")
    for address in islice(states(held, random.Random(2)), STATES):
        assert not lost(page, address)


def test_the_form_of_dates_leads_where_it_says(page: Page, held: Held) -> None:
    for address in islice(states(held, random.Random(4)), FOLLOWED):
        opened(page, address)
        words = page.locator("main").inner_text()
        page.click("form.when button")
        page.wait_for_load_state()
        opened(page, page.url)
        assert page.locator("main").inner_text() == words


def test_the_slider_puts_another_day_in_place_and_in_the_address(page: Page) -> None:
    opened(page, "/office/MSS")
    page.locator("input[type=range]").evaluate(
        "(slider) => { slider.value = Date.parse('2017-03-01') / 86400000; "
        "slider.dispatchEvent(new Event('input', {bubbles: true})); }"
    )
    expect(page.locator(".standing")).to_contain_text("1 March 2017")
    assert "as_of=2017-03-01" in page.url
