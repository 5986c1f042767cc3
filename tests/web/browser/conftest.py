"""One browser and one server for all tests here; all are skipped where there is no Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.web.browser.chrome import NOT_FOUND, Watch, browsing, executable, watched
from tests.web.browser.serving import serving

from satrap.web.desk import Desk


# of the package, not the session: while it is open, no other test of this process may run an event loop
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    if executable() is None:
        pytest.skip(NOT_FOUND)
    with browsing() as opened:
        yield opened


@pytest.fixture(scope="package")
def own(desk: Desk) -> Iterator[str]:
    """The address of the dashboard."""
    with serving(desk) as address:
        yield address


@pytest.fixture
def seen(browser: Browser, own: str) -> Iterator[tuple[Page, Watch]]:
    """A page, and what it does."""
    with watched(browser, own) as both:
        yield both


@pytest.fixture
def page(seen: tuple[Page, Watch]) -> Page:
    return seen[0]
