"""Claims found by words, and what the country pack knows by that name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from satrap.claims import RecordedClaim, Status, kinds
from satrap.country import Pack
from satrap.errors import SatrapError
from satrap.ledger import Filters, Hit
from satrap.web.cells import Cell, Pager
from satrap.web.desk import Desk
from satrap.web.page import Page
from satrap.web.paging import MOST, pager
from satrap.web.view import BadAddressError, View

SHOWN = 20
NAMED = 8  # of the pack's things


@dataclass(frozen=True)
class Piece:
    """Words of a quote, found or between what was found."""

    text: str
    found: bool


@dataclass(frozen=True)
class Result:
    """A claim found, its quote in pieces."""

    claim: RecordedClaim
    pieces: Sequence[Piece]


@dataclass(frozen=True, kw_only=True)
class Search(Page):
    """``problem`` where the words cannot be asked for."""

    template = "search.html"
    here = "search"
    inside = True
    asked: str
    filters: dict[str, str]
    kinds: Sequence[str]
    institutions: Sequence[Cell]
    places: Sequence[Cell]
    statuses: Sequence[str]
    named: Sequence[Cell]
    results: Sequence[Result]
    total: int
    pager: Pager
    problem: str


def search(desk: Desk, view: View) -> Search:
    """The filters are ``q``, ``kind``, ``institution``, ``place``, ``publisher`` and ``status``."""
    pack, asked = desk.project.pack, view.get("q").strip()
    names = ("kind", "institution", "place", "publisher", "status")
    given = {name: view.get(name) for name in names if view.get(name)}
    first = (view.number("page", 1, MOST) - 1) * SHOWN
    found: list[Result] = []
    total, problem = 0, ""
    by = _filters(given, pack)
    if asked:
        try:
            hits = desk.project.ledger.search(
                asked, as_of=view.as_of, known_at=view.moment, **Filters(**{**by, "limit": first + SHOWN})
            )
            found, total = [Result(one.claim, pieces(one)) for one in hits.hits[first:]], hits.total
        except SatrapError as error:
            problem = str(error)
    elif given:
        by = Filters(**{**by, "limit": SHOWN, "offset": first})
        listed = desk.project.ledger.timeline(as_of=view.as_of, known_at=view.moment, **by)
        found = [Result(one, [Piece(one.claim.quote.exact, False)]) for one in listed]
        total = first + len(found)
    more = first + len(found) < total if asked else len(found) == SHOWN
    return Search(
        title=f"Search: {asked}" if asked else "Search",
        asked=asked,
        filters={name: given.get(name, "") for name in names},
        kinds=list(kinds()),
        institutions=[Cell(one.name, one.id) for one in pack.institutions.values()],
        places=[Cell(one.name, one.id) for one in pack.places.values()],
        statuses=[status.value for status in Status],
        named=list(_named(asked, pack)) if asked else [],
        results=found,
        total=total,
        pager=pager(view, "/search", first, len(found), f"{total:,}" if asked or not more else "more", more),
        problem=problem,
    )


def pieces(hit: Hit) -> list[Piece]:
    """The quote cut at what was found in it."""
    text, at, found = hit.claim.claim.quote.exact, 0, []
    for start, end in sorted(hit.marks):
        found += [Piece(text[at:start], False), Piece(text[max(start, at) : end], True)]
        at = max(end, at)
    return [one for one in (*found, Piece(text[at:], False)) if one.text]


def _filters(given: dict[str, str], pack: Pack) -> Filters:
    asked: dict[str, Any] = dict(given)
    if "institution" in asked:
        pack.institution(asked["institution"])  # an unknown id is an error, not an empty list
    if "place" in asked:
        pack.place(asked["place"])
    if asked.get("kind", "authority") not in kinds():
        raise BadAddressError(
            f"kind={asked['kind'][:40]!r} is no kind of claim", remedy="choose from the list"
        )
    if "status" in asked:
        if asked["status"] not in list(Status):
            raise BadAddressError(
                f"status={asked['status'][:40]!r} is none that a claim has", remedy="choose from the list"
            )
        asked["status"] = Status(asked["status"])
    by: Filters = Filters(**asked)  # type: ignore[typeddict-item]
    return by


def _named(asked: str, pack: Pack) -> Iterator[Cell]:
    """What the pack knows by a name that has all the words in it."""
    words = asked.casefold().split()

    def known() -> Iterator[tuple[str, str, str]]:
        for institution in pack.institutions.values():
            names = [term.text for one in institution.names for of in one.terms.values() for term in of]
            yield (
                " ".join((institution.id, institution.name, *names)),
                institution.name,
                f"institution/{institution.id}",
            )
        for place in pack.places.values():
            names = [term.text for of in place.terms.values() for term in of]
            yield " ".join((place.name, *names)), place.name, f"place/{place.id}"
        for person in pack.people.values():
            names = [term.text for of in person.terms.values() for term in of]
            yield " ".join((person.name, *names)), person.name, f"person/{person.id}"
        for post in pack.posts.values():
            names = [term.text for of in post.titles.values() for term in of]
            yield " ".join(names), post.title, f"post/{post.id}"

    found = (
        Cell(name, f"/{to}") for names, name, to in known() if all(one in names.casefold() for one in words)
    )
    for _, one in zip(range(NAMED), found, strict=False):
        yield one
