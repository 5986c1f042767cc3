"""Claims as FollowTheMoney entities.

A report is an Article. What the pack names is a PublicBody (institutions), an Organization (groups), a Person
or a Position. Each claim is an Event with the Article as its proof: FollowTheMoney has no schema for an
assertion, and an Event may be dated loosely, placed, and involve whom it is about. An affirmed claim about a
person's known post is an Occupancy too. What an Event has no property for is in its keywords, one
``field: value`` each, so that `satrap.exchange.followthemoney_in` can read it back.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from satrap.claims import Horizon, Polarity, kinds
from satrap.country import Pack
from satrap.country.model import Terms
from satrap.exchange.cited import CitedReport, Shelf
from satrap.exchange.context import bounded
from satrap.exchange.languages import THREE_LETTERS
from satrap.protect.public import PublicArgument, PublicClaim

Value = tuple[str, str, str]  # property, value, language ("" where it has none)

BEGINS = {"appointment", "promotion", "rehabilitation"}
"""Kinds after which a person holds the post."""
ENDS = {"dismissal", "demotion", "death", "execution"}
"""Kinds after which a person does not hold it."""


class Thing(NamedTuple):
    """One entity as one claim tells it. ``lasting``: one of many claims may tell it, and alike."""

    id: str
    schema: str
    values: tuple[Value, ...]
    lasting: bool = True


class Things:
    """Entities of claims about one state; what many claims share is made once."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._country = pack.code.lower()
        self._shelf = Shelf()
        self._named: dict[str, Thing] = {}
        self._articles: dict[str, Thing] = {}

    def of(self, claim: PublicClaim) -> tuple[str, tuple[Thing, ...]]:
        """The dataset of the claim's report, and the entities that the claim tells of."""
        report_id, report = self._shelf.report(claim)
        article = self._articles.get(report_id)
        if article is None:
            article = self._articles[report_id] = _article(report_id, report)
        named = [one for one in map(self._thing, _arguments(claim)) if one is not None]
        event = self._event(claim, article, named)
        occupancy = self._occupancy(claim, article)
        return f"satrap_{report_id}", (article, *named, event, *((occupancy,) if occupancy else ()))

    def _thing(self, argument: PublicArgument) -> Thing | None:
        known = argument.id
        if known is None:
            return None
        found = self._named.get(known)
        if found is None:
            found = self._named[known] = self._make(known, argument.name)
        return found

    def _make(self, known: str, name: str) -> Thing:
        pack = self._pack
        country = ("country", self._country, "")
        if known in pack.posts:
            post = pack.posts[known]
            body = pack.institutions[post.institution]
            values = [("name", f"{post.title}, {body.name}", "eng"), *_aliases(post.titles)]
            values += [("organization", self._id(post.institution), "")]
            return Thing(self._id(known), "Position", (*values, country))
        for schema, of in (("Person", pack.people), ("Organization", pack.groups)):
            if known in of:
                return Thing(
                    self._id(known), schema, (("name", name, "eng"), *_aliases(of[known].terms), country)
                )
        return Thing(self._id(known), "PublicBody", (("name", name, "eng"), country))

    def _id(self, known: str) -> str:
        """Ids of the pack may hold underscores, which entity ids may not."""
        return f"satrap-{self._country}-{known.replace('_', '.')}"

    def _event(self, claim: PublicClaim, article: Thing, named: Sequence[Thing]) -> Thing:
        language = THREE_LETTERS.get(claim.language, "")
        values: list[Value] = [("name", _title(claim), "eng"), ("country", self._country, "")]
        values += [("summary", claim.quote, language)] if claim.quote else []
        values += [("date", day, "") for day in _dates(claim.edtf)]
        values += [("location", place, "") for place in claim.places]
        values += [("involved", one.id, "") for one in dict.fromkeys(named) if one.schema != "Position"]
        values += [("proof", article.id, ""), ("publisher", claim.publisher, ""), ("recordId", claim.id, "")]
        values += [("sourceUrl", claim.url, "")] if claim.url else []
        values += [("keywords", word, "") for word in _keywords(claim)]
        return Thing(f"satrap-claim-{claim.id}", "Event", tuple(values), lasting=False)

    def _occupancy(self, claim: PublicClaim, article: Thing) -> Thing | None:
        people = [one for one in claim.roles.get("person", ()) if one.id]
        posts = [one for one in claim.roles.get("post", ()) if one.id in self._pack.posts]
        told = claim.polarity is Polarity.AFFIRMED and claim.horizon is not Horizon.FUTURE
        if not told or len(people) != 1 or len(posts) != 1:
            return None
        dates = _dates(claim.edtf)
        values: list[Value] = [
            ("holder", self._id(people[0].id or ""), ""),
            ("post", self._id(posts[0].id or ""), ""),
            ("proof", article.id, ""),
            ("publisher", claim.publisher, ""),
            ("recordId", claim.id, ""),
        ]
        if claim.kind in BEGINS and len(dates) == 1:
            values.append(("startDate", dates[0], ""))
        elif claim.kind in ENDS:
            values.append(("status", "ended", ""))
            values += [("endDate", dates[0], "")] if len(dates) == 1 else []
        elif len(dates) == 1:
            values.append(("date", dates[0], ""))
        return Thing(f"satrap-occupancy-{claim.id}", "Occupancy", tuple(values), lasting=False)


