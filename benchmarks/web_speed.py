"""How quickly the dashboard answers with 100,000 claims: over HTTP, and as Chromium shows it.

The overview is asked for on days drawn by chance, so that hardly any answer was made before.
"""

import http.client
import random
import resource
import time
from collections.abc import Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Browser
from tests.web.browser.checks import opened
from tests.web.browser.chrome import browsing, watched
from tests.web.browser.serving import serving

from benchmarks.rows import Row
from benchmarks.web_world import SHRUNK, archive, row
from satrap.web.desk import Desk
from satrap.web.held import Held
from satrap.web.view import View

Array = NDArray[np.float64]

CLAIMS = 100_000 // SHRUNK
ASKED = max(200 // SHRUNK, 10)
WAITED = 30  # first requests, which are slower than all others

_SLID = """async (day) => {
    const slider = document.querySelector('.when input[type=range]'), settled = 400;
    slider.value = Date.parse(day) / 86400000;
    const began = performance.now();
    let shown = 0, drawn = 0;
    const watch = new MutationObserver(() => {
        drawn = performance.now();
        shown ||= drawn;
    });
    watch.observe(document.body, {childList: true, subtree: true});
    slider.dispatchEvent(new Event('input', {bubbles: true}));
    while (!drawn || performance.now() - drawn < settled) await new Promise((done) => setTimeout(done, 20));
    watch.disconnect();
    return [shown - began, drawn - began];
}"""


def rows() -> list[Row]:
    desk = Desk(archive(CLAIMS))
    began = time.perf_counter()
    held = desk.wait()
    made = time.perf_counter() - began
    note = f"{len(held.claims):,} claims, {len(held.estimate.used):,} of them observations"
    with serving(desk) as own:
        asks = Asks(own)
        first = list(_first_views(asks, held, note))
        found = [*_overview(asks, held, note), *_switches(asks, held, note)]
        with browsing() as browser:
            found += _shown(browser, own, held, note)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    return [
        *found,
        *first,
        row("start", made, None, "s", 1, f"until the first page, where the estimate was kept; {note}"),
        row("memory", peak, None, "GiB", 1, f"the process at its largest; {note}"),
    ]


class Asks:
    """A client that keeps its connection, and takes what is compressed."""

    def __init__(self, own: str) -> None:
        self._to = http.client.HTTPConnection(urlsplit(own).netloc)

    def took(self, address: str) -> tuple[float, float]:
        """Seconds by the clock and of processor time, of an answer to its last byte. The server is of this
        process: its threads count, and so do both cores."""
        began, worked = time.perf_counter(), time.process_time()
        self._to.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = self._to.getresponse()
        answer.read()
        took = time.perf_counter() - began, time.process_time() - worked
        if answer.status != 200:
            raise RuntimeError(f"{address} answers {answer.status}")
        return took


def _overview(asks: Asks, held: Held, note: str) -> Iterator[Row]:
    days = _days(held, 1)
    for _ in range(WAITED):
        asks.took(View(as_of=next(days)).to())
    took = 1e3 * np.array([asks.took(View(as_of=next(days)).to()) for _ in range(ASKED)])
    yield _late("overview.server", took[:, 0], 150, "ms", f"{_worked(took)} ms; {note}")


def _switches(asks: Asks, held: Held, note: str) -> Iterator[Row]:
    """Of an office and a change each another; the page was seen before, as whoever switches has."""
    chance, days = random.Random(2), _days(held, 2)
    took = []
    groups = [
        f"{kind}:{name}" for kind in ("publisher", "source", "place", "story") for name in held.having[kind]
    ]
    for _ in range(ASKED):
        office = chance.choice(held.pack.authority)
        place = chance.choice(held.estimate.offices.places[1:])
        of = View(as_of=next(days), filters=(("of", "change"),))
        path = ("why", chance.choice([office, f"{office}@{place}"]))
        asks.took(of.to(*path))
        took.append(asks.took(of.toggled("out", chance.choice(groups)).to(*path)))
    both = np.array(took)
    yield _late("switch", both[:, 0], 1, "s", f"{_worked(both)} s; {note}")


def _first_views(asks: Asks, held: Held, note: str) -> Iterator[Row]:
    """Of pages that nobody saw before, each kind's slowest."""
    pack = held.pack
    addresses = {
        "institution": [f"/institution/{one}" for one in pack.authority],
        "place": [f"/place/{one}" for one in pack.places],
        "person": [f"/person/{one}" for one in list(pack.people)[:20]],
    }
    for kind, each in addresses.items():
        took = [asks.took(one)[0] for one in each]
        yield row(f"first.{kind}", max(took), None, "s", len(took), f"the slowest first view; {note}")


def _shown(browser: Browser, own: str, held: Held, note: str) -> Iterator[Row]:
    """The whole page as it comes over the wire, and the date slider."""
    days = _days(held, 3)
    with watched(browser, own) as (page, watch):
        wire = page.context.new_cdp_session(page)
        wire.send("Network.enable")
        bytes_ = list[float]()
        wire.on("Network.loadingFinished", lambda done: bytes_.append(done["encodedDataLength"]))
        opened(page, "/")
        page.wait_for_load_state("networkidle")
        yield row("overview.transferred", sum(bytes_) / 1e3, 300, "kB", len(bytes_),
                  f"{len(watch.requests)} requests with their headers, nothing cached; {note}")  # fmt: skip
        took = [page.evaluate(_SLID, next(days).isoformat()) for _ in range(ASKED + 5)][5:]
    shown, drawn = zip(*took, strict=True)
    yield _late("slider", np.array(shown), 300, "ms", f"from the movement to the new page; {note}")
    yield _late(
        "slider.drawn", np.array(drawn), None, "ms", "from the movement until all charts are drawn anew"
    )


def _days(held: Held, seed: int) -> Iterator[date]:
    chance, weeks = random.Random(seed), held.estimate.weeks
    first = weeks.monday(60)
    while True:
        yield first + timedelta(chance.randrange((weeks.last - first).days))


def _worked(took: Array) -> str:
    return f"by processor time {np.quantile(took[:, 1], 0.95):.3g}"


def _late(name: str, took: Array, target: float | None, unit: str, note: str) -> Row:
    """The 95th percentile, with the median and the slowest."""
    median, late = np.quantile(took, [0.5, 0.95]).tolist()
    note = f"95th percentile; median {median:.3g} {unit}; {note}"
    spread = float(took.min()), float(took.max())
    return row(f"{name}.p95", late, target, unit, len(took), note, spread=spread)
