"""Random states of a view: whether a page's own form and links give back what its address asked for."""

import random
from itertools import islice

from tests.web.browser.checks import opened
from tests.web.browser.chrome import browsing, watched
from tests.web.browser.serving import serving
from tests.web.browser.states import lost, states

from benchmarks.rows import Row
from benchmarks.web_world import SHRUNK, demo, row
from satrap.web.desk import Desk

STATES = max(1_000 // SHRUNK, 20)


def rows() -> list[Row]:
    desk = Desk(demo())
    held = desk.wait()
    with serving(desk) as own, browsing() as browser, watched(browser, own) as (page, _):
        opened(page, "/who")
        chosen = list(islice(states(held, random.Random(1)), STATES))
        gone = [address for address in chosen if lost(page, address)]
    note = (
        "that their page's form of dates, sent as it stands, does not give back with the same words, or that "
        "a link of the page leaves; in Chromium"
    )
    return [row("states.lost", len(gone), 0, "states", len(chosen), note)]
