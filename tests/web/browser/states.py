"""Random states of a view, and whether a page gives the one back that its address asked for."""

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from urllib.parse import parse_qsl, urlsplit

from playwright.sync_api import Page

from satrap.web.held import Held
from satrap.web.view import DAYS, View

LATER = date(2100, 1, 1)  # a day by which the whole record was known

Choices = Mapping[str, Sequence[str]]


def states(held: Held, chance: random.Random) -> Iterator[str]:
    """Addresses without end: a page, some of its filters, some of the three days."""
    pack, weeks = held.pack, held.estimate.weeks
    days = (weeks.last - weeks.monday(1)).days
    families = _families(held)
    while True:
        path, choices = chance.choice(families)
        view = View(
            as_of=_some(chance, weeks.monday(1) + timedelta(chance.randrange(days))),
            since=_some(chance, weeks.monday(0) + timedelta(chance.randrange(days))),
            known_at=_some(chance, LATER + timedelta(chance.randrange(365))),
            filters=tuple(
                (name, chance.choice(values)) for name, values in choices.items() if chance.random() < 0.5
            ),
        )
        office = f"{chance.choice(pack.authority)}@{chance.choice(list(pack.places))}"
        yield view.to(*(office if part == "*" else part for part in path))


def _some(chance: random.Random, day: date) -> date | None:
    return day if chance.random() < 0.6 else None


def _families(held: Held) -> list[tuple[tuple[str, ...], Choices]]:
    """Paths, where * is any office, with the values that their filters may take."""
    pack = held.pack
    listed: Choices = {"page": ["1", "2", "3"]}
    out = [f"{kind}:{name}" for kind in ("source", "publisher", "story") for name in held.having[kind]]
    search: Choices = {
        "q": ["party", "state security", "보위부", "a&b=c#d", '"open', "50% + 1"],
        "place": list(pack.places),
        "institution": list(pack.institutions),
        "kind": ["authority", "dismissal", "extortion"],
        "status": ["read", "accepted"],
    }
    return [
        ((), {}),
        (("conflicts",), {**listed, "only": ["settled"]}),
        (("office", "*"), listed),
        (("why", "*"), {"of": ["change"], "out": out} if out else {"of": ["change"]}),
        (("search",), search),
        (("review",), {}),
        (("sources",), {}),
        *((("institution", one), listed) for one in pack.authority),
        *((("place", one), listed) for one in pack.places),
    ]


_GIVES_BACK = """async (address) => {
    const asked = async (where) => {
        const answer = await fetch(where);
        return new DOMParser().parseFromString(await answer.text(), 'text/html');
    };
    const told = await asked(address), form = told.querySelector('form.when');
    const pairs = [...new FormData(form)].filter(([, value]) => value);
    const sent = new URL(form.getAttribute('action'), location.origin);
    sent.search = new URLSearchParams(pairs);
    const again = await asked(sent.href);
    const words = (page) => page.querySelector('main').textContent;
    const links = [...told.querySelectorAll('main a[href^="/"], nav.pages a')];
    return {
        sent: sent.pathname + sent.search,
        same: words(told) === words(again),
        links: links.map((one) => one.getAttribute('href')),
    };
}"""


def lost(page: Page, address: str) -> list[str]:
    """What does not come back: from the page's own form of dates, sent as it stands, and in its links, each
    of which carries the three days. ``page`` is any page of the dashboard."""
    asked = _pairs(address)
    back = page.evaluate(_GIVES_BACK, address)
    sent = _pairs(back["sent"])
    if not any(name == "as_of" for name, _ in asked):  # the form says the day that was left open
        sent = [pair for pair in sent if pair[0] != "as_of"]
    found = []
    if sorted(sent) != sorted(asked) or _path(back["sent"]) != _path(address):
        found.append(f"{address}: its form sends {back['sent']}")
    if not back["same"]:
        found.append(f"{address}: {back['sent']} shows something else")
    days = {name: value for name, value in asked if name in DAYS}
    for link in back["links"]:
        carried = dict(_pairs(link))
        if any(carried.get(name) != days[name] for name in ("since", "known_at") if name in days):
            found.append(f"{address}: {link} leaves its days")
        if "as_of" in days and "as_of" not in carried:
            found.append(f"{address}: {link} leaves its day")
    return found


def _pairs(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query)


def _path(address: str) -> str:
    return urlsplit(address).path or "/"