def _article(report_id: str, report: CitedReport) -> Thing:
    values: list[Value] = [
        ("fileName", report_id, ""),  # which Documents must have
        ("title", report.name, THREE_LETTERS.get(report.language, "")),
        ("publisher", report.publisher, ""),
    ]
    values += [("sourceUrl", report.url, "")] if report.url else []
    values += [("language", THREE_LETTERS[report.language], "")] if report.language in THREE_LETTERS else []
    values += [("publishedAt", day, "") for day in _dates(report.published_edtf)]
    values += [("keywords", f"outlet: {report.outlet}", "")] if report.outlet != report.publisher else []
    values += [("keywords", f"title: {report.title}", "")] if report.title else []
    if report.published_edtf:
        values.append(("keywords", f"published: {report.published_edtf}", ""))
    return Thing(f"satrap-report-{report_id}", "Article", tuple(values))


def _arguments(claim: PublicClaim) -> Iterator[PublicArgument]:
    for of in claim.roles.values():
        yield from of


def _aliases(terms: Terms) -> list[Value]:
    """The name in the country's own writing, and other proper forms: the first of each language."""
    return [
        ("alias", terms[language][0].text, THREE_LETTERS[language])
        for language in sorted(terms)
        if language != "en" and language in THREE_LETTERS
    ]


def _title(claim: PublicClaim) -> str:
    """What is claimed, marked where it is denied or foretold: a title travels without its keywords."""
    main = kinds()[claim.kind].main
    named = [one.name for role in main for one in claim.roles.get(role, ())]
    told = f"{claim.kind}: {', '.join(named)}" if named else claim.kind
    told = f"not so: {told}" if claim.polarity is Polarity.DENIED else told
    return f"foretold: {told}" if claim.horizon is Horizon.FUTURE else told


def _keywords(claim: PublicClaim) -> Iterator[str]:
    yield f"kind: {claim.kind}"
    yield f"polarity: {claim.polarity}"
    yield f"horizon: {claim.horizon}"
    yield f"certainty: {claim.certainty}"
    yield f"language: {claim.language}"
    yield f"status: {claim.status}"
    yield f"reader: {claim.reading.reader} {claim.reading.version}"
    if claim.direction:
        yield f"direction: {claim.direction}"
    if claim.edtf:
        yield f"when: {claim.edtf}"
    for place in claim.place_ids:
        yield f"place: {place}"
    for number, link in enumerate(claim.chain):
        yield f"voice {number}: {link.kind}|{link.place or ''}|{link.name or ''}"
    for role, of in claim.roles.items():
        for number, one in enumerate(of):
            tiers = "+".join(one.tiers)
            yield f"role {role} {number}: {one.id or ''}|{tiers}|{one.place or ''}|{one.name}"


def _dates(edtf: str) -> tuple[str, ...]:
    """A day, month or year as FollowTheMoney writes it; none where it is wider or looser than that."""
    if not edtf:
        return ()
    first, last = bounded(edtf)
    for length in (10, 7, 4):
        prefix = first.isoformat()[:length]
        if bounded(prefix) == (first, last):
            return (prefix,)
    return ()


def stamp(cut: date | None) -> str | None:
    """The day of the data as a time of observation."""
    return cut.isoformat() if cut else None
