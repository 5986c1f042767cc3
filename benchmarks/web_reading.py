"""Whether anybody can read the pages: axe by scheme and width, and without scripts."""

from tests.web.addresses import PAGES
from tests.web.browser.checks import AXE, opened, readable, violations
from tests.web.browser.chrome import SCHEMES, WIDTHS, browsing, watched
from tests.web.browser.serving import serving

from benchmarks.rows import Row
from benchmarks.web_world import SHRUNK, demo, row
from satrap.web.desk import Desk


def rows() -> list[Row]:
    project = demo()
    desk = Desk(project)
    held = desk.wait()
    one = held.claims[0]
    every = [*PAGES, f"/claim/{one.id}", f"/report/{one.claim.report}", f"/review/{one.id}", "/nowhere"]
    pages = every[::SHRUNK]
    wrong, dumb = 0, 0
    with serving(desk) as own, browsing() as browser:
        for scheme in SCHEMES:
            for width in WIDTHS:
                with watched(browser, own, width, scheme) as (page, _):
                    for path in pages:
                        opened(page, path)
                        wrong += len(violations(page))
        with watched(browser, own, scripts=False) as (page, _):
            for path in pages:
                page.goto(path)
                dumb += not readable(page)
    shown = f"{len(pages)} pages × light and dark × {', '.join(map(str, WIDTHS))} px; axe-core {AXE}"
    return [
        row("axe.violations", wrong, 0, "elements", len(pages) * len(SCHEMES) * len(WIDTHS), shown),
        row(
            "scripts_off.unreadable",
            dumb,
            0,
            "pages",
            len(pages),
            "heading and charts' tables are seen",
        ),
    ]
