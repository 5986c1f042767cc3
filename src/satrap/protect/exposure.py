"""The one gate to the outside: from what the ledger hands out to what may leave.

What is withheld or sealed is blanked before anything else looks at it, so that ledgers that differ only in
such fields give the same artefacts. What is coarse leaves only in the form that `expose` gives it.
"""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from satrap.claims import RecordedClaim
from satrap.country import Pack
from satrap.errors import ProtectError
from satrap.protect import coarse
from satrap.protect.public import PublicClaim, identity
from satrap.protect.sensitivity import blanked
from satrap.reports import Report


class Exposed(msgspec.Struct, frozen=True):
    """What came through the gate: ``claims`` by the ledger's id, in the order of their numbers."""

    claims: dict[str, PublicClaim]

    @property
    def ordered(self) -> tuple[PublicClaim, ...]:
        """The claims by number: what an exporter writes."""
        return tuple(self.claims.values())


def expose(claims: Iterable[RecordedClaim], reports: Mapping[str, Report], pack: Pack) -> Exposed:
    """The public form of each claim, numbered in order of publication.

    Raises ProtectError where a claim's report is missing or a field was never declared.
    """
    shown: list[tuple[str, str, PublicClaim]] = []
    for recorded in claims:
        report = reports.get(recorded.claim.report)
        if report is None:
            raise ProtectError(
                "a claim's report is not among the reports given", remedy="pass ledger.reports()"
            )
        shown.append((recorded.id, recorded.story, _public(blanked(recorded), blanked(report), pack)))
    return Exposed(_numbered(shown))


def _numbered(shown: Sequence[tuple[str, str, PublicClaim]]) -> dict[str, PublicClaim]:
    """Ids, numbers and story numbers that depend on nothing but what is public.

    Claims are ordered by what is told of them, then by what else is told in their story; stories that tell
    the same are interchangeable, so that the order of their ids shows nowhere.
    """
    told = {claim_id: msgspec.json.encode(public, order="sorted") for claim_id, _, public in shown}
    stories: dict[str, list[bytes]] = {}
    for claim_id, story, _ in shown:
        stories.setdefault(story, []).append(told[claim_id])
    alike = {story: sorted(of) for story, of in stories.items()}
    ordered = sorted(
        shown, key=lambda one: (one[2].published_edtf or "~", told[one[0]], alike[one[1]], one[1])
    )
    numbers: dict[str, int] = {}
    ordinals: dict[str, int] = {}
    exposed: dict[str, PublicClaim] = {}
    for number, (claim_id, story, public) in enumerate(ordered, 1):
        first = identity(public, 0)
        ordinal = ordinals[first] = ordinals.get(first, -1) + 1
        exposed[claim_id] = msgspec.structs.replace(
            public,
            id=identity(public, ordinal),
            number=number,
            story=numbers.setdefault(story, len(numbers) + 1),
        )
    return exposed


def _public(recorded: RecordedClaim, report: Report, pack: Pack) -> PublicClaim:
    claim = recorded.claim
    risky = coarse.at_risk(claim, pack)
    when = coarse.when(claim.when, risky)
    published = coarse.when(report.published, risky)
    return PublicClaim(
        kind=claim.kind,
        direction=claim.direction,
        polarity=claim.polarity,
        horizon=claim.horizon,
        certainty=claim.certainty,
        cues=claim.cues,
        roles=coarse.roles(claim, pack),
        about=coarse.names(claim, pack),
        places=coarse.place_names(claim.places, pack),
        place_ids=coarse.place_ids(claim.places, pack),
        when=when.words,
        edtf=when.edtf,
        quote=coarse.quote(claim.quote, report),
        voices=tuple(coarse.voice(source, pack) for source in claim.said_by),
        chain=tuple(coarse.source(source, pack) for source in claim.said_by),
        source_kind=claim.voice.kind,
        reading=claim.reading,
        status=claim.status,
        publisher=report.publisher,
        outlet=recorded.outlet,
        title=(report.title or "") if coarse.is_published(report) else "",
        url=coarse.link(report.url) if coarse.is_published(report) else "",
        language=report.language,
        published=published.words or "undated",
        published_edtf=published.edtf,
    )
