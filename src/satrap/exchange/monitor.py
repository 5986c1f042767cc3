"""Claims in the sheets of the Security Force Monitor: persons, units, postings, and the sources behind them.

Column names are the attribute labels of the Monitor's research handbook; those that begin with ``satrap:``
are ours. Only what a posting can tell goes in: an affirmed claim, not a forecast, about a named person's post
or body. A claim that a posting began or ended says so in ``starting:range`` and ``ending:range``; one that
tells neither that the person was seen in it. A publication's day is never the date of a posting.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid5

from satrap.claims import Horizon, Polarity, Status
from satrap.country import Pack
from satrap.exchange.cited import CitedReport, Shelf
from satrap.exchange.context import Context, bounded
from satrap.exchange.files import write_csv
from satrap.exchange.formats import Exporter
from satrap.protect.gate import outward
from satrap.protect.public import PublicArgument, PublicClaim

POSTINGS, SOURCES, PERSONS, UNITS = "postings.csv", "sources.csv", "persons.csv", "units.csv"
_NAMESPACE = UUID("0b0a4bc8-5f3c-5d0f-9b0e-3b9b6a1d2c11")  # of ids that are satrap's, any constant will do

BEGINNING = {"appointment": "Appointed", "promotion": "Promoted", "rehabilitation": "Rehabilitated"}
ENDING = {
    "dismissal": "Dismissed",
    "demotion": "Demoted",
    "arrest": "Arrested",
    "exile": "Exiled",
    "execution": "Executed",
    "death": "Died",
}
"""The context that the sheet gives of a range's start or end, by kind of claim."""
SEEN = "appearance"

_STATUS = {Status.READ: "work_needed", Status.ACCEPTED: "accepted", Status.CORRECTED: "accepted"}

_ABOUT = (
    "type:claim",
    "status:meta",
    "citation:refs:claim",
    "about_entity:ref:claim",
    "about_entity:name:qa",
)
_RANGE = ("first_precise:range", "last_precise:range", "first_imprecise:range", "last_imprecise:range")
_ENDS = ("starting:range", "ending:range", "starting_context:range", "ending_context:range")
_PERSON = (*_ABOUT, "person:names:assertion", "person:other_names:assertion", "country:annotation")
_UNIT = (*_ABOUT, "unit:names:assertion", "country:annotation")
_POSTING = (
    *_ABOUT,
    "posting:person:refs:assertion",
    "posting:person:names:qa",
    "posting:unit:refs:assertion",
    "posting:unit:names:qa",
    "posting:roles:assertion",
    "posting:titles:assertion",
    "posting:ranks:assertion",
    *_RANGE,
    *_ENDS,
    "satrap:claim",
    "satrap:kind",
    "satrap:person",
    "satrap:institution",
    "satrap:place",
    "satrap:post",
    "satrap:certainty",
    "satrap:horizon",
    "satrap:when",
    "satrap:voices",
    "satrap:quote",
)
_SOURCE = (
    "source:access_point_id:admin",
    "source:type",
    "source:source_id:admin",
    "source:title",
    "source:url",
    "source:published_timestamp",
    "source:publication_name",
    "satrap:outlet",
    "satrap:language",
    "satrap:published",
)


class Posting(NamedTuple):
    """Who is said to hold, or to have held, which post in which body."""

    claim: PublicClaim
    person: PublicArgument
    institution: str
    unit: str
    place: str
    post: str
    title: str


@outward("claims in the sheets of the Security Force Monitor")
def write(claims: Sequence[PublicClaim], context: Context, path: Path) -> None:
    """Fill the folder ``path`` with four CSV files."""
    pack, shelf = context.pack, Shelf()
    postings = [one for claim in context.each(claims) if (one := _posting(claim, pack)) is not None]
    cited = {one.claim.id: shelf.report(one.claim)[0] for one in postings}
    write_csv(path / POSTINGS, _POSTING, (_posting_row(one, cited[one.claim.id]) for one in postings))
    write_csv(path / SOURCES, _SOURCE, map(_source_row, shelf.reports.items()))
    write_csv(path / PERSONS, _PERSON, _once(_person_row(one, cited[one.claim.id], pack) for one in postings))
    write_csv(path / UNITS, _UNIT, _once(_unit_row(one, cited[one.claim.id], pack) for one in postings))


