"""The brief is one file: a browser that has nothing else opens it."""

from pathlib import Path

from playwright.sync_api import Browser
from tests.web.browser.chrome import watched

from satrap.project import Project
from satrap.web.held import Held

MOST = 1_500_000  # bytes


def test_the_brief_opens_from_the_disk_with_one_request(
    browser: Browser, project: Project, held: Held, tmp_path: Path
) -> None:
    path = tmp_path / "brief.html"
    project.brief(path, estimate=held.estimate)
    assert path.stat().st_size < MOST
    with watched(browser, path.as_uri()) as (page, watch):
        page.goto(path.as_uri(), wait_until="networkidle")
        assert page.locator("h1").is_visible()
        assert watch.requests == [path.as_uri()]
        assert not watch.external
        assert not watch.errors
