"""The demo's brief, opened from the disk."""

from tests.web.browser.chrome import browsing, watched

from benchmarks.rows import Row
from benchmarks.web_world import demo, row


def rows() -> list[Row]:
    path = demo().folder.resolve() / "brief.html"
    with browsing() as browser, watched(browser, path.as_uri()) as (page, watch):
        page.goto(path.as_uri(), wait_until="networkidle")
        asked = len(watch.requests) + len(watch.external)
        wrong = len(watch.errors)
    return [
        row("brief.size", path.stat().st_size / 1e6, 1.5, "MB", 1),
        row("brief.requests", asked, 1, "requests", 1, f"from file://; {wrong} errors on the console"),
    ]