def _posting(claim: PublicClaim, pack: Pack) -> Posting | None:
    """None where the sheets cannot say what the claim says."""
    people = [one for one in claim.roles.get("person", ()) if one.id]
    if (
        claim.kind not in {*BEGINNING, *ENDING, SEEN}
        or claim.polarity is Polarity.DENIED
        or claim.horizon is Horizon.FUTURE
        or claim.status not in _STATUS
        or len(people) != 1
    ):
        return None
    post = next(filter(None, (pack.posts.get(one.id or "") for one in claim.roles.get("post", ()))), None)
    body = next((one for one in claim.roles.get("institution", ()) if one.id in pack.institutions), None)
    institution = body.id if body else post.institution if post else None
    if institution is None:
        return None
    place = (body.place if body else None) or (post.place if post else None) or ""
    name = pack.institutions[institution].name
    unit = f"{name}, {pack.place(place).name}" if place else name
    return Posting(
        claim, people[0], institution, unit, place, post.id if post else "", post.title if post else ""
    )


def _posting_row(one: Posting, report: str) -> tuple[str, ...]:
    claim = one.claim
    held = f"{one.person.id}|{one.institution}|{one.place}|{one.post}"
    named = " ".join(filter(None, (one.person.name, one.title, one.unit)))
    begins, ends = BEGINNING.get(claim.kind, ""), ENDING.get(claim.kind, "")
    return (
        *_about("posting", claim, report, held, named),
        _uuid("person", one.person.id or ""),
        one.person.name,
        _uuid("unit", f"{one.institution}|{one.place}"),
        one.unit,
        "",
        one.title,
        "",
        *_range(claim.edtf),
        "Y" if begins else "N",
        "Y" if ends else "N",
        begins,
        ends,
        claim.id,
        claim.kind,
        one.person.id or "",
        one.institution,
        one.place,
        one.post,
        claim.certainty,
        claim.horizon,
        claim.edtf,
        " > ".join(f"{link.kind}|{link.place or ''}|{link.name or ''}" for link in claim.chain),
        claim.quote,
    )


def _person_row(one: Posting, report: str, pack: Pack) -> tuple[str, ...]:
    person = pack.people.get(one.person.id or "")
    terms = person.terms if person else {}
    others = "; ".join(terms[language][0].text for language in sorted(terms) if language != "en")
    about = _about("person", one.claim, report, one.person.id or "", one.person.name)
    return *about, one.person.name, others, pack.code.lower()


def _unit_row(one: Posting, report: str, pack: Pack) -> tuple[str, ...]:
    about = _about("unit", one.claim, report, f"{one.institution}|{one.place}", one.unit)
    return *about, one.unit, pack.code.lower()


def _source_row(cited: tuple[str, CitedReport]) -> tuple[str, ...]:
    identity, report = cited
    day = report.published_edtf if len(report.published_edtf) == 10 else ""
    return (
        _uuid("citation", identity),
        "news",
        _uuid("source", identity),
        report.title,
        report.url,
        day,
        report.publisher,
        report.outlet,
        report.language,
        report.published_edtf,
    )


def _about(kind: str, claim: PublicClaim, report: str, entity: str, name: str) -> tuple[str, ...]:
    return kind, _STATUS[claim.status], _uuid("citation", report), _uuid(kind, entity), name


def _range(edtf: str) -> tuple[str, str, str, str]:
    """Precise ranges are true on every day, imprecise ones on at least one: a claim's window is imprecise,
    but for a single day."""
    if not edtf:
        return "", "", "", ""
    first, last = bounded(edtf)
    if first == last:
        return first.isoformat(), last.isoformat(), "", ""
    return "", "", _day(first), _day(last)


def _day(day: date) -> str:
    """Empty for an open end, which is bounded by the first or last day there is."""
    return "" if day in {date.min, date.max} else day.isoformat()


def _once(rows: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    yield from dict.fromkeys(rows)


def _uuid(kind: str, name: str) -> str:
    return str(uuid5(_NAMESPACE, f"{kind}:{name}"))


EXPORTER = Exporter(
    "sfm",
    "sheets of the Security Force Monitor: persons, units, postings, sources",
    "text/csv",
    write,
    marker=POSTINGS,
)
